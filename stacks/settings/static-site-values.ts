import type { Reader } from "../setting-values";

const POLICY_LENGTH_MAX = 1_000;

/** The value of the header Content-Security-Policy. */
export const securityPolicy =
  (lever: string): Reader<string> =>
  (text) => {
    const refused = (allowed: string) => ({ kind: "refused", allowed, lever }) as const;
    if (!/^[\x20-\x7e]+$/.test(text)) return refused("one line of ASCII");
    if (!/^\s*[a-z][a-z-]*(\s|;|$)/.test(text)) return refused("directives, such as default-src 'self'");
    if (text.length > POLICY_LENGTH_MAX) return refused(`up to ${POLICY_LENGTH_MAX} characters`);
    return { kind: "value", value: text };
  };

/** The name with `www.` in front, or without it where it has one: what people type for the same site. */
export function otherName(hostName: string): string {
  return hostName.startsWith("www.") ? hostName.slice("www.".length) : `www.${hostName}`;
}
