import assert from "node:assert/strict";
import { answerSets } from "../../../model/answer-sets";
import type { FailoverPlan, RecordSet } from "../../../model/failover-plan";
import { groupAlike } from "../../../rehearsal/simulation/alike-sets";
import { type Scenario, scenarioByName, scenarioNames } from "../../../rehearsal/simulation/scenario";
import { simulate } from "../../../rehearsal/simulation/simulate";
import { aliasTo, failoverPlan, NAME, PRIMARY, STANDBY_ENDPOINT } from "./plan-fixture";

/** The pair as A and as AAAA; `change` is made to the PRIMARY's AAAA record, `ofBoth` to each of the AAAA records. */
function dualPlan(
  change: Partial<RecordSet> = {},
  more: readonly RecordSet[] = [],
  ofBoth: Partial<RecordSet> = {},
): FailoverPlan {
  const plan = failoverPlan();
  const twins = plan.recordSets
    .filter(({ name }) => name === NAME)
    .map((record) => ({
      ...record,
      urn: `${record.urn}-6`,
      type: "AAAA",
      ...ofBoth,
      ...(record.urn === PRIMARY && change),
    }));
  return { ...plan, recordSets: [...plan.recordSets, ...twins, ...more] };
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
