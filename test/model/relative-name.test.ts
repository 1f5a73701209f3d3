import assert from "node:assert/strict";
import { answerSets } from "../../model/answer-sets";
import { failoverPairs } from "../../model/failover-plan";
import { planFromResources } from "../../model/plan-from-resources";
import { recordGroups } from "../../model/record-groups";
import { recoveryBound } from "../../model/recovery-bound";
import { mayAnswer, mayBeCalled, nameKey, toldName } from "../../model/relative-name";
import type { StackResource } from "../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../model/unknown";
import { watchedBy } from "../../model/watched-endpoint";
import { CHECK, check, primary, RECORD, record, secondary } from "../policy/rules/records";
import { resource } from "./stack-fixture";

/** The name of one record of the stack, and what it is called below its zone. */
function named(name: PropertyValue, others: readonly StackResource[] = [], properties: Properties = {}) {
  const [found] = planFromResources([record("one", { name, ...properties }), ...others]).recordSets;
  return [found?.name, found?.relativeName];
}

describe("model/relative-name", () => {
  const probing = (fqdn: string) => check({ fqdn });

  it("takes one label of a zone that nothing tells for relative, and several for complete", () => {
    for (const name of ["www", "*", "", "WWW.", "_acme"]) {
      assert.deepEqual(named(name), [UNKNOWN, name.toLowerCase().replace(".", "")]);
    }
    for (const name of ["api.example.com", "api.eu", "*.example.com"])
      assert.deepEqual(named(name), [name, undefined]);
  });

  it("takes several labels for relative where another name of the stack goes on where they end", () => {
    const continued = [UNKNOWN, "api.eu"];
    for (const [type, properties] of [
      [CHECK, { type: "HTTPS", fqdn: "API.eu.example.com." }],
      [RECORD, { name: "api.eu.example.com", type: "A", zoneId: "Z2" }],
      ["aws:cloudfront/distribution:Distribution", { aliases: [UNKNOWN, "api.eu.example.com"] }],
      ["aws:apigatewayv2/domainName:DomainName", { domainName: "api.eu.example.com" }],
      ["aws:apigateway/domainName:DomainName", { domainName: "api.eu.example.com" }],
      ["aws:acm/certificate:Certificate", { domainName: "api.eu.example.com" }],
      ["aws:acm/certificate:Certificate", { subjectAlternativeNames: ["*.eu.example.com"] }],
      ["aws:s3/bucket:Bucket", { bucket: "api.eu.example.com" }],
      ["aws:s3/bucketV2:BucketV2", { bucket: "api.eu.example.com" }],
    ] as [string, Properties][]) {
      assert.deepEqual(named("api.eu", [resource(type, "other", properties)]), continued, type);
    }
    for (const fqdn of ["xapi.eu.example.com", "api.europe.example.com", "api.eu", "eu.example.com"])
      assert.deepEqual(named("api.eu", [probing(fqdn)]), ["api.eu", undefined], fqdn);
  });

  it("asks nobody where the provider or the zone tells the full name", () => {
    const longer = probing("www.example.com.example.net");
    assert.deepEqual(named("www", [longer], { fqdn: "www.example.com" }), ["www.example.com", undefined]);
    const zone = (name: PropertyValue) => resource("aws:route53/zone:Zone", "zone", { name }, { id: "Z1" });
    assert.deepEqual(named("www", [longer, zone("example.com")]), ["www.example.com", undefined]);
    assert.deepEqual(named("www", [longer, zone(UNKNOWN)]), [UNKNOWN, "www"]);
    assert.deepEqual(named(UNKNOWN), [UNKNOWN, undefined]);
  });

  it("keeps relative names apart from one another and from full ones", () => {
    const keys = (
      [
        { name: "www", relativeName: undefined },
        { name: UNKNOWN, relativeName: "www" },
        { name: UNKNOWN, relativeName: "" },
        { name: UNKNOWN, relativeName: undefined },
        { name: "www.example.com", relativeName: "www" },
      ] as const
    ).map((each) => [nameKey(each), toldName(each)]);
    assert.deepEqual(keys, [
      ["www", "www"],
      ["www.?", "www"],
      [".?", "@"],
      [UNKNOWN, UNKNOWN],
      ["www.example.com", "www.example.com"],
    ]);
  });

  it("may be every name that begins with it, label by label", () => {
    const www = { name: UNKNOWN, relativeName: "www" } as const;
    assert.ok(mayBeCalled(www, "WWW.example.com."));
    for (const other of ["www", "wwww.example.com", "a.www.example.com"]) assert.ok(!mayBeCalled(www, other));
    assert.ok(!mayBeCalled({ name: "www.example.com", relativeName: "www" }, "www.example.com"));
    assert.ok(!mayBeCalled({ name: UNKNOWN }, "www.example.com"));
    assert.ok(mayBeCalled({ name: UNKNOWN, relativeName: "" }, "example.com"));
    const wildcard = { name: UNKNOWN, relativeName: "*" } as const;
    const deep = { name: UNKNOWN, relativeName: "*.x" } as const;
    assert.ok(mayAnswer(deep, "b.x.example.com") && mayAnswer(deep, "a.b.x.example.com"));
    assert.ok(!mayAnswer(deep, "a.b.y.example.com"));
    assert.ok(mayAnswer(wildcard, "www.example.com") && !mayBeCalled(wildcard, "www.example.com"));
  });

  it("has no known bound while the check may ask for the record's own name", () => {
    const boundOf = (fqdn: string) => {
      const plan = planFromResources([primary({ name: "www" }), secondary({ name: "www" }), check({ fqdn })]);
      const [pair] = failoverPairs(plan);
      assert.ok(pair);
      return recoveryBound(plan, { primary: pair.primary, others: [pair.secondary] });
    };
    const { urn } = primary();
    assert.deepEqual(boundOf("www.example.com"), { kind: "unknown", urn, path: "name" });
    assert.equal(boundOf("origin.example.com").kind, "bound");
  });

  it("takes the same side of another relative name for another", () => {
    const side = (name: string, address: string, healthCheckId?: string) => ({
      ...primary({ name, records: [address], healthCheckId }),
      urn: `${RECORD}-${name}`,
    });
    const probing = check({ fqdn: undefined, ipAddress: "52.0.0.2" });
    const plan = planFromResources([side("www", "52.0.0.1", "hc-1"), side("api", "52.0.0.2"), probing]);
    const [www, api] = plan.recordSets;
    const [found] = plan.healthChecks;
    assert.ok(www && api && found);
    assert.deepEqual(
      [www, api].map((each) => watchedBy(plan, found, each).kind),
      ["other", "own"],
    );
  });

  it("joins the records of one relative name, zone and type, and no others", () => {
    const sides = (name: string, zoneId = "Z1") =>
      [primary({ name, zoneId }), secondary({ name, zoneId })].map((each) => ({
        ...each,
        urn: `${each.urn}-${name}-${zoneId}`,
      }));
    const plan = planFromResources([...sides("www"), ...sides("api"), ...sides("www", "Z2")]);
    const words = ["api A", "www A", "www A"];
    assert.deepEqual(
      failoverPairs(plan).map(({ name, type, primary: one, secondary: two }) => [
        `${name} ${type}`,
        one.zone === two.zone && one.relativeName === two.relativeName,
      ]),
      words.map((each) => [each, true]),
    );
    assert.deepEqual(
      recordGroups(plan).groups.map(({ zone, name, records }) => [zone, name, records.length]),
      [
        ["Z1", "www", 2],
        ["Z1", "api", 2],
        ["Z2", "www", 2],
      ],
    );
    const weighted = ["a", "b"].map((name, index) =>
      record(name, {
        name: "www",
        healthCheckId: "hc-1",
        setIdentifier: name,
        weightedRoutingPolicies: [{ weight: 2 - index }],
      }),
    );
    assert.deepEqual(
      answerSets(planFromResources(weighted)).map(({ name, routing, others }) => [
        name,
        routing,
        others.length,
      ]),
      [["www", "weighted", 1]],
    );
  });
});
