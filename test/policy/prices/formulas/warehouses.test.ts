import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";

const REDSHIFT = "aws:redshift/cluster:Cluster";
const DOMAIN = "aws:opensearch/domain:Domain";
const COLLECTION = "aws:opensearch/serverlessCollection:ServerlessCollection";
const PIPELINE = "aws:opensearchingest/pipeline:Pipeline";
const small = { instanceType: "t3.small.search" };

const WORKGROUP = "aws:redshiftserverless/workgroup:Workgroup";

const CASES: readonly Case[] = [
  [
    "the public address of one node",
    REDSHIFT,
    { nodeType: "dc2.large", publiclyAccessible: true },
    { "dc2.large Redshift node": 182_500_000, "public IPv4 address": 3_650_000 },
  ],
  [
    "the public addresses of two nodes and their leader",
    REDSHIFT,
    { nodeType: "dc2.large", numberOfNodes: 2, publiclyAccessible: true },
    { "2 x dc2.large Redshift node": 365_000_000, "3 x public IPv4 address": 10_950_000 },
  ],
  [
    "an elastic IP apart",
    REDSHIFT,
    { nodeType: "dc2.large", publiclyAccessible: true, elasticIp: "192.0.2.1" },
    { "dc2.large Redshift node": 182_500_000 },
  ],
  [
    "nodes whose address is not known yet",
    REDSHIFT,
    { nodeType: "dc2.large", publiclyAccessible: UNKNOWN },
    {
      "dc2.large Redshift node": 182500000,
      "input publiclyAccessible": "publiclyAccessible is not known yet",
    },
  ],
  ["a private workgroup", WORKGROUP, { publiclyAccessible: false }, {}],
  ["a workgroup", WORKGROUP, {}, {}],
  [
    "a public workgroup",
    WORKGROUP,
    { publiclyAccessible: true },
    {
      "price publiclyAccessible":
        "how many public IPv4 addresses it has is not told; set publiclyAccessible to false",
    },
  ],
  [
    "a master password that Secrets Manager keeps",
    REDSHIFT,
    { nodeType: "dc2.large", manageMasterPassword: true },
    { "dc2.large Redshift node": 182_500_000, "secret of the master password": 400_000 },
  ],
  [
    "one node at least",
    REDSHIFT,
    { nodeType: "dc2.large", numberOfNodes: 0 },
    { "dc2.large Redshift node": 182_500_000 },
  ],
  ["one node", REDSHIFT, { nodeType: "dc2.large" }, { "dc2.large Redshift node": 182_500_000 }],
  [
    "two nodes",
    REDSHIFT,
    { nodeType: "dc2.large", clusterType: "multi-node", numberOfNodes: 2 },
    { "2 x dc2.large Redshift node": 365_000_000 },
  ],
  [
    "both zones",
    REDSHIFT,
    { nodeType: "dc2.large", multiAz: true },
    { "2 x dc2.large Redshift node": 365_000_000 },
  ],
  [
    "storage apart from nodes",
    REDSHIFT,
    { nodeType: "ra3.xlplus" },
    { "ra3.xlplus Redshift node": 792_780_000, "Redshift storage, 10 GB assumed": 240_000 },
  ],
  [
    "a node type without a price",
    REDSHIFT,
    { nodeType: "dc9.large" },
    { "price ": "the list has no price for dc9.large Redshift node" },
  ],
  [
    "an unknown number of nodes",
    REDSHIFT,
    { nodeType: "dc2.large", numberOfNodes: UNKNOWN },
    { "input numberOfNodes": "numberOfNodes is not known yet" },
  ],
  [
    "a snapshot",
    "aws:redshift/clusterSnapshot:ClusterSnapshot",
    {},
    { "Redshift snapshot, 10 GB assumed": 230_000 },
  ],
  [
    "a copied snapshot",
    "aws:redshift/snapshotCopy:SnapshotCopy",
    {},
    { "Redshift snapshot, 10 GB assumed": 230_000 },
  ],
  [
    "a serverless warehouse's storage",
    "aws:redshiftserverless/namespace:Namespace",
    {},
    { "Redshift Serverless storage, 10 GB assumed": 240_000 },
  ],
  [
    "a serverless warehouse's snapshot",
    "aws:redshiftserverless/snapshot:Snapshot",
    {},
    { "Redshift Serverless snapshot, 10 GB assumed": 240_000 },
  ],
  ["one search node", DOMAIN, { clusterConfig: small }, { "t3.small.search search node": 26_280_000 }],
  [
    "an Elasticsearch node",
    "aws:elasticsearch/domain:Domain",
    { elasticsearchVersion: "7.10", clusterConfig: { instanceType: "t3.small.elasticsearch" } },
    { "t3.small.search search node": 26_280_000 },
  ],
  [
    "an Elasticsearch domain that names no version",
    "aws:elasticsearch/domain:Domain",
    { clusterConfig: { instanceType: "t3.small.elasticsearch" } },
    {
      "t3.small.search search node": 26280000,
      "price elasticsearchVersion":
        "extended support of Elasticsearch_1.5 has no price in the list; move to OpenSearch_2.11 or newer",
    },
  ],
  [
    "a search domain in extended support",
    DOMAIN,
    { engineVersion: "Elasticsearch_6.8", clusterConfig: small },
    {
      "t3.small.search search node": 26280000,
      "price engineVersion":
        "extended support of Elasticsearch_6.8 has no price in the list; move to OpenSearch_2.11 or newer",
    },
  ],
  [
    "a search domain of an unknown version",
    DOMAIN,
    { engineVersion: UNKNOWN, clusterConfig: small },
    { "t3.small.search search node": 26280000, "input engineVersion": "engineVersion is not known yet" },
  ],
  [
    "search nodes with storage and masters",
    DOMAIN,
    {
      clusterConfig: { ...small, instanceCount: 2, dedicatedMasterEnabled: true },
      ebsOptions: { ebsEnabled: true, volumeSize: 10, volumeType: "gp3" },
    },
    {
      "2 x t3.small.search search node": 52_560_000,
      "3 x t3.small.search dedicated master": 78_840_000,
      "search storage, 2 x 10 GB gp3": 2_440_000,
    },
  ],
  [
    "gp2 storage by default",
    DOMAIN,
    { clusterConfig: small, ebsOptions: { ebsEnabled: true, volumeSize: 10 } },
    { "t3.small.search search node": 26_280_000, "search storage, 1 x 10 GB gp2": 1_350_000 },
  ],
  [
    "the default type, which has no price",
    DOMAIN,
    {},
    { "price ": "the list has no price for m4.large.search search node" },
  ],
  [
    "storage without a size",
    DOMAIN,
    { clusterConfig: small, ebsOptions: { ebsEnabled: true } },
    { "price ebsOptions.volumeSize": "ebsOptions.volumeSize is not set" },
  ],
  [
    "operations at 3,000",
    DOMAIN,
    {
      clusterConfig: small,
      ebsOptions: { ebsEnabled: true, volumeSize: 1, volumeType: "gp3", iops: 3000, throughput: 125 },
    },
    { "t3.small.search search node": 26_280_000, "search storage, 1 x 1 GB gp3": 122_000 },
  ],
  [
    "operations above 3,000",
    DOMAIN,
    { clusterConfig: small, ebsOptions: { ebsEnabled: true, volumeSize: 1, volumeType: "gp3", iops: 3001 } },
    {
      "t3.small.search search node": 26280000,
      "search storage, 1 x 1 GB gp3": 122000,
      "price ebsOptions.iops": "provisioned operations have no price in the list",
    },
  ],
  [
    "throughput above 125",
    DOMAIN,
    {
      clusterConfig: small,
      ebsOptions: { ebsEnabled: true, volumeSize: 1, volumeType: "gp3", throughput: 126 },
    },
    {
      "t3.small.search search node": 26280000,
      "search storage, 1 x 1 GB gp3": 122000,
      "price ebsOptions.throughput": "provisioned throughput has no price in the list",
    },
  ],
  [
    "warm nodes",
    DOMAIN,
    { clusterConfig: { ...small, warmEnabled: true, warmType: "ultrawarm1.medium.search", warmCount: 2 } },
    {
      "t3.small.search search node": 26280000,
      "2 x ultrawarm1.medium.search warm node": 347480000,
      "price clusterConfig.warmEnabled": "warm storage bills what it holds, which the program does not show",
    },
  ],
  [
    "coordinators",
    DOMAIN,
    { clusterConfig: { ...small, nodeOptions: [{}] } },
    {
      "t3.small.search search node": 26280000,
      "price clusterConfig.nodeOptions": "coordinator nodes have no price in the list",
    },
  ],
  [
    "an unknown cluster",
    DOMAIN,
    { clusterConfig: UNKNOWN },
    {
      "input clusterConfig.instanceType": "clusterConfig.instanceType is not known yet",
      "input clusterConfig.instanceCount": "clusterConfig.instanceCount is not known yet",
      "input clusterConfig.dedicatedMasterEnabled": "clusterConfig.dedicatedMasterEnabled is not known yet",
      "input clusterConfig.warmEnabled": "clusterConfig.warmEnabled is not known yet",
      "input clusterConfig.nodeOptions": "clusterConfig.nodeOptions is not known yet",
    },
  ],
  ["a collection with its replica", COLLECTION, {}, { "serverless search, 2 OCU at least": 350_400_000 }],
  [
    "a collection without",
    COLLECTION,
    { standbyReplicas: "DISABLED" },
    { "serverless search, 1 OCU at least": 175_200_000 },
  ],
  ["a pipeline", PIPELINE, { minUnits: 2 }, { "ingestion pipeline, 2 OCU at least": 350_400_000 }],
  ["a pipeline without a minimum", PIPELINE, {}, { "price minUnits": "minUnits is not set" }],
];

describe("policy/prices/formulas/warehouses", () => {
  priceCases(CASES);
});
