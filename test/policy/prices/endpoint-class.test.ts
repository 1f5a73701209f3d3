import assert from "node:assert/strict";
import { planFromResources } from "../../../model/plan-from-resources";
import type { StackResource } from "../../../model/stack-resource";
import { UNKNOWN } from "../../../model/unknown";
import { checkedEndpoint, endpointClass } from "../../../policy/prices/endpoint-class";
import { resource, urn } from "../../model/stack-fixture";
import { profileApiStack } from "../profile-api-stack";
import { primary, providers } from "./meters";

const CHECK = "aws:route53/healthCheck:HealthCheck";
const INSTANCE = "aws:ec2/instance:Instance";
const EIP = "aws:ec2/eip:Eip";
const OTHER = { kind: "other", why: "not known to be an endpoint in AWS, so priced as the dearer" };
const aws = (what: string) => ({ kind: "aws", why: `the check's endpoint is ${what} of this stack` });

function classOf(properties: object, others: readonly StackResource[], from: Record<string, string[]> = {}) {
  const check = resource(CHECK, "probe", { type: "HTTP", ...properties } as never, { from });
  const stack = [...providers, check, ...others];
  const plan = planFromResources(stack);
  const found = plan.healthChecks.find(({ urn: of }) => of === check.urn);
  assert.ok(found);
  return endpointClass(found, check, plan);
}

describe("policy/prices/endpoint-class", () => {
  const api = profileApiStack().filter(({ type }) => type !== CHECK && !type.startsWith("pulumi:providers:"));
  const server = primary(INSTANCE, "server", {}, { id: "i-1" });
  const address = primary(EIP, "address", { instance: "i-1", publicIp: "192.0.2.10" });

  it("knows the stack's own host names", () => {
    assert.deepEqual(classOf({ fqdn: "us-east-1.profiles.example.com" }, api), aws("an API Gateway"));
    assert.deepEqual(classOf({ fqdn: "US-EAST-1.profiles.example.com." }, api), aws("an API Gateway"));
  });

  it("follows a simple record to the stack's endpoint, and no failover record", () => {
    const web = primary("aws:lb/loadBalancer:LoadBalancer", "web", {
      dnsName: "web-1.us-east-1.elb.amazonaws.com",
    });
    const record = (properties: object) =>
      primary("aws:route53/record:Record", "origin", {
        name: "origin.example.com",
        type: "A",
        zoneId: "Z1",
        aliases: [{ name: "web-1.us-east-1.elb.amazonaws.com", zoneId: "Z2", evaluateTargetHealth: true }],
        ...properties,
      });
    const fqdn = "origin.example.com";
    assert.deepEqual(classOf({ fqdn }, [web, record({})]), aws("a load balancer"));
    const failover = { setIdentifier: "p", failoverRoutingPolicies: [{ type: "PRIMARY" }] };
    assert.deepEqual(classOf({ fqdn }, [web, record(failover)]), OTHER);
  });

  it("knows the databases and caches of the stack, before they exist too, and no others", () => {
    const database = primary("aws:rds/instance:Instance", "people", { address: "people.example.org" });
    const cache = primary("aws:elasticache/replicationGroup:ReplicationGroup", "sessions", {
      primaryEndpointAddress: "sessions.example.org",
    });
    assert.deepEqual(classOf({ fqdn: "people.example.org" }, [database, cache]), aws("a database"));
    assert.deepEqual(classOf({ fqdn: "sessions.example.org" }, [database, cache]), aws("a cache"));
    assert.deepEqual(classOf({ fqdn: "other.example.org" }, [database, cache]), OTHER);
    assert.deepEqual(classOf({ fqdn: UNKNOWN }, [database], { fqdn: [database.urn] }), aws("a database"));
  });

  it("knows the stack's own addresses, before they exist too", () => {
    assert.deepEqual(classOf({ ipAddress: "192.0.2.10" }, [server, address]), aws("an EC2 instance"));
    assert.deepEqual(classOf({ ipAddress: "192.0.2.11" }, [server, address]), OTHER);
    const from = { ipAddress: [urn(EIP, "address")] };
    assert.deepEqual(classOf({ ipAddress: UNKNOWN }, [server, address], from), aws("an EC2 instance"));
    assert.deepEqual(classOf({ ipAddress: UNKNOWN }, [server, address]), OTHER);
  });

  it("looks at the address where there are both, since the name is then a header only", () => {
    const both = { fqdn: "us-east-1.profiles.example.com", ipAddress: "203.0.113.9" };
    assert.deepEqual(classOf(both, api), OTHER);
  });

  it("does not take one unknown name for another", () => {
    const web = primary("aws:lb/loadBalancer:LoadBalancer", "web", {
      dnsName: "web-1.us-east-1.elb.amazonaws.com",
    });
    const unnamed = primary("aws:route53/record:Record", "origin", {
      name: UNKNOWN,
      type: "A",
      zoneId: "Z1",
      aliases: [{ name: "web-1.us-east-1.elb.amazonaws.com", zoneId: "Z2", evaluateTargetHealth: true }],
    });
    assert.deepEqual(classOf({ fqdn: UNKNOWN }, [web, unnamed]), OTHER);
  });

  it("prices every other name as the dearer", () => {
    assert.deepEqual(classOf({ fqdn: "home.example.net" }, api), OTHER);
    assert.deepEqual(classOf({ fqdn: "not-us-east-1.profiles.example.com" }, api), OTHER);
    assert.deepEqual(classOf({ fqdn: UNKNOWN }, api), OTHER);
    assert.deepEqual(classOf({}, api), OTHER);
  });

  it("takes the first of several endpoints and of several simple records, as the plan has them", () => {
    const balancer = (name: string) =>
      primary("aws:lb/loadBalancer:LoadBalancer", name, { dnsName: "web.example.com" });
    const stack = [balancer("a"), balancer("b")];
    const check = resource(CHECK, "probe", { type: "HTTP", fqdn: "web.example.com" });
    const plan = planFromResources([...providers, check, ...stack]);
    const [found] = plan.healthChecks;
    assert.ok(found);
    assert.equal(checkedEndpoint(found, check, plan)?.urn, stack[0]?.urn);
    const behind = resource(CHECK, "behind", { type: "HTTP", fqdn: UNKNOWN } as never, {
      from: { fqdn: [stack[1]?.urn ?? "", stack[0]?.urn ?? ""] },
    });
    assert.equal(checkedEndpoint({ ...found, fqdn: UNKNOWN }, behind, plan)?.urn, stack[0]?.urn);
  });

  it("goes by the first of several simple records of one name", () => {
    const record = (name: string, target: string) =>
      primary("aws:route53/record:Record", name, {
        name: "origin.example.com",
        type: "CNAME",
        zoneId: "Z1",
        ttl: 60,
        records: [target],
      });
    const balancer = (name: string) =>
      primary("aws:lb/loadBalancer:LoadBalancer", name, { dnsName: `${name}.us-east-1.elb.amazonaws.com` });
    const check = resource(CHECK, "probe", { type: "HTTP", fqdn: "origin.example.com" });
    const to = (name: string) => `${name}.us-east-1.elb.amazonaws.com`;
    const plan = planFromResources([
      ...providers,
      check,
      balancer("a"),
      balancer("b"),
      record("first", to("b")),
      record("second", to("a")),
    ]);
    const [found] = plan.healthChecks;
    assert.ok(found);
    assert.equal(checkedEndpoint(found, check, plan)?.urn, urn("aws:lb/loadBalancer:LoadBalancer", "b"));
  });
});
