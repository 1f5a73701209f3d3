import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { CLAIM_ACTIONS, MEMORY_ACTIONS } from "../../components/assistant-policy";
import { MEMORY_KEYS, MemoryTable } from "../../components/memory-table";
import { lines, named, record } from "./registrations";

const source = (file: string) =>
  readFileSync(path.join(__dirname, "../../functions/assistant", file), "utf8");

/** The DynamoDB actions behind the SDK's commands in these files. */
const actionsOf = (...files: string[]) =>
  [
    ...new Set(
      files.flatMap((file) =>
        [...source(file).matchAll(/\bnew (Get|Put|Update|Delete|Query|Scan)Command\(/g)].map(([, command]) =>
          command === "Query" || command === "Scan" ? `dynamodb:${command}` : `dynamodb:${command}Item`,
        ),
      ),
    ),
  ].sort();

describe("components/memory-table", () => {
  const build = (args: ConstructorParameters<typeof MemoryTable>[1] = {}) =>
    record(() => {
      const provider = new Provider("standby", { region: "us-east-1" });
      return new MemoryTable("memory", args, { provider });
    });

  it("is one table, protected unless told otherwise, without a copy", async () => {
    const { registrations, result } = await build();
    assert.deepEqual(lines(registrations), [
      "aws:dynamodb/table:Table memory-table <- memory @standby",
      "pulumi:providers:aws standby <- - @-",
      "warm-standby:components:MemoryTable memory <- - @-",
    ]);
    const { deletionProtectionEnabled, pointInTimeRecovery, replicas, streamEnabled } = named(
      registrations,
      "memory-table",
    ).inputs;
    assert.deepEqual(
      [deletionProtectionEnabled, pointInTimeRecovery, replicas, streamEnabled],
      [true, { enabled: true }, undefined, undefined],
    );
    assert.equal(result.replicaArn, undefined);
  });

  it("protects a copy as it protects the table, and tells its ARN", async () => {
    const { registrations, result } = await build({ replicaRegion: "us-west-2", deletionProtection: false });
    const { replicas, streamViewType, deletionProtectionEnabled } = named(
      registrations,
      "memory-table",
    ).inputs;
    assert.deepEqual(replicas, [
      {
        regionName: "us-west-2",
        pointInTimeRecovery: true,
        deletionProtectionEnabled: false,
        propagateTags: true,
      },
    ]);
    assert.deepEqual([streamViewType, deletionProtectionEnabled], ["NEW_AND_OLD_IMAGES", false]);
    const arn = await new Promise((resolve) => pulumi.output(result.replicaArn).apply(resolve));
    assert.equal(arn, "arn:aws:dynamodb:us-west-2:123456789012:table/memory-table-1");
  });

  it("has the keys and the expiry of the application's items", () => {
    assert.deepEqual(MEMORY_KEYS, { hashKey: "log", rangeKey: "sequence", expiry: "expiresAt" });
    assert.match(source("memory-log.ts"), /\{ \.\.\.entry, log, sequence, writeId \}/);
    assert.match(source("memory.ts"), /expiresAt: Math\.floor\(now\(\) \/ 1_000\)/);
  });

  it("is called by the application as the policies allow, and in no other way", () => {
    assert.deepEqual(actionsOf("memory.ts", "memory-log.ts"), [...MEMORY_ACTIONS]);
    assert.deepEqual(actionsOf("sms/reply-claim.ts"), [...CLAIM_ACTIONS]);
  });
});
