import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { costOf, standby } from "../meters";

const ENDPOINT = "aws:glue/devEndpoint:DevEndpoint";
const CAPACITY = "aws:athena/capacityReservation:CapacityReservation";
const AIRFLOW = "aws:mwaa/environment:Environment";
const INDEX = "aws:kendra/index:Index";

const DATABASE = { "metadata database, 10 GB assumed": 1_000_000 };

const CASES: readonly Case[] = [
  ["a development endpoint", ENDPOINT, {}, { "5 x DPU of a development endpoint": 1_606_000_000 }],
  [
    "a development endpoint of two nodes",
    ENDPOINT,
    { numberOfNodes: 2 },
    { "2 x DPU of a development endpoint": 642_400_000 },
  ],
  [
    "a development endpoint of larger workers",
    ENDPOINT,
    { workerType: "G.2X", numberOfWorkers: 2 },
    { "4 x DPU of a development endpoint": 1_284_800_000 },
  ],
  [
    "a development endpoint of workers without a number",
    ENDPOINT,
    { workerType: "G.1X" },
    { "price numberOfWorkers": "numberOfWorkers is not set" },
  ],
  [
    "a development endpoint of absurd workers",
    ENDPOINT,
    { workerType: "constructor", numberOfWorkers: 1 },
    { "price workerType": "a constructor worker has no price in the list" },
  ],
  [
    "a development endpoint of unknown size",
    ENDPOINT,
    { numberOfNodes: UNKNOWN },
    { "input numberOfNodes": "numberOfNodes is not known yet" },
  ],
  [
    "reserved query capacity",
    CAPACITY,
    { targetDpus: 24 },
    {
      "24 x reserved query DPU": 5_256_000_000,
      "memory ": "its price is from memory, which may refuse and never pass",
    },
  ],
  ["query capacity that is not set", CAPACITY, {}, { "price targetDpus": "targetDpus is not set" }],
  ["an Airflow environment", AIRFLOW, {}, { "mw1.small Airflow environment": 357_700_000, ...DATABASE }],
  [
    "a larger Airflow environment with further workers and schedulers",
    AIRFLOW,
    { environmentClass: "mw1.large", minWorkers: 3, schedulers: 5, minWebservers: 2 },
    {
      "mw1.large Airflow environment": 722_700_000,
      "2 x further worker": 321_200_000,
      "3 x further scheduler": 481_800_000,
      ...DATABASE,
    },
  ],
  [
    "an Airflow environment of a size without a price",
    AIRFLOW,
    { environmentClass: "mw1.2xlarge" },
    { ...DATABASE, "price ": "the list has no price for mw1.2xlarge Airflow environment" },
  ],
  [
    "an Airflow environment with further web servers",
    AIRFLOW,
    { minWebservers: 3 },
    {
      "mw1.small Airflow environment": 357700000,
      "metadata database, 10 GB assumed": 1000000,
      "price minWebservers": "further web servers have no price in the list",
    },
  ],
  [
    "an Airflow environment of an unknown size",
    AIRFLOW,
    { environmentClass: UNKNOWN },
    { "input environmentClass": "environmentClass is not known yet" },
  ],
  ["an index", INDEX, {}, { "Kendra index, ENTERPRISE_EDITION": 1_008_000_000 }],
  [
    "an index for development",
    INDEX,
    { edition: "DEVELOPER_EDITION" },
    { "Kendra index, DEVELOPER_EDITION": 810_000_000 },
  ],
  [
    "an index of an edition without a price",
    INDEX,
    { edition: "GEN_AI_ENTERPRISE_EDITION" },
    { "price ": "the list has no price for Kendra index, GEN_AI_ENTERPRISE_EDITION" },
  ],
  [
    "an index with further capacity",
    INDEX,
    { capacityUnits: { queryCapacityUnits: 1 } },
    {
      "Kendra index, ENTERPRISE_EDITION": 1008000000,
      "price capacityUnits": "further capacity units have no price in the list",
    },
  ],
  [
    "an index without further capacity",
    INDEX,
    { capacityUnits: { queryCapacityUnits: 0, storageCapacityUnits: 0 } },
    { "Kendra index, ENTERPRISE_EDITION": 1_008_000_000 },
  ],
];

describe("policy/prices/formulas/analytics", () => {
  priceCases(CASES);

  it("prints the size of the database that the settings assume", () => {
    assert.deepEqual(
      costOf([standby(AIRFLOW, "a")], { databaseGb: 2 }).lines.map(({ item }) => item),
      ["mw1.small Airflow environment", "metadata database, 2 GB assumed"],
    );
  });
});
