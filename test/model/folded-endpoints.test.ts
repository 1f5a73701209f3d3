import assert from "node:assert/strict";
import { planFromResources } from "../../model/plan-from-resources";
import { ProbeStandings } from "../../model/probe-standings";
import type { StackResource } from "../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../model/unknown";
import { watchedBy } from "../../model/watched-endpoint";
import { sided, twoRegions } from "./sided-pairs";
import { httpCheck, resource } from "./stack-fixture";

const CLUSTER = "aws:rds/cluster:Cluster";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";

/** A cluster with a writer, a reader and two instances, of which the first is `<name>-0`. */
function cluster(name: string): StackResource[] {
  const instances = [0, 1].map((number) =>
    sided("east", "aws:rds/clusterInstance:ClusterInstance", `${name}-${number}`, {
      clusterIdentifier: `${name}-id`,
      endpoint: `${name}-${number}.example.org`,
    }),
  );
  const names = { endpoint: `${name}.example.org`, readerEndpoint: `${name}-ro.example.org` };
  return [sided("east", CLUSTER, name, names), ...instances];
}

function record(role: "PRIMARY" | "SECONDARY", target: string | typeof UNKNOWN, more: Properties = {}) {
  return resource("aws:route53/record:Record", role, {
    name: "db.example.com",
    type: "CNAME",
    ttl: 60,
    zoneId: "Z1",
    setIdentifier: role,
    failoverRoutingPolicies: [{ type: role }],
    records: target === UNKNOWN ? UNKNOWN : [target],
    ...more,
  });
}

const simple = (name: string, target: string) =>
  resource("aws:route53/record:Record", name, {
    name: `${name}.example.com`,
    type: "CNAME",
    ttl: 60,
    zoneId: "Z1",
    records: [target],
  });

const plan = (...resources: StackResource[]) => planFromResources([...twoRegions, ...resources]);
const short = (urn: string | undefined) => urn?.split("::").at(-1);

/** The endpoints with their names, and where each record leads. */
function folded(...resources: StackResource[]) {
  const { endpoints, recordSets } = plan(...resources);
  return {
    endpoints: Object.fromEntries(endpoints.map(({ urn, hostNames }) => [short(urn), hostNames])),
    led: recordSets.map(({ endpoint }) => short(endpoint)),
  };
}

/** What a check of the PRIMARY that probes `fqdn` watches. */
function watched(fqdn: string, ...resources: StackResource[]) {
  const found = plan(httpCheck("check", { fqdn }), ...resources);
  const [check] = found.healthChecks;
  const primary = found.recordSets.find(({ setIdentifier }) => setIdentifier === "PRIMARY");
  assert.ok(check && primary);
  return watchedBy(found, check, primary).kind;
}

const A = ["a.example.org", "a-ro.example.org"];
const pair = [record("PRIMARY", "a.example.org"), record("SECONDARY", "b.example.org")];

describe("model/folded-endpoints", () => {
  it("takes what no set leads to for a name of the cluster that one does", () => {
    const { endpoints, led } = folded(
      ...cluster("a"),
      ...cluster("b"),
      ...pair,
      simple("db1", "a-0.example.org"),
    );
    assert.deepEqual(endpoints, {
      a: [...A, "a-0.example.org", "a-1.example.org"],
      b: ["b.example.org", "b-ro.example.org", "b-0.example.org", "b-1.example.org"],
    });
    assert.deepEqual(led, ["a", "b", "a"]);
  });

  it("sees a check of an instance, and of a simple name that leads there, as the cluster's", () => {
    const all = [...cluster("a"), ...cluster("b"), ...pair, simple("db1", "a-0.example.org")];
    assert.equal(watched("a-0.example.org", ...all), "own");
    assert.equal(watched("db1.example.com", ...all), "own");
    assert.equal(watched("a-ro.example.org", ...all), "own");
    assert.equal(watched("b-0.example.org", ...all), "other");
    assert.equal(watched("c-0.example.org", ...all), "untold");
  });

  it("leaves two instances of one cluster apart, and their cluster outside", () => {
    const two = [record("PRIMARY", "a-0.example.org"), record("SECONDARY", "a-1.example.org")];
    const { endpoints, led } = folded(...cluster("a"), ...two);
    assert.deepEqual(endpoints, { "a-0": ["a-0.example.org"], "a-1": ["a-1.example.org"] });
    assert.deepEqual(led, ["a-0", "a-1"]);
    assert.equal(watched("a.example.org", ...cluster("a"), ...two), "untold");
    assert.equal(watched("a-1.example.org", ...cluster("a"), ...two), "other");
  });

  it("does not say of a check what nothing tells where sets lead to a cluster and to one of its instances", () => {
    const other = record("PRIMARY", "a-0.example.org", { name: "other.example.com", setIdentifier: "other" });
    const stranger = { ...other, urn: `${other.urn}-other` };
    const all = [...cluster("a"), ...cluster("b"), ...pair, stranger];
    assert.equal(watched("a-0.example.org", ...all), "untold");
    assert.equal(watched("b.example.org", ...all), "other");
    const checks = ["a-0", "b"].map((name) => httpCheck(name, { fqdn: `${name}.example.org` }));
    const found = plan(...checks, ...all);
    const standings = new ProbeStandings(found, found.healthChecks);
    const letters = found.recordSets.map((each) => standings.of(each));
    assert.deepEqual(letters, ["ua", "ao", "oa"]);
  });

  for (const [what, primary, secondary, isRead] of [
    ["its writer and its reader", "a.example.org", "a-ro.example.org", false],
    ["names that are not known yet", UNKNOWN, UNKNOWN, false],
    ["one name, written in two ways", "a.example.org", "A.example.org.", true],
  ] as const) {
    it(`${isRead ? "reads" : "leaves out"} a cluster to which both sides lead by ${what}`, () => {
      const both = [record("PRIMARY", primary), record("SECONDARY", secondary)].map((one) => ({
        ...one,
        propertyDependencies: { records: [sided("east", CLUSTER, "a").urn] },
      }));
      const expected = isRead
        ? { endpoints: { a: [...A, "a-0.example.org", "a-1.example.org"] }, led: ["a", "a"] }
        : { endpoints: {}, led: [undefined, undefined] };
      assert.deepEqual(folded(...cluster("a"), ...both), expected);
    });
  }

  it("keeps a load balancer to which both sides lead by different names", () => {
    const balancer = sided("east", BALANCER, "web", { dnsName: "web.example.org" });
    const both = [record("PRIMARY", "web.example.org"), record("SECONDARY", "way.example.com")];
    assert.deepEqual(folded(balancer, simple("way", "web.example.org"), ...both), {
      endpoints: { web: ["web.example.org"] },
      led: ["web", "web", "web"],
    });
  });

  it("keeps what no set leads to where none leads to a relative either", () => {
    assert.deepEqual(folded(...cluster("a"), simple("db1", "a-0.example.org")), {
      endpoints: { a: A, "a-0": ["a-0.example.org"], "a-1": ["a-1.example.org"] },
      led: ["a-0"],
    });
  });
});
