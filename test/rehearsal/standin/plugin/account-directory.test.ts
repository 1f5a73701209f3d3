import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { UNKNOWN } from "../../../../model/unknown";
import { hostedZones } from "../../../../rehearsal/standin/aws/account";
import { AccountDirectory } from "../../../../rehearsal/standin/plugin/account-directory";

const TOPIC = "aws:sns/topic:Topic";

function topic(urn: string, id = "arn:aws:sns:us-east-1:123456789012:a") {
  return { type: TOPIC, urn, id, region: "us-east-1", properties: { name: urn, tags: { a: "b" } } };
}

describe("standin/plugin/account-directory", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "standin-account-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it("shows one process what another put", () => {
    new AccountDirectory(directory).put(topic("a"));
    assert.deepEqual(new AccountDirectory(directory).list(TOPIC), [topic("a")]);
    assert.deepEqual(new AccountDirectory(directory).list("aws:sns/topicPolicy:TopicPolicy"), []);
  });

  it("holds a resource once, and forgets it when it is removed", () => {
    const account = new AccountDirectory(directory);
    account.put(topic("a"));
    account.put({ ...topic("a"), properties: { name: UNKNOWN } });
    account.put(topic("b"));
    assert.deepEqual(
      account
        .list(TOPIC)
        .map(({ urn }) => urn)
        .sort(),
      ["a", "b"],
    );
    assert.deepEqual(account.list(TOPIC).find(({ urn }) => urn === "a")?.properties, { name: UNKNOWN });
    account.remove(TOPIC, "a", topic("a").id);
    account.remove(TOPIC, "a", topic("a").id);
    assert.deepEqual(
      account.list(TOPIC).map(({ urn }) => urn),
      ["b"],
    );
    assert.equal(readdirSync(directory).length, 1);
  });

  it("tells types apart whose names begin alike", () => {
    const account = new AccountDirectory(directory);
    account.put({ ...topic("a"), type: "aws:sns/topicPolicy:TopicPolicy" });
    assert.deepEqual(account.list("aws:sns/topic:Topic"), []);
  });

  it("lists what was there before the stack, too", () => {
    const account = new AccountDirectory(directory, hostedZones(["example.com"]));
    assert.equal(account.list("aws:route53/zone:Zone").length, 1);
    assert.equal(account.list(TOPIC).length, 0);
  });
});
