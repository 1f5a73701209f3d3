import assert from "node:assert/strict";
import { ZoneAnswers } from "../../../rehearsal/loopback/zone-answers";
import { stream } from "../../../rehearsal/simulation/random";
import { CHECK, NAME, PRIMARY_NAME, profilePlan, STANDBY_NAME } from "./plan-fixture";

const QUESTION = { name: NAME, type: "A" };

describe("rehearsal/loopback/zone-answers", () => {
  let healthy: boolean;
  let consulted: string[];

  beforeEach(() => {
    healthy = true;
    consulted = [];
  });

  function answers(plan = profilePlan()): ZoneAnswers {
    const zone = { plan, addressesOf: () => ["192.0.2.1"] };
    const isHealthy = (check: string) => {
      consulted.push(check);
      return check !== CHECK || healthy;
    };
    return new ZoneAnswers(zone, isHealthy, stream(1, "test/answers"));
  }

  it("gives the same object until a check that it depends on changes, and the right one then", () => {
    const { answer } = answers();
    const first = answer(QUESTION);
    assert.equal(first.records[0]?.data, PRIMARY_NAME);
    assert.equal(answer({ ...QUESTION }), first);
    healthy = false;
    const second = answer(QUESTION);
    assert.equal(second.records[0]?.data, STANDBY_NAME);
    assert.equal(answer(QUESTION), second);
    healthy = true;
    assert.deepEqual(answer(QUESTION), first);
  });

  it("consults the checks for every answer that depends on them, and none for another", () => {
    const { answer } = answers();
    answer(QUESTION);
    assert.ok(consulted.length > 0);
    const count = consulted.length;
    answer(QUESTION);
    assert.deepEqual(consulted.slice(count), [CHECK]);
    consulted = [];
    const missing = answer({ name: "missing.example.com", type: "A" });
    healthy = false;
    assert.equal(answer({ name: "missing.example.com", type: "A" }), missing);
    assert.deepEqual([missing.rcode, consulted], ["NXDOMAIN", []]);
  });

  it("tells names and types apart", () => {
    const { answer } = answers();
    assert.notDeepEqual(answer(QUESTION), answer({ name: NAME, type: "CNAME" }));
    assert.notDeepEqual(answer(QUESTION), answer({ name: PRIMARY_NAME, type: "A" }));
  });

  it("draws anew wherever chance decides", () => {
    const [pattern] = profilePlan().recordSets;
    assert.ok(pattern);
    const weighted = ["one", "two"].map((side) => ({
      ...pattern,
      urn: side,
      setIdentifier: side,
      routing: { kind: "weighted" as const, weight: 1 },
      healthCheck: { kind: "none" as const },
      target: { kind: "values" as const, values: [`${side}.example.net`], ttlSeconds: 1 },
    }));
    const { answer } = answers(profilePlan({ recordSets: weighted }));
    const seen = new Set(Array.from({ length: 40 }, () => answer(QUESTION).records[0]?.data));
    assert.deepEqual([...seen].sort(), ["one.example.net", "two.example.net"]);
  });
});
