import assert from "node:assert/strict";
import { failoverPairs } from "../../model/failover-plan";
import { planFromResources, resourceRegion, resourceRole } from "../../model/plan-from-resources";
import { recoveryBound } from "../../model/recovery-bound";
import { type Properties, type PropertyValue, UNKNOWN } from "../../model/unknown";
import { failoverStack, PROVIDER, provider, resource, urn } from "./stack-fixture";

const RECORD = "aws:route53/record:Record";
const CHECK = "aws:route53/healthCheck:HealthCheck";
const API = "aws:apigatewayv2/api:Api";

describe("model/plan-from-resources", () => {
  for (const preview of [false, true]) {
    describe(preview ? "before anything exists" : "once everything exists", () => {
      const plan = planFromResources(failoverStack({ preview }));

      it("finds the pair, its check and its endpoints", () => {
        const [pair, ...others] = failoverPairs(plan);
        assert.deepEqual(others, []);
        assert.equal(pair?.name, "profiles.example.com");
        assert.equal(pair?.type, "A");
        assert.deepEqual(pair?.primary.healthCheck, { kind: "check", urn: urn(CHECK, "check") });
        assert.deepEqual(pair?.secondary.healthCheck, { kind: "none" });
        assert.equal(pair?.primary.endpoint, urn(API, "primary-api"));
        assert.equal(pair?.secondary.endpoint, urn(API, "standby-api"));
      });

      it("bounds the recovery time", () => {
        const [pair] = failoverPairs(plan);
        assert.deepEqual(pair && recoveryBound(plan, pair), {
          kind: "bound",
          detectionSeconds: 54,
          propagationSeconds: 30,
          ttlSeconds: 60,
          rtoSeconds: 144,
        });
      });
    });
  }

  it("keeps two custom domains of one name apart by region", () => {
    const plan = planFromResources(failoverStack());
    assert.deepEqual(
      plan.endpoints.map(({ region, hostNames, dnsTargets }) => ({ region, hostNames, dnsTargets })),
      [
        {
          region: "us-east-1",
          hostNames: ["profiles.example.com"],
          dnsTargets: ["d-use1.execute-api.example.com"],
        },
        {
          region: "us-west-2",
          hostNames: ["profiles.example.com"],
          dnsTargets: ["d-usw2.execute-api.example.com"],
        },
      ],
    );
  });

  it("leaves an unknown TTL unknown", () => {
    const record = (ttl: typeof UNKNOWN | number) =>
      resource(RECORD, "r", { name: "a.example.com", type: "A", zoneId: "Z1", records: ["192.0.2.1"], ttl });
    const ttlOf = (ttl: typeof UNKNOWN | number) => planFromResources([record(ttl)]).recordSets[0]?.target;
    assert.deepEqual(ttlOf(60), { kind: "values", values: ["192.0.2.1"], ttlSeconds: 60 });
    assert.deepEqual(ttlOf(UNKNOWN), { kind: "values", values: ["192.0.2.1"], ttlSeconds: UNKNOWN });
  });

  it("completes a short record name with its zone's", () => {
    const zone = resource("aws:route53/zone:Zone", "zone", { name: "example.com." }, { id: "Z1" });
    const nameOf = (name: string) =>
      planFromResources([
        zone,
        resource(RECORD, "r", { name, type: "A", zoneId: "Z1", records: [], ttl: 60 }),
      ]).recordSets[0]?.name;
    assert.equal(nameOf("www"), "www.example.com");
    assert.equal(nameOf("WWW.Example.com."), "www.example.com");
    assert.equal(nameOf("example.com"), "example.com");
    // A name that merely ends in the same letters is not in the zone.
    assert.equal(nameOf("notexample.com"), "notexample.com.example.com");
  });

  it("names a check outside the stack, and one that is not known yet", () => {
    const reference = (healthCheckId: string | typeof UNKNOWN) =>
      planFromResources([
        resource(RECORD, "r", { name: "a.example.com", type: "A", zoneId: "Z1", healthCheckId }),
      ]).recordSets[0]?.healthCheck;
    assert.deepEqual(reference("abc"), { kind: "external", id: "abc" });
    assert.deepEqual(reference(UNKNOWN), { kind: "unknown" });
    assert.deepEqual(reference(""), { kind: "none" });
  });

  it("takes the provider's defaults where AWS's differ", () => {
    const plan = planFromResources([
      resource("aws:dynamodb/table:Table", "t", { name: "t", hashKey: "id" }),
      resource(CHECK, "c", { type: "HTTP", ipAddress: "192.0.2.1" }),
    ]);
    assert.equal(plan.tables[0]?.billingMode, "PROVISIONED");
    assert.equal(plan.healthChecks[0]?.requestIntervalSeconds, 30);
    assert.equal(plan.healthChecks[0]?.failureThreshold, 3);
    const sni = (properties: Properties) =>
      planFromResources([resource(CHECK, "c", { fqdn: "a.example.com", ...properties })]).healthChecks[0]
        ?.enableSni;
    assert.equal(sni({ type: "HTTPS" }), true);
    assert.equal(sni({ type: "HTTPS", enableSni: false }), false);
    assert.equal(sni({ type: "HTTPS_STR_MATCH" }), false);
    assert.equal(sni({ type: UNKNOWN }), UNKNOWN);
  });

  it("reads every routing policy, and leaves what is not known yet unknown", () => {
    const routing = (properties: Properties) =>
      planFromResources([
        resource(RECORD, "r", { name: "a.example.com", type: "A", zoneId: "Z1", ...properties }),
      ]).recordSets[0]?.routing;
    const geo = (policy: PropertyValue) => routing({ geolocationRoutingPolicies: [policy] });
    assert.deepEqual(routing({ latencyRoutingPolicies: [{ region: "eu-west-1" }] }), {
      kind: "latency",
      region: "eu-west-1",
    });
    assert.deepEqual(routing({ latencyRoutingPolicies: UNKNOWN }), { kind: "latency", region: UNKNOWN });
    assert.deepEqual(routing({ latencyRoutingPolicies: [{ region: UNKNOWN }] }), {
      kind: "latency",
      region: UNKNOWN,
    });
    const located = (location: unknown) => ({ kind: "geolocation", location });
    assert.deepEqual(geo({ continent: "EU" }), located({ kind: "continent", continent: "EU" }));
    assert.deepEqual(geo({ country: "DE" }), located({ kind: "country", country: "DE" }));
    assert.deepEqual(geo({ country: "*" }), located({ kind: "default" }));
    assert.deepEqual(
      geo({ country: "US", subdivision: "WA", continent: "" }),
      located({ kind: "subdivision", country: "US", subdivision: "WA" }),
    );
    assert.deepEqual([geo({}), geo({ country: UNKNOWN }), geo(UNKNOWN)], new Array(3).fill(located(UNKNOWN)));
    assert.deepEqual(routing({ multivalueAnswerRoutingPolicy: true }), { kind: "multivalue" });
    assert.deepEqual(routing({ multivalueAnswerRoutingPolicy: false }), { kind: "simple" });
    assert.deepEqual(routing({ cidrRoutingPolicy: { collectionId: "c" } }), {
      kind: "other",
      policy: "cidr",
    });
    assert.deepEqual(routing({ geoproximityRoutingPolicy: { bias: 1 } }), {
      kind: "other",
      policy: "geoproximity",
    });
    assert.deepEqual(routing({ latencyRoutingPolicies: [] }), { kind: "simple" });
  });

  it("knows a load balancer by the name that the console writes", () => {
    const target = (name: string) => {
      const aliases = [{ name, zoneId: "Z35SXDOTRQ7X7K", evaluateTargetHealth: true }];
      const one = resource(RECORD, "one", { name: "app.example.com", type: "A", zoneId: "Z1", aliases });
      const [record] = planFromResources([one]).recordSets;
      return record?.target.kind === "alias" ? record.target.dnsName : undefined;
    };
    const balancer = "lb-1.us-east-1.elb.amazonaws.com";
    assert.equal(target(balancer), balancer);
    assert.equal(target(`dualstack.${balancer}`), balancer);
    assert.equal(target(`DualStack.${balancer}.`), balancer);
    assert.equal(target("dualstack.nlb-1.elb.us-west-2.amazonaws.com"), "nlb-1.elb.us-west-2.amazonaws.com");
    assert.equal(target("dualstack.example.com"), "dualstack.example.com");
  });

  it("follows a CNAME through the zone to the endpoint behind it", () => {
    const stack = failoverStack();
    const regional = resource(RECORD, "regional", {
      name: "us-east-1.profiles.example.com",
      type: "A",
      zoneId: "Z1",
      aliases: [{ name: "d-use1.execute-api.example.com.", zoneId: "Z", evaluateTargetHealth: false }],
    });
    const cname = resource(RECORD, "cname", {
      name: "www.example.com",
      type: "CNAME",
      zoneId: "Z1",
      ttl: 10,
      records: ["us-east-1.profiles.example.com"],
    });
    const plan = planFromResources([...stack, regional, cname]);
    assert.equal(plan.recordSets.at(-1)?.endpoint, urn(API, "primary-api"));
  });

  it("tells the websites of one region apart by the name that is asked for", () => {
    const WEBSITE = "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration";
    const domain = "s3-website-us-west-2.amazonaws.com";
    const website = (name: string) =>
      resource(WEBSITE, name, {
        bucket: `${name}.example.com`,
        websiteDomain: domain,
        websiteEndpoint: `${name}.example.com.${domain}`,
      });
    const alias = (name: string, from: Record<string, string[]> = {}) =>
      resource(
        RECORD,
        `${name}-record`,
        { name: `${name}.example.com`, type: "A", aliases: [{ name: domain, zoneId: "Z1" }] },
        { from },
      );
    const endpoints = (...records: ReturnType<typeof alias>[]) =>
      planFromResources([website("one"), website("two"), ...records]).recordSets.map(
        ({ endpoint }) => endpoint,
      );
    const [one, two] = [urn(WEBSITE, "one"), urn(WEBSITE, "two")];
    assert.deepEqual(endpoints(alias("one"), alias("two")), [one, two]);
    // The other bucket's website may have told the region's domain.
    assert.deepEqual(endpoints(alias("two", { aliases: [one] })), [two]);
    // No bucket is named as the record: the one it was computed from, else the first.
    assert.deepEqual(endpoints(alias("other", { aliases: [two] })), [two]);
    assert.deepEqual(endpoints(alias("other")), [one]);
  });

  it("ends on CNAMEs that lead in a circle", () => {
    const cname = (name: string, to: string) =>
      resource(RECORD, name, {
        name: `${name}.example.com`,
        type: "CNAME",
        zoneId: "Z1",
        ttl: 10,
        records: [to],
      });
    const plan = planFromResources([cname("a", "b.example.com"), cname("b", "a.example.com")]);
    assert.deepEqual(
      plan.recordSets.map(({ endpoint }) => endpoint),
      [undefined, undefined],
    );
  });

  it("reads region and role off a resource before its provider", () => {
    const west = provider("standby", "us-west-2", "standby");
    const providerUrn = urn(PROVIDER, "standby");
    const inherits = resource("aws:sqs/queue:Queue", "q", {}, { provider: providerUrn });
    const overrides = resource(
      "aws:sqs/queue:Queue",
      "r",
      { region: "us-east-1", tags: { role: "primary" } },
      { provider: providerUrn },
    );
    const record = resource(RECORD, "global", { name: "a" }, { provider: providerUrn });
    const all = [west, inherits, overrides, record];
    assert.deepEqual([resourceRegion(inherits, all), resourceRole(inherits, all)], ["us-west-2", "standby"]);
    assert.deepEqual(
      [resourceRegion(overrides, all), resourceRole(overrides, all)],
      ["us-east-1", "primary"],
    );
    assert.equal(resourceRegion(record, all), undefined);
    assert.equal(resourceRegion(resource("aws:sqs/queue:Queue", "s"), all), undefined);
    const arned = (arn: PropertyValue) => resourceRegion(resource("aws:sqs/queue:Queue", "s", { arn }), all);
    assert.equal(arned("arn:aws:sqs:eu-west-1:123456789012:s"), "eu-west-1");
    assert.deepEqual([arned("arn:aws:s3:::s"), arned(UNKNOWN)], [undefined, undefined]);
  });
});
