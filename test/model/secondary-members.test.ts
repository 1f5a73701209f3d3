import assert from "node:assert/strict";
import { planFromResources } from "../../model/plan-from-resources";
import { recordMembers } from "../../model/secondary-members";
import { resource } from "./stack-fixture";

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const pages = (name: string) => resource(DISTRIBUTION, name, { domainName: `${name}.cloudfront.net` });
const record = (role: string, target: string) =>
  resource("aws:route53/record:Record", role, {
    name: "app.example.com",
    type: "A",
    zoneId: "Z1",
    failoverRoutingPolicies: [{ type: role }],
    aliases: [{ name: `${target}.cloudfront.net` }],
  });
const members = (primary: string, secondary: string) => {
  const {
    primary: first,
    secondary: second,
    primaryOnly,
  } = recordMembers(
    planFromResources([pages("a"), pages("b"), record("PRIMARY", primary), record("SECONDARY", secondary)]),
  );
  return { primary: [...first], secondary: [...second], primaryOnly: [...primaryOnly] };
};

describe("model/secondary-members", () => {
  it("tells apart what each record leads to", () => {
    assert.deepEqual(members("a", "b"), {
      primary: [pages("a").urn],
      secondary: [pages("b").urn],
      primaryOnly: [pages("a").urn],
    });
  });

  it("puts what serves both on no side of its own", () => {
    assert.deepEqual(members("a", "a"), { primary: [pages("a").urn], secondary: [], primaryOnly: [] });
  });

  it("has what serves with an endpoint on its side, although no record leads there", () => {
    const of = (type: string, name: string, properties = {}) => resource(`aws:rds/${type}`, name, properties);
    const named = (role: string, name: string) =>
      resource("aws:route53/record:Record", `${role}-${name}`, {
        name: role === "other" ? "other.example.com" : "db.example.com",
        type: "CNAME",
        zoneId: "Z1",
        ...(role === "other"
          ? { weightedRoutingPolicies: [{ weight: 1 }] }
          : { failoverRoutingPolicies: [{ type: role }] }),
        records: [`${name}.example.org`],
      });
    const stack = [
      of("instance:Instance", "a", { address: "a.example.org" }),
      of("cluster:Cluster", "b", { endpoint: "b.example.org" }),
      of("clusterEndpoint:ClusterEndpoint", "c", { clusterIdentifier: "b-id", endpoint: "c.example.org" }),
      // Two sets lead to relatives of it, so it is no endpoint of its own, nor a name of one of them.
      of("clusterInstance:ClusterInstance", "d", { clusterIdentifier: "b-id", endpoint: "d.example.org" }),
      of("clusterInstance:ClusterInstance", "e", { clusterIdentifier: "other", endpoint: "e.example.org" }),
    ];
    const records = [named("PRIMARY", "a"), named("SECONDARY", "b"), named("other", "c")];
    const { primary, secondary } = recordMembers(planFromResources([...stack, ...records]));
    const names = (urns: ReadonlySet<string>) => [...urns].map((urn) => urn.split("::").at(-1));
    assert.deepEqual(names(primary), ["a"]);
    assert.deepEqual(names(secondary), ["b", "d"]);
  });

  it("finds nothing behind records that lead out of the stack", () => {
    assert.deepEqual(members("elsewhere", "b"), {
      primary: [],
      secondary: [pages("b").urn],
      primaryOnly: [],
    });
  });
});
