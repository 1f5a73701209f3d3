import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";

const INSTANCE = "aws:lightsail/instance:Instance";
const CONTAINER = "aws:lightsail/containerService:ContainerService";
const MEMORY = "its price is from memory, which may refuse and never pass";

const CASES: readonly Case[] = [
  ["an instance", INSTANCE, { bundleId: "small_2_0" }, { "Lightsail instance, small_2_0": 11_770_000 }],
  [
    "an instance of a bundle without a price",
    INSTANCE,
    { bundleId: "huge_9_0" },
    { "price ": "the list has no price for Lightsail instance, huge_9_0" },
  ],
  [
    "an instance of an unknown bundle",
    INSTANCE,
    { bundleId: UNKNOWN },
    { "input bundleId": "bundleId is not known yet" },
  ],
  [
    "a database",
    "aws:lightsail/database:Database",
    { bundleId: "micro_2_0" },
    { "Lightsail database, micro_2_0": 14_720_000 },
  ],
  [
    "a distribution",
    "aws:lightsail/distribution:Distribution",
    { bundleId: "small_1_0" },
    { "Lightsail distribution, small_1_0": 2_500_000 },
  ],
  [
    "a bucket",
    "aws:lightsail/bucket:Bucket",
    { bundleId: "small_1_0" },
    { "Lightsail bucket, small_1_0": 1_000_000 },
  ],
  [
    "a disk, from memory",
    "aws:lightsail/disk:Disk",
    { sizeInGb: 32 },
    { "Lightsail disk, 32 GB": 3_200_000, "memory ": MEMORY },
  ],
  [
    "a balancer, from memory",
    "aws:lightsail/lb:Lb",
    {},
    { "Lightsail load balancer": 18_000_000, "memory ": MEMORY },
  ],
  [
    "containers, from memory",
    CONTAINER,
    { power: "nano", scale: 2 },
    { "2 x Lightsail container node, nano": 14_000_000, "memory ": MEMORY },
  ],
  ["disabled containers", CONTAINER, { power: "nano", scale: 2, isDisabled: true }, {}],
];

describe("policy/prices/formulas/lightsail", () => {
  priceCases(CASES);
});
