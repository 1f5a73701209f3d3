import assert from "node:assert/strict";
import { CACHING_DISABLED, CACHING_OPTIMIZED } from "../../../model/cache-behavior";
import { planFromResources } from "../../../model/plan-from-resources";
import type { StackResource } from "../../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../../model/unknown";
import { idleCost } from "../../../policy/prices/idle-cost";
import { resource } from "../../model/stack-fixture";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const BUCKET = "aws:s3/bucket:Bucket";
const FIRST_HOST = "first.s3.us-east-1.amazonaws.com";
const FIRST = resource(BUCKET, "first", { bucketRegionalDomainName: FIRST_HOST, region: "us-east-1" });
const SECOND_HOST = "second.s3.us-west-2.amazonaws.com";
const SECOND = resource(BUCKET, "second", { bucketRegionalDomainName: SECOND_HOST, region: "us-west-2" });
const CHECK = resource("aws:route53/healthCheck:HealthCheck", "check", {
  type: "HTTPS",
  fqdn: "d1.cloudfront.net",
  resourcePath: "/healthz",
});
const SITE: Properties = {
  domainName: "d1.cloudfront.net",
  origins: [
    { originId: "one", domainName: FIRST_HOST },
    { originId: "two", domainName: SECOND_HOST },
  ],
  originGroups: [{ originId: "both", members: [{ originId: "one" }, { originId: "two" }] }],
  defaultCacheBehavior: { targetOriginId: "both", cachePolicyId: CACHING_OPTIMIZED },
  orderedCacheBehaviors: [
    { targetOriginId: "both", cachePolicyId: CACHING_DISABLED, pathPattern: "/healthz" },
  ],
};
const site = (properties: Properties = {}, options: Parameters<typeof resource>[3] = {}) =>
  resource(DISTRIBUTION, "site", { ...SITE, ...properties }, options);

/** What the buckets bill for the probes: of which resource, where, in micro-dollars. */
function gets(...stack: StackResource[]) {
  return idleCost(stack, planFromResources(stack))
    .lines.filter(({ item }) => item.startsWith("GET requests"))
    .map(({ urn, region, monthlyMicroUsd }) => [urn.split("::").at(-1), region, monthlyMicroUsd]);
}

/** 1,401,600 probes a month at 30 s, at 0.40 USD a million. */
const MONTHLY = 560_640;
const OF_FIRST = [["first", "us-east-1", MONTHLY]];

describe("policy/prices/origin-traffic", () => {
  it("charges the first bucket for probes of a path that CloudFront does not cache", () => {
    assert.deepEqual(gets(FIRST, SECOND, site(), CHECK), OF_FIRST);
  });

  it("says what costs it, and what makes it cost less", () => {
    const stack = [FIRST, SECOND, site(), CHECK];
    const line = idleCost(stack, planFromResources(stack)).lines.find(({ item }) => item.startsWith("GET"));
    assert.equal(line?.item, "GET requests of 1401600 probes through CloudFront, which does not cache them");
    assert.equal(
      line?.lever,
      "set requestInterval to 30, which asks a third as often, or let CloudFront cache the check's path " +
        "(free; the check then sees the edges alone)",
    );
    assert.equal(line?.standby, false);
  });

  it("charges nothing for a path that is cached", () => {
    assert.deepEqual(gets(FIRST, SECOND, site({ orderedCacheBehaviors: undefined }), CHECK), []);
    const other = { ...CHECK, properties: { ...CHECK.properties, resourcePath: "/healthz2" } };
    assert.deepEqual(gets(FIRST, SECOND, site(), other), []);
    const root = { ...CHECK, properties: { ...CHECK.properties, resourcePath: undefined } };
    assert.deepEqual(gets(FIRST, SECOND, site(), root), []);
  });

  const whole = (behavior: Properties, extra: Properties = {}) =>
    site({ orderedCacheBehaviors: undefined, defaultCacheBehavior: behavior, ...extra });

  it("follows a behaviour without a group, and one without a policy by its longest TTL", () => {
    const behavior = { targetOriginId: "two", maxTtl: 0 };
    const second = [["second", "us-west-2", MONTHLY]];
    assert.deepEqual(gets(FIRST, SECOND, whole(behavior), CHECK), second);
    assert.deepEqual(gets(FIRST, SECOND, whole({ ...behavior, maxTtl: 1 }), CHECK), []);
    assert.deepEqual(gets(FIRST, SECOND, whole({ targetOriginId: "two" }), CHECK), []);
  });

  it("reads a cache policy of the stack, and takes one that is not known yet as the dearer", () => {
    const policy = (maxTtl: Properties[string]) =>
      resource("aws:cloudfront/cachePolicy:CachePolicy", "policy", { maxTtl }, { id: "own-policy" });
    const by = (cachePolicyId: Properties[string]) => whole({ targetOriginId: "both", cachePolicyId });
    assert.deepEqual(gets(FIRST, SECOND, policy(0), by("own-policy"), CHECK), OF_FIRST);
    assert.deepEqual(gets(FIRST, SECOND, policy(UNKNOWN), by("own-policy"), CHECK), OF_FIRST);
    assert.deepEqual(gets(FIRST, SECOND, policy(1), by("own-policy"), CHECK), []);
    assert.deepEqual(gets(FIRST, SECOND, by(UNKNOWN), CHECK), OF_FIRST);
    assert.deepEqual(gets(FIRST, SECOND, by("somebody-else's"), CHECK), []);
  });

  it("charges a bucket of another stack by its name, and no origin that is none", () => {
    const OF_SITE = [["site", "us-west-2", MONTHLY]];
    const at = (domainName: string) =>
      gets(site({ origins: [{ originId: "one", domainName }], originGroups: undefined, ...UNCACHED }), CHECK);
    assert.deepEqual(at("elsewhere.s3.us-west-2.amazonaws.com"), OF_SITE);
    assert.deepEqual(at("elsewhere.s3-us-west-2.amazonaws.com"), OF_SITE);
    assert.deepEqual(at("elsewhere.s3.dualstack.us-west-2.amazonaws.com"), OF_SITE);
    assert.deepEqual(at("www.example.com.s3-website-us-west-2.amazonaws.com"), OF_SITE);
    assert.deepEqual(at("api.example.com"), []);
    assert.deepEqual(at("s3.example.com"), []);
  });
  const UNCACHED: Properties = {
    orderedCacheBehaviors: undefined,
    defaultCacheBehavior: { targetOriginId: "one", cachePolicyId: CACHING_DISABLED },
  };

  it("knows a bucket that does not exist yet by what the origins were computed from", () => {
    const unborn: Properties[] = [
      { originId: "one", domainName: UNKNOWN },
      { originId: "two", domainName: UNKNOWN },
    ];
    const from = (...buckets: StackResource[]) =>
      site({ origins: unborn }, { id: UNKNOWN, from: { origins: buckets.map(({ urn }) => urn) } });
    const born = (bucket: StackResource): StackResource => ({
      ...bucket,
      id: UNKNOWN,
      properties: { ...bucket.properties, bucketRegionalDomainName: UNKNOWN },
    });
    assert.deepEqual(gets(born(FIRST), from(FIRST), CHECK), OF_FIRST);
    assert.deepEqual(gets(born(FIRST), born(SECOND), from(FIRST, SECOND), CHECK), [
      ["site", "us-east-1", MONTHLY],
    ]);
    const balancer = resource("aws:lb/loadBalancer:LoadBalancer", "balancer", { internal: true });
    assert.deepEqual(gets(balancer, from(balancer), CHECK), []);
  });

  it("does not know what nothing tells, and says which property", () => {
    const stack = [site({ origins: UNKNOWN }), CHECK];
    assert.deepEqual(
      idleCost(stack, planFromResources(stack)).unpriced.map(({ type, path }) => [type, path]),
      [[DISTRIBUTION, "origins"]],
    );
  });

  it("takes absurd properties without falling over", () => {
    for (const absurd of [null, 7, "x", [], [null], { originId: 7 }] as Properties[string][]) {
      for (const property of ["origins", "originGroups", "orderedCacheBehaviors", "defaultCacheBehavior"]) {
        assert.doesNotThrow(() => gets(FIRST, site({ [property]: absurd }), CHECK));
      }
    }
  });
});
