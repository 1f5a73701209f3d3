import assert from "node:assert/strict";
import { answerSets } from "../../../model/answer-sets";
import type { FailoverPlan } from "../../../model/failover-plan";
import { UNKNOWN } from "../../../model/unknown";
import { ASSUMPTIONS } from "../../../rehearsal/simulation/assumptions";
import { outlookOf } from "../../../rehearsal/simulation/outlook";
import { type PlayedSystem, playableSystem } from "../../../rehearsal/simulation/played-system";
import { type Scenario, scenarioByName } from "../../../rehearsal/simulation/scenario";
import { aliasTo, NAME, planOf, record } from "./plan-fixture";
import {
  addressOf,
  checkOf,
  MULTIVALUE,
  member,
  pairOfWeights,
  regions,
  regionsOfPairs,
  routedPlan,
  weights,
} from "./set-fixture";

function read(plan: FailoverPlan) {
  const set = answerSets(plan).find(({ name }) => name === NAME) ?? assert.fail("no set");
  return playableSystem(plan, set);
}

function systemOf(plan: FailoverPlan): PlayedSystem {
  const playable = read(plan);
  return playable.kind === "playable" ? playable.system : assert.fail(playable.why);
}

function refusal(plan: FailoverPlan): string | undefined {
  const playable = read(plan);
  return playable.kind === "refused" ? playable.why : undefined;
}

/** What fails with the set's primary, and with the others, by name. */
function sides(plan: FailoverPlan) {
  const { endpoints, primary, standby, hasSides, usesPlaces } = systemOf(plan);
  const named = (indexes: readonly number[]) => indexes.map((index) => endpoints[index]);
  return { primary: named(primary), standby: named(standby), hasSides, usesPlaces };
}

describe("playableSystem, of sets", () => {
  it("refuses members that lead to one address, of which the loss is everybody's", () => {
    const of = (address: string) => {
      const made = routedPlan(weights(1, 1));
      const recordSets = made.recordSets.map((each, index) =>
        index === 1
          ? { ...each, target: { kind: "values" as const, values: ["192.0.2.77", address], ttlSeconds: 60 } }
          : each,
      );
      return refusal({ ...made, recordSets });
    };
    assert.equal(of("192.0.2.78"), undefined);
    assert.equal(
      of(addressOf(1)),
      `the m1 and the m2 record of ${NAME} both lead to ${addressOf(1)}, so that what fails there fails for both`,
    );
  });

  it("fails the heaviest member, or all the others", () => {
    assert.deepEqual(sides(routedPlan(weights(1, 3, 2))), {
      primary: ["urn:m2"],
      standby: ["urn:m1", "urn:m3"],
      hasSides: false,
      usesPlaces: false,
    });
    assert.equal(sides(routedPlan(regions("us-east-1", "eu-west-1"))).usesPlaces, true);
  });

  it("fails what a member leads to while all is well: the first of a pair, all of a weighted set", () => {
    assert.deepEqual(sides(regionsOfPairs()), {
      primary: ["urn:m1"],
      standby: ["urn:m3"],
      hasSides: false,
      usesPlaces: true,
    });
    assert.deepEqual(sides(pairOfWeights()), {
      primary: ["urn:m1", "urn:m2"],
      standby: ["urn:m3"],
      hasSides: true,
      usesPlaces: false,
    });
  });

  it("has no sides where something is left behind a PRIMARY that lost what it leads to", () => {
    const plan = pairOfWeights();
    const recordSets = [
      ...plan.recordSets,
      member(4, { kind: "weighted", weight: 0 }, { name: `pool.${NAME}` }),
    ];
    const spare = sides({ ...plan, recordSets, healthChecks: [...plan.healthChecks, checkOf(4)] });
    assert.deepEqual([spare.primary, spare.hasSides], [["urn:m1", "urn:m2"], false]);
  });

  it("says what it cannot play", () => {
    const alias = { target: aliasTo("x.aws.example.com") };
    const cases: [plan: FailoverPlan, why: string][] = [
      [
        routedPlan([{ kind: "weighted", weight: UNKNOWN }, ...weights(1)]),
        "urn:m1 has a weight that is not known before the update",
      ],
      [
        routedPlan([{ kind: "latency", region: UNKNOWN }, ...regions("us-east-1")]),
        "urn:m1 has a latency region that is not known before the update",
      ],
      [
        routedPlan(regions("xx-1", "us-east-1")),
        "urn:m1 names the region xx-1, whose place is not known here",
      ],
      [
        routedPlan([
          { kind: "geolocation", location: UNKNOWN },
          { kind: "geolocation", location: { kind: "default" } },
        ]),
        "urn:m1 has a location that is not known before the update",
      ],
      [
        routedPlan([MULTIVALUE, MULTIVALUE], { member: alias }),
        "urn:m1 is an alias with multivalue routing, which Route 53 refuses",
      ],
      [
        routedPlan([...weights(1, 1), MULTIVALUE]),
        `${NAME} A mixes weighted and multivalue routing, which Route 53 refuses`,
      ],
    ];
    for (const [plan, why] of cases) assert.equal(refusal(plan), why);
  });

  it("reads the check of each member, probing that member's own end", () => {
    const { checks, endpoints } = systemOf(routedPlan(weights(2, 1)));
    assert.deepEqual(
      checks.map((check) => [check.urn, check.kind === "endpoint" && endpoints[check.endpoint]]),
      [
        ["urn:c1", "urn:m1"],
        ["urn:c2", "urn:m2"],
      ],
    );
  });
});

describe("outlookOf, of sets", () => {
  const outlook = (plan: FailoverPlan, scenario: string) =>
    outlookOf(systemOf(plan), scenarioByName(scenario) as Scenario, ASSUMPTIONS).kind;

  it("fails over where the checks see the fault and nothing speaks against the others", () => {
    const plan = routedPlan(weights(1, 1));
    assert.equal(outlook(plan, "primary-down"), "fails-over");
    assert.equal(outlook(plan, "health-lies"), "stays");
    assert.equal(outlook(plan, "flapping-over"), "open");
    assert.equal(outlook(plan, "both-down"), "open");
    assert.equal(outlook(plan, "standby-down-first"), "open");
  });

  it("stays where the lost member has no check, or its check cannot see the fault", () => {
    const withoutCheck = planOf(
      [
        member(1, { kind: "weighted", weight: 2 }, { healthCheck: { kind: "none" } }),
        member(2, { kind: "weighted", weight: 1 }),
      ],
      [checkOf(2)],
    );
    assert.equal(outlook(withoutCheck, "primary-down"), "stays");
    const tcp = routedPlan(weights(1, 1), { check: { type: "TCP" } });
    assert.equal(outlook(tcp, "primary-down"), "stays");
    assert.equal(outlook(tcp, "primary-refuses"), "fails-over");
  });

  it("is open where the primary is unhealthy from the beginning", () => {
    assert.equal(outlook(routedPlan(weights(1, 1), { check: { inverted: true } }), "primary-down"), "open");
  });

  it("asks the records behind an alias, too", () => {
    assert.equal(outlook(pairOfWeights(), "primary-down"), "fails-over");
    assert.equal(outlook(pairOfWeights(false), "primary-down"), "stays");
    assert.equal(outlook(regionsOfPairs(), "primary-down"), "fails-over");
    const lone = record({ urn: "urn:lone", name: "lone.example.com" });
    const beside = { ...regionsOfPairs(), recordSets: [...regionsOfPairs().recordSets, lone] };
    assert.equal(outlook(beside, "primary-down"), "fails-over");
  });
});
