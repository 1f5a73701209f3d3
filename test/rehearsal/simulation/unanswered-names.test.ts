import assert from "node:assert/strict";
import type { FailoverPlan, RecordSet } from "../../../model/failover-plan";
import { playableSystem } from "../../../rehearsal/simulation/played-system";
import { aliasTo, failoverPlan, NAME, onlySet, PRIMARY, PRIMARY_CHECK, record } from "./plan-fixture";

function refusal(plan: FailoverPlan): string | undefined {
  const playable = playableSystem(plan, onlySet(plan));
  return playable.kind === "refused" ? playable.why : undefined;
}

function withPrimary(changes: Partial<RecordSet>, plan: FailoverPlan): FailoverPlan {
  return {
    ...plan,
    recordSets: plan.recordSets.map((each) => (each.urn === PRIMARY ? { ...each, ...changes } : each)),
  };
}

describe("playableSystem, refusals", () => {
  describe("of names that nothing answers, in a zone that the stack fills", () => {
    const filled = (plan: FailoverPlan): FailoverPlan => ({
      ...plan,
      zones: plan.zones.map(({ hasOthers: _, ...zone }) => zone),
    });
    const regional = record({ urn: "urn:regional", name: `primary.${NAME}`, healthCheck: { kind: "none" } });
    const plan = (...records: readonly RecordSet[]) => {
      const made = filled(failoverPlan());
      const others = made.recordSets.filter(({ urn }) => urn !== "urn:primary-regional");
      return { ...made, recordSets: [...others, ...records] };
    };

    it("refuses what a check probes", () => {
      assert.equal(
        refusal(plan()),
        `${PRIMARY_CHECK} probes primary.${NAME}, of which the stack's own zone has no record; unless that is kept ` +
          "elsewhere, the check is never healthy",
      );
      assert.equal(refusal(plan(regional)), undefined);
    });

    it("refuses what a record leads to", () => {
      const lost = (target: string) =>
        withPrimary(
          { target: aliasTo(target) },
          plan(regional, record({ urn: "urn:end", name: `end.${NAME}` })),
        );
      const why = `urn:primary-record leads to gone.${NAME}, of which the stack's own zone has no record`;
      assert.equal(refusal(lost(`gone.${NAME}`)), `${why}; what another stack keeps there is not seen`);
      assert.equal(refusal(lost(`end.${NAME}`)), undefined);
      assert.match(refusal(lost(NAME)) ?? "", /leads to app\.example\.com, which leads back to itself/);
    });
  });

  it("refuses records that lead to no address", () => {
    const plan = failoverPlan();
    const mail = plan.recordSets.map((each) => ({ ...each, type: "MX" }));
    assert.equal(
      refusal({ ...plan, recordSets: mail }),
      `${NAME} has MX records; those that lead to an address are played: A, AAAA and CNAME`,
    );
  });
});
