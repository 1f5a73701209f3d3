import assert from "node:assert/strict";
import fc from "fast-check";
import type { RecordSet } from "../../../model/failover-plan";
import { UNKNOWN } from "../../../model/unknown";
import { chanceOf } from "../../../rehearsal/simulation/chance";
import { expectedShares } from "../../../rehearsal/simulation/expected-shares";
import { EVENLY_SPREAD, type Place, placeBeside } from "../../../rehearsal/simulation/place";
import { stream } from "../../../rehearsal/simulation/random";
import { chooseRecords } from "../../../rehearsal/simulation/record-choice";
import { onlySet, record } from "./plan-fixture";
import { LOCATIONS, MULTIVALUE, regions, routedPlan, weights } from "./set-fixture";

function weighted(...weights: (number | typeof UNKNOWN)[]): RecordSet[] {
  return weights.map((weight, index) =>
    record({ urn: `urn:${index}`, routing: { kind: "weighted", weight } }),
  );
}

/** How often each record is chosen in 10,000 queries, by index. */
function shares(candidates: readonly RecordSet[], unhealthy: readonly number[] = []): number[] {
  const random = chanceOf(stream(1, "record-choice.test"));
  const counts = candidates.map(() => 0);
  for (let query = 0; query < 10_000; query++) {
    const choice = chooseRecords(candidates, ({ urn }) => !unhealthy.includes(Number(urn.slice(4))), random);
    if (choice.kind !== "chosen") assert.fail(choice.why);
    assert.equal(choice.records.length, 1);
    const index = candidates.indexOf(choice.records[0] as RecordSet);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

/** Four standard deviations of a binomial of 10,000. */
function assertShares(counts: readonly number[], expected: readonly number[]): void {
  for (const [index, share] of expected.entries()) {
    const tolerance = 4 * Math.sqrt(10_000 * share * (1 - share));
    const seen = counts[index] ?? 0;
    assert.ok(Math.abs(seen - share * 10_000) <= tolerance, `record ${index}: ${seen}, expected ${share}`);
  }
}

describe("chooseRecords, weighted", () => {
  it("chooses by share of the weights", () => {
    assertShares(shares(weighted(1, 3)), [0.25, 0.75]);
    assertShares(shares(weighted(50, 50)), [0.5, 0.5]);
  });

  it("leaves unhealthy records out", () => {
    assertShares(shares(weighted(1, 3, 1), [1]), [0.5, 0, 0.5]);
  });

  it("takes weight 0 only when every nonzero record is unhealthy", () => {
    assertShares(shares(weighted(100, 0)), [1, 0]);
    assertShares(shares(weighted(100, 0), [0]), [0, 1]);
  });

  it("chooses evenly when all weights are 0", () => {
    assertShares(shares(weighted(0, 0)), [0.5, 0.5]);
  });

  it("treats all as healthy when none is", () => {
    assertShares(shares(weighted(1, 3), [0, 1]), [0.25, 0.75]);
    assertShares(shares(weighted(100, 0), [0, 1]), [1, 0]);
  });

  it("does not guess a weight", () => {
    const choice = chooseRecords(weighted(1, UNKNOWN), () => true, chanceOf(stream(1, "x")));
    assert.deepEqual(choice, {
      kind: "outside",
      why: "app.example.com A has a weight that is not known yet",
    });
  });
});

describe("chooseRecords, multivalue", () => {
  const ten = Array.from({ length: 10 }, (_, index) =>
    record({ urn: `urn:${index}`, routing: { kind: "multivalue" } }),
  );
  const chosen = (candidates: readonly RecordSet[], isHealthy: (index: number) => boolean) => {
    const choice = chooseRecords(
      candidates,
      ({ urn }) => isHealthy(Number(urn.slice(4))),
      chanceOf(stream(1, "x")),
    );
    if (choice.kind !== "chosen") assert.fail(choice.why);
    return choice.records.map(({ urn }) => Number(urn.slice(4))).sort((a, b) => a - b);
  };

  it("answers with eight different ones at most", () => {
    const records = chosen(ten, () => true);
    assert.deepEqual([records.length, new Set(records).size], [8, 8]);
  });

  it("answers with the healthy ones, or with up to eight when none is", () => {
    assert.deepEqual(
      chosen(ten, (index) => index < 3),
      [0, 1, 2],
    );
    assert.equal(chosen(ten, () => false).length, 8);
    assert.deepEqual(
      chosen(ten.slice(0, 2), () => false),
      [0, 1],
    );
  });
});

const at = (name: string): Place => placeBeside(name) ?? assert.fail(name);

/** The number of the one record that is answered with at a place; undefined where none is. */
function chosenAt(
  routings: Parameters<typeof routedPlan>[0],
  place: Place,
  unhealthy: readonly number[] = [],
): number | undefined {
  const { recordSets } = routedPlan(routings);
  const isHealthy = ({ urn }: RecordSet) => !unhealthy.includes(Number(urn.slice(5)));
  const choice = chooseRecords(recordSets, isHealthy, chanceOf(stream(1, "x")), place);
  if (choice.kind !== "chosen") assert.fail(choice.why);
  assert.ok(choice.records.length <= 1);
  const [only] = choice.records;
  return only && Number(only.urn.slice(5));
}

describe("chooseRecords, latency", () => {
  const three = regions("us-east-1", "eu-west-1", "ap-northeast-1");

  it("answers with the nearest region, then the next, and as if all were healthy when none is", () => {
    const london = at("eu-west-2");
    assert.equal(chosenAt(three, london), 2);
    assert.equal(chosenAt(three, london, [2]), 1);
    assert.equal(chosenAt(three, london, [1, 2]), 3);
    assert.equal(chosenAt(three, london, [1, 2, 3]), 2);
    assert.equal(chosenAt(three, at("ap-southeast-2")), 3);
  });

  it("does not guess a region, known to nobody or not yet known", () => {
    const why = (region: string | typeof UNKNOWN) => {
      const { recordSets } = routedPlan([{ kind: "latency", region }]);
      const choice = chooseRecords(recordSets, () => true, chanceOf(stream(1, "x")));
      return choice.kind === "outside" ? choice.why : choice.kind;
    };
    assert.equal(why(UNKNOWN), "app.example.com A has a region that is not known yet");
    assert.equal(why("xx-1"), "app.example.com A names the region xx-1, whose place is not known here");
  });
});

describe("chooseRecords, geolocation", () => {
  it("answers with the smallest location around, then the next larger, in the end the default", () => {
    const frankfurt = at("eu-central-1");
    assert.equal(chosenAt(LOCATIONS, frankfurt), 2);
    assert.equal(chosenAt(LOCATIONS, frankfurt, [2]), 1);
    assert.equal(chosenAt(LOCATIONS, frankfurt, [1, 2]), 4);
    assert.equal(chosenAt(LOCATIONS, frankfurt, [1, 2, 4]), 2);
    assert.equal(chosenAt(LOCATIONS, at("eu-west-1")), 1);
    assert.equal(chosenAt(LOCATIONS, at("us-west-2")), 3);
    assert.equal(chosenAt(LOCATIONS, at("us-east-1")), 4);
    assert.equal(chosenAt(LOCATIONS, at("us-west-2"), [3]), 4);
  });

  it("has no answer where no location is around and there is no default", () => {
    const europe = LOCATIONS.slice(0, 2);
    assert.equal(chosenAt(europe, at("us-east-1")), undefined);
    assert.equal(chosenAt(europe, at("eu-west-1"), [1, 2]), 1);
  });

  it("does not guess a location", () => {
    const { recordSets } = routedPlan([{ kind: "geolocation", location: UNKNOWN }]);
    assert.deepEqual(
      chooseRecords(recordSets, () => true, chanceOf(stream(1, "x"))),
      {
        kind: "outside",
        why: "app.example.com A has a location that is not known yet",
      },
    );
  });
});

describe("chooseRecords, whatever the routing", () => {
  const routings = fc.oneof(
    fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 2, maxLength: 6 }).map((all) => weights(...all)),
    fc.integer({ min: 2, max: 12 }).map((count) => new Array(count).fill(MULTIVALUE)),
    fc
      .uniqueArray(fc.constantFrom(...EVENLY_SPREAD.map(({ place }) => place.name)), {
        minLength: 2,
        maxLength: 6,
      })
      .map((all) => regions(...all)),
    fc.constant([...LOCATIONS]),
  );
  const places = fc.constantFrom(...EVENLY_SPREAD.map(({ place }) => place));

  it("answers with an eligible healthy member, and as if all were healthy where none is", () => {
    fc.assert(
      fc.property(
        routings,
        places,
        fc.integer({ min: 0, max: 4_095 }),
        fc.integer(),
        (all, place, health, seed) => {
          const plan = routedPlan(all);
          const set = onlySet(plan);
          const members = [set.primary, ...set.others];
          const isHealthy = (member: RecordSet) => ((health >> members.indexOf(member)) & 1) === 1;
          const choose = (isUp: typeof isHealthy) => {
            const choice = chooseRecords(plan.recordSets, isUp, chanceOf(stream(seed, "x")), place);
            return choice.kind === "chosen" ? choice.records : assert.fail(choice.why);
          };
          const chosen = choose(isHealthy);
          assert.ok(chosen.length >= 1 && new Set(chosen).size === chosen.length);
          const shares = expectedShares(set, members.map(isHealthy), place);
          for (const record of chosen) assert.ok((shares[members.indexOf(record)] ?? 0) > 0, record.urn);
          if (!members.some(isHealthy))
            assert.deepEqual(
              chosen,
              choose(() => true),
            );
        },
      ),
      { seed: 1, numRuns: 400 },
    );
  });
});

describe("chooseRecords, simple", () => {
  it("answers whatever its health, and nothing from nothing", () => {
    const only = record();
    assert.deepEqual(
      chooseRecords([only], () => false, chanceOf(stream(1, "x"))),
      { kind: "chosen", records: [only] },
    );
    assert.deepEqual(
      chooseRecords([], () => true, chanceOf(stream(1, "x"))),
      { kind: "chosen", records: [] },
    );
  });
});
