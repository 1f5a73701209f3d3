import assert from "node:assert/strict";
import { queriesMonthlyUsd } from "../../drill/query-cost";
import {
  alias,
  failoverRecord,
  healthCheck,
  provider,
  record,
  ZONE_ID,
  zone,
} from "../../drill/seeds/plain-resource";
import { answerSets } from "../../model/answer-sets";
import { planFromResources } from "../../model/plan-from-resources";
import type { StackResource } from "../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../model/unknown";

const NAME = "app.example.com";
const TO_AWS = alias("d-1.execute-api.us-east-1.amazonaws.com", "Z1UJRXOUMOOFQ8");
const values = (ttl: Properties[string]): Properties => ({ ttl, records: ["192.0.2.1"] });

/** What the queries of 100 resolvers cost: with a TTL of 1 s they are 262,800,000 a month. */
function price(records: readonly StackResource[]): number | null {
  const check = healthCheck("check", { type: "HTTP", fqdn: "one.example.com" });
  const plan = planFromResources([provider("us-east-1"), zone("example.com"), check, ...records]);
  const [set] = answerSets(plan);
  return set ? queriesMonthlyUsd(plan, set, 100) : assert.fail("there is no set");
}

const pair = (primary: Properties, secondary: Properties = values(60)) => [
  failoverRecord("PRIMARY", { name: NAME, type: "A", ...primary }, "check"),
  failoverRecord("SECONDARY", { name: NAME, type: "A", ...secondary }),
];

const set = (policies: readonly Properties[], targets: readonly Properties[]) =>
  policies.map((policy, index) =>
    record(`member-${index}`, {
      ...{ name: NAME, type: "A", setIdentifier: `${index}`, healthCheckId: "check" },
      ...policy,
      ...targets[index],
    }),
  );

describe("drill/query-cost", () => {
  it("prices the queries of resolvers that ask again whenever the TTL is over", () => {
    // 100 x 2,628,000 s / 10 s = 26.28 million queries at 0.40 USD a million.
    assert.equal(price(pair(values(10))), 10.512);
    assert.equal(price(pair(values(60))), 1.752);
    // A TTL of 0 is not asked for more than once a second.
    assert.equal(price(pair(values(1))), 105.12);
    assert.equal(price(pair(values(0))), 105.12);
    assert.equal(price(pair(values(UNKNOWN))), null);
  });

  it("prices them by the routing of the set", () => {
    const two = (policies: readonly Properties[]) => price(set(policies, [values(60), values(60)]));
    // 100 x 2,628,000 s / 60 s = 4.38 million queries.
    const weight = { weightedRoutingPolicies: [{ weight: 1 }] };
    assert.equal(two([weight, weight]), 1.752);
    const region = (name: string) => ({ latencyRoutingPolicies: [{ region: name }] });
    assert.equal(two([region("us-east-1"), region("eu-west-1")]), 2.628);
    const country = (name: string) => ({ geolocationRoutingPolicies: [{ country: name }] });
    assert.equal(two([country("*"), country("DE")]), 3.066);
  });

  it("takes an alias to AWS for free, and none to a record of its zone", () => {
    const toPlain = alias("plain.example.com", ZONE_ID);
    const named = (name: string, target: Properties) =>
      record(name, { name: `${name}.example.com`, type: "A", ...target });
    assert.equal(price(pair(TO_AWS)), 0);
    // 100 x 2,628,000 s / 300 s = 876,000 queries.
    assert.equal(price([...pair(toPlain), named("plain", values(300))]), 0.3504);
    // The alias behind it leads to AWS, but what is asked does not.
    assert.equal(price([...pair(toPlain), named("plain", TO_AWS)]), 1.752);
  });

  it("knows a record of the zone that another stack keeps, by its zone or by its name", () => {
    assert.equal(price(pair(alias("elsewhere.example.com", ZONE_ID))), 1.752);
    assert.equal(price(pair(alias("elsewhere.example.net", ZONE_ID))), 1.752);
    const foreign = (name: string) => price(pair(alias(name, "Z-other")));
    assert.deepEqual([foreign("elsewhere.example.com"), foreign("elsewhere-example.com")], [1.752, 0]);
  });

  it("knows a record of the stack where no zone is known yet", () => {
    const unzoned = (target: string) => {
      const aliases: PropertyValue = [{ name: target, zoneId: UNKNOWN, evaluateTargetHealth: false }];
      const records = [
        ...pair({ aliases }),
        record("plain", { name: "plain.example.com", type: "A", ...values(60) }),
      ];
      return price(records.map((each) => ({ ...each, properties: { ...each.properties, zoneId: UNKNOWN } })));
    };
    assert.deepEqual(
      [unzoned("plain.example.com"), unzoned("d-1.execute-api.us-east-1.amazonaws.com")],
      [1.752, 0],
    );
  });

  it("asks of who answers while all are healthy, by the shortest TTL", () => {
    assert.equal(price(pair(TO_AWS, values(10))), 0);
    const weights = (first: number, second: number) => [
      { weightedRoutingPolicies: [{ weight: first }] },
      { weightedRoutingPolicies: [{ weight: second }] },
    ];
    assert.equal(price(set(weights(2, 1), [values(60), values(10)])), 10.512);
    assert.equal(price(set(weights(2, 0), [values(60), values(10)])), 1.752);
    // Whom the alias answers asks for free, but all may be answered by the other.
    assert.equal(price(set(weights(2, 1), [TO_AWS, values(10)])), 10.512);
  });
});
