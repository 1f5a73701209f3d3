import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { GlobalTable, protectedCopies, replicaArn } from "../../components/global-table";
import { lines, named, record } from "./registrations";

describe("components/global-table", () => {
  const build = (protection: { pointInTimeRecovery?: boolean; deletionProtection?: boolean } = {}) =>
    record(() => {
      const provider = new Provider("primary", { region: "us-east-1" });
      const args = { hashKey: "id", replicaRegion: "us-west-2", ...protection };
      return new GlobalTable("profiles", args, { provider });
    });

  it("is one table of the primary, with its replica inside", async () => {
    const { registrations } = await build();
    assert.deepEqual(lines(registrations), [
      "aws:dynamodb/table:Table profiles-table <- profiles @primary",
      "pulumi:providers:aws primary <- - @-",
      "warm-standby:components:GlobalTable profiles <- - @-",
    ]);
  });

  it("protects both copies unless told otherwise", async () => {
    const { registrations } = await build();
    assert.deepEqual(named(registrations, "profiles-table").inputs, {
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      streamEnabled: true,
      streamViewType: "NEW_AND_OLD_IMAGES",
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
      replicas: [
        {
          regionName: "us-west-2",
          pointInTimeRecovery: true,
          deletionProtectionEnabled: true,
          propagateTags: true,
        },
      ],
    });
  });

  it("hands both switches to the table and to the replica", async () => {
    const { registrations } = await build({ pointInTimeRecovery: false, deletionProtection: false });
    const { pointInTimeRecovery, deletionProtectionEnabled, replicas } = named(
      registrations,
      "profiles-table",
    ).inputs;
    assert.deepEqual(
      { pointInTimeRecovery, deletionProtectionEnabled, replicas },
      {
        pointInTimeRecovery: { enabled: false },
        deletionProtectionEnabled: false,
        replicas: [
          {
            regionName: "us-west-2",
            pointInTimeRecovery: false,
            deletionProtectionEnabled: false,
            propagateTags: true,
          },
        ],
      },
    );
  });

  it("never gives the copies different protection", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), (pointInTimeRecovery, deletionProtection) => {
        const copies = protectedCopies({ pointInTimeRecovery, deletionProtection }, "us-west-2");
        for (const replica of copies.replicas) {
          assert.equal(replica.pointInTimeRecovery, copies.pointInTimeRecovery.enabled);
          assert.equal(replica.deletionProtectionEnabled, copies.deletionProtectionEnabled);
        }
      }),
    );
  });

  it("tells the ARN of the replica", async () => {
    const { result } = await build();
    const arn = await new Promise((resolve) => pulumi.output(result.replicaArn).apply(resolve));
    assert.equal(arn, "arn:aws:dynamodb:us-west-2:123456789012:table/profiles-table-1");
  });

  it("changes the region of an ARN and nothing else, whatever the table is called", () => {
    assert.equal(
      replicaArn("arn:aws:dynamodb:us-east-1:123456789012:table/orders-us-east-1", "us-west-2"),
      "arn:aws:dynamodb:us-west-2:123456789012:table/orders-us-east-1",
    );
  });

  it("refuses what is not the ARN of a table", () => {
    for (const arn of [
      "",
      "arn:aws:dynamodb:us-east-1:123456789012:index/a",
      "arn:aws:s3:us-east-1:123456789012:table/a",
      "arn:aws:dynamodb:us-east-1:123456789012:table/a:b",
    ]) {
      assert.throws(() => replicaArn(arn, "us-west-2"), {
        message: `${arn} is not the ARN of a DynamoDB table`,
      });
    }
  });
});
