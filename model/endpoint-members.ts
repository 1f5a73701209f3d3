import type { Endpoint, FailoverPlan } from "./failover-plan";
import type { StackJoins } from "./stack-joins";
import type { StackResource } from "./stack-resource";

/** A property of one type that holds the id, or the name, of a resource of another. */
interface Link {
  readonly from: string;
  readonly property: string;
  readonly to: string;
  /** The property by which the other calls itself, where a program can write the name in both places. */
  readonly name: string;
}

/** What a resource serves with or through, none of them twice. */
type MembersOf = (resource: StackResource, joins: StackJoins) => readonly StackResource[];

/** Modules whose clusters hold the data and have resources of their own for what answers. */
const CLUSTER_MODULES = ["rds", "docdb", "neptune"] as const;
const PROXY_TARGET = "aws:rds/proxyTarget:ProxyTarget";
const PROXY = "aws:rds/proxy:Proxy";

const clusterLink = (module: string, by: "clusterInstance" | "clusterEndpoint"): Link => ({
  from: `aws:${module}/${by}:${by[0]?.toUpperCase()}${by.slice(1)}`,
  property: "clusterIdentifier",
  to: `aws:${module}/cluster:Cluster`,
  name: "clusterIdentifier",
});
const NODE_OF_GROUP: Link = {
  from: "aws:elasticache/cluster:Cluster",
  property: "replicationGroupId",
  to: "aws:elasticache/replicationGroup:ReplicationGroup",
  name: "replicationGroupId",
};
const TARGET_OF_PROXY: Link = { from: PROXY_TARGET, property: "dbProxyName", to: PROXY, name: "name" };
const DOOR_OF_PROXY: Link = { ...TARGET_OF_PROXY, from: "aws:rds/proxyEndpoint:ProxyEndpoint" };
const TARGET_CLUSTER: Link = {
  from: PROXY_TARGET,
  property: "dbClusterIdentifier",
  to: "aws:rds/cluster:Cluster",
  name: "clusterIdentifier",
};
const TARGET_INSTANCE: Link = {
  from: PROXY_TARGET,
  property: "dbInstanceIdentifier",
  to: "aws:rds/instance:Instance",
  name: "identifier",
};

const instancesOf =
  (module: string): MembersOf =>
  (cluster, joins) =>
    linkedTo(cluster, clusterLink(module, "clusterInstance"), joins);

/** A cluster with its instances, by whatever names it. */
const wholeClusters =
  (link: Link, module: string): MembersOf =>
  (resource, joins) =>
    linkedFrom(resource, link, joins).flatMap((cluster) => [cluster, ...instancesOf(module)(cluster, joins)]);

const behindProxy: MembersOf = (proxy, joins) =>
  linkedTo(proxy, TARGET_OF_PROXY, joins).flatMap((target) => [
    target,
    ...linkedFrom(target, TARGET_INSTANCE, joins),
    ...wholeClusters(TARGET_CLUSTER, "rds")(target, joins),
  ]);

const MEMBERS: Readonly<Record<string, MembersOf>> = {
  ...Object.fromEntries(
    CLUSTER_MODULES.flatMap((module): [string, MembersOf][] => {
      const [instance, custom] = [
        clusterLink(module, "clusterInstance"),
        clusterLink(module, "clusterEndpoint"),
      ];
      return [
        [instance.to, instancesOf(module)],
        // Its neighbours serve others: only what it cannot do without is with it.
        [instance.from, (one, joins) => linkedFrom(one, instance, joins)],
        [custom.from, wholeClusters(custom, module)],
      ];
    }),
  ),
  [PROXY]: behindProxy,
  [DOOR_OF_PROXY.from]: (door, joins) =>
    linkedFrom(door, DOOR_OF_PROXY, joins).flatMap((proxy) => [proxy, ...behindProxy(proxy, joins)]),
  [NODE_OF_GROUP.to]: (group, joins) => linkedTo(group, NODE_OF_GROUP, joins),
  [NODE_OF_GROUP.from]: (node, joins) => linkedFrom(node, NODE_OF_GROUP, joins),
};

/**
 * URNs of what a cluster, a proxy or a part of one serves with: instances of a cluster, the cluster of an instance,
 * the database behind a proxy. Empty for what serves by itself.
 */
export function membersOf(resource: StackResource, joins: StackJoins): readonly string[] {
  const found = Object.hasOwn(MEMBERS, resource.type) ? MEMBERS[resource.type]?.(resource, joins) : undefined;
  return [...new Set((found ?? []).map(({ urn }) => urn))];
}

/** By id or dependency, else by the name that the program wrote twice; names are unique in their region only. */
function linkedFrom(
  one: StackResource,
  { property, to, name }: Link,
  joins: StackJoins,
): readonly StackResource[] {
  const byName = joins.grouped(`${to} that calls itself by ${name}`, to, ({ properties }) => {
    const own = properties[name];
    return typeof own === "string" && own !== "" ? [own] : [];
  });
  const given = one.properties[property];
  const named = typeof given === "string" ? (byName.get(given) ?? []) : [];
  const found = new Set([...joins.references(one, property, to).found, ...named]);
  const region = joins.regionOf(one);
  return [...found].filter((other) => joins.regionOf(other) === region);
}

function linkedTo(other: StackResource, link: Link, joins: StackJoins): readonly StackResource[] {
  const found = joins.grouped(`${link.from} by the ${link.to} of ${link.property}`, link.from, (one) =>
    linkedFrom(one, link, joins).map(({ urn }) => urn),
  );
  return found.get(other.urn) ?? [];
}

/** Lists that never change: URN -> what it is a member of, and what are its members. */
const related = new WeakMap<readonly Endpoint[], ReadonlyMap<string, ReadonlySet<string>>>();

/**
 * URNs of what serves with an endpoint or through it, so that nothing shows whether the loss of one is seen at the
 * other: an instance may be all that its cluster has, or one of many.
 */
export function relativesOf(
  { endpoints }: Pick<FailoverPlan, "endpoints">,
  urn: string,
): ReadonlySet<string> {
  let index = related.get(endpoints);
  if (!index) {
    const made = new Map<string, Set<string>>();
    const add = (of: string, relative: string) => made.set(of, (made.get(of) ?? new Set()).add(relative));
    for (const { urn: own, members = [] } of endpoints) {
      for (const member of members) {
        add(own, member);
        add(member, own);
      }
    }
    index = made;
    related.set(endpoints, index);
  }
  return index.get(urn) ?? NONE;
}

const NONE: ReadonlySet<string> = new Set();
