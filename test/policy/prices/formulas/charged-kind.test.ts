import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";

const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const ADDON = "aws:eks/addon:Addon";
const DELIVERY = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const ANALYZER = "aws:accessanalyzer/analyzer:Analyzer";
const SCHEDULE = "aws:scheduler/schedule:Schedule";

const MACHINE =
  "a client of the client_credentials flow is charged by the month, and its price is not in the list";
const VPC = "delivery into a VPC is charged by the hour and zone, at a price that is not in the list";
const RUNS =
  "it is charged by what its schedule starts, with or without requests, so no price is known beforehand; set state to DISABLED";
const watched = (type: string) =>
  `an analysis of ${type} is charged by the month for what it watches in the account, which this stack does not show`;

const CASES: readonly Case[] = [
  ["a client without a flow", CLIENT, {}, {}],
  ["a client of the flows for people", CLIENT, { allowedOauthFlows: ["code", "implicit"] }, {}],
  [
    "a client of the machine flow",
    CLIENT,
    { allowedOauthFlows: ["client_credentials"] },
    { "price allowedOauthFlows": MACHINE },
  ],
  [
    "a client of unknown flows",
    CLIENT,
    { allowedOauthFlows: UNKNOWN },
    { "input allowedOauthFlows": "allowedOauthFlows is not known yet" },
  ],
  [
    "a client of one unknown flow",
    CLIENT,
    { allowedOauthFlows: ["code", UNKNOWN] },
    { "input allowedOauthFlows": "allowedOauthFlows is not known yet" },
  ],
  ["the network add-on", ADDON, { addonName: "vpc-cni" }, {}],
  ["the metrics server", ADDON, { addonName: "metrics-server" }, {}],
  [
    "an add-on that sends what is charged",
    ADDON,
    { addonName: "amazon-cloudwatch-observability" },
    {
      "price addonName":
        "amazon-cloudwatch-observability is not one of the add-ons that are known to be free",
    },
  ],
  [
    "an add-on of the marketplace",
    ADDON,
    { addonName: "vendor_vpc-cni" },
    { "price addonName": "vendor_vpc-cni is not one of the add-ons that are known to be free" },
  ],
  [
    "an add-on of an unknown name",
    ADDON,
    { addonName: UNKNOWN },
    { "input addonName": "addonName is not known yet" },
  ],
  ["an add-on without a name", ADDON, {}, { "price addonName": "addonName is not set" }],
  ["delivery to a bucket", DELIVERY, { extendedS3Configuration: { bucketArn: "b" } }, {}],
  ["delivery to a public search domain", DELIVERY, { opensearchConfiguration: { domainArn: "d" } }, {}],
  [
    "delivery to a search domain as a refresh reports it",
    DELIVERY,
    { opensearchConfiguration: { vpcConfig: null }, elasticsearchConfiguration: null },
    {},
  ],
  ...(
    [
      ["opensearchConfiguration", "vpcConfig"],
      ["opensearchserverlessConfiguration", "vpcConfig"],
      ["elasticsearchConfiguration", "vpcConfig"],
      ["snowflakeConfiguration", "snowflakeVpcConfiguration"],
    ] as const
  ).flatMap(([destination, delivery]): Case[] => [
    [
      `delivery into a VPC by ${destination}`,
      DELIVERY,
      { [destination]: { [delivery]: { subnetIds: ["a"] } } },
      { [`price ${destination}.${delivery}`]: VPC },
    ],
    [
      `delivery by an unknown ${destination}`,
      DELIVERY,
      { [destination]: UNKNOWN },
      { [`input ${destination}.${delivery}`]: `${destination}.${delivery} is not known yet` },
    ],
  ]),
  ["the default analysis", ANALYZER, {}, {}],
  ["an analysis of the account", ANALYZER, { type: "ACCOUNT" }, {}],
  ["an analysis of the organization", ANALYZER, { type: "ORGANIZATION" }, {}],
  ...["ACCOUNT_UNUSED_ACCESS", "ORGANIZATION_UNUSED_ACCESS", "ACCOUNT_INTERNAL_ACCESS"].map(
    (type): Case => [`an analysis of ${type}`, ANALYZER, { type }, { "price type": watched(type) }],
  ),
  ["an unknown analysis", ANALYZER, { type: UNKNOWN }, { "input type": "type is not known yet" }],
  ["a schedule that is switched off", SCHEDULE, { state: "DISABLED" }, {}],
  ["a schedule", SCHEDULE, { scheduleExpression: "rate(1 hour)" }, { "price state": RUNS }],
  ["a schedule that is switched on", SCHEDULE, { state: "ENABLED" }, { "price state": RUNS }],
  [
    "a schedule of an unknown state",
    SCHEDULE,
    { state: UNKNOWN },
    { "input state": "state is not known yet" },
  ],
];

describe("policy/prices/formulas/charged-kind", () => priceCases(CASES));
