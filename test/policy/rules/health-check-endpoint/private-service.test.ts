import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { healthCheckEndpoint } from "../../../../policy/rules/health-check-endpoint/rule";
import { resource } from "../../../model/stack-fixture";
import { judged } from "../judged";
import { alias, check, record } from "../records";

const HOST = "data.example.net";
const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const MEMBER = "aws:rds/clusterInstance:ClusterInstance";
const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const REST_API = "aws:apigateway/restApi:RestApi";
const DOMAIN = "aws:opensearch/domain:Domain";
const LEVER =
  "allowed: a name with a public address that answers anybody; watch it by an alarm on its metric and a check of type CLOUDWATCH_METRIC";

const one = (type: string, properties: Properties) => resource(type, "one", properties);
const tcp = (properties: Properties = {}) => check({ type: "TCP", port: 5432, fqdn: HOST, ...properties });
const database = (publiclyAccessible?: PropertyValue) =>
  one(INSTANCE, { address: HOST, endpoint: `${HOST}:5432`, publiclyAccessible });

const messages = (...resources: StackResource[]) =>
  judged(healthCheckEndpoint, [tcp(), ...resources]).map(({ verdict, message }) => `${verdict}: ${message}`);

const verdicts = (...resources: StackResource[]) =>
  judged(healthCheckEndpoint, resources, {}, "preview").map(
    ({ verdict, urn, path }) => `${verdict} ${urn.split("::").at(-1)} ${path}`,
  );

const refused = ["fail check fqdn"];
const passed = ["pass check fqdn"];
const about = (type: string, which: string) => [
  `fail: TCP health check "check" probes one (${type}), ${which}; ${LEVER}`,
];

describe("policy/rules/health-check-endpoint/private-service", () => {
  it("refuses a database that is not publicly accessible, told or by default", () => {
    assert.deepEqual(judged(healthCheckEndpoint, [tcp(), database(false)]), [
      {
        verdict: "fail",
        urn: check().urn,
        path: "fqdn",
        message:
          'TCP health check "check" probes one (aws:rds/instance:Instance), which has publiclyAccessible false, so its ' +
          `addresses are private; ${LEVER}`,
      },
    ]);
    const byDefault = "which has no publiclyAccessible, which is then false, so its addresses are private";
    assert.deepEqual(messages(database()), about(INSTANCE, byDefault));
    assert.deepEqual(verdicts(tcp(), database(true)), passed);
    assert.deepEqual(verdicts(tcp(), database(UNKNOWN)), ["unknown one publiclyAccessible"]);
    assert.deepEqual(verdicts(tcp({ fqdn: "other.example.net" }), database(false)), passed);
    const http = tcp({ type: "HTTP", port: 80 });
    assert.deepEqual(verdicts(http, database(false)), refused);
    assert.deepEqual(verdicts(http, database(true)), passed);
  });

  it("asks every type that can be public by its own setting", () => {
    for (const [type, names] of [
      [MEMBER, { endpoint: HOST }],
      ["aws:neptune/clusterInstance:ClusterInstance", { address: HOST }],
      ["aws:redshift/cluster:Cluster", { dnsName: HOST }],
      ["aws:redshiftserverless/workgroup:Workgroup", { endpoints: [{ address: HOST }] }],
      ["aws:mq/broker:Broker", { instances: [{ endpoints: [`ssl://${HOST}:61617`] }] }],
    ] as const) {
      const withAccess = (publiclyAccessible?: PropertyValue) =>
        verdicts(tcp(), one(type, { ...names, publiclyAccessible } as Properties));
      assert.deepEqual([withAccess(), withAccess(false), withAccess(true)], [refused, refused, passed], type);
    }
  });

  it("refuses what AWS gives private addresses only, whatever it sets", () => {
    const never = (name: string) => `which has private addresses only, as every endpoint of ${name} has`;
    const open = { publiclyAccessible: true };
    for (const [type, name, names] of [
      ["aws:rds/proxy:Proxy", "RDS Proxy", { endpoint: HOST }],
      ["aws:rds/proxyEndpoint:ProxyEndpoint", "RDS Proxy", { endpoint: HOST }],
      ["aws:docdb/cluster:Cluster", "DocumentDB", { endpoint: HOST }],
      ["aws:docdb/clusterInstance:ClusterInstance", "DocumentDB", { endpoint: HOST }],
      ["aws:docdb/elasticCluster:ElasticCluster", "DocumentDB", { endpoint: HOST }],
      ["aws:elasticache/cluster:Cluster", "ElastiCache", { cacheNodes: [{ address: HOST }] }],
      [GROUP, "ElastiCache", { primaryEndpointAddress: HOST }],
      ["aws:elasticache/serverlessCache:ServerlessCache", "ElastiCache", { endpoints: [{ address: HOST }] }],
      ["aws:memorydb/cluster:Cluster", "MemoryDB", { clusterEndpoints: [{ address: HOST }] }],
    ] as const) {
      assert.deepEqual(messages(one(type, { ...names, ...open } as Properties)), about(type, never(name)));
    }
  });

  it("refuses a cluster none of whose instances is public, and knows nothing of one without them", () => {
    for (const module of ["rds", "neptune"]) {
      const type = `aws:${module}/cluster:Cluster`;
      const cluster = resource(type, "one", { endpoint: HOST }, { id: "one" });
      const member = (name: string, publiclyAccessible?: PropertyValue) =>
        resource(`aws:${module}/clusterInstance:ClusterInstance`, name, {
          clusterIdentifier: "one",
          publiclyAccessible,
        });
      const which = "none of whose instances in the stack has publiclyAccessible true";
      assert.deepEqual(messages(cluster, member("a"), member("b", false)), about(type, which));
      assert.deepEqual(verdicts(tcp(), cluster, member("a"), member("b", true)), passed);
      const untold = ["unknown b publiclyAccessible"];
      assert.deepEqual(verdicts(tcp(), cluster, member("a"), member("b", UNKNOWN)), untold);
      assert.deepEqual(verdicts(tcp(), cluster, member("a", true), member("b", UNKNOWN)), passed);
      assert.deepEqual(verdicts(tcp(), cluster), passed);
      const custom = resource(`aws:${module}/clusterEndpoint:ClusterEndpoint`, "readers", {
        clusterIdentifier: "one",
        endpoint: "readers.example.net",
      });
      const ofReaders = tcp({ fqdn: "readers.example.net" });
      assert.deepEqual(verdicts(ofReaders, cluster, custom, member("a")), refused);
      assert.deepEqual(verdicts(ofReaders, cluster, custom, member("a", true)), passed);
    }
  });

  it("judges an instance by its own setting, also where a plan takes it for its cluster", () => {
    const cluster = resource(CLUSTER, "one", { endpoint: HOST }, { id: "one" });
    const member = (name: string, publiclyAccessible: boolean) =>
      resource(MEMBER, name, {
        clusterIdentifier: "one",
        endpoint: `${name}.example.net`,
        publiclyAccessible,
      });
    const routed = record("primary", {
      name: "db.example.com",
      type: "CNAME",
      records: [HOST],
      setIdentifier: "primary",
      failoverRoutingPolicies: [{ type: "PRIMARY" }],
    });
    const stack = [cluster, member("a", true), member("b", false), routed];
    assert.deepEqual(verdicts(tcp({ fqdn: "a.example.net" }), ...stack), passed);
    assert.deepEqual(verdicts(tcp({ fqdn: "b.example.net" }), ...stack), refused);
  });

  it("refuses a search domain in a VPC", () => {
    const domain = (vpcOptions?: PropertyValue) => one(DOMAIN, { endpoint: HOST, vpcOptions });
    const which = "which is in a VPC by its vpcOptions, so its addresses are private";
    assert.deepEqual(messages(domain({ subnetIds: ["subnet-1"] })), about(DOMAIN, which));
    for (const vpcOptions of [undefined, null, {}, { subnetIds: [] }])
      assert.deepEqual(verdicts(tcp(), domain(vpcOptions)), passed);
    for (const vpcOptions of [UNKNOWN, { subnetIds: UNKNOWN }] as PropertyValue[])
      assert.deepEqual(verdicts(tcp(), domain(vpcOptions)), ["unknown one vpcOptions"]);
    const older = one("aws:elasticsearch/domain:Domain", {
      endpoint: HOST,
      vpcOptions: { subnetIds: ["subnet-1"] },
    });
    assert.deepEqual(verdicts(tcp(), older), refused);
  });

  it("asks whether an App Runner service is public, and a function URL open", () => {
    const runner = (ingressConfiguration?: PropertyValue) =>
      one("aws:apprunner/service:Service", {
        serviceUrl: HOST,
        ...(ingressConfiguration !== undefined && { networkConfiguration: { ingressConfiguration } }),
      });
    const http = tcp({ type: "HTTPS", port: 443 });
    assert.deepEqual(verdicts(http, runner()), passed);
    assert.deepEqual(verdicts(http, runner({ isPubliclyAccessible: true })), passed);
    assert.deepEqual(verdicts(http, runner({ isPubliclyAccessible: false })), refused);
    assert.deepEqual(verdicts(http, runner({ isPubliclyAccessible: UNKNOWN })), [
      "unknown one networkConfiguration",
    ]);
    const url = (authorizationType: PropertyValue) =>
      one("aws:lambda/functionUrl:FunctionUrl", { functionUrl: `https://${HOST}/`, authorizationType });
    assert.deepEqual(verdicts(http, url("NONE")), passed);
    assert.deepEqual(verdicts(http, url("AWS_IAM")), refused);
    assert.deepEqual(verdicts(http, url(UNKNOWN)), ["unknown one authorizationType"]);
    assert.deepEqual(verdicts(tcp(), url("AWS_IAM")), passed);
    assert.deepEqual(verdicts(tcp(), runner({ isPubliclyAccessible: false })), refused);
  });

  it("refuses a private REST API, by its own name and through a record, and none by connections alone", () => {
    const OWN = "abc123.execute-api.us-east-1.amazonaws.com";
    const api = (types?: PropertyValue) =>
      resource(
        REST_API,
        "one",
        { region: "us-east-1", ...(types !== undefined && { endpointConfiguration: { types } }) },
        { id: "abc123" },
      );
    const https = tcp({ type: "HTTPS", port: 443, fqdn: OWN });
    assert.deepEqual(
      judged(healthCheckEndpoint, [https, api("PRIVATE")])[0]?.message,
      'HTTPS health check "check" probes one (aws:apigateway/restApi:RestApi), a PRIVATE API, which answers through its ' +
        `VPC endpoints only; ${LEVER}`,
    );
    assert.deepEqual(verdicts(https, api(["PRIVATE"])), refused);
    for (const types of ["REGIONAL", "EDGE", undefined])
      assert.deepEqual(verdicts(https, api(types)), passed);
    assert.deepEqual(verdicts(https, api(UNKNOWN)), ["unknown one endpointConfiguration"]);
    assert.deepEqual(verdicts(tcp({ fqdn: OWN }), api("PRIVATE")), passed);
    const led = record("api", { name: "api.example.com", type: "CNAME", records: [OWN] });
    const named = tcp({ type: "HTTPS", port: 443, fqdn: "api.example.com" });
    assert.deepEqual(verdicts(named, api("PRIVATE"), led), refused);
    assert.deepEqual(verdicts(named, api("REGIONAL"), led), passed);
  });

  it("refuses an API's own name where the program turned it off", () => {
    const OWN = "abc123.execute-api.us-east-1.amazonaws.com";
    const https = tcp({ type: "HTTPS", port: 443, fqdn: OWN });
    const rest = (disableExecuteApiEndpoint?: PropertyValue) =>
      resource(REST_API, "one", { region: "us-east-1", disableExecuteApiEndpoint }, { id: "abc123" });
    const http = (disableExecuteApiEndpoint?: PropertyValue) =>
      one("aws:apigatewayv2/api:Api", { apiEndpoint: `https://${OWN}`, disableExecuteApiEndpoint });
    for (const api of [rest, http]) {
      assert.deepEqual(verdicts(https, api(true)), refused);
      for (const open of [false, undefined]) assert.deepEqual(verdicts(https, api(open)), passed);
      assert.deepEqual(verdicts(https, api(UNKNOWN)), ["unknown one disableExecuteApiEndpoint"]);
      assert.deepEqual(verdicts(tcp({ fqdn: OWN }), api(true)), passed);
      const led = record("api", { name: "api.example.com", type: "CNAME", records: [OWN] });
      const named = tcp({ type: "HTTPS", port: 443, fqdn: "api.example.com" });
      assert.deepEqual(verdicts(named, api(true), led), refused);
      assert.deepEqual(verdicts(named, api(false), led), passed);
    }
    assert.equal(
      judged(healthCheckEndpoint, [https, rest(true)])[0]?.message,
      'HTTPS health check "check" probes one (aws:apigateway/restApi:RestApi) by the API\'s own name, which ' +
        "disableExecuteApiEndpoint true closes to every request; allowed: a name that answers; set fqdn to the API's " +
        "custom domain name, or disableExecuteApiEndpoint to false (changes in place and costs nothing)",
    );
  });

  it("knows nothing of a name that is only computed from one, and follows a record that leads to it", () => {
    const coming = (publiclyAccessible?: PropertyValue) =>
      resource(INSTANCE, "one", { address: UNKNOWN, publiclyAccessible }, { id: UNKNOWN });
    const computed = (...from: StackResource[]): StackResource => ({
      ...tcp({ fqdn: UNKNOWN }),
      id: UNKNOWN,
      propertyDependencies: { fqdn: from.map(({ urn }) => urn) },
    });
    const untold = ["unknown check fqdn"];
    assert.deepEqual(verdicts(computed(coming()), coming()), untold);
    assert.deepEqual(verdicts(computed(coming()), coming(true)), untold);
    assert.deepEqual(verdicts(computed(coming()), coming(UNKNOWN)), untold);
    const other = resource(GROUP, "two", {}, { id: UNKNOWN });
    assert.deepEqual(verdicts(computed(coming(), other), coming(), other), untold);
    const db = record("db", { name: "db.example.com", type: "CNAME", records: UNKNOWN });
    const led = { ...db, propertyDependencies: { records: [coming().urn] } };
    assert.deepEqual(verdicts(computed(led), coming(), led), untold);
    assert.deepEqual(verdicts(tcp({ fqdn: "db.example.com" }), coming(), led), refused);
    assert.deepEqual(verdicts(tcp({ fqdn: "db.example.com" }), coming(true), led), passed);
  });

  it("follows simple records, and those of public zones only", () => {
    const named = tcp({ fqdn: "db.example.com" });
    const db = (properties: Properties = {}) =>
      record("db", { name: "db.example.com", type: "CNAME", records: [`${HOST}.`], ...properties });
    assert.deepEqual(verdicts(named, database(false), db()), refused);
    assert.deepEqual(verdicts(named, database(true), db()), passed);
    const far = record("far", { name: "far.example.com", ...alias("db.example.com") });
    assert.deepEqual(verdicts(tcp({ fqdn: "far.example.com" }), database(false), db(), far), refused);
    const routed = db({ setIdentifier: "one", weightedRoutingPolicies: [{ weight: 1 }] });
    assert.deepEqual(verdicts(named, database(false), routed), passed);
    const zone = (vpcs?: PropertyValue) =>
      resource("aws:route53/zone:Zone", "zone", { name: "example.com", zoneId: "Z1", vpcs }, { id: "Z1" });
    assert.deepEqual(verdicts(named, database(false), db(), zone()), refused);
    assert.ok(
      !verdicts(named, database(false), db(), zone([{ vpcId: "vpc-1" }])).includes("fail check fqdn"),
    );
    const circle = [db({ records: ["two.example.com"] }), record("two", { ...alias("db.example.com") })];
    assert.equal(verdicts(named, database(false), ...circle).length, 1);
  });

  it("does not know a record that only its zone's name would tell for the probed one", () => {
    const named = tcp({ fqdn: "db.example.com" });
    const db = record("db", { name: "db", type: "CNAME", records: [HOST] });
    assert.deepEqual(verdicts(named, database(false), db), ["unknown db name"]);
    assert.deepEqual(verdicts(named, database(true), db), passed);
  });

  it("takes the name beside an address for the Host header", () => {
    const addressed = check({ fqdn: HOST, ipAddress: "52.0.0.1" });
    assert.deepEqual(verdicts(addressed, database(false)), ["pass check ipAddress"]);
  });
});
