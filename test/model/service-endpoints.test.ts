import assert from "node:assert/strict";
import { planFromResources } from "../../model/plan-from-resources";
import { serviceEndpoints } from "../../model/service-endpoints";
import { StackJoins } from "../../model/stack-joins";
import { type Properties, type PropertyValue, UNKNOWN } from "../../model/unknown";
import { provider, resource, urn } from "./stack-fixture";

const east = provider("east", "us-east-1", "primary");
const inEast = { provider: east.urn };
const DATABASE = "aws:rds/instance:Instance";

const read = (type: string, properties: Properties) =>
  serviceEndpoints(new StackJoins([east, resource(type, "one", properties, inEast)])).map(
    ({ kind, region, hostNames, dnsTargets }) => {
      assert.deepEqual(dnsTargets, hostNames);
      return [kind, region, ...hostNames];
    },
  );

describe("model/service-endpoints", () => {
  for (const [type, properties, kind, ...names] of [
    [
      "aws:rds/cluster:Cluster",
      { endpoint: "W.example.com", readerEndpoint: "r.example.com" },
      "database",
      "w.example.com",
      "r.example.com",
    ],
    [DATABASE, { address: "d.example.com", endpoint: "d.example.com:3306" }, "database", "d.example.com"],
    [
      DATABASE,
      { endpoint: "d.example.com:1433", listenerEndpoints: [{ address: "l.example.com", port: 1433 }] },
      "database",
      "d.example.com",
      "l.example.com",
    ],
    ["aws:rds/clusterInstance:ClusterInstance", { endpoint: "i.example.com" }, "database", "i.example.com"],
    ["aws:rds/clusterEndpoint:ClusterEndpoint", { endpoint: "e.example.com" }, "database", "e.example.com"],
    ["aws:rds/proxy:Proxy", { endpoint: "p.example.com" }, "database", "p.example.com"],
    ["aws:rds/proxyEndpoint:ProxyEndpoint", { endpoint: "p.example.com" }, "database", "p.example.com"],
    ["aws:docdb/cluster:Cluster", { endpoint: "c.example.com." }, "database", "c.example.com"],
    ["aws:neptune/cluster:Cluster", { readerEndpoint: "n.example.com" }, "database", "n.example.com"],
    [
      "aws:redshift/cluster:Cluster",
      { dnsName: "r.example.com", endpoint: "r.example.com:5439" },
      "database",
      "r.example.com",
    ],
    [
      "aws:redshiftserverless/workgroup:Workgroup",
      { endpoints: [{ address: "g.example.com", port: 5439 }] },
      "database",
      "g.example.com",
    ],
    [
      "aws:elasticache/replicationGroup:ReplicationGroup",
      {
        primaryEndpointAddress: "m.example.com",
        readerEndpointAddress: "r.example.com",
        configurationEndpointAddress: "",
      },
      "cache",
      "m.example.com",
      "r.example.com",
    ],
    [
      "aws:elasticache/cluster:Cluster",
      {
        clusterAddress: "c.example.com",
        configurationEndpoint: "c.example.com:11211",
        cacheNodes: [{ address: "1.example.com" }, { address: "2.example.com" }],
      },
      "cache",
      "c.example.com",
      "1.example.com",
      "2.example.com",
    ],
    [
      "aws:elasticache/serverlessCache:ServerlessCache",
      { endpoints: [{ address: "s.example.com" }], readerEndpoints: [{ address: "s.example.com" }] },
      "cache",
      "s.example.com",
    ],
    [
      "aws:memorydb/cluster:Cluster",
      { clusterEndpoints: [{ address: "m.example.com", port: 6379 }] },
      "cache",
      "m.example.com",
    ],
    [
      "aws:mq/broker:Broker",
      { instances: [{ endpoints: ["ssl://b-1.example.com:61617", "amqp+ssl://b-1.example.com:5671"] }] },
      "broker",
      "b-1.example.com",
    ],
    ["aws:opensearch/domain:Domain", { endpoint: "o.example.com" }, "search-domain", "o.example.com"],
    ["aws:apprunner/service:Service", { serviceUrl: "a.example.com" }, "app-service", "a.example.com"],
    [
      "aws:lambda/functionUrl:FunctionUrl",
      { functionUrl: "https://f.example.com/" },
      "function-url",
      "f.example.com",
    ],
  ] as const) {
    it(`reads ${Object.keys(properties).join(", ")} of ${type}`, () => {
      assert.deepEqual(read(type, properties as never), [[kind, "us-east-1", ...names]]);
    });
  }

  it("reads nothing that is not known or no host name", () => {
    const odd: PropertyValue[] = [UNKNOWN, null, 5, "", " ", ["d.example.com"], { address: "d.example.com" }];
    for (const address of odd) {
      assert.deepEqual(read(DATABASE, { address, listenerEndpoints: address }), [["database", "us-east-1"]]);
    }
    for (const text of ["https://a.example.com/path", "two words", "a.example.com:port", "://"]) {
      assert.deepEqual(read(DATABASE, { address: text }), [["database", "us-east-1"]]);
    }
    const cacheNodes: PropertyValue[] = [UNKNOWN, null, { address: UNKNOWN }, { address: "2.example.com" }];
    assert.deepEqual(read("aws:elasticache/cluster:Cluster", { cacheNodes }), [
      ["cache", "us-east-1", "2.example.com"],
    ]);
  });

  it("gives a function URL the function that answers there", () => {
    const handler = resource("aws:lambda/function:Function", "handler", { name: "handler" }, inEast);
    const url = resource("aws:lambda/functionUrl:FunctionUrl", "url", { functionName: "handler" }, inEast);
    const [found] = serviceEndpoints(new StackJoins([east, handler, url]));
    assert.deepEqual(found?.functions, [handler.urn]);
  });

  for (const [what, records, from, expected] of [
    ["by its name, however that is written", ["D.example.com."], [], urn(DATABASE, "one")],
    ["by what it was computed from, before the name is known", UNKNOWN, ["one"], urn(DATABASE, "one")],
    ["by nothing where the name is another's", ["d.example.org"], [], undefined],
    ["by nothing where two of them may be meant", UNKNOWN, ["one", "two"], undefined],
  ] as const) {
    it(`links a record to the database ${what}`, () => {
      const database = (name: string, address: PropertyValue) =>
        resource(DATABASE, name, { address }, { ...inEast, id: `db-${name}` });
      const record = resource(
        "aws:route53/record:Record",
        "record",
        { name: "db.example.com", type: "CNAME", ttl: 60, records: records as never },
        { from: { records: from.map((name) => urn(DATABASE, name)) } },
      );
      const one = database("one", records === UNKNOWN ? UNKNOWN : "d.EXAMPLE.com");
      const { recordSets } = planFromResources([east, one, database("two", UNKNOWN), record]);
      assert.deepEqual(
        recordSets.map(({ endpoint }) => endpoint),
        [expected],
      );
    });
  }
});
