import assert from "node:assert/strict";
import fc from "fast-check";
import { planFromResources } from "../../model/plan-from-resources";
import { ProbeStandings } from "../../model/probe-standings";
import { watchedBy } from "../../model/watched-endpoint";
import { check, record, stackOf } from "./random-stack";

const LETTERS = { own: "o", untold: "u", unknown: "u", other: "a", elsewhere: "e", itself: "i" } as const;

describe("model/probe-standings", () => {
  it("gives what asking each check about each record gives", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 7 }),
        fc.array(check, { minLength: 1, maxLength: 6 }),
        (records, checks) => {
          const plan = planFromResources(stackOf(records, checks));
          const standings = new ProbeStandings(plan, plan.healthChecks);
          for (const each of plan.recordSets) {
            const kinds = plan.healthChecks.map((one) => LETTERS[watchedBy(plan, one, each).kind]);
            for (const kind of kinds) seen.add(kind);
            assert.equal(standings.of(each), kinds.join(""));
          }
        },
      ),
      { numRuns: 2_000, seed: 4 },
    );
    assert.deepEqual([...seen].sort(), ["a", "e", "i", "o", "u"]);
  });
});
