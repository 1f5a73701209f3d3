import assert from "node:assert/strict";
import { answerSets, setMembers, withLost } from "../../../model/answer-sets";
import type { FailoverPlan, RecordSet } from "../../../model/failover-plan";
import { groupAlike, twinSet } from "../../../rehearsal/simulation/alike-sets";
import { type Scenario, scenarioByName, scenarioNames } from "../../../rehearsal/simulation/scenario";
import { simulate } from "../../../rehearsal/simulation/simulate";
import {
  aliasTo,
  dualStack,
  failoverPlan,
  onlySet,
  PRIMARY,
  PRIMARY_CHECK,
  SECONDARY,
  STANDBY_ENDPOINT,
} from "./plan-fixture";

/** The pair as A and as AAAA; `change` is made to the PRIMARY's AAAA record, `ofBoth` to each of the AAAA records. */
function dualPlan(
  change: Partial<RecordSet> = {},
  more: readonly RecordSet[] = [],
  ofBoth: Partial<RecordSet> = {},
): FailoverPlan {
  const plan = dualStack(failoverPlan(), ({ urn }) => ({ ...ofBoth, ...(urn === PRIMARY && change) }));
  return { ...plan, recordSets: [...plan.recordSets, ...more] };
}

function groups(plan: FailoverPlan): string[][] {
  const sets = answerSets(plan).map((set) => ({ set }));
  return groupAlike(plan, sets).map((group) => group.map(({ set }) => set.type));
}

describe("rehearsal/simulation/alike-sets", () => {
  it("takes A and AAAA aliases to the same endpoints with the same checks together", () => {
    assert.deepEqual(groups(dualPlan()), [["A", "AAAA"]]);
  });

  it("keeps them apart where anything but the type differs", () => {
    const changes: Partial<RecordSet>[] = [
      { healthCheck: { kind: "none" } },
      { endpoint: STANDBY_ENDPOINT },
      { target: aliasTo("primary.aws.example.com", true) },
      { target: { kind: "values", values: ["2001:db8::1"], ttlSeconds: 60 } },
    ];
    for (const change of changes) assert.deepEqual(groups(dualPlan(change)), [["A"], ["AAAA"]]);
    assert.deepEqual(groups(dualPlan({}, [], { zoneId: "Z2" })), [["A"], ["AAAA"]]);
  });

  it("keeps aliases to records of the zone apart, since those can differ by type", () => {
    const [behind] = failoverPlan().recordSets;
    const plan = dualPlan({}, [{ ...(behind as RecordSet), urn: "urn:x", name: "primary.aws.example.com" }]);
    assert.deepEqual(groups(plan), [["A"], ["AAAA"]]);
  });

  it("is right: every scenario ends the same for the sets of a group", () => {
    const plan = dualPlan();
    for (const name of scenarioNames()) {
      const played = answerSets(plan).map((set) => {
        const scenario = scenarioByName(name) as Scenario;
        const samples: unknown[] = [];
        const onSample = (sample: unknown) => samples.push(sample);
        const { requests } = simulate({ plan, set, scenario, cutovers: 2, resolvers: 8, seed: 3, onSample });
        return { requests, samples };
      });
      assert.deepEqual(played[1], played[0], name);
    }
  });
});

describe("twinSet", () => {
  it("is the set of the other address family, seen from either", () => {
    const plan = dualPlan();
    const [ofA, ofAaaa] = answerSets(plan);
    assert.ok(ofA && ofAaaa);
    assert.deepEqual([twinSet(plan, ofA), twinSet(plan, ofAaaa)], [ofAaaa, ofA]);
  });

  it("has the same member lost", () => {
    const weighted = (record: RecordSet): RecordSet =>
      record.routing.kind === "failover"
        ? {
            ...record,
            routing: { kind: "weighted", weight: 1 },
            healthCheck: { kind: "check", urn: PRIMARY_CHECK },
          }
        : record;
    const pair = dualPlan();
    const plan = { ...pair, recordSets: pair.recordSets.map(weighted) };
    for (const lost of [PRIMARY, SECONDARY]) {
      const [ofA] = answerSets(plan);
      const set = ofA && withLost(ofA, ({ urn }) => urn === lost);
      assert.ok(set);
      const twin = twinSet(plan, set) ?? assert.fail(`no twin with ${lost} lost`);
      assert.deepEqual(
        setMembers(twin).map(({ urn }) => urn),
        setMembers(set).map(({ urn }) => `${urn}-6`),
      );
    }
  });

  it("is none where the name has one family, a CNAME, or another set in the other family", () => {
    for (const plan of [failoverPlan(), failoverPlan({ mode: "cname" })])
      assert.equal(twinSet(plan, onlySet(plan)), undefined);
    for (const plan of [
      dualPlan({ healthCheck: { kind: "none" } }),
      dualPlan({ endpoint: STANDBY_ENDPOINT }),
      dualPlan({}, [], { zoneId: "Z2" }),
      dualPlan({}, [], { target: { kind: "values", values: ["2001:db8::1"], ttlSeconds: 60 } }),
    ]) {
      for (const set of answerSets(plan)) assert.equal(twinSet(plan, set), undefined);
    }
  });
});
