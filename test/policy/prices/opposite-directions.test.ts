import assert from "node:assert/strict";
import { planFromResources } from "../../../model/plan-from-resources";
import type { StackResource } from "../../../model/stack-resource";
import type { Properties } from "../../../model/unknown";
import { idleCost } from "../../../policy/prices/idle-cost";
import { REGIONS, sided, sidedPair, sidedRecord, twoRegions } from "../../model/sided-pairs";
import { resource } from "../../model/stack-fixture";

const bucket = (properties: Properties) => resource("aws:s3/bucket:Bucket", "bucket", properties);

/** Whether a bucket beside the others counts for the standby. */
function counts(one: StackResource, others: readonly StackResource[]): boolean | undefined {
  const stack = [...others, one];
  const { lines, unpriced } = idleCost(stack, planFromResources(stack));
  return [...lines, ...unpriced].find(({ urn }) => urn === one.urn)?.standby;
}

describe("policy/prices/standby-share of names that fail over in opposite directions", () => {
  const there = sidedPair("a", "east", "west");
  const back = sidedPair("b", "west", "east");
  const nats = ["n1", "n2", "n3"].map((name) => sided("east", "aws:ec2/natGateway:NatGateway", name));
  const standbyMicroUsd = (...stack: StackResource[]) =>
    idleCost(stack, planFromResources(stack)).standbyMicroUsd;
  const both = [...twoRegions, ...there, ...back];

  it("counts three NAT gateways beside the standby of one, whatever name stands beside it", () => {
    const alone = standbyMicroUsd(...twoRegions, ...back, ...nats) - standbyMicroUsd(...twoRegions, ...back);
    assert.ok(alone >= 3 * 32_850_000, `${alone}`);
    for (const pairs of [
      [...there, ...back],
      [...back, ...there],
    ]) {
      const beside = standbyMicroUsd(...twoRegions, ...pairs);
      assert.equal(standbyMicroUsd(...twoRegions, ...pairs, ...nats) - beside, alone);
    }
    assert.equal(standbyMicroUsd(...twoRegions, ...there, ...nats), standbyMicroUsd(...twoRegions, ...there));
  });

  for (const [what, properties, expected] of [
    ["nothing tells a side of", {}, true],
    ["is tagged dns", { tags: { role: "dns" } }, true],
    ["is tagged standby", { tags: { role: "standby" } }, true],
    ["is tagged primary", { tags: { role: "primary" } }, false],
  ] as const) {
    it(`${expected ? "counts" : "leaves out"} what ${what}, in either region`, () => {
      for (const region of Object.values(REGIONS)) {
        assert.equal(counts(bucket({ region, ...properties }), both), expected);
      }
    });
  }

  it("goes by the records where these lead to it: the servers of the SECONDARYs alone count", () => {
    const { lines } = idleCost(both, planFromResources(both));
    const sides = new Map(lines.map(({ urn, standby }) => [urn.split("::").at(-1), standby]));
    assert.deepEqual(
      [...sides],
      [
        ["a-PRIMARY-server", false],
        ["a-SECONDARY-server", true],
        ["b-PRIMARY-server", false],
        ["b-SECONDARY-server", true],
      ],
    );
  });

  it("counts a copy of data in a region where some name stands by", () => {
    const table = resource("aws:dynamodb/table:Table", "t", {
      region: REGIONS.west,
      tags: { role: "primary" },
      billingMode: "PAY_PER_REQUEST",
      replicas: [{ regionName: REGIONS.east }],
    });
    const copies = (...pairs: StackResource[]) => {
      const stack = [...twoRegions, ...pairs, table];
      return idleCost(stack, planFromResources(stack))
        .lines.filter(({ urn, item }) => urn === table.urn && item.includes("replica"))
        .map(({ standby }) => standby);
    };
    assert.deepEqual(copies(...there), [false]);
    assert.deepEqual(copies(...there, ...back), [true]);
  });

  it("counts what is in no PRIMARY's region while one SECONDARY leads out of the stack", () => {
    const out = [...sidedRecord("x", "PRIMARY", "east"), ...sidedRecord("x", "SECONDARY")];
    const stack = [...twoRegions, ...out, ...back];
    assert.equal(counts(bucket({ region: "eu-west-1" }), stack), true);
    assert.equal(counts(bucket({ region: REGIONS.east }), stack), true);
    assert.equal(counts(bucket({ region: REGIONS.west }), stack), false);
    assert.equal(counts(bucket({ region: "eu-west-1" }), [...twoRegions, ...there, ...back]), false);
  });
});
