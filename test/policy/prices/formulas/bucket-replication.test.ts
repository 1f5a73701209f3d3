import assert from "node:assert/strict";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { urn } from "../../../model/stack-fixture";
import { costOf, primary, standby } from "../meters";

const CONFIG = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";
const BUCKET = "aws:s3/bucket:Bucket";
const OLDER = "aws:s3/bucketV2:BucketV2";
const COPY_ARN = "arn:aws:s3:::copy";
const ON = { status: "Enabled" };
const OFF = { status: "Disabled" };
const COPY = standby(BUCKET, "copy", { bucket: "copy", arn: COPY_ARN });
const rule = (destination: Properties = {}, rest: Properties = {}): Properties => ({
  status: "Enabled",
  destination: { bucket: COPY_ARN, ...destination },
  ...rest,
});

/** What replication costs: region, whether it is the standby's, micro-dollars; or why that is not known. */
function metrics(resource: ReturnType<typeof primary>, others = [COPY]) {
  const { lines, unpriced } = costOf([resource, ...others]);
  return [
    ...lines
      .filter(({ item }) => item.includes("replication metric"))
      .map(({ item, region, standby: counts, monthlyMicroUsd }) => [item, region, counts, monthlyMicroUsd]),
    ...unpriced.map(({ kind, path, why, standby: counts }) => [`${kind} ${path}`, why, counts]),
  ];
}

const config = (...rules: PropertyValue[]) => primary(CONFIG, "replication", { bucket: "source", rules });
const FOUR = ["4 x S3 replication metric", "us-west-2", true, 1_200_000];

describe("policy/prices/formulas/bucket-replication", () => {
  it("charges four metrics for each rule that has them on, where the copy is", () => {
    assert.deepEqual(metrics(config(rule({ metrics: ON }))), [FOUR]);
    assert.deepEqual(metrics(config(rule({ metrics: ON }), rule({ metrics: ON }), rule({ metrics: ON }))), [
      FOUR,
      FOUR,
      FOUR,
    ]);
  });

  it("knows that time control turns the metrics on", () => {
    assert.deepEqual(metrics(config(rule({ replicationTime: { ...ON, time: { minutes: 15 } } }))), [FOUR]);
    assert.deepEqual(metrics(config(rule({ metrics: OFF, replicationTime: ON }))), [FOUR]);
  });

  it("charges nothing for rules without metrics, and for those that are off", () => {
    assert.deepEqual(metrics(config(rule())), []);
    assert.deepEqual(metrics(config(rule({ metrics: OFF, replicationTime: OFF }))), []);
    assert.deepEqual(metrics(config(rule({ metrics: ON }, { status: "Disabled" }))), []);
    assert.deepEqual(metrics(config()), []);
  });

  it("reads what a bucket says of itself, and what the older kind says in lists", () => {
    const inline = { replicationConfiguration: { role: "r", rules: [rule({ metrics: { minutes: 15 } })] } };
    assert.deepEqual(metrics(primary(BUCKET, "source", inline)), [FOUR]);
    const lists = {
      replicationConfigurations: [
        {
          role: "r",
          rules: [{ status: "Enabled", destinations: [{ bucket: COPY_ARN, replicationTimes: [ON] }] }],
        },
      ],
    };
    assert.deepEqual(metrics(primary(OLDER, "source", lists)), [FOUR]);
    assert.deepEqual(metrics(primary(OLDER, "source", { replicationConfigurations: [] })), []);
  });

  it("counts once what a bucket only shows of a resource of its own", () => {
    const rules = [rule({ metrics: ON })];
    const source = primary(BUCKET, "source", { replicationConfiguration: { rules } }, { id: "source" });
    assert.deepEqual(metrics(config(...rules), [COPY, source]), [FOUR]);
  });

  it("finds the copy before it has a name, or refuses where it is in no stack that is seen", () => {
    const from = { rules: [urn(BUCKET, "copy")] };
    const unknown = primary(
      CONFIG,
      "replication",
      { rules: [rule({ bucket: UNKNOWN, metrics: ON })] },
      { from },
    );
    assert.deepEqual(metrics(unknown), [FOUR]);
    assert.deepEqual(metrics(config(rule({ bucket: UNKNOWN, metrics: ON }))), [
      ["input rules[0].destination.bucket", "rules[0].destination.bucket is not known yet", true],
    ]);
    assert.deepEqual(metrics(config(rule({ metrics: ON })), []), [
      [
        "price rules[0].destination.bucket",
        "the bucket that it copies to is not in this stack, so the region of its metrics cannot be read",
        true,
      ],
    ]);
  });

  it("says which property is not known yet, unless another settles it", () => {
    const status = (path: string) => [[`input ${path}`, `${path} is not known yet`, true]];
    assert.deepEqual(
      metrics(config(rule({ metrics: { status: UNKNOWN } }))),
      status("rules[0].destination.metrics.status"),
    );
    assert.deepEqual(metrics(config(rule({ metrics: { status: UNKNOWN }, replicationTime: ON }))), [FOUR]);
    assert.deepEqual(metrics(config(rule({ metrics: ON }, { status: UNKNOWN }))), status("rules[0].status"));
    assert.deepEqual(metrics(config(rule({ metrics: OFF }, { status: UNKNOWN }))), []);
    const rules = primary(CONFIG, "replication", { rules: UNKNOWN });
    assert.deepEqual(metrics(rules), [["input rules", "rules is not known yet", false]]);
    const inline = primary(BUCKET, "source", { replicationConfiguration: UNKNOWN });
    assert.deepEqual(metrics(inline), [
      ["input replicationConfiguration", "replicationConfiguration is not known yet", false],
    ]);
  });
});
