import assert from "node:assert/strict";
import { allowedActions, type BucketReader } from "../../../rehearsal/loopback/bucket-policy";
import { resource } from "../../model/stack-fixture";

const ARN = "arn:aws:cloudfront::123456789012:distribution/E1";
const EVERYONE: BucketReader = { kind: "everyone" };
const DISTRIBUTION: BucketReader = { kind: "distribution", arn: ARN };
const SERVICE = { Service: "cloudfront.amazonaws.com" };

const read = { Effect: "Allow", Action: "s3:GetObject" };
const actions = (statement: unknown, reader: BucketReader, bucket = "pages") => {
  const policy = JSON.stringify({ Statement: statement });
  const stack = [resource("aws:s3/bucketPolicy:BucketPolicy", "policy", { bucket: "pages", policy })];
  return [...allowedActions(stack, bucket, reader)];
};
const YES = ["s3:GetObject"];

describe("rehearsal/loopback/bucket-policy", () => {
  const cases: readonly (readonly [
    what: string,
    statement: object,
    everyone: string[],
    distribution: string[],
  ])[] = [
    ["everyone", { ...read, Principal: "*" }, YES, YES],
    ["everyone of AWS", { ...read, Principal: { AWS: "*" } }, YES, YES],
    [
      "everyone under a condition",
      { ...read, Principal: "*", Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } },
      [],
      [],
    ],
    [
      "this distribution",
      { ...read, Principal: SERVICE, Condition: { StringEquals: { "AWS:SourceArn": ARN } } },
      [],
      YES,
    ],
    [
      "this distribution among others, the key in another case",
      { ...read, Principal: SERVICE, Condition: { StringEquals: { "aws:sourcearn": ["arn:other", ARN] } } },
      [],
      YES,
    ],
    [
      "another distribution",
      { ...read, Principal: SERVICE, Condition: { StringEquals: { "AWS:SourceArn": "arn:other" } } },
      [],
      [],
    ],
    [
      "the service under a condition of another kind",
      { ...read, Principal: SERVICE, Condition: { StringEquals: { "aws:SourceAccount": "1" } } },
      [],
      [],
    ],
    ["the service", { ...read, Principal: SERVICE }, [], YES],
    ["another service", { ...read, Principal: { Service: "logging.s3.amazonaws.com" } }, [], []],
    ["nobody", { ...read, Effect: "Deny", Principal: "*" }, [], []],
  ];
  for (const [what, statement, everyone, distribution] of cases) {
    it(`lets in ${what}`, () => {
      assert.deepEqual(
        [actions([statement], EVERYONE), actions([statement], DISTRIBUTION)],
        [everyone, distribution],
      );
    });
  }

  it("takes one statement and one action without a list", () => {
    assert.deepEqual(actions({ ...read, Principal: "*" }, EVERYONE), YES);
    assert.deepEqual(
      actions([{ ...read, Action: ["s3:GetObject", "s3:ListBucket"], Principal: "*" }], EVERYONE),
      ["s3:GetObject", "s3:ListBucket"],
    );
  });

  it("reads the policy of that bucket only, and allows nothing by one that is no JSON", () => {
    assert.deepEqual(actions([{ ...read, Principal: "*" }], EVERYONE, "others"), []);
    const broken = [resource("aws:s3/bucketPolicy:BucketPolicy", "policy", { bucket: "pages", policy: "{" })];
    assert.deepEqual([...allowedActions(broken, "pages", EVERYONE)], []);
  });
});
