import assert from "node:assert/strict";
import { answerSets } from "../../../model/answer-sets";
import type { FailoverPlan, HealthCheck, RecordSet } from "../../../model/failover-plan";
import { UNKNOWN } from "../../../model/unknown";
import { furnishPlan } from "../../../rehearsal/loopback/outside-endpoints";
import { onlySet, record } from "../simulation/plan-fixture";
import { profilePlan } from "./plan-fixture";
import { GATEWAY_HOSTS, GATEWAYS, relayPlan } from "./relay-fixture";

const setOf = (plan: FailoverPlan) => answerSets(plan)[0] ?? assert.fail("no set");
const furnished = (plan: FailoverPlan) => {
  const set = setOf(plan);
  const { plan: result, outside, endpointOf } = furnishPlan(plan, set);
  return {
    endpoints: result.endpoints.map(({ urn, hostNames, addresses }) => [urn, hostNames, addresses]),
    outside: [...outside],
    led: [set.primary, ...set.others].map((member) => {
      const found = endpointOf(member);
      return "urn" in found ? found.urn : found.obstacle;
    }),
  };
};

describe("rehearsal/loopback/outside-endpoints", () => {
  it("leaves a plan alone whose records all lead to its endpoints", () => {
    const plan = profilePlan();
    const { plan: result, outside } = furnishPlan(plan, onlySet(plan));
    assert.deepEqual(result, plan);
    assert.equal(outside.size, 0);
  });

  it("gives each record that leads outside an endpoint under the record's URN", () => {
    assert.deepEqual(furnished(relayPlan()), {
      endpoints: GATEWAYS.map((urn, index) => [urn, [GATEWAY_HOSTS[index]], []]),
      outside: GATEWAYS,
      led: GATEWAYS,
    });
  });

  it("takes literal addresses, and a check's own host name that nobody else has", () => {
    const plan = relayPlan();
    const recordSets = plan.recordSets.map(
      (each, index): RecordSet => ({
        ...each,
        type: "A",
        target: { kind: "values", values: [`203.0.113.${index + 1}`], ttlSeconds: 10 },
      }),
    );
    assert.deepEqual(
      furnished({ ...plan, recordSets }).endpoints,
      GATEWAYS.map((urn, index) => [urn, [GATEWAY_HOSTS[index]], [`203.0.113.${index + 1}`]]),
    );
  });

  it("follows names through the zone, and gives the member what the name leads to", () => {
    const plan = relayPlan({ target: { kind: "values", values: ["closet.example.com"], ttlSeconds: 10 } });
    const [first, second] = plan.recordSets as [RecordSet, RecordSet];
    const beta: RecordSet = {
      ...second,
      target: { kind: "values", values: ["beta.example.net"], ttlSeconds: 10 },
    };
    const closet = record({
      urn: "closet",
      name: "closet.example.com",
      target: { kind: "values", values: ["203.0.113.9"], ttlSeconds: 60 },
    });
    const { led, endpoints } = furnished({ ...plan, recordSets: [first, beta, closet], healthChecks: [] });
    assert.deepEqual(led, GATEWAYS);
    assert.deepEqual(endpoints, [
      [GATEWAYS[0], [], ["203.0.113.9"]],
      [GATEWAYS[1], ["beta.example.net"], []],
    ]);
  });

  it("furnishes a name that a check probes, and no record that only stands in the zone", () => {
    const plan = profilePlan();
    const spare = (name: string) =>
      record({ urn: name, name, target: { kind: "values", values: ["203.0.113.9"], ttlSeconds: 60 } });
    const [check] = plan.healthChecks as [HealthCheck];
    const { outside } = furnished({
      ...plan,
      recordSets: [...plan.recordSets, spare("probed.example.com"), spare("mail.example.com")],
      healthChecks: [check, { ...check, urn: "another", fqdn: "probed.example.com" }],
    });
    assert.deepEqual(outside, ["probed.example.com"]);
  });

  it("has one endpoint for two members that lead to the same place", () => {
    const plan = relayPlan({ target: { kind: "values", values: ["alpha.example.net"], ttlSeconds: 10 } });
    assert.deepEqual(furnished(plan).led, [GATEWAYS[0], GATEWAYS[0]]);
  });

  it("says what stands in the way: unknown values, a set behind a set, a loop", () => {
    const target = (values: readonly string[] | typeof UNKNOWN): Partial<RecordSet> => ({
      target: { kind: "values", values, ttlSeconds: 10 },
    });
    assert.equal(
      furnished(relayPlan(target(UNKNOWN))).led[0],
      `the values of ${GATEWAYS[0]} are not known yet`,
    );
    const loop = furnished(relayPlan(target(["relay.example.com"]))).led[0];
    assert.match(
      loop ?? "",
      /leads to the set of several records at relay\.example\.com, which is simulated only$/,
    );
    const plan = relayPlan(target(["a.example.com"]));
    const names = ["a", "b"].map((name, index) =>
      record({
        urn: name,
        name: `${name}.example.com`,
        type: "CNAME",
        ...(target([`${["b", "a"][index]}.example.com`]) as object),
      }),
    );
    assert.equal(
      furnished({ ...plan, recordSets: [...plan.recordSets, ...names] }).led[0],
      `${GATEWAYS[0]} leads through more than 8 names`,
    );
  });
});
