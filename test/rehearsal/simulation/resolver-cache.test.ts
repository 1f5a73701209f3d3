import assert from "node:assert/strict";
import fc from "fast-check";
import { ResolverCache } from "../../../rehearsal/simulation/resolver-cache";

describe("ResolverCache", () => {
  it("keeps an answer in [stored, stored + ttl)", () => {
    const cache = new ResolverCache<string>();
    cache.store("app A", "192.0.2.1", 60, 1_000);
    assert.equal(cache.lookup("app A", 1_000), "192.0.2.1");
    assert.equal(cache.lookup("app A", 60_999), "192.0.2.1");
    assert.equal(cache.lookup("app A", 61_000), undefined);
    assert.equal(cache.expiresAtMs("app A"), 61_000);
  });

  it("never keeps an answer whose TTL is 0", () => {
    const cache = new ResolverCache<string>();
    cache.store("app A", "192.0.2.1", 0, 1_000);
    assert.equal(cache.lookup("app A", 1_000), undefined);
  });

  it("forgets everything when cleared", () => {
    const cache = new ResolverCache<string>();
    cache.store("app A", "192.0.2.1", 60, 0);
    cache.clear();
    assert.equal(cache.lookup("app A", 0), undefined);
    assert.equal(cache.expiresAtMs("app A"), undefined);
  });

  it("agrees with a plain list of everything that was ever stored", () => {
    fc.assert(
      fc.property(fc.commands(commands(), { maxCommands: 80 }), (steps) => {
        const setup = () => ({ model: { nowMs: 0, stored: [] }, real: new ResolverCache<number>() });
        fc.modelRun(setup, steps);
      }),
      { seed: 1 },
    );
  });
});

interface Model {
  nowMs: number;
  stored: { key: string; entry: number; untilMs: number }[];
}
type Step = fc.Command<Model, ResolverCache<number>>;

/** Few keys and round times, so that exact expiries happen often. */
function commands(): fc.Arbitrary<Step>[] {
  const key = fc.constantFrom("a", "b", "c");
  const ttlSeconds = fc.constantFrom(0, 1, 2, 60);
  const passes = fc.constantFrom(0, 1, 999, 1_000, 2_000, 60_000);
  return [
    fc.tuple(key, fc.nat(), ttlSeconds).map(([name, entry, seconds]) => store(name, entry, seconds)),
    key.map(lookup),
    passes.map(wait),
  ];
}

function store(key: string, entry: number, ttlSeconds: number): Step {
  return {
    check: () => true,
    run: (model, cache) => {
      model.stored.push({ key, entry, untilMs: model.nowMs + ttlSeconds * 1_000 });
      cache.store(key, entry, ttlSeconds, model.nowMs);
    },
    toString: () => `store ${key} ${entry} for ${ttlSeconds} s`,
  };
}

function lookup(key: string): Step {
  return {
    check: () => true,
    run: (model, cache) => {
      const last = model.stored.filter((answer) => answer.key === key).at(-1);
      const expected = last && model.nowMs < last.untilMs ? last.entry : undefined;
      assert.equal(cache.lookup(key, model.nowMs), expected);
    },
    toString: () => `lookup ${key}`,
  };
}

function wait(ms: number): Step {
  return {
    check: () => true,
    run: (model) => {
      model.nowMs += ms;
    },
    toString: () => `wait ${ms} ms`,
  };
}
