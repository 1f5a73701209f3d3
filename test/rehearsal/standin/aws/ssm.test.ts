import assert from "node:assert/strict";
import type { Properties } from "../../../../model/unknown";
import { MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import { PARAMETER } from "../../../../rehearsal/standin/aws/ssm";
import { made, reasonsOf, refusal } from "./account-fixture";

const BASE: Properties = { name: "/assistant/token", type: "SecureString", value: "hush" };

describe("standin/aws/ssm", () => {
  it("makes a parameter with one slash in its ARN, and keeps secrets out of plain text", () => {
    const { id, outputs } = made(PARAMETER, BASE, { region: "us-west-2" });
    assert.equal(id, "/assistant/token");
    assert.deepEqual(outputs, {
      ...BASE,
      arn: "arn:aws:ssm:us-west-2:123456789012:parameter/assistant/token",
      dataType: "text",
      hasValueWo: false,
      insecureValue: "",
      keyId: "alias/aws/ssm",
      region: "us-west-2",
      tagsAll: {},
      tier: "Standard",
      version: 1,
    });
    const plain = made(PARAMETER, { name: "token", type: "String", value: "x" }).outputs;
    assert.equal(plain.arn, "arn:aws:ssm:us-east-1:123456789012:parameter/token");
    assert.deepEqual([plain.insecureValue, plain.keyId], ["x", ""]);
  });

  it("judges names, types and values without showing them", () => {
    const reasons = (change: Properties) => reasonsOf(PARAMETER, { ...BASE, ...change });
    assert.deepEqual(reasons({ value: "x".repeat(4096) }), []);
    assert.deepEqual(reasons({ value: "x".repeat(4097) }), [
      "value: AWS takes 4096 bytes in tier Standard, got 4097",
    ]);
    assert.deepEqual(reasons({ value: "x".repeat(8192), tier: "Advanced" }), []);
    assert.deepEqual(reasons({ allowedPattern: "^[0-9]+$" }), [
      "value: the value does not match allowedPattern ^[0-9]+$ (ParameterPatternMismatch)",
    ]);
    assert.deepEqual(reasons({ value: undefined }), [
      "none of value, insecureValue or valueWo is set; set one",
    ]);
    assert.deepEqual(reasons({ value: undefined, insecureValue: "x" }), [
      "insecureValue: a SecureString is not shown in plain text; use value",
    ]);
    assert.deepEqual(reasons({ type: "Secret" }), [
      'type: AWS takes String, StringList or SecureString, got "Secret"',
    ]);
    assert.deepEqual(reasons({ name: "/aws/token" }), [
      'name: AWS keeps names that begin with /aws to itself, got "/aws/token"',
    ]);
    assert.deepEqual(reasons({ name: "a/b" }), ['name: a name with levels begins with a slash, got "a/b"']);
    assert.equal(reasons({ name: "/a b" }).length, 1);
  });

  it("gives a name once in one region", () => {
    const account = new MemoryAccount(false);
    made(PARAMETER, BASE, { account, name: "first" });
    made(PARAMETER, BASE, { account, name: "there", region: "us-west-2" });
    assert.deepEqual(
      refusal(() => made(PARAMETER, BASE, { account, name: "second" })),
      [
        `${PARAMETER} "second": parameter /assistant/token already exists in us-east-1 (ParameterAlreadyExists); give it another name`,
      ],
    );
  });
});
