import { type Properties, UNKNOWN, type Unknown } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { standby } from "../meters";

const STREAM = "aws:kinesis/stream:Stream";
const CONSUMER = "aws:kinesis/streamConsumer:StreamConsumer";
const KAFKA = "aws:msk/cluster:Cluster";
const CONNECTOR = "aws:mskconnect/connector:Connector";
const BROKER = "aws:mq/broker:Broker";
const MIGRATION = "aws:dms/replicationInstance:ReplicationInstance";
const FROM_MEMORY = "its price is from memory, which may refuse and never pass";
const source = standby(STREAM, "s", { arn: "arn:stream", shardCount: 3 }, { id: "s" });
const small = (volumeSize: number | null = null, connectivityInfo: Properties = {}) => ({
  numberOfBrokerNodes: 2,
  brokerNodeGroupInfo: {
    connectivityInfo,
    instanceType: "kafka.t3.small",
    storageInfo: { ebsStorageInfo: { volumeSize } },
  },
});

const PUBLIC = "brokerNodeGroupInfo.connectivityInfo.publicAccess.type";
const reached = (type: string | Unknown) => small(10, { publicAccess: { type } });

const CASES: readonly Case[] = [
  ...(
    [
      ["ActiveMQ", "mq.m5.large", "ACTIVE_STANDBY_MULTI_AZ", "2 x public IPv4 address", 7_300_000],
      ["ActiveMQ", "mq.t2.micro", undefined, "public IPv4 address", 3_650_000],
      ["RabbitMQ", "mq.m5.xlarge", "CLUSTER_MULTI_AZ", "3 x public IPv4 address", 10_950_000],
    ] as const
  ).map(([engineType, hostInstanceType, deploymentMode, item, amount]): Case => {
    const mode = (deploymentMode ?? "SINGLE_INSTANCE").toLowerCase().replaceAll("_", " ");
    const hours = { "mq.m5.large": 420_480_000, "mq.t2.micro": 21_900_000, "mq.m5.xlarge": 1_261_440_000 };
    return [
      `the public addresses of ${hostInstanceType}`,
      BROKER,
      { engineType, hostInstanceType, deploymentMode, publiclyAccessible: true },
      {
        [`${hostInstanceType} ${engineType.toLowerCase()} broker, ${mode}`]: hours[hostInstanceType],
        ...(engineType === "RabbitMQ" ? { "broker storage, 3 x 10 GB assumed": 3_000_000 } : {}),
        [item]: amount,
      },
    ];
  }),
  ...(
    [
      [false, "", "public IPv4 address", 1],
      [true, ", Multi-AZ", "2 x public IPv4 address", 2],
    ] as const
  ).map(
    ([multiAz, where, item, copies]): Case => [
      `the public address of a replication instance${where}`,
      MIGRATION,
      { replicationInstanceClass: "dms.t2.micro", allocatedStorage: 10, multiAz, publiclyAccessible: true },
      {
        ...(multiAz
          ? {
              "dms.t2.micro replication instance, Multi-AZ": 26_280_000,
              "replication storage, 10 GB, Multi-AZ": 2_300_000,
            }
          : { "price ": "the list has no price for replication storage, 10 GB" }),
        [item]: 3_650_000 * copies,
      },
    ],
  ),
  ["five shards", STREAM, { shardCount: 5 }, { "5 x stream shard": 54_750_000 }],
  ["records of 24 hours", STREAM, { shardCount: 1, retentionPeriod: 24 }, { "stream shard": 10_950_000 }],
  [
    "records of 25 hours",
    STREAM,
    { shardCount: 1, retentionPeriod: 25 },
    {
      "stream shard": 10950000,
      "price retentionPeriod": "records kept above 24 hours have no price in the list",
    },
  ],
  [
    "metrics of each shard",
    STREAM,
    { shardCount: 1, shardLevelMetrics: ["IncomingBytes"] },
    { "stream shard": 10950000, "price shardLevelMetrics": "metrics of each shard bill by their number" },
  ],
  [
    "an on-demand stream",
    STREAM,
    { streamModeDetails: { streamMode: "ON_DEMAND" } },
    { "on-demand stream": 29_200_000 },
  ],
  ["a stream without shards", STREAM, {}, { "price shardCount": "shardCount is not set" }],
  [
    "an unknown number of shards",
    STREAM,
    { shardCount: UNKNOWN },
    { "input shardCount": "shardCount is not known yet" },
  ],
  [
    "a consumer of every shard",
    CONSUMER,
    { streamArn: "arn:stream" },
    { "3 x fan-out consumer of one shard": 32_850_000 },
    [source],
  ],
  [
    "a consumer of a stream from elsewhere",
    CONSUMER,
    { streamArn: "arn:other" },
    { "price streamArn": "the shards of its stream cannot be read" },
    [source],
  ],
  [
    "two brokers",
    KAFKA,
    small(10),
    { "2 x kafka.t3.small broker": 66_576_000, "broker storage, 2 x 10 GB": 2_000_000 },
  ],
  [
    "two brokers on the internet",
    KAFKA,
    reached("SERVICE_PROVIDED_EIPS"),
    {
      "2 x kafka.t3.small broker": 66_576_000,
      "broker storage, 2 x 10 GB": 2_000_000,
      "2 x public IPv4 address": 7_300_000,
    },
  ],
  [
    "two brokers off the internet",
    KAFKA,
    reached("DISABLED"),
    { "2 x kafka.t3.small broker": 66_576_000, "broker storage, 2 x 10 GB": 2_000_000 },
  ],
  [
    "two brokers that may be on the internet",
    KAFKA,
    reached(UNKNOWN),
    {
      "2 x kafka.t3.small broker": 66576000,
      "broker storage, 2 x 10 GB": 2000000,
      [`input ${PUBLIC}`]: `${PUBLIC} is not known yet`,
    },
  ],
  [
    "brokers without a size of storage",
    KAFKA,
    small(),
    {
      "price brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize":
        "brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize is not set",
    },
  ],
  [
    "monitoring by broker",
    KAFKA,
    { ...small(10), enhancedMonitoring: "PER_BROKER" },
    {
      "2 x kafka.t3.small broker": 66576000,
      "broker storage, 2 x 10 GB": 2000000,
      "price enhancedMonitoring": "enhanced monitoring bills by its metrics",
    },
  ],
  [
    "serverless Kafka",
    "aws:msk/serverlessCluster:ServerlessCluster",
    {},
    { "serverless Kafka cluster": 547_500_000 },
  ],
  [
    "a replicator, from memory",
    "aws:msk/replicator:Replicator",
    {},
    { "Kafka replicator": 219_000_000, "memory ": FROM_MEMORY },
  ],
  [
    "a connector, from memory",
    CONNECTOR,
    { capacity: { provisionedCapacity: { mcuCount: 2, workerCount: 3 } } },
    { "6 x connector unit": 481_800_000, "memory ": FROM_MEMORY },
  ],
  [
    "a scaled connector by its minimum",
    CONNECTOR,
    { capacity: { autoscaling: { mcuCount: 1, minWorkerCount: 1, maxWorkerCount: 9 } } },
    { "connector unit": 80_300_000, "memory ": FROM_MEMORY },
  ],
  [
    "a broker with a standby",
    BROKER,
    { engineType: "ActiveMQ", hostInstanceType: "mq.m5.large", deploymentMode: "ACTIVE_STANDBY_MULTI_AZ" },
    {
      "mq.m5.large activemq broker, active standby multi az": 420_480_000,
    },
  ],
  [
    "a RabbitMQ cluster",
    BROKER,
    { engineType: "RabbitMQ", hostInstanceType: "mq.m5.xlarge", deploymentMode: "CLUSTER_MULTI_AZ" },
    {
      "mq.m5.xlarge rabbitmq broker, cluster multi az": 1_261_440_000,
      "broker storage, 3 x 10 GB assumed": 3_000_000,
    },
  ],
  [
    "a broker without a price",
    BROKER,
    { engineType: "RabbitMQ", hostInstanceType: "mq.m9.large" },
    {
      "broker storage, 10 GB assumed": 1_000_000,
      "price ": "the list has no price for mq.m9.large rabbitmq broker, single instance",
    },
  ],
  [
    "an unknown deployment",
    BROKER,
    { engineType: "RabbitMQ", hostInstanceType: "mq.m5.xlarge", deploymentMode: UNKNOWN },
    { "input deploymentMode": "deploymentMode is not known yet" },
  ],
  [
    "a replication instance in two zones",
    MIGRATION,
    { replicationInstanceClass: "dms.t2.micro", multiAz: true, allocatedStorage: 10 },
    {
      "dms.t2.micro replication instance, Multi-AZ": 26_280_000,
      "replication storage, 10 GB, Multi-AZ": 2_300_000,
    },
  ],
  [
    "a replication instance in one zone, which has no price",
    MIGRATION,
    { replicationInstanceClass: "dms.t2.micro" },
    { "price ": "the list has no price for replication storage, 50 GB" },
  ],
  ["a time series", "aws:timestreamwrite/table:Table", {}, { "time series storage, 1 GB assumed": 30_000 }],
];

describe("policy/prices/formulas/streams", () => {
  priceCases(CASES);
});
