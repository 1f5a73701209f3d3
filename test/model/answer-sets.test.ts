import assert from "node:assert/strict";
import { answerSets, memberName, setMembers, setWords, withLost } from "../../model/answer-sets";
import type { FailoverPlan, RecordSet, Routing } from "../../model/failover-plan";
import { UNKNOWN } from "../../model/unknown";

const NAME = "relay.example.com";

function record(urn: string, routing: Routing, changes: Partial<RecordSet> = {}): RecordSet {
  return {
    urn,
    name: NAME,
    type: "A",
    zoneId: "Z1",
    zone: "Z1",
    routing,
    target: { kind: "values", values: ["192.0.2.1"], ttlSeconds: 60 },
    healthCheck: { kind: "check", urn: `${urn}-check` },
    ...changes,
  };
}

function planOf(recordSets: readonly RecordSet[]): FailoverPlan {
  return { zones: [], recordSets, healthChecks: [], endpoints: [], tables: [], alarms: [] };
}

const weighted = (weight: number | typeof UNKNOWN): Routing => ({ kind: "weighted", weight });
const urns = (records: readonly RecordSet[]) =>
  answerSets(planOf(records)).map((set) => [set.routing, ...setMembers(set).map(({ urn }) => urn)]);

describe("answerSets", () => {
  it("takes the heaviest for the one that is lost, the first of equals", () => {
    assert.deepEqual(urns([record("a", weighted(1)), record("b", weighted(3)), record("c", weighted(3))]), [
      ["weighted", "b", "a", "c"],
    ]);
    assert.deepEqual(urns([record("a", weighted(0)), record("b", weighted(0))]), [["weighted", "a", "b"]]);
    assert.deepEqual(urns([record("a", weighted(UNKNOWN)), record("b", weighted(1))]), [
      ["weighted", "b", "a"],
    ]);
  });

  it("takes another member for the one that is lost, and none that the set has not", () => {
    const members = ["a", "b", "c"].map((urn) => record(urn, weighted(1)));
    const [set = assert.fail()] = answerSets(planOf(members));
    const lost = withLost(set, ({ urn }) => urn === "b");
    assert.deepEqual(lost && setMembers(lost).map(({ urn }) => urn), ["b", "a", "c"]);
    assert.equal(
      withLost(set, ({ urn }) => urn === "d"),
      undefined,
    );
  });

  it("names the zones of sets whose name and type several zones have, as far as they are known", () => {
    const words = (...zones: Partial<RecordSet>[]) =>
      answerSets(
        planOf(
          zones.flatMap((zone, index) =>
            ["PRIMARY", "SECONDARY"].map((role) =>
              record(`${role}${index}`, { kind: "failover", role: role as "PRIMARY" }, zone),
            ),
          ),
        ),
      ).map(setWords);
    const inside = { zone: "urn:pulumi:p::shop::aws:route53/zone:Zone::inside" };
    assert.deepEqual(words({}), [`${NAME} A`]);
    assert.deepEqual(words({ zone: "Z1" }, { zone: "Z2" }), [`${NAME} A in zone Z1`, `${NAME} A in zone Z2`]);
    assert.deepEqual(words(inside, { zone: "Z2" }), [`${NAME} A in zone inside`, `${NAME} A in zone Z2`]);
    assert.deepEqual(words(inside, { zone: "Z2", type: "AAAA" }), [`${NAME} A`, `${NAME} AAAA`]);
    assert.deepEqual(words(inside, { zone: "Z2" }, { zone: UNKNOWN }), [
      `${NAME} A in zone inside`,
      `${NAME} A in zone Z2`,
      `${NAME} A`,
    ]);
  });

  it("puts pairs first, and the sets of other routings in the order of their names", () => {
    const of = (urn: string, name: string, routing: Routing) => record(urn, routing, { name });
    const set = (urn: string, name: string, routing: Routing) => [
      of(`${urn}1`, name, routing),
      of(`${urn}2`, name, routing),
    ];
    const found = urns([
      ...set("v", "v.example.com", { kind: "multivalue" }),
      ...set("l", "l.example.com", { kind: "latency", region: "us-east-1" }),
      ...set("g", "g.example.com", { kind: "geolocation", location: { kind: "default" } }),
      of("p", "z.example.com", { kind: "failover", role: "PRIMARY" }),
      of("s", "z.example.com", { kind: "failover", role: "SECONDARY" }),
    ]);
    assert.deepEqual(found, [
      ["failover", "p", "s"],
      ["geolocation", "g1", "g2"],
      ["latency", "l1", "l2"],
      ["multivalue", "v1", "v2"],
    ]);
  });

  it("leaves out who has nobody beside, names that are not known, and routing that is not played", () => {
    const other: Routing = { kind: "other", policy: "cidr" };
    assert.deepEqual(urns([record("a", weighted(1))]), []);
    assert.deepEqual(urns([record("a", weighted(1)), record("b", weighted(1), { type: "AAAA" })]), []);
    assert.deepEqual(urns([record("a", other), record("b", other)]), []);
    assert.deepEqual(urns([record("a", { kind: "simple" }), record("b", { kind: "simple" })]), []);
    const unnamed = { name: UNKNOWN } as const;
    assert.deepEqual(urns([record("a", weighted(1), unnamed), record("b", weighted(1), unnamed)]), []);
  });

  it("keeps zones of one name apart", () => {
    const inZone = (urn: string, zone: string) => record(urn, weighted(1), { zone });
    assert.deepEqual(urns([inZone("a", "Z1"), inZone("b", "Z2")]), []);
    assert.deepEqual(urns([inZone("a", "Z1"), inZone("b", "Z2"), inZone("c", "Z1")]), [
      ["weighted", "a", "c"],
    ]);
  });

  it("is no set where nothing can make a member unhealthy", () => {
    const none = { healthCheck: { kind: "none" } } as const;
    const alias = (evaluateTargetHealth: boolean | typeof UNKNOWN) =>
      ({ ...none, target: { kind: "alias", dnsName: "x", zoneId: "Z2", evaluateTargetHealth } }) as const;
    const count = (changes: Partial<RecordSet>) =>
      urns([record("a", weighted(1), changes), record("b", weighted(1), none)]).length;
    assert.deepEqual(
      [count(none), count(alias(false)), count(alias(true)), count(alias(UNKNOWN))],
      [0, 0, 1, 1],
    );
    assert.equal(count({ healthCheck: { kind: "external", id: "hc" } }), 1);
  });
});

describe("memberName", () => {
  it("is the role of a pair, else the set identifier, else the end of the URN", () => {
    const urn = "urn:pulumi:dev::relay::aws:route53/record:Record::gateway-a";
    assert.equal(memberName(record(urn, { kind: "failover", role: "SECONDARY" })), "SECONDARY");
    assert.equal(memberName(record(urn, weighted(1), { setIdentifier: "left" })), "left");
    assert.equal(memberName(record(urn, weighted(1), { setIdentifier: UNKNOWN })), "gateway-a");
    assert.equal(memberName(record(urn, { kind: "failover", role: UNKNOWN })), "gateway-a");
  });
});
