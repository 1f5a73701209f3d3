import assert from "node:assert/strict";
import { leadsToSet, leavesOf, recordsBehind, recordsNamed, restingMembers } from "../../model/answer-tree";
import type { FailoverPlan, RecordSet, Routing } from "../../model/failover-plan";

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

const alias = (dnsName: string): Partial<RecordSet> => ({
  target: { kind: "alias", dnsName, zoneId: "Z1", evaluateTargetHealth: true },
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

  it("ends on records that lead in a circle", () => {
    const a = record("a", "a", weighted(1), alias("b"));
    const b = record("b", "b", weighted(1), alias("a"));
    assert.deepEqual(leavesOf(planOf(a, b), a, "all"), []);
  });
});
