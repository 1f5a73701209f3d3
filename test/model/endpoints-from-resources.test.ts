import assert from "node:assert/strict";
import { endpointsFromResources } from "../../model/endpoints-from-resources";
import type { Endpoint } from "../../model/failover-plan";
import { planFromResources } from "../../model/plan-from-resources";
import { isGlobalType } from "../../model/resource-placement";
import { StackJoins } from "../../model/stack-joins";
import type { StackResource } from "../../model/stack-resource";
import { UNKNOWN } from "../../model/unknown";
import { provider, resource } from "./stack-fixture";

const endpoints = (resources: readonly StackResource[]) => endpointsFromResources(new StackJoins(resources));

const east = provider("east", "us-east-1", "primary");
const inEast = { provider: east.urn };

describe("model/endpoints-from-resources", () => {
  it("reads a REST API with its custom domain and the function behind it", () => {
    const handler = resource("aws:lambda/function:Function", "handler", {}, inEast);
    const api = resource("aws:apigateway/restApi:RestApi", "api", {}, { ...inEast, id: "a1b2c3" });
    const domain = resource(
      "aws:apigateway/domainName:DomainName",
      "domain",
      { domainName: "API.example.com", regionalDomainName: "d-1.execute-api.us-east-1.amazonaws.com" },
      { ...inEast, id: "api.example.com" },
    );
    const mapping = resource(
      "aws:apigateway/basePathMapping:BasePathMapping",
      "mapping",
      { restApi: "a1b2c3", domainName: "api.example.com" },
      inEast,
    );
    const integration = resource(
      "aws:apigateway/integration:Integration",
      "integration",
      { restApi: "a1b2c3", uri: "arn:aws:apigateway:us-east-1:lambda:path/x" },
      { ...inEast, from: { uri: [handler.urn] } },
    );
    const expected: Endpoint = {
      urn: api.urn,
      kind: "api-gateway",
      region: "us-east-1",
      hostNames: ["api.example.com", "a1b2c3.execute-api.us-east-1.amazonaws.com"],
      dnsTargets: ["d-1.execute-api.us-east-1.amazonaws.com", "a1b2c3.execute-api.us-east-1.amazonaws.com"],
      addresses: [],
      functions: [handler.urn],
      sources: [api.urn, domain.urn],
    };
    assert.deepEqual(endpoints([east, handler, api, domain, mapping, integration]), [expected]);
  });

  it("joins a domain that names are written for twice, and none whose name is not known", () => {
    const domain = (name: string, domainName: string | typeof UNKNOWN) =>
      resource("aws:apigatewayv2/domainName:DomainName", name, { domainName }, { ...inEast, id: UNKNOWN });
    const api = resource("aws:apigatewayv2/api:Api", "api", {}, { ...inEast, id: UNKNOWN });
    const mapping = (domainName: string | typeof UNKNOWN) =>
      resource(
        "aws:apigatewayv2/apiMapping:ApiMapping",
        "mapping",
        { apiId: UNKNOWN, domainName },
        { ...inEast, from: { apiId: [api.urn] } },
      );
    const sources = (domainName: string | typeof UNKNOWN) =>
      endpoints([
        east,
        api,
        domain("one", "api.example.com"),
        domain("two", UNKNOWN),
        mapping(domainName),
      ])[0]?.sources.slice(1);
    assert.deepEqual(sources("api.example.com"), [domain("one", "").urn]);
    assert.deepEqual(sources(UNKNOWN), []);
  });

  it("gives an instance the addresses of its Elastic IPs only", () => {
    const instance = resource(
      "aws:ec2/instance:Instance",
      "web",
      { publicDns: "ec2-1.compute-1.amazonaws.com", publicIp: "198.51.100.9" },
      { ...inEast, id: "i-1" },
    );
    const address = (name: string, of: string, publicIp: string) =>
      resource("aws:ec2/eip:Eip", name, { instance: of, publicIp }, inEast);
    const [found] = endpoints([
      east,
      instance,
      address("own", "i-1", "198.51.100.1"),
      address("other", "i-2", "198.51.100.2"),
    ]);
    assert.deepEqual(found?.addresses, ["198.51.100.1"]);
  });

  it("takes Route 53 Resolver and Route 53 Profiles for regional, and the rest of Route 53 for global", () => {
    assert.deepEqual(
      [
        "aws:route53/resolverEndpoint:ResolverEndpoint",
        "aws:route53/profilesProfile:ProfilesProfile",
        "aws:route53/record:Record",
        "aws:route53/healthCheck:HealthCheck",
      ].map(isGlobalType),
      [false, false, true, true],
    );
  });

  it("gives up on a chain of names that no resolver would follow", () => {
    const chain = Array.from({ length: 20_000 }, (_, index) =>
      resource("aws:route53/record:Record", `r${index}`, {
        name: `n${index}.example.com`,
        type: "CNAME",
        ttl: 60,
        records: [`n${index + 1}.example.com`],
      }),
    );
    const target = resource("aws:lb/loadBalancer:LoadBalancer", "lb", { dnsName: "n20000.example.com" });
    const { recordSets } = planFromResources([...chain, target]);
    assert.deepEqual(
      recordSets
        .map(({ endpoint }, index) => (endpoint === undefined ? -1 : index))
        .filter((index) => index >= 0),
      Array.from({ length: 16 }, (_, index) => 19_984 + index),
    );
  });
});
