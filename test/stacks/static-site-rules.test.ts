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
const BUDGETS = ownConfig("static-site");

describe("stacks/static-site under the rules", () => {
  let stack: readonly StackResource[];
  before(async function () {
    this.timeout(60_000);
    stack = await stoodUp("static-site");
  });

  it("passes every rule with its own budgets", () => {
    assert.deepEqual(refusals(stack, BUDGETS), []);
  });

  it("passes every rule with its sides swapped, though the certificate stays in us-east-1", async function () {
    this.timeout(60_000);
    const swapped = await stoodUp("static-site", { primaryRegion: "us-west-2", standbyRegion: "us-east-1" });
    assert.deepEqual(refusals(swapped, BUDGETS), []);
  });

  it("is judged by every rule that speaks of such a system", () => {
    assert.deepEqual(passedRules(stack, BUDGETS), testedRules(BROKEN));
  });

  const alias = (name: string, zoneId: string, evaluateTargetHealth = false) => ({
    aliases: [{ name, zoneId, evaluateTargetHealth }],
  });
  const WEBSITES = "s3-website-us-west-2.amazonaws.com";

  const BROKEN: readonly Break[] = [
    TOO_PATIENT,
    {
      what: "probes every 10 s, which the budget does not pay",
      rule: "stack-idle-cost",
      by: "setting",
      set: { healthCheckIntervalSeconds: "10" },
    },
    {
      what: "an instance beside the copy, which stands in for nothing",
      rule: "standby-idle-cost",
      by: "resource",
      added: strayInstance("standby-site-bucket"),
      also: "stack-idle-cost",
    },
    {
      what: "the website's record under the identifier of the distribution's",
      rule: "failover-pair",
      by: "property",
      resource: "failover-standby-a",
      change: { setIdentifier: "primary" },
    },
    {
      what: "a distribution's record without the check",
      rule: "primary-health-check",
      by: "property",
      resource: "failover-primary-a",
      change: { healthCheckId: undefined },
      also: "failover-rto",
    },
    {
      what: "a check of the site's own name",
      rule: "health-check-self-reference",
      by: "property",
      resource: "site-health-check",
      change: { fqdn: "example.com" },
      also: "failover-rto",
    },
    {
      what: "a check that was left disabled",
      rule: "health-check-stuck",
      by: "property",
      resource: "site-health-check",
      change: { disabled: true },
      also: "failover-rto",
    },
    {
      what: "the check on the website's record too",
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
      resource: "site-health-check",
      change: { requestInterval: 31 },
      refusedSettings: { healthCheckIntervalSeconds: "31" },
    },
    {
      what: "the website's zone of another region",
      rule: "alias-target",
      by: "property",
      resource: "failover-standby-a",
      change: alias(WEBSITES, "Z3AQBSTGFYJSTF"),
    },
    {
      what: "a distribution that does not answer for the second name",
      rule: "alias-target",
      by: "property",
      resource: "site-distribution",
      change: { aliases: ["example.com"] },
    },
    {
      what: "a website without an index",
      rule: "standby-ready",
      by: "property",
      resource: "standby-site-website",
      change: { indexDocument: undefined },
    },
    {
      what: "the alarm beside the copy",
      rule: "alarm-region",
      by: "property",
      resource: "health-alarm",
      change: { region: "us-west-2", tags: { role: "dns", region: "us-west-2" } },
    },
    {
      what: "the primary's bucket beside its copy",
      rule: "region-placement",
      by: "property",
      resource: "primary-site-bucket",
      change: { region: "us-west-2", tags: { region: "us-west-2" } },
      refusedSettings: { primaryRegion: "us-west-2" },
    },
    {
      what: "the copy tagged with the primary's region",
      rule: "region-placement",
      by: "property",
      resource: "standby-site-bucket",
      change: { tags: { region: "us-east-1" } },
    },
  ];
  testBreaks("static-site", BROKEN, () => stack, BUDGETS);

  it("pays for a site of 1000 GB a copy, and not for one of 1100, by the pack's own assumption", () => {
    const withGb = (bucketGb: number) =>
      refusals(stack, {
        "stack-idle-cost": { monthlyUsdLimit: 100, bucketGb },
        "standby-idle-cost": { bucketGb },
      });
    assert.deepEqual(withGb(1_000), []);
    assert.deepEqual(withGb(1_100), ["standby-idle-cost"]);
  });
});
