import assert from "node:assert/strict";
import { membersOf, relativesOf } from "../../model/endpoint-members";
import { serviceEndpoints } from "../../model/service-endpoints";
import { StackJoins } from "../../model/stack-joins";
import type { StackResource } from "../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../model/unknown";
import { sided, twoRegions } from "./sided-pairs";
import { type FixtureOptions, resource, urn } from "./stack-fixture";

const DATABASE = "aws:rds/instance:Instance";
const PROXY = "aws:rds/proxy:Proxy";
const TARGET = "aws:rds/proxyTarget:ProxyTarget";
const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const NODE = "aws:elasticache/cluster:Cluster";

const names = (one: StackResource, others: readonly StackResource[]) =>
  membersOf(one, new StackJoins([...twoRegions, one, ...others])).map((each) => each.split("::").at(-1));
const east = (type: string, name: string, properties: Properties = {}, options: FixtureOptions = {}) => ({
  ...resource(type, name, properties, options),
  provider: sided("east", type, name).provider,
});
const west = (type: string, name: string, properties: Properties = {}) =>
  sided("west", type, name, properties);

describe("model/endpoint-members", () => {
  for (const module of ["rds", "docdb", "neptune"]) {
    const CLUSTER = `aws:${module}/cluster:Cluster`;
    const INSTANCE = `aws:${module}/clusterInstance:ClusterInstance`;

    it(`joins the instances of a ${module} cluster by id, by name, and by what they were computed from`, () => {
      const cluster = east(CLUSTER, "people", { clusterIdentifier: "people" });
      const unborn = east(CLUSTER, "people", { clusterIdentifier: "people" }, { id: UNKNOWN });
      const by = (clusterIdentifier: Properties[string], from: Record<string, string[]> = {}) =>
        east(INSTANCE, "one", { clusterIdentifier }, { from });
      assert.deepEqual(names(cluster, [by("people-id")]), ["one"]);
      assert.deepEqual(names(unborn, [by("people")]), ["one"]);
      assert.deepEqual(names(unborn, [by(UNKNOWN, { clusterIdentifier: [unborn.urn] })]), ["one"]);
      assert.deepEqual(names(by("people-id"), [cluster]), ["people"]);
      assert.deepEqual(names(cluster, [by("others")]), []);
      assert.deepEqual(names(unborn, [by(UNKNOWN)]), []);
      assert.deepEqual(names(cluster, [west(INSTANCE, "one", { clusterIdentifier: "people" })]), []);
    });
  }

  it("gives a custom endpoint its whole cluster, and an instance the cluster without its neighbours", () => {
    const cluster = east("aws:rds/cluster:Cluster", "people");
    const instances = ["one", "two"].map((name) =>
      east("aws:rds/clusterInstance:ClusterInstance", name, { clusterIdentifier: "people-id" }),
    );
    const custom = east("aws:rds/clusterEndpoint:ClusterEndpoint", "custom", {
      clusterIdentifier: "people-id",
    });
    assert.deepEqual(names(custom, [cluster, ...instances]), ["people", "one", "two"]);
    assert.deepEqual(names(instances[0] as StackResource, [cluster, ...instances.slice(1), custom]), [
      "people",
    ]);
  });

  it("finds the database behind a proxy and behind an endpoint of the proxy", () => {
    const proxy = east(PROXY, "proxy", { name: "people" });
    const door = east("aws:rds/proxyEndpoint:ProxyEndpoint", "door", { dbProxyName: "people" });
    const cluster = east("aws:rds/cluster:Cluster", "cluster", { clusterIdentifier: "c" });
    const instance = east("aws:rds/clusterInstance:ClusterInstance", "one", { clusterIdentifier: "c" });
    const database = east(DATABASE, "database", { identifier: "d" }, { id: "db-1" });
    const target = (properties: Properties) =>
      east(TARGET, "target", { dbProxyName: "people", ...properties });
    const ofCluster = [target({ dbClusterIdentifier: "c" }), cluster, instance, database];
    assert.deepEqual(names(proxy, ofCluster), ["target", "cluster", "one"]);
    assert.deepEqual(names(door, [proxy, ...ofCluster]), ["proxy", "target", "cluster", "one"]);
    assert.deepEqual(names(proxy, [target({ dbInstanceIdentifier: "d" }), cluster, database]), [
      "target",
      "database",
    ]);
    assert.deepEqual(names(proxy, [east(TARGET, "target", { dbProxyName: "other" }), database]), []);
  });

  it("joins the nodes that are added to a replication group", () => {
    const group = east(GROUP, "group", { replicationGroupId: "g" });
    const node = east(NODE, "node", { replicationGroupId: "g" });
    assert.deepEqual(names(group, [node, east(NODE, "alone")]), ["node"]);
    assert.deepEqual(names(node, [group]), ["group"]);
    assert.deepEqual(names(east(NODE, "alone"), [group, node]), []);
  });

  it("has none for what serves by itself, and for values of any kind", () => {
    assert.deepEqual(names(east(DATABASE, "database"), []), []);
    for (const odd of [null, 1, [], {}, true]) {
      const node = east(NODE, "node", { replicationGroupId: odd as never });
      assert.deepEqual(names(node, [east(GROUP, "group", { replicationGroupId: odd as never })]), []);
    }
  });

  it("tells relatives both ways", () => {
    const cluster = east("aws:rds/cluster:Cluster", "people");
    const one = east("aws:rds/clusterInstance:ClusterInstance", "one", { clusterIdentifier: "people-id" });
    const endpoints = serviceEndpoints(new StackJoins([...twoRegions, cluster, one]));
    assert.deepEqual([...relativesOf({ endpoints }, one.urn)], [cluster.urn]);
    assert.deepEqual([...relativesOf({ endpoints }, cluster.urn)], [one.urn]);
    assert.deepEqual([...relativesOf({ endpoints }, urn(DATABASE, "other"))], []);
  });
});
