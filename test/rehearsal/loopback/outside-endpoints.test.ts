import assert from "node:assert/strict";
import { answerSets } from "../../../model/answer-sets";
import type { FailoverPlan, HealthCheck, RecordSet } from "../../../model/failover-plan";
import { UNKNOWN } from "../../../model/unknown";
import { furnishPlan } from "../../../rehearsal/loopback/outside-endpoints";
import { answerQuery } from "../../../rehearsal/simulation/answer";
import { stream } from "../../../rehearsal/simulation/random";
import { healthCheck, onlySet, planOf, record } from "../simulation/plan-fixture";
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

  describe("what only a check knows", () => {
    /** The first gateway's own check replaced; by address or by name. */
    const checked = (probes: Partial<HealthCheck>) => {
      const plan = relayPlan();
      const [first, second] = plan.healthChecks as [HealthCheck, HealthCheck];
      return { ...plan, healthChecks: [{ ...first, fqdn: undefined, ...probes }, second] };
    };

    it("belongs to the member, where nothing shows that it is another's: a name or an address", () => {
      assert.deepEqual(furnished(checked({ fqdn: "status.example.org" })).endpoints[0], [
        GATEWAYS[0],
        [GATEWAY_HOSTS[0], "status.example.org"],
        [],
      ]);
      assert.deepEqual(furnished(checked({ ipAddress: "203.0.113.5" })).endpoints[0], [
        GATEWAYS[0],
        [GATEWAY_HOSTS[0]],
        ["203.0.113.5"],
      ]);
    });

    it("stands alone where the member's failure does not show in it, as in the simulation", () => {
      const plan = relayPlan();
      const [first, second] = plan.healthChecks as [HealthCheck, HealthCheck];
      const parent: HealthCheck = {
        ...first,
        type: "CALCULATED",
        fqdn: undefined,
        children: ["own", "database"],
        childCount: 2,
        childHealthThreshold: 2,
      };
      const children = [
        { ...first, urn: "own" },
        { ...first, urn: "database", fqdn: undefined, ipAddress: "203.0.113.5" },
      ];
      const { endpoints, outside } = furnished({ ...plan, healthChecks: [parent, second, ...children] });
      assert.deepEqual(outside, [...GATEWAYS, "database"]);
      assert.deepEqual(endpoints[2], ["database", [], ["203.0.113.5"]]);
    });
  });

  it("has one endpoint for two members that lead to the same place", () => {
    const plan = relayPlan({ target: { kind: "values", values: ["alpha.example.net"], ttlSeconds: 10 } });
    assert.deepEqual(furnished(plan).led, [GATEWAYS[0], GATEWAYS[0]]);
  });

  it("refuses a set of one behind a member as it refuses a set: its check decides", () => {
    const target = { kind: "values", values: ["closet.example.com"], ttlSeconds: 10 } as const;
    const closet = (routing: RecordSet["routing"]) =>
      record({
        ...{ urn: "closet", name: "closet.example.com", routing },
        target: { kind: "values", values: ["203.0.113.9"], ttlSeconds: 60 },
      });
    const led = (routing: RecordSet["routing"]) => {
      const plan = relayPlan();
      const [first, second] = plan.recordSets as [RecordSet, RecordSet];
      return furnished({ ...plan, recordSets: [{ ...first, target }, second, closet(routing)] }).led[0];
    };
    assert.equal(led({ kind: "simple" }), GATEWAYS[0]);
    assert.equal(
      led({ kind: "weighted", weight: 1 }),
      `${GATEWAYS[0]} leads to the set of records at closet.example.com, which is simulated only`,
    );
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
    assert.match(loop ?? "", /leads to the set of records at relay\.example\.com, which is simulated only$/);
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

  describe("a name that the stack has no record of", () => {
    const CNAME = (name: string, role: "PRIMARY" | "SECONDARY", to: string, check?: string): RecordSet =>
      record({
        urn: `urn:${role}`,
        name,
        type: "CNAME",
        routing: { kind: "failover", role },
        target: { kind: "values", values: [to], ttlSeconds: 60 },
        healthCheck: check === undefined ? { kind: "none" } : { kind: "check", urn: check },
      });
    /** The apex is guessed from these names, or is in the stack; the check probes `probed`. */
    const plan = (probed: string, beside: readonly RecordSet[], zones: FailoverPlan["zones"] = []) => ({
      ...planOf(
        [
          CNAME("app.example.com", "PRIMARY", "o.example.com", "urn:c"),
          CNAME("app.example.com", "SECONDARY", "backup.example.net"),
          ...beside,
        ],
        [healthCheck({ urn: "urn:c", fqdn: probed })],
      ),
      zones,
    });
    const www = record({ urn: "urn:www", name: "www.example.com" });
    const ZONE = { urn: "urn:zone", name: "example.com", id: "Z1" };
    const standsIn = (of: FailoverPlan) => {
      const { plan: result, notes } = furnishPlan(of, setOf(of));
      const zone = { plan: result, addressesOf: (urn: string) => [urn] };
      const to = (name: string) =>
        answerQuery(zone, { name, type: "A" }, () => true, stream(1, "test")).records.at(-1)?.data;
      return { notes, to };
    };
    const note = (name: string) => `the stack has no record of ${name}; a stand-in answers for it`;

    it("is stood in for where it is in a zone, guessed or not", () => {
      for (const of of [plan("o.example.com", [www]), plan("o.example.com", [], [ZONE])]) {
        const { notes, to } = standsIn(of);
        assert.deepEqual(notes, [note("o.example.com")]);
        assert.deepEqual(["o.example.com", "app.example.com"].map(to), ["urn:PRIMARY", "urn:PRIMARY"]);
      }
    });

    it("is stood in for where only a check probes it, and where it has records of other types", () => {
      const mail = record({ urn: "urn:mx", name: "h.example.com", type: "MX" });
      const { notes, to } = standsIn(plan("h.example.com", [www, mail]));
      assert.deepEqual(notes, [note("o.example.com"), note("h.example.com")]);
      assert.equal(to("h.example.com"), "urn:PRIMARY");
    });

    it("is left alone outside the zones, and where the stack has its record or a wildcard", () => {
      assert.deepEqual(standsIn(plan("o.example.com", [])).notes, []);
      for (const name of ["o.example.com", "*.example.com"]) {
        const own = record({
          urn: "urn:own",
          name,
          target: { kind: "values", values: ["192.0.2.9"], ttlSeconds: 60 },
        });
        const { notes, to } = standsIn(plan("o.example.com", [www, own]));
        assert.deepEqual([notes, to("o.example.com")], [[], "192.0.2.9"]);
      }
    });
  });
});
