import type { Reader } from "../setting-values";

/** A folder of the project by its path from there. Whether it exists shows when it is read. */
export const siteFolderPath =
  (lever: string): Reader<string> =>
  (text) => {
    const refused = (allowed: string) => ({ kind: "refused", allowed, lever }) as const;
    if (/^([/\\]|[a-z]:)/i.test(text)) return refused("a folder of the project, relative to it");
    if (!/^[\w.-]+(\/[\w.-]+)*\/?$/.test(text) || text.length > 200)
      return refused("a path of letters, digits, . - _ and / with up to 200 characters");
    const parts = text.replace(/\/$/, "").split("/");
    if (parts.some((part) => part === ".." || part === "."))
      return refused("a path without . and .. in it, which stays in the project");
    return { kind: "value", value: parts.join("/") };
  };
