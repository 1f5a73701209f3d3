import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { resource } from "../../../model/stack-fixture";
import { NAME, primary, record, secondary } from "../records";
import { from, judgements, TITLE, to, verdicts } from "./aliases";

const HOST = "data.example.net";
const INSTANCE = "aws:rds/instance:Instance";
const FUNCTION_URL = "aws:lambda/functionUrl:FunctionUrl";
const APP = "aws:apprunner/service:Service";
const ASSOCIATION = "aws:apprunner/customDomainAssociation:CustomDomainAssociation";
const ALLOWED =
  "to which no alias can lead; Route 53 refuses it; allowed: an alias to a load balancer, a distribution, an API's " +
  "custom domain, an S3 website or another alias target of Route 53";

const database = resource(INSTANCE, "db", { address: HOST });
const functionUrl = (name: PropertyValue = HOST) =>
  resource(FUNCTION_URL, "url", { functionUrl: name === UNKNOWN ? UNKNOWN : `https://${String(name)}/` });
const www = (name: PropertyValue = HOST, properties: Properties = {}) =>
  record("www", { ...to(name, "Z9"), ...properties });
const zone = (name: string) => resource("aws:route53/zone:Zone", "zone", { name }, { id: "Z1" });

const cname = (name: PropertyValue, properties: Properties = {}): Properties => ({
  type: "CNAME",
  records: name === UNKNOWN ? UNKNOWN : [name],
  ...properties,
});

describe("policy/rules/alias-target, aliases to services that are no alias targets", () => {
  const refusal = (of: string, lever: string) => [
    { verdict: "fail", path: "aliases[0].name", message: `${TITLE} points at ${of}, ${ALLOWED}; ${lever}` },
  ];

  it("refuses an alias to a database, with the lever that the name leaves", () => {
    const of = "db (aws:rds/instance:Instance), a database";
    const below = refusal(of, "make it a CNAME (no price)");
    assert.deepEqual(judgements([database, www()]), below);
    assert.deepEqual(judgements([database, www(), zone("example.com")]), below);
    const apex = refusal(
      of,
      "a CNAME is not possible at the zone's own name, so make it a CNAME of a name below it (no price)",
    );
    assert.deepEqual(judgements([database, www(), zone(NAME)]), apex);
    assert.deepEqual(verdicts(www()), ["pass aliases[0].name"]);
  });

  it("refuses an alias to a cache, a broker and a function URL, and no other service", () => {
    const cache = resource("aws:memorydb/cluster:Cluster", "cache", {
      clusterEndpoints: [{ address: HOST }],
    });
    const broker = resource("aws:mq/broker:Broker", "mq", {
      instances: [{ endpoints: [`ssl://${HOST}:1`] }],
    });
    const byCname = "make it a CNAME (no price)";
    assert.deepEqual(
      judgements([cache, www()]),
      refusal("cache (aws:memorydb/cluster:Cluster), a cache", byCname),
    );
    assert.deepEqual(judgements([broker, www()]), refusal("mq (aws:mq/broker:Broker), a broker", byCname));
    const before =
      "put CloudFront or a custom domain of API Gateway before the function and point the alias there (no idle price)";
    const ofUrl = refusal("url (aws:lambda/functionUrl:FunctionUrl), a Lambda function URL", before);
    assert.deepEqual(judgements([functionUrl(), www()]), ofUrl);
    assert.deepEqual(judgements([functionUrl(), www(), zone(NAME)]), ofUrl);
    const others = [
      resource("aws:opensearch/domain:Domain", "search", { endpoint: HOST }),
      resource(APP, "app", { serviceUrl: HOST }),
    ];
    for (const other of others) assert.deepEqual(verdicts(other, www()), ["pass aliases[0].name"]);
  });

  it("refuses it before the service exists, by what the alias was computed from", () => {
    const coming = resource(INSTANCE, "db", { address: UNKNOWN }, { id: UNKNOWN });
    const lost = verdicts(coming, from(www(UNKNOWN), coming));
    assert.deepEqual(lost, ["fail aliases[0].name"]);
    assert.deepEqual(verdicts(coming, www(UNKNOWN)), ["unknown aliases[0].name"]);
    // The zone's id may be computed too, and a plan reads no endpoint that a pair leads to by two names.
    assert.deepEqual(
      verdicts(coming, zone("example.com"), from(www(UNKNOWN), coming, zone("example.com"))),
      lost,
    );
    const pair = [primary(to(UNKNOWN, "Z9")), secondary(to(UNKNOWN, "Z9"))];
    const both = pair.map((each) => from(each, coming));
    assert.deepEqual(verdicts(coming, ...both), [...lost, ...lost]);
  });
});

describe("policy/rules/alias-target, CNAMEs to services that know their own names only", () => {
  it("refuses a CNAME of several records straight onto a function URL", () => {
    const routed = primary(cname(HOST));
    assert.deepEqual(judgements([functionUrl(), routed]), [
      {
        verdict: "fail",
        path: "records",
        message:
          `PRIMARY CNAME record of ${NAME} points at url (aws:lambda/functionUrl:FunctionUrl), a Lambda function URL, ` +
          "which answers for its own name only: its certificate lacks the record's name, and a request for that gets " +
          "403; allowed: a target that answers for the record's name; put CloudFront or a custom domain of API Gateway " +
          "before the function and point the record there (no idle price)",
      },
    ]);
    const weighted = { setIdentifier: "one", weightedRoutingPolicies: [{ weight: 1 }] };
    assert.deepEqual(verdicts(functionUrl(), record("one", cname(`${HOST}.`, weighted))), ["fail records"]);
    assert.deepEqual(verdicts(functionUrl(), record("one", cname(HOST))), ["notApplicable "]);
    assert.deepEqual(verdicts(database, routed), ["notApplicable "]);
    const coming = {
      ...primary(cname(UNKNOWN)),
      propertyDependencies: { records: [functionUrl().urn] },
    };
    assert.deepEqual(verdicts(functionUrl(UNKNOWN), coming), ["fail records"]);
  });

  const app = (name = "app", host = HOST) => resource(APP, name, { serviceUrl: host }, { id: `arn:${name}` });
  const association = (domainName: PropertyValue, properties: Properties = {}) =>
    resource(ASSOCIATION, "own", { serviceArn: "arn:app", domainName, ...properties });
  const led = (...others: StackResource[]) => verdicts(app(), primary(cname(HOST)), ...others);

  it("refuses one onto an App Runner service with which the name is not associated", () => {
    assert.deepEqual(judgements([app(), primary(cname(HOST)), association("other.example.com")]), [
      {
        verdict: "fail",
        path: "records",
        message:
          `PRIMARY CNAME record of ${NAME} points at app (aws:apprunner/service:Service), an App Runner service with ` +
          `which no customDomainAssociation of the stack associates ${NAME}, so that it refuses the name; allowed: a ` +
          `service that answers for ${NAME}; add a customDomainAssociation with domainName ${NAME} (no price)`,
      },
    ]);
    assert.deepEqual(led(), ["fail records"]);
    assert.deepEqual(verdicts(app(), record("one", cname(HOST))), ["notApplicable "]);
  });

  it("passes it with the name associated, by itself, by a wildcard and as the www of a domain", () => {
    for (const domain of [NAME, "APP.example.com.", "*.example.com"])
      assert.deepEqual(led(association(domain)), ["pass records"]);
    for (const domain of ["example.com", "*.app.example.com", "*.com"])
      assert.deepEqual(led(association(domain)), ["fail records"]);
    const ofWww = (enableWwwSubdomain?: PropertyValue) =>
      verdicts(
        app(),
        primary(cname(HOST, { name: `www.${NAME}` })),
        association(NAME, { enableWwwSubdomain }),
      );
    assert.deepEqual(ofWww(), ["pass records"]);
    assert.deepEqual(ofWww(true), ["pass records"]);
    assert.deepEqual(ofWww(false), ["fail records"]);
    assert.deepEqual(ofWww(UNKNOWN), ["unknown enableWwwSubdomain"]);
  });

  it("asks each service of a pair for its own association", () => {
    const other = app("standby", "standby.example.net");
    const pair = [primary(cname(HOST)), secondary(cname("standby.example.net"))];
    const both = (...associations: StackResource[]) => verdicts(app(), other, ...pair, ...associations);
    assert.deepEqual(both(association(NAME)), ["pass records", "fail records"]);
    const second = resource(ASSOCIATION, "second", { serviceArn: "arn:standby", domainName: NAME });
    assert.deepEqual(both(association(NAME), second), ["pass records", "pass records"]);
    // Of a service that is not in the stack by that id, so it may be of either.
    assert.deepEqual(both(association(NAME, { serviceArn: "arn:far" })), ["pass records", "pass records"]);
  });

  it("does not know what is not told", () => {
    assert.deepEqual(led(association(UNKNOWN)), ["unknown domainName"]);
    assert.deepEqual(verdicts(app(), primary(cname(HOST, { name: UNKNOWN })), association(NAME)), [
      "unknown name",
    ]);
  });
});
