import assert from "node:assert/strict";
import type { StackResource } from "../../model/stack-resource";
import {
  type Break,
  ownConfig,
  passedRules,
  propertiesOf,
  refusals,
  stoodUp,
  strayInstance,
  TOO_PATIENT,
  testBreaks,
  testedRules,
} from "./judged-system";

/** What the stack's own file asks for. */
const BUDGETS = ownConfig("web-server");

describe("stacks/web-server under the rules", () => {
  let stack: readonly StackResource[];
  before(async function () {
    this.timeout(60_000);
    stack = await stoodUp("web-server");
  });

  it("passes every rule with its own budgets", () => {
    assert.deepEqual(refusals(stack, BUDGETS), []);
  });

  it("passes every rule with CloudFront before the page, wherever its sides are", async function () {
    this.timeout(60_000);
    const front = { "warm-standby:maintenanceCloudFront": "true" };
    assert.deepEqual(refusals(await stoodUp("web-server", front), BUDGETS), []);
    const elsewhere = {
      ...front,
      "warm-standby:primaryRegion": "us-west-2",
      "warm-standby:standbyRegion": "us-east-1",
    };
    assert.deepEqual(refusals(await stoodUp("web-server", elsewhere), BUDGETS), []);
  });

  it("is judged by every rule that speaks of such a system", () => {
    assert.deepEqual(passedRules(stack, BUDGETS), testedRules(BROKEN, "checkers-admitted"));
  });

  const alias = (name: string, zoneId: string) => ({
    aliases: [{ name, zoneId, evaluateTargetHealth: false }],
  });
  const WEBSITES = "s3-website-us-west-2.amazonaws.com";

  const BROKEN: readonly Break[] = [
    {
      what: "an address that resolvers keep for 61 s",
      rule: "failover-ttl",
      by: "property",
      resource: "failover-primary-a",
      change: { ttl: 61 },
      refusedSettings: { recordTtlSeconds: "61" },
    },
    TOO_PATIENT,
    {
      what: "an instance that the budget does not pay",
      rule: "stack-idle-cost",
      by: "property",
      resource: "server-instance",
      change: { instanceType: "t4g.medium" },
      refusedSettings: { instanceType: "t4g.medium" },
    },
    {
      what: "an instance beside the page, which stands in for nothing",
      rule: "standby-idle-cost",
      by: "resource",
      added: strayInstance("maintenance-bucket"),
      also: "stack-idle-cost",
    },
    {
      what: "the page's record under the identifier of the server's",
      rule: "failover-pair",
      by: "property",
      resource: "failover-standby-a",
      change: { setIdentifier: "primary" },
    },
    {
      what: "the server's record without the check",
      rule: "primary-health-check",
      by: "property",
      resource: "failover-primary-a",
      change: { healthCheckId: undefined },
      also: "failover-rto",
    },
    {
      what: "a check of the name that fails over",
      rule: "health-check-self-reference",
      by: "property",
      resource: "server-health-check",
      change: { ipAddress: undefined, fqdn: "web.example.com" },
      also: "failover-rto",
    },
    {
      what: "a check that was left disabled",
      rule: "health-check-stuck",
      by: "property",
      resource: "server-health-check",
      change: { disabled: true },
      also: "failover-rto",
    },
    {
      what: "the check on the page's record too",
      rule: "health-check-shared",
      by: "property",
      resource: "failover-standby-a",
      change: (stack) => ({ healthCheckId: propertiesOf(stack, "failover-primary-a").healthCheckId }),
      also: "failover-rto",
    },
    {
      what: "an interval that Route 53 does not have",
      rule: "health-check-endpoint",
      by: "property",
      resource: "server-health-check",
      change: { requestInterval: 20 },
      refusedSettings: { healthCheckIntervalSeconds: "20" },
    },
    {
      what: "the website's zone of another region",
      rule: "alias-target",
      by: "property",
      resource: "failover-standby-a",
      change: alias(WEBSITES, "Z3AQBSTGFYJSTF"),
    },
    {
      what: "a website without an index",
      rule: "standby-ready",
      by: "property",
      resource: "maintenance-website",
      change: { indexDocument: undefined },
    },
    {
      what: "the alarm beside the page",
      rule: "alarm-region",
      by: "property",
      resource: "health-alarm",
      change: { region: "us-west-2", tags: { role: "dns", region: "us-west-2" } },
    },
    {
      what: "the page's bucket tagged with the server's region",
      rule: "region-placement",
      by: "property",
      resource: "maintenance-bucket",
      change: { tags: { region: "us-east-1" } },
      refusedSettings: { standbyRegion: "us-east-1" },
    },
  ];
  testBreaks("web-server", BROKEN, () => stack, BUDGETS);

  it("checkers-admitted refuses a group that admits neither checkers nor everyone on the check's port", () => {
    const without = (...suffixes: string[]) =>
      stack.filter(({ name }) => !suffixes.some((suffix) => name === `server-from-${suffix}`));
    assert.deepEqual(refusals(without("http-visitors"), BUDGETS), []);
    assert.deepEqual(refusals(without("checkers"), BUDGETS), []);
    assert.deepEqual(refusals(without("checkers", "http-visitors"), BUDGETS), ["checkers-admitted"]);
  });

  it("pays for pages of 2100 GB, and not of 2200, by the pack's own assumption", () => {
    const withGb = (bucketGb: number) =>
      refusals(stack, {
        "standby-idle-cost": { monthlyUsdLimit: 50, bucketGb },
        "stack-idle-cost": { monthlyUsdLimit: 100, bucketGb },
      });
    assert.deepEqual(withGb(2_100), []);
    assert.deepEqual(withGb(2_200), ["standby-idle-cost"]);
  });
});
