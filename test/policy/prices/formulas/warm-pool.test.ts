import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { standby } from "../meters";

const GROUP = "aws:autoscaling/group:Group";
const stack = [
  standby("aws:ec2/launchTemplate:LaunchTemplate", "lt", { instanceType: "t3.micro" }, { id: "lt-1" }),
  standby("aws:ec2/subnet:Subnet", "s", { mapPublicIpOnLaunch: false }, { id: "subnet-1" }),
];
const open = standby("aws:ec2/subnet:Subnet", "o", { mapPublicIpOnLaunch: true }, { id: "subnet-2" });
const from = { launchTemplate: { id: "lt-1" }, vpcZoneIdentifiers: ["subnet-1"] };
/** t3.micro, 0.0104 an hour; 8 GB of gp2 each. */
const ONE = { "t3.micro instance, 730 h": 7_592_000, "root volume, 8 GB gp2 assumed": 800_000 };
const TWO = { "2 x t3.micro instance, 730 h": 15_184_000, "2 x root volume, 8 GB gp2 assumed": 1_600_000 };

const POOLS: readonly Case[] = [
  [
    "a running warm pool up to the maximum",
    GROUP,
    { ...from, minSize: 1, maxSize: 2, warmPool: { poolState: "Running" } },
    TWO,
    stack,
  ],
  [
    "a running warm pool up to the prepared capacity",
    GROUP,
    { ...from, minSize: 1, maxSize: 10, warmPool: { poolState: "Running", maxGroupPreparedCapacity: 2 } },
    TWO,
    stack,
  ],
  [
    "a warm pool that is full of what serves",
    GROUP,
    { ...from, minSize: 1, maxSize: 10, warmPool: { poolState: "Running", maxGroupPreparedCapacity: 0 } },
    ONE,
    stack,
  ],
  [
    "a warm pool of its minimum, beside a group at its maximum",
    GROUP,
    { ...from, minSize: 1, maxSize: 1, warmPool: { poolState: "Running", minSize: 1 } },
    TWO,
    stack,
  ],
  [
    "the addresses of a running warm pool",
    GROUP,
    {
      ...from,
      minSize: 0,
      maxSize: 2,
      vpcZoneIdentifiers: ["subnet-2"],
      warmPool: { poolState: "Running" },
    },
    { ...TWO, "2 public IPv4 addresses": 7_300_000 },
    [...stack, open],
  ],
  [
    "the volumes of a stopped warm pool",
    GROUP,
    { ...from, minSize: 1, maxSize: 3, vpcZoneIdentifiers: ["subnet-2"], warmPool: {} },
    {
      ...ONE,
      "public IPv4 address": 3_650_000,
      "2 x root volume, 8 GB gp2 assumed, in the warm pool": 1_600_000,
    },
    [...stack, open],
  ],
  [
    "the volumes of a hibernated warm pool beside an empty group",
    GROUP,
    {
      ...from,
      minSize: 0,
      maxSize: 1,
      warmPool: { poolState: "Hibernated", maxGroupPreparedCapacity: -1 },
    },
    { "root volume, 8 GB gp2 assumed, in the warm pool": 800_000 },
    stack,
  ],
  [
    "a warm pool without a maximum",
    GROUP,
    { ...from, minSize: 1, warmPool: {} },
    { "price maxSize": "maxSize is not set" },
    stack,
  ],
  [
    "an unknown warm pool",
    GROUP,
    { ...from, minSize: 1, maxSize: 1, warmPool: UNKNOWN },
    {
      "input warmPool.poolState": "warmPool.poolState is not known yet",
      "input warmPool.minSize": "warmPool.minSize is not known yet",
      "input warmPool.maxGroupPreparedCapacity": "warmPool.maxGroupPreparedCapacity is not known yet",
    },
    stack,
  ],
];

describe("policy/prices/formulas/warm-pool", () => {
  priceCases(POOLS);
});
