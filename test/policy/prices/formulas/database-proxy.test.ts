import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { standby } from "../meters";

const PROXY = "aws:rds/proxy:Proxy";
const DATABASE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const MEMBER = "aws:rds/clusterInstance:ClusterInstance";

const target = (properties: Properties) =>
  standby("aws:rds/proxyTarget:ProxyTarget", "target", { dbProxyName: "p", ...properties });
const toInstance = target({ dbInstanceIdentifier: "main", dbClusterIdentifier: "" });
const toCluster = target({ dbClusterIdentifier: "aurora" });
/** The provider's id of an instance is not its identifier. */
const database = (instanceClass: Properties[string]) =>
  standby(DATABASE, "main", { identifier: "main", instanceClass }, { id: "db-ABC" });
const cluster = (properties: Properties = {}) =>
  standby(CLUSTER, "aurora", { clusterIdentifier: "aurora", ...properties }, { id: "aurora" });
const member = (name: string, instanceClass: Properties[string]) =>
  standby(MEMBER, name, { clusterIdentifier: "aurora", instanceClass });
const p = { name: "p" };
const FOREIGN = "its target's database is not in this stack, so its vCPUs cannot be counted";

const CASES: readonly Case[] = [
  [
    "a proxy of an instance by its identifier",
    PROXY,
    p,
    { "database proxy, 4 vCPU": 43_800_000 },
    [toInstance, database("db.m5.xlarge")],
  ],
  [
    "a proxy of a small instance by the least",
    PROXY,
    p,
    { "database proxy, 2 vCPU": 21_900_000 },
    [toInstance, database("db.t2.small")],
  ],
  [
    "a proxy of an instance of an unknown class",
    PROXY,
    p,
    { "input instanceClass": "instanceClass is not known yet" },
    [toInstance, database(UNKNOWN)],
  ],
  [
    "a proxy of an instance of a class without a size",
    PROXY,
    p,
    { "price instanceClass": "the vCPUs of db.odd are not known" },
    [toInstance, database("db.odd")],
  ],
  [
    "a proxy of an instance without a class",
    PROXY,
    p,
    { "price instanceClass": "the instanceClass of its target is not set" },
    [toInstance, database(undefined)],
  ],
  [
    "a proxy of an instance from elsewhere",
    PROXY,
    p,
    { "price dbInstanceIdentifier": FOREIGN },
    [toInstance],
  ],
  [
    "a proxy of an instance that is not known yet",
    PROXY,
    p,
    { "input dbInstanceIdentifier": "dbInstanceIdentifier is not known yet" },
    [target({ dbInstanceIdentifier: UNKNOWN })],
  ],
  [
    "a proxy without a target",
    PROXY,
    p,
    { "price ": "its target is not in this stack, so its vCPUs cannot be counted" },
  ],
  [
    "a proxy of a cluster by all of its instances",
    PROXY,
    p,
    { "database proxy, 6 vCPU": 65_700_000 },
    [toCluster, cluster(), member("one", "db.r6g.xlarge"), member("two", "db.t4g.medium")],
  ],
  [
    "a proxy of a cluster of three",
    PROXY,
    p,
    { "database proxy, 6 vCPU": 65_700_000 },
    [toCluster, cluster({ dbClusterInstanceClass: "db.m5d.large" })],
  ],
  [
    "a proxy of a cluster with a serverless instance",
    PROXY,
    p,
    {
      "price instanceClass":
        "in front of a serverless database it bills by capacity units, whose price is not in the list",
    },
    [toCluster, cluster(), member("one", "db.r6g.large"), member("two", "db.serverless")],
  ],
  [
    "a proxy of a cluster without instances",
    PROXY,
    p,
    {
      "price clusterIdentifier": "its cluster has no instance in this stack, so its vCPUs cannot be counted",
    },
    [toCluster, cluster()],
  ],
  ["a proxy of a cluster from elsewhere", PROXY, p, { "price dbClusterIdentifier": FOREIGN }, [toCluster]],
  [
    "a proxy of a cluster that is not known yet",
    PROXY,
    p,
    { "input dbClusterIdentifier": "dbClusterIdentifier is not known yet" },
    [target({ dbClusterIdentifier: UNKNOWN, dbInstanceIdentifier: "" })],
  ],
];

describe("policy/prices/formulas/database-proxy", () => priceCases(CASES));
