import assert from "node:assert/strict";
import fc from "fast-check";
import { behaviorsFor, matchesPathPattern } from "../../model/cache-behavior";
import { type Properties, UNKNOWN } from "../../model/unknown";

describe("model/cache-behavior", () => {
  it("reads stars and question marks as CloudFront does, with the first slash or without", () => {
    for (const [pattern, path, expected] of [
      ["/healthz", "/healthz", true],
      ["healthz", "/healthz", true],
      ["/healthz", "/healthz?probe=1", true],
      ["/healthz", "/healthz/", false],
      ["/healthz", "/Healthz", false],
      ["/healthz", "/health", false],
      ["/images/*.jpg", "/images/a/b.jpg", true],
      ["/images/*.jpg", "/images/a.jpeg", false],
      ["/a?c", "/abc", true],
      ["/a?c", "/ac", false],
      ["*", "/", true],
      ["/*a*b*", "/xxaxxbxx", true],
      ["/*a*b", "/xbxa", false],
      ["/a.c", "/abc", false],
      ["/**", "/", true],
    ] as const) {
      assert.equal(matchesPathPattern(pattern, path), expected, `${pattern} ${path}`);
    }
  });

  it("agrees with a regular expression of the same meaning", () => {
    const signs = fc.string({ unit: fc.constantFrom("a", "b", "*", "?", "/"), maxLength: 7 });
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 9 });
    fc.assert(
      fc.property(signs, letters, (pattern, rest) => {
        const source = `/${pattern.replace(/^\//, "")}`.replaceAll("*", ".*").replaceAll("?", ".");
        const path = `/${rest}`;
        assert.equal(matchesPathPattern(pattern, path), new RegExp(`^${source}$`).test(path));
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });

  it("ends at once on a pattern that a regular expression would never finish", () => {
    assert.equal(matchesPathPattern(`/${"*a".repeat(100)}b`, `/${"a".repeat(5_000)}`), false);
  });

  const ONE = { pathPattern: "/one" };
  const STAR = { pathPattern: "/*" };
  const DEFAULT = { targetOriginId: "default" };
  const chosen = (ordered: Properties[string], path: Parameters<typeof behaviorsFor>[1]) =>
    behaviorsFor({ orderedCacheBehaviors: ordered, defaultCacheBehavior: DEFAULT }, path);

  it("takes the first behaviour of the path, else the default one", () => {
    assert.deepEqual(chosen([ONE, STAR], "/one"), [ONE]);
    assert.deepEqual(chosen([STAR, ONE], "/one"), [STAR]);
    assert.deepEqual(chosen([ONE], "/two"), [DEFAULT]);
    assert.deepEqual(chosen(undefined, "/"), [DEFAULT]);
    assert.deepEqual(chosen([{ pathPattern: 7 }, null], "/"), [DEFAULT]);
  });

  it("keeps every behaviour that may be it while a pattern or the path is unknown", () => {
    const untold: Properties = { pathPattern: UNKNOWN };
    assert.deepEqual(chosen([untold, ONE, STAR], "/one"), [untold, ONE]);
    assert.deepEqual(chosen([untold], "/"), [untold, DEFAULT]);
    assert.deepEqual(chosen([ONE, STAR], UNKNOWN), [ONE, STAR, DEFAULT]);
  });
});
