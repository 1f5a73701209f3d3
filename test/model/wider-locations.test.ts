import assert from "node:assert/strict";
import { answerSets, setMembers, withLost } from "../../model/answer-sets";
import type { Way } from "../../model/check-detection";
import type { FailoverPlan, GeoLocation, RecordSet } from "../../model/failover-plan";
import { type Bound, recoveryBound, sumBound } from "../../model/recovery-bound";
import { type MaybeUnknown, UNKNOWN } from "../../model/unknown";
import { NAME as APP, aliasTo, planOf, record } from "../rehearsal/simulation/plan-fixture";
import { checkOf, member, routedPlan } from "../rehearsal/simulation/set-fixture";

const DEFAULT: GeoLocation = { kind: "default" };
const EUROPE: GeoLocation = { kind: "continent", continent: "EU" };
const AMERICA: GeoLocation = { kind: "continent", continent: "NA" };
const GERMANY: GeoLocation = { kind: "country", country: "DE" };
const CYPRUS: GeoLocation = { kind: "country", country: "CY" };
const USA: GeoLocation = { kind: "country", country: "US" };
const OREGON: GeoLocation = { kind: "subdivision", country: "US", subdivision: "OR" };
const OHIO: GeoLocation = { kind: "subdivision", country: "US", subdivision: "OH" };

const RECOVERS = sumBound(114, 60);
const ADD = "add a default record to the set (free: a record costs nothing)";

function located(...locations: MaybeUnknown<GeoLocation>[]): FailoverPlan {
  return routedPlan(
    locations.map((location) => ({ kind: "geolocation", location })),
    { check: { requestIntervalSeconds: 30, failureThreshold: 3 } },
  );
}

/** The bound of a set that loses its first record. */
function boundOf(plan: FailoverPlan, way?: Way): Bound {
  const isFirst = ({ urn }: RecordSet) => urn === plan.recordSets[0]?.urn;
  const set = answerSets(plan).find((each) => setMembers(each).some(isFirst));
  const losing = set && withLost(set, isFirst);
  return losing ? recoveryBound(plan, losing, way) : assert.fail("no set");
}

function without(where: string, change = ADD): Bound {
  return {
    kind: "unbounded",
    why: `no other member of the set answers for ${where}, and Route 53 goes on answering with the m1 record there`,
    change,
    path: "geolocationRoutingPolicies",
  };
}

describe("model/wider-locations", () => {
  const served: [string, GeoLocation, GeoLocation][] = [
    ["a continent by the default", EUROPE, DEFAULT],
    ["a country by the default", USA, DEFAULT],
    ["a country by its continent", GERMANY, EUROPE],
    ["a subdivision by its country", OREGON, USA],
    ["a subdivision by its continent", OREGON, AMERICA],
    ["a subdivision by the default", OREGON, DEFAULT],
  ];
  for (const [what, lost, other] of served) {
    it(`takes ${what}`, () => assert.deepEqual(boundOf(located(lost, other)), RECOVERS));
  }

  const unserved: [string, GeoLocation, GeoLocation, string][] = [
    ["a continent beside another's country", EUROPE, USA, "continent EU"],
    ["a continent beside a country of it", EUROPE, GERMANY, "continent EU"],
    ["a continent beside another", EUROPE, AMERICA, "continent EU"],
    ["a country beside another continent", USA, EUROPE, "country US"],
    ["a country beside a subdivision of it", USA, OREGON, "country US"],
    ["a country beside another", USA, GERMANY, "country US"],
    ["a subdivision beside another", OREGON, OHIO, "subdivision OR of country US"],
    ["a subdivision beside another country", OREGON, GERMANY, "subdivision OR of country US"],
    ["a subdivision beside another continent", OREGON, EUROPE, "subdivision OR of country US"],
  ];
  for (const [what, lost, other, where] of unserved) {
    it(`has no bound for ${what}`, () =>
      assert.deepEqual(boundOf(located(lost, other, OHIO)), without(where)));
  }

  it("has no bound for the default, which nothing is larger than", () => {
    const change =
      "make the default record an alias to a failover pair, with evaluateTargetHealth (free: the records cost nothing)";
    assert.deepEqual(
      boundOf(located(DEFAULT, EUROPE, USA)),
      without("places that have no record of their own", change),
    );
  });

  it("has one for the default that is a pair itself", () => {
    const name = "rest.example.com";
    const rest = record({
      urn: "urn:rest",
      setIdentifier: "rest",
      routing: { kind: "geolocation", location: DEFAULT },
      target: aliasTo(name, true),
    });
    const plan = planOf(
      [
        rest,
        member(1, { kind: "geolocation", location: EUROPE }),
        member(2, { kind: "failover", role: "PRIMARY" }, { name }),
        member(3, { kind: "failover", role: "SECONDARY" }, { name }),
      ],
      [1, 2, 3].map((number) => checkOf(number, { requestIntervalSeconds: 30, failureThreshold: 3 })),
    );
    assert.deepEqual(boundOf(plan), RECOVERS);
  });

  it("does not know it while a location that may be larger is not known", () => {
    const untold = (urn: string): Bound => ({ kind: "unknown", urn, path: "geolocationRoutingPolicies" });
    assert.deepEqual(boundOf(located(EUROPE, UNKNOWN)), untold("urn:m2"));
    assert.deepEqual(boundOf(located(UNKNOWN, DEFAULT)), untold("urn:m1"));
    assert.deepEqual(boundOf(located(CYPRUS, EUROPE)), untold("urn:m2"));
    assert.deepEqual(boundOf(located(CYPRUS, EUROPE, DEFAULT)), RECOVERS);
  });

  it("asks only those who answer there whether they fail too", () => {
    const plan = located(EUROPE, DEFAULT, USA);
    const [lost, rest, usa] = plan.recordSets as [RecordSet, RecordSet, RecordSet];
    const tied = { ...plan, recordSets: [lost, { ...rest, healthCheck: lost.healthCheck }, usa] };
    const bound = boundOf(tied);
    assert.deepEqual([bound.kind, bound.kind === "unbounded" && bound.other], ["unbounded", "urn:m2"]);
    const apart = { ...plan, recordSets: [lost, rest, { ...usa, healthCheck: lost.healthCheck }] };
    assert.deepEqual(boundOf(apart), RECOVERS);
  });

  describe("behind an alias", () => {
    const NAME = "live.example.com";
    const EU = "eu.example.com";
    const located = (number: number, location: GeoLocation, changes: Partial<RecordSet> = {}) =>
      member(number, { kind: "geolocation", location }, { name: NAME, ...changes });
    const leading = (number: number, location: GeoLocation, to: string, changes: Partial<RecordSet> = {}) =>
      located(number, location, { healthCheck: { kind: "none" }, target: aliasTo(to, true), ...changes });
    const side = (number: number, role: "PRIMARY" | "SECONDARY", name: string) =>
      member(number, { kind: "failover", role }, { name });
    const pairOf = (name: string, primary: number) => [
      side(primary, "PRIMARY", name),
      side(primary + 1, "SECONDARY", name),
    ];
    const to = (role: "PRIMARY" | "SECONDARY", evaluates = true) =>
      record({
        urn: `urn:${role}`,
        setIdentifier: role,
        routing: { kind: "failover", role },
        target: aliasTo(NAME, evaluates),
      });
    const from = (records: readonly RecordSet[], way?: Way) =>
      boundOf(
        planOf(
          [...records],
          [1, 2, 3, 4, 5, 6, 7].map((number) =>
            checkOf(number, { requestIntervalSeconds: 30, failureThreshold: 3 }),
          ),
        ),
        way,
      );
    const secondary = side(7, "SECONDARY", APP);
    const inner = [located(1, DEFAULT), leading(2, EUROPE, EU), ...pairOf(EU, 3)];

    it("has none where one member stays healthy and the others have nobody wider", () => {
      assert.deepEqual(from([to("PRIMARY"), secondary, ...inner]).kind, "unbounded");
      const restsOnPair = [located(1, EUROPE), leading(2, DEFAULT, EU), ...pairOf(EU, 3)];
      assert.deepEqual(from([to("PRIMARY"), secondary, ...restsOnPair]), RECOVERS);
      const allFail = [located(1, DEFAULT), located(2, EUROPE)];
      assert.deepEqual(from([to("PRIMARY"), secondary, ...allFail]), RECOVERS);
      const besideUnchecked = [
        located(1, EUROPE),
        leading(2, DEFAULT, EU, { healthCheck: { kind: "check", urn: "urn:c6" } }),
        ...pairOf(EU, 3),
      ];
      assert.equal(from([to("PRIMARY"), secondary, ...besideUnchecked]).kind, "unbounded");
    });

    it("has none where a side has no answer for some places", () => {
      const unanswered = {
        kind: "unbounded",
        why: "the geolocation set of the m1 record has no default, so visitors elsewhere get no answer",
        change: ADD,
        path: "geolocationRoutingPolicies",
      };
      const some = [located(1, EUROPE), located(2, USA)];
      const primary = side(7, "PRIMARY", APP);
      assert.deepEqual(from([primary, to("SECONDARY"), ...some]), unanswered);
      assert.deepEqual(from([to("PRIMARY"), secondary, ...some]), unanswered);
      // What answers only once a nested PRIMARY fails too is not asked.
      const rest = "rest.example.com";
      const nested = record({
        urn: "urn:nested",
        name: rest,
        setIdentifier: "SECONDARY",
        routing: { kind: "failover", role: "SECONDARY" },
        target: aliasTo(NAME, true),
      });
      const standby = { ...to("SECONDARY"), target: aliasTo(rest, true) };
      assert.deepEqual(from([primary, standby, side(3, "PRIMARY", rest), nested, ...some]), RECOVERS);
      const all = [located(1, EUROPE), located(2, DEFAULT)];
      assert.deepEqual(from([primary, to("SECONDARY"), ...all]), RECOVERS);
    });

    it("takes what is behind a default alone, whose own check changes nothing for its visitors", () => {
      const slow = (name: string) => ({ name, healthCheck: { kind: "check", urn: "urn:c6" } }) as const;
      const rest = (name: string) => leading(1, DEFAULT, name, slow(APP));
      const europe = located(2, EUROPE, { name: APP });
      assert.deepEqual(from([rest(EU), europe, ...pairOf(EU, 3)]), RECOVERS);
      const unchecked = member(
        5,
        { kind: "latency", region: "us-east-1" },
        { name: NAME, healthCheck: { kind: "none" } },
      );
      const spared = {
        ...leading(2, EUROPE, EU),
        routing: { kind: "latency", region: "eu-west-1" },
      } as const;
      assert.deepEqual(from([rest(NAME), europe, unchecked, spared, ...pairOf(EU, 3)]), {
        kind: "unbounded",
        why: "the m5 record has no health check",
      });
    });

    it("lets a set with a member of weight 0 leave by itself, whether or not the alias evaluates it", () => {
      const weighted = (spare: number) => [
        member(1, { kind: "weighted", weight: 100 }, { name: NAME }),
        member(2, { kind: "weighted", weight: spare }, { name: NAME }),
      ];
      assert.deepEqual(from([to("PRIMARY", false), secondary, ...weighted(0)]), RECOVERS);
      assert.equal(from([to("PRIMARY", false), secondary, ...weighted(1)]).kind, "unbounded");
      assert.deepEqual(from([to("PRIMARY", true), secondary, ...weighted(1)]), RECOVERS);
    });

    it("holds the answers of such a member on the way back", () => {
      const slow = {
        name: NAME,
        target: { kind: "values", values: ["198.51.100.2"], ttlSeconds: 300 },
      } as const;
      const behind = (weight: number) => [
        member(1, { kind: "weighted", weight: 100 }, { name: NAME }),
        member(2, { kind: "weighted", weight }, slow),
      ];
      assert.deepEqual(from([to("PRIMARY"), secondary, ...behind(0)], "failback"), sumBound(114, 300));
      assert.deepEqual(from([to("PRIMARY"), secondary, ...behind(1)], "failback"), RECOVERS);
    });
  });
});
