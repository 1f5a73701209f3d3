import assert from "node:assert/strict";
import {
  evaluatesCheck,
  leadsOn,
  leadsToSet,
  leavesOf,
  recordsAsked,
  recordsBehind,
  recordsNamed,
  restingMembers,
} from "../../model/answer-tree";
import type { FailoverPlan, RecordSet, Routing } from "../../model/failover-plan";
import { type MaybeUnknown, UNKNOWN } from "../../model/unknown";

const SIMPLE: Routing = { kind: "simple" };

function record(urn: string, name: string, routing: Routing, changes: Partial<RecordSet> = {}): RecordSet {
  return {
    urn,
    name,
    type: "A",
    zoneId: "Z1",
    zone: "Z1",
    routing,
    target: { kind: "values", values: ["192.0.2.1"], ttlSeconds: 60 },
    healthCheck: { kind: "none" },
    ...changes,
  };
}

const alias = (dnsName: string, evaluateTargetHealth: MaybeUnknown<boolean> = true): Partial<RecordSet> => ({
  target: { kind: "alias", dnsName, zoneId: "Z1", evaluateTargetHealth },
});

function planOf(...recordSets: RecordSet[]): FailoverPlan {
  return { zones: [], recordSets, healthChecks: [], endpoints: [], tables: [], alarms: [] };
}

const weighted = (weight: number): Routing => ({ kind: "weighted", weight });
const names = (records: readonly RecordSet[]) => records.map(({ urn }) => urn);

describe("model/answer-tree", () => {
  const top = record("top", "app", SIMPLE, alias("Pool."));
  const plan = planOf(
    top,
    record("a", "pool", weighted(3)),
    record("b", "pool", weighted(0)),
    record("c", "pool", weighted(1), alias("pair")),
    record("p", "pair", { kind: "failover", role: "PRIMARY" }),
    record("s", "pair", { kind: "failover", role: "SECONDARY" }),
    record("six", "pool", weighted(1), { type: "AAAA" }),
  );

  it("finds the records of a name and type, and those behind an alias or a CNAME", () => {
    assert.deepEqual(names(recordsNamed(plan, "pool", "A")), ["a", "b", "c"]);
    assert.deepEqual(names(recordsBehind(plan, top)), ["a", "b", "c"]);
    const cname = record("n", "www", SIMPLE, {
      type: "CNAME",
      target: { kind: "values", values: ["pool."], ttlSeconds: 10 },
    });
    assert.deepEqual(names(recordsBehind(plan, cname)), ["a", "b", "c"]);
    assert.deepEqual(names(recordsBehind(plan, cname, "AAAA")), ["six"]);
    assert.deepEqual(names(recordsBehind(plan, record("v", "v", SIMPLE))), []);
  });

  it("knows who answers while all are healthy", () => {
    assert.deepEqual(names(restingMembers(recordsNamed(plan, "pool", "A"))), ["a", "c"]);
    assert.deepEqual(names(restingMembers(recordsNamed(plan, "pair", "A"))), ["p"]);
    const zeros = [record("x", "z", weighted(0)), record("y", "z", weighted(0))];
    assert.deepEqual(names(restingMembers(zeros)), ["x", "y"]);
  });

  it("goes down to the ends, those at rest or all", () => {
    assert.deepEqual(names(leavesOf(plan, top, "resting")), ["a", "p"]);
    assert.deepEqual(names(leavesOf(plan, top, "all")), ["a", "b", "p", "s"]);
  });

  it("stays with a record whose endpoint is known, or behind which nothing is chosen", () => {
    const known = { ...top, endpoint: "urn:endpoint" };
    assert.deepEqual([leadsToSet(plan, top), leadsToSet(plan, known)], [true, false]);
    const regional = record("r", "regional", SIMPLE);
    const toRegional = record("t", "t", SIMPLE, alias("regional"));
    assert.deepEqual(names(leavesOf(planOf(regional, toRegional), toRegional, "all")), ["t"]);
  });

  describe("of an alias to a simple record with a check", () => {
    const checked: Partial<RecordSet> = { healthCheck: { kind: "check", urn: "check" } };
    const one = record("one", "one", SIMPLE, checked);
    const seen = (start: RecordSet, ...others: RecordSet[]) => {
      const all = planOf(start, one, ...others);
      return [leadsOn(all, start), names(leavesOf(all, start, "resting")), names(recordsAsked(all, start))];
    };

    it("goes on to it where the alias evaluates it, or may, also with a check or an endpoint of its own", () => {
      const weight = weighted(1);
      assert.deepEqual(seen(record("a", "app", weight, alias("one"))), [true, ["one"], ["a", "one"]]);
      assert.deepEqual(seen(record("a", "app", weight, alias("one", UNKNOWN))), [
        true,
        ["one"],
        ["a", "one"],
      ]);
      assert.deepEqual(seen(record("a", "app", weight, alias("one", false))), [false, ["a"], ["a"]]);
      const more = { ...alias("one"), ...checked, endpoint: "urn:endpoint" };
      assert.deepEqual(seen(record("a", "app", weight, more)), [true, ["one"], ["a", "one"]]);
      assert.equal(leadsToSet(planOf(one), record("a", "app", weight, alias("one"))), false);
    });

    it("goes through aliases that all evaluate, to the last of those with a check", () => {
      const start = record("a", "app", weighted(1), alias("middle"));
      const middle = (changes: Partial<RecordSet>) => record("m", "middle", SIMPLE, changes);
      assert.deepEqual(seen(start, middle(alias("one"))), [true, ["one"], ["a", "m", "one"]]);
      assert.deepEqual(seen(start, middle(alias("one", false))), [false, ["a"], ["a"]]);
      assert.deepEqual(seen(start, middle({ ...alias("one", false), ...checked })), [
        true,
        ["m"],
        ["a", "m"],
      ]);
      assert.deepEqual(seen(start, middle({ ...alias("one"), ...checked })), [
        true,
        ["one"],
        ["a", "m", "one"],
      ]);
    });

    it("stays with a CNAME, which evaluates nothing, and with an alias to a record without a check", () => {
      const cname = record("c", "app", weighted(1), {
        type: "CNAME",
        target: { kind: "values", values: ["one"], ttlSeconds: 10 },
      });
      assert.deepEqual(seen(cname), [false, ["c"], ["c"]]);
      const plain = record("p", "plain", SIMPLE);
      assert.deepEqual(seen(record("a", "app", weighted(1), alias("plain")), plain), [false, ["a"], ["a"]]);
    });

    it("ends where they lead in a circle", () => {
      const a = record("a", "a", SIMPLE, { ...alias("b"), ...checked });
      const b = record("b", "b", SIMPLE, { ...alias("a"), ...checked });
      assert.deepEqual(leavesOf(planOf(a, b), a, "all"), []);
      assert.deepEqual(names(recordsAsked(planOf(a, b), a)), ["a", "b"]);
      const bare = planOf({ ...a, healthCheck: { kind: "none" } }, { ...b, healthCheck: { kind: "none" } });
      assert.equal(evaluatesCheck(bare, bare.recordSets[0] as RecordSet), false);
    });
  });

  it("ends on records that lead in a circle", () => {
    const a = record("a", "a", weighted(1), alias("b"));
    const b = record("b", "b", weighted(1), alias("a"));
    assert.deepEqual(leavesOf(planOf(a, b), a, "all"), []);
  });
});
