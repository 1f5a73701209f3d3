import assert from "node:assert/strict";
import fc from "fast-check";
import { fateOfAll } from "../../model/common-fate";
import { planFromResources } from "../../model/plan-from-resources";
import type { Properties } from "../../model/unknown";
import { check, record, stackOf } from "./random-stack";

/** Over the first checks, with a threshold that one or all of them decide. */
const calculated = fc.constantFrom<Properties>(
  ...[1, 2].map((childHealthThreshold) => ({
    type: "CALCULATED",
    childHealthThreshold,
    childHealthchecks: ["h0-id", "h1-id"],
  })),
);
const member = fc.tuple(record, fc.constantFrom("h0-id", "h1-id", "h2-id", "h3-id", undefined));

describe("model/common-fate of all members", function () {
  this.timeout(60_000);

  it("says of a set what it says of each member alone", () => {
    const seen = { fallen: 0, standing: 0 };
    fc.assert(
      fc.property(
        fc.array(member, { minLength: 2, maxLength: 6 }),
        fc.tuple(check, check, fc.oneof(check, calculated), fc.oneof(check, calculated)),
        (records, checks) => {
          const given = records.map(
            ([properties, healthCheckId]): Properties => ({
              ...properties,
              ...(healthCheckId !== undefined && { healthCheckId }),
            }),
          );
          const plan = planFromResources(stackOf(given, checks));
          const members = plan.recordSets;
          for (const lost of members) {
            const others = members.filter((each) => each !== lost);
            // A plan of its own for each, so that nothing is known of the others.
            const alone = others.map((each) => fateOfAll({ ...plan }, lost, [each]));
            const all = fateOfAll(plan, lost, members);
            assert.deepEqual(all, alone.includes(undefined) ? undefined : alone[0]);
            seen[all ? "fallen" : "standing"] += 1;
          }
        },
      ),
      { numRuns: 1_500, seed: 4 },
    );
    assert.ok(seen.fallen > 50 && seen.standing > 50, JSON.stringify(seen));
  });
});
