import assert from "node:assert/strict";
import type { AnswerLink, AnswerView } from "../../../rehearsal/simulation/answer-book";
import { lookUp } from "../../../rehearsal/simulation/answer-lookup";
import { ResolverCache } from "../../../rehearsal/simulation/resolver-cache";

const SECOND = 1_000;

function link(key: string, endpoint: number, ttlSeconds: number, next?: string): AnswerLink {
  return { key, ttlSeconds, role: endpoint === 0 ? "PRIMARY" : "SECONDARY", endpoint, next };
}

/** A server that answers each key with one link. */
function server(...links: AnswerLink[]): AnswerView {
  return { linksOf: (key: string) => links.filter((each) => each.key === key) } as unknown as AnswerView;
}

/** A resolver that is asked at these seconds; at each, what the server says then. Endpoint and lifetime told. */
function told(
  resolver: { ttlSecondsMin?: number; staleAnswerSeconds?: number },
  asked: readonly (readonly [atSeconds: number, view: AnswerView])[],
): [endpoint: number, expiresAtSeconds: number][] {
  const cache = new ResolverCache<AnswerLink>();
  const answer = { role: undefined, endpoint: -1, fetchedAtMs: 0, expiresAtMs: 0 };
  return asked.map(([atSeconds, view]) => {
    lookUp(
      cache,
      { ttlSecondsMin: 0, staleAnswerSeconds: 0, ...resolver },
      "a",
      view,
      atSeconds * SECOND,
      answer,
    );
    return [answer.endpoint, answer.expiresAtMs / SECOND];
  });
}

const PRIMARY = server(link("a", 0, 60));
const STANDBY = server(link("a", 1, 60));

describe("lookUp", () => {
  it("answers from the cache until the TTL has passed, not at it", () => {
    assert.deepEqual(
      told({}, [
        [0, PRIMARY],
        [59.999, STANDBY],
        [60, STANDBY],
      ]),
      [
        [0, 60],
        [0, 60],
        [1, 120],
      ],
    );
  });

  it("walks a chain, each step with its own TTL; the shortest decides", () => {
    const chain = (endpoint: number) =>
      server(link("a", endpoint, 10, `b${endpoint}`), link(`b${endpoint}`, endpoint, 60));
    assert.deepEqual(
      told({}, [
        [0, chain(0)],
        [5, chain(1)],
        [10, chain(1)],
      ]),
      [
        [0, 10],
        [0, 10],
        [1, 20],
      ],
    );
  });

  it("takes a minimum for shorter TTLs only", () => {
    assert.deepEqual(
      told({ ttlSecondsMin: 300 }, [
        [0, PRIMARY],
        [299, STANDBY],
        [300, STANDBY],
      ]),
      [
        [0, 300],
        [0, 300],
        [1, 600],
      ],
    );
    assert.deepEqual(told({ ttlSecondsMin: 30 }, [[0, PRIMARY]]), [[0, 60]]);
  });

  it("gives an expired answer once more, for so long, and the fresh one after that", () => {
    assert.deepEqual(
      told({ staleAnswerSeconds: 30 }, [
        [0, PRIMARY],
        [60, STANDBY],
        [90, STANDBY],
      ]),
      [
        [0, 60],
        [0, 90],
        [1, 120],
      ],
    );
  });

  it("stays one answer behind where the TTL is shorter than that", () => {
    const brief = (endpoint: number) => server(link("a", endpoint, 10));
    const asked = [
      [0, brief(0)],
      [10, brief(1)],
      [40, brief(0)],
      [70, brief(0)],
    ] as const;
    assert.deepEqual(told({ staleAnswerSeconds: 30 }, asked), [
      [0, 10],
      [0, 40],
      [1, 70],
      [0, 100],
    ]);
  });

  it("has no stale answer to give where it has never asked", () => {
    assert.deepEqual(told({ staleAnswerSeconds: 30 }, [[0, STANDBY]]), [[1, 60]]);
  });

  it("tells whether anything was fetched, which may be used once even with a TTL of 0", () => {
    const cache = new ResolverCache<AnswerLink>();
    const answer = { role: undefined, endpoint: -1, fetchedAtMs: 0, expiresAtMs: 0 };
    const fetched = (view: AnswerView, nowMs: number) => {
      lookUp(cache, { ttlSecondsMin: 0, staleAnswerSeconds: 0 }, "a", view, nowMs, answer);
      return answer.fetchedAtMs;
    };
    assert.deepEqual(
      [fetched(PRIMARY, 0), fetched(PRIMARY, 5), fetched(server(link("a", 0, 0)), 60_000)],
      [0, Number.NEGATIVE_INFINITY, 60_000],
    );
    assert.equal(answer.expiresAtMs, 60_000);
  });

  it("gives up a chain without an end", () => {
    assert.deepEqual(told({}, [[0, server(link("a", 0, 60, "a"))]]), [[0, 60]]);
  });
});
