import { at, listAt, stringAt } from "./property";
import { isUnknown, type MaybeUnknown, type PropertyValue } from "./unknown";

/** CloudFront's own cache policies (developer guide, "Use managed cache policies"). */
export const CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6";
export const CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

/**
 * The behaviour of a distribution for a path: the first ordered one whose pattern is the path's, else the default one
 * (developer guide, "Path pattern"). Several where a pattern or the path is not known yet, which all may be it; never
 * none.
 * @param path begins with a slash; what follows a `?` does not count.
 */
export function behaviorsFor(
  distribution: PropertyValue,
  path: MaybeUnknown<string>,
): readonly PropertyValue[] {
  const found: PropertyValue[] = [];
  const ordered = listAt(distribution, "orderedCacheBehaviors");
  for (const behavior of ordered === undefined || isUnknown(ordered) ? [] : ordered) {
    const pattern = stringAt(behavior, "pathPattern");
    if (pattern === undefined) continue;
    if (isUnknown(pattern) || isUnknown(path)) found.push(behavior);
    else if (matchesPathPattern(pattern, path)) return [...found, behavior];
  }
  return [...found, at(distribution, "defaultCacheBehavior")];
}

/**
 * Whether a path is one of a pattern's: `*` is any number of characters and `?` is one; a pattern has its first slash
 * or not. Takes time by the product of both lengths, whatever the pattern is.
 */
export function matchesPathPattern(pattern: string, path: string): boolean {
  const wanted = pattern.startsWith("/") ? pattern : `/${pattern}`;
  const asked = path.split("?")[0] ?? "";
  let inWanted = 0;
  let inAsked = 0;
  // The last star, and how much of the path it stands for so far.
  let star = -1;
  let starEnd = 0;
  while (inAsked < asked.length) {
    const sign = wanted[inWanted];
    if (sign === "*") {
      star = inWanted;
      starEnd = inAsked;
      inWanted += 1;
    } else if (sign === "?" || sign === asked[inAsked]) {
      inWanted += 1;
      inAsked += 1;
    } else if (star >= 0) {
      starEnd += 1;
      inAsked = starEnd;
      inWanted = star + 1;
    } else {
      return false;
    }
  }
  return /^\**$/.test(wanted.slice(inWanted));
}
