import assert from "node:assert/strict";
import type { Properties } from "../../../../model/unknown";
import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { costOf, standby } from "../meters";

const NOTEBOOK = "aws:sagemaker/notebookInstance:NotebookInstance";
const ENDPOINT = "aws:sagemaker/endpoint:Endpoint";
const CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";

const configuration = (properties: Properties) => standby(CONFIGURATION, "c", properties, { id: "variants" });
const variants = (...productionVariants: Properties[]) => [configuration({ productionVariants })];
const named = { endpointConfigName: "variants" };

const CASES: readonly Case[] = [
  [
    "a notebook",
    NOTEBOOK,
    { instanceType: "ml.t3.medium" },
    { "ml.t3.medium notebook": 36_500_000, "notebook volume, 5 GB": 700_000 },
  ],
  [
    "a notebook with a larger volume",
    NOTEBOOK,
    { instanceType: "ml.m5.xlarge", volumeSize: 100 },
    { "ml.m5.xlarge notebook": 167_900_000, "notebook volume, 100 GB": 14_000_000 },
  ],
  [
    "a notebook of a size without a price",
    NOTEBOOK,
    { instanceType: "ml.p5.48xlarge" },
    { "notebook volume, 5 GB": 700_000, "price ": "the list has no price for ml.p5.48xlarge notebook" },
  ],
  ["a notebook without a size", NOTEBOOK, {}, { "price instanceType": "instanceType is not set" }],
  [
    "a notebook of an unknown size",
    NOTEBOOK,
    { instanceType: UNKNOWN },
    { "input instanceType": "instanceType is not known yet" },
  ],
  [
    "an endpoint",
    ENDPOINT,
    named,
    { "ml.t2.medium of an endpoint": 47_450_000, "endpoint volume (size assumed), 8 GB": 1_120_000 },
    variants({ instanceType: "ml.t2.medium" }),
  ],
  [
    "an endpoint of three with volumes",
    ENDPOINT,
    named,
    { "3 x ml.m5.xlarge of an endpoint": 503_700_000, "endpoint volume, 60 GB": 8_400_000 },
    variants({ instanceType: "ml.m5.xlarge", initialInstanceCount: 3, volumeSizeInGb: 20 }),
  ],
  [
    "an endpoint that is scaled to no fewer than two",
    ENDPOINT,
    named,
    { "2 x ml.t2.medium of an endpoint": 94_900_000, "endpoint volume (size assumed), 16 GB": 2_240_000 },
    variants({
      instanceType: "ml.t2.medium",
      initialInstanceCount: 1,
      managedInstanceScaling: { minInstanceCount: 2 },
    }),
  ],
  [
    "a serverless endpoint",
    ENDPOINT,
    named,
    {},
    variants({ serverlessConfig: { memorySizeInMb: 1024, maxConcurrency: 5 } }),
  ],
  [
    "a serverless endpoint that is kept warm",
    ENDPOINT,
    named,
    {
      "price productionVariants[0].serverlessConfig.provisionedConcurrency":
        "provisioned concurrency has no price in the list",
    },
    variants({ serverlessConfig: { memorySizeInMb: 1024, maxConcurrency: 5, provisionedConcurrency: 1 } }),
  ],
  [
    "an endpoint of a size without a price",
    ENDPOINT,
    named,
    {
      "endpoint volume (size assumed), 8 GB": 1_120_000,
      "price ": "the list has no price for ml.g5.xlarge of an endpoint",
    },
    variants({ instanceType: "ml.g5.xlarge" }),
  ],
  [
    "an endpoint of an unknown size",
    ENDPOINT,
    named,
    { "input productionVariants[0].instanceType": "productionVariants[0].instanceType is not known yet" },
    variants({ instanceType: UNKNOWN }),
  ],
  [
    "an endpoint of unknown variants",
    ENDPOINT,
    named,
    { "input productionVariants": "productionVariants is not known yet" },
    [configuration({ productionVariants: UNKNOWN })],
  ],
  [
    "an endpoint without variants",
    ENDPOINT,
    named,
    { "price endpointConfigName": "its configuration has no variants" },
    [configuration({})],
  ],
  [
    "an endpoint of a configuration elsewhere",
    ENDPOINT,
    named,
    {
      "price endpointConfigName": "its configuration is not in this stack, so its instances cannot be read",
    },
  ],
];

describe("policy/prices/formulas/machine-learning", () => {
  priceCases(CASES);

  it("counts the shadows of an endpoint", () => {
    const shadowed = configuration({
      productionVariants: [{ instanceType: "ml.t2.medium", volumeSizeInGb: 1 }],
      shadowProductionVariants: [{ instanceType: "ml.m5.xlarge", volumeSizeInGb: 2 }],
    });
    assert.deepEqual(
      costOf([standby(ENDPOINT, "e", named), shadowed]).lines.map(({ item }) => item),
      [
        "ml.t2.medium of an endpoint",
        "endpoint volume, 1 GB",
        "ml.m5.xlarge of an endpoint",
        "endpoint volume, 2 GB",
      ],
    );
  });
});
