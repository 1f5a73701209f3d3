import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";

const STAGE = "aws:apigateway/stage:Stage";

/** GB of a cache and its micro-dollars for 730 hours: every size that API Gateway has. */
const SIZES = {
  "0.5": 14_600_000,
  "1.6": 27_740_000,
  "6.1": 146_000_000,
  "13.5": 182_500_000,
  "28.4": 365_000_000,
  "58.2": 730_000_000,
  "118": 1_387_000_000,
  "237": 2_774_000_000,
};

const CASES: readonly Case[] = [
  ["a REST stage", STAGE, {}, {}],
  ["a REST stage whose cache is off", STAGE, { cacheClusterEnabled: false, cacheClusterSize: "0.5" }, {}],
  ...Object.entries(SIZES).map(
    ([size, microUsd]): Case => [
      `a stage cache of ${size} GB`,
      STAGE,
      { cacheClusterEnabled: true, cacheClusterSize: size },
      { [`stage cache, ${size} GB`]: microUsd },
    ],
  ),
  [
    "a cached REST stage whose size is a number",
    STAGE,
    { cacheClusterEnabled: true, cacheClusterSize: 237 },
    { "stage cache, 237 GB": 2_774_000_000 },
  ],
  [
    "a REST stage whose cache is on or off by a word that is neither",
    STAGE,
    { cacheClusterEnabled: "abc", cacheClusterSize: "0.5" },
    { "price cacheClusterEnabled": "cacheClusterEnabled is not true or false" },
  ],
  [
    "an unknown cache",
    STAGE,
    { cacheClusterEnabled: UNKNOWN },
    { "input cacheClusterEnabled": "cacheClusterEnabled is not known yet" },
  ],
  [
    "an unknown cache size",
    STAGE,
    { cacheClusterEnabled: true, cacheClusterSize: UNKNOWN },
    { "input cacheClusterSize": "cacheClusterSize is not known yet" },
  ],
  [
    "a cache size without a price",
    STAGE,
    { cacheClusterEnabled: true, cacheClusterSize: "2" },
    { "price ": "the list has no price for stage cache, 2 GB" },
  ],
  [
    "a cache without a size",
    STAGE,
    { cacheClusterEnabled: true },
    { "price cacheClusterSize": "cacheClusterSize is not set" },
  ],
];

describe("policy/prices/formulas/api-gateway", () => {
  priceCases(CASES);
});
