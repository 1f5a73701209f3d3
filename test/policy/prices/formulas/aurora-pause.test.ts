import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { standby } from "../meters";

const CLUSTER = "aws:rds/cluster:Cluster";
const MEMBER = "aws:rds/clusterInstance:ClusterInstance";

const serverless = { clusterIdentifier: "c", engine: "aurora-mysql", instanceClass: "db.serverless" };
const paused = (properties: Properties = {}, minCapacity = 0) =>
  standby(
    CLUSTER,
    "c",
    {
      engine: "aurora-mysql",
      clusterIdentifier: "c",
      serverlessv2ScalingConfiguration: { minCapacity, maxCapacity: 4 },
      ...properties,
    },
    { id: "c" },
  );
const keptAwake = (by: string) => ({
  [`Aurora Serverless v2, 0.5 ACU at least, as ${by} keeps it from pausing`]: 43_800_000,
});
const ARN = "arn:aws:rds:us-east-1:123456789012:cluster:c";
/** Another cluster of a global database. */
const primaryOf = (globalClusterIdentifier: string, hasPassword: boolean) =>
  standby(
    CLUSTER,
    "p",
    {
      clusterIdentifier: "p",
      globalClusterIdentifier,
      ...(hasPassword && { manageMasterUserPassword: true }),
    },
    { id: "p" },
  );

const CASES: readonly Case[] = [
  [
    "Serverless v2 behind a proxy",
    MEMBER,
    serverless,
    keptAwake("an RDS Proxy"),
    [
      paused(),
      standby("aws:rds/proxy:Proxy", "door", { name: "door" }, { id: "door" }),
      standby("aws:rds/proxyTarget:ProxyTarget", "t", { dbProxyName: "door", dbClusterIdentifier: "c" }),
    ],
  ],
  [
    "Serverless v2 of a global database's primary",
    MEMBER,
    serverless,
    keptAwake("its global database"),
    [paused({ globalClusterIdentifier: "g", masterPassword: "x" }), primaryOf("g", false)],
  ],
  [
    "Serverless v2 of what a global database was made from",
    MEMBER,
    serverless,
    keptAwake("its global database"),
    [
      paused({ arn: ARN }),
      standby("aws:rds/globalCluster:GlobalCluster", "g", { sourceDbClusterIdentifier: ARN }),
    ],
  ],
  [
    "Serverless v2 of a global database's secondary, which pauses",
    MEMBER,
    serverless,
    {},
    [paused({ globalClusterIdentifier: "g" }), primaryOf("g", true)],
  ],
  [
    "Serverless v2 of a global database whose primary nothing tells",
    MEMBER,
    serverless,
    keptAwake("its global database"),
    [paused({ globalClusterIdentifier: "g" }), primaryOf("other", true)],
  ],
  ...(
    [
      { masterPassword: UNKNOWN },
      { masterPasswordWo: "x" },
      { snapshotIdentifier: "s" },
      { restoreToPointInTime: { sourceClusterIdentifier: "old" } },
    ] as Properties[]
  ).map(
    (given): Case => [
      `Serverless v2 of a secondary beside a primary with ${Object.keys(given)[0]}`,
      MEMBER,
      serverless,
      {},
      [
        paused({ globalClusterIdentifier: "g" }),
        standby(
          CLUSTER,
          "p",
          { clusterIdentifier: "p", globalClusterIdentifier: "g", ...given },
          { id: "p" },
        ),
      ],
    ],
  ),
  [
    "Serverless v2 of a cluster whose global database is empty text",
    MEMBER,
    serverless,
    {},
    [paused({ globalClusterIdentifier: "" })],
  ],
  [
    "Serverless v2 of a global database that is not known yet",
    MEMBER,
    serverless,
    keptAwake("its global database"),
    [paused({ globalClusterIdentifier: UNKNOWN }), primaryOf("other", true)],
  ],
  ...(
    [
      ["rds.logical_replication", "1", true],
      ["rds.logical_replication", "0", false],
      ["binlog_format", "ROW", true],
      ["binlog_format", "OFF", false],
      ["max_connections", "10", false],
    ] as const
  ).map(
    ([name, value, isAwake]): Case => [
      `Serverless v2 with ${name} ${value}`,
      MEMBER,
      serverless,
      isAwake ? keptAwake(`${name} ${value}`) : {},
      [
        paused({ dbClusterParameterGroupName: "group" }),
        standby(
          "aws:rds/clusterParameterGroup:ClusterParameterGroup",
          "group",
          { name: "group", parameters: [{ name, value }] },
          { id: "group" },
        ),
      ],
    ],
  ),
  [
    "Serverless v2 with a zero-ETL integration",
    MEMBER,
    serverless,
    keptAwake("a zero-ETL integration"),
    [paused({ arn: ARN }), standby("aws:rds/integration:Integration", "etl", { sourceArn: ARN })],
  ],
  [
    "Serverless v2 that is told to stay awake, and would anyway",
    MEMBER,
    serverless,
    { "Aurora Serverless v2, 1 ACU at least": 87_600_000 },
    [paused({ globalClusterIdentifier: "g", masterPassword: "x" }, 1)],
  ],
];

describe("policy/prices/formulas/aurora-pause", () => priceCases(CASES));
