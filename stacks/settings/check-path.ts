import type { Reader } from "../setting-values";

/** Route 53 takes no longer one (HealthCheckConfig, ResourcePath). */
const LENGTH_MAX = 255;

/** The path that checkers ask for, with a query where one is wanted: printable, without a space or a fragment. */
export const checkPath =
  (lever: string): Reader<string> =>
  (text) => {
    const refused = (allowed: string) => ({ kind: "refused", allowed, lever }) as const;
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return refused("a path without a scheme and a host");
    if (!text.startsWith("/")) return refused("a path that begins with /");
    if (!/^[\x21-\x7e]+$/.test(text)) return refused("a path without spaces, in ASCII");
    if (text.includes("#")) return refused("a path without a fragment");
    if (text.length > LENGTH_MAX) return refused(`a path of up to ${LENGTH_MAX} characters`);
    return { kind: "value", value: text };
  };
