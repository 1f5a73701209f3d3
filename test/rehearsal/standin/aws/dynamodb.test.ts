import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import { resourceType } from "../../../../rehearsal/standin/aws/catalogue";
import { TABLE, TABLE_REPLICA } from "../../../../rehearsal/standin/aws/dynamodb";
import { foresee } from "../../../../rehearsal/standin/aws/lifecycle";
import { made, reasonsOf, refusal, removed } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

const BASE = { ...MINIMAL[TABLE], name: "profiles" };
const GLOBAL = {
  ...BASE,
  streamEnabled: true,
  streamViewType: "NEW_AND_OLD_IMAGES",
  replicas: [{ regionName: "us-west-2", pointInTimeRecovery: true, propagateTags: true }],
};
const EAST = "arn:aws:dynamodb:us-east-1:123456789012:table/profiles";
const WEST = "arn:aws:dynamodb:us-west-2:123456789012:table/profiles";

function reasons(change: Properties): string[] {
  return reasonsOf(TABLE, { ...BASE, ...change });
}

describe("standin/aws/dynamodb", () => {
  it("makes a table with a stream and a replica, each with the ARNs of its region", () => {
    const { id, outputs } = made(TABLE, GLOBAL);
    assert.equal(id, "profiles");
    assert.equal(outputs.arn, EAST);
    assert.equal(outputs.streamArn, `${EAST}/stream/2026-01-01T00:00:00.000`);
    assert.equal(outputs.streamLabel, "2026-01-01T00:00:00.000");
    assert.deepEqual(outputs.replicas, [
      {
        regionName: "us-west-2",
        pointInTimeRecovery: true,
        propagateTags: true,
        consistencyMode: "EVENTUAL",
        deletionProtectionEnabled: false,
        kmsKeyArn: "",
        arn: WEST,
        streamArn: `${WEST}/stream/2026-01-01T00:00:00.000`,
        streamLabel: "2026-01-01T00:00:00.000",
      },
    ]);
  });

  it("inherits nothing for a replica, as DynamoDB does", () => {
    const { outputs } = made(TABLE, {
      ...GLOBAL,
      deletionProtectionEnabled: true,
      pointInTimeRecovery: { enabled: true },
      replicas: [{ regionName: "us-west-2" }],
    });
    const [replica] = outputs.replicas as Properties[];
    assert.equal(replica?.deletionProtectionEnabled, false);
    assert.equal(replica?.pointInTimeRecovery, false);
    assert.deepEqual(outputs.pointInTimeRecovery, { enabled: true, recoveryPeriodInDays: 35 });
  });

  it("reports a plain table as DynamoDB does", () => {
    const { outputs } = made(TABLE, BASE);
    assert.equal(outputs.streamArn, "");
    assert.equal("replicas" in outputs, false);
    assert.deepEqual(outputs.pointInTimeRecovery, { enabled: false, recoveryPeriodInDays: 0 });
    assert.deepEqual(outputs.ttl, { attributeName: "", enabled: false });
    assert.equal(outputs.tableClass, "STANDARD");
    assert.equal(outputs.readCapacity, 0);
  });

  it("foresees the ARNs of the replicas as unknown", () => {
    const [replica] = foresee(resourceType(TABLE), GLOBAL).replicas as Properties[];
    assert.equal(replica?.arn, UNKNOWN);
    assert.equal(replica?.streamArn, UNKNOWN);
    assert.equal(replica?.regionName, "us-west-2");
    assert.equal(foresee(resourceType(TABLE), { ...GLOBAL, replicas: UNKNOWN }).replicas, UNKNOWN);
  });

  it("defines the keys of the table and its indexes, and nothing else", () => {
    assert.deepEqual(reasons({ attributes: [] }), [
      'attributes: key "id" is not defined; add it to attributes',
    ]);
    const attributes = [
      { name: "id", type: "S" },
      { name: "mail", type: "S" },
    ];
    assert.deepEqual(reasons({ attributes }), [
      'attributes: "mail" is no key of the table or an index; leave it out',
    ]);
    assert.deepEqual(
      reasons({
        attributes,
        globalSecondaryIndexes: [{ name: "mail", hashKey: "mail", projectionType: "ALL" }],
      }),
      [],
    );
    assert.deepEqual(reasons({ attributes: [{ name: "id", type: "X" }] }), [
      'attributes: AWS takes the types S, N and B, got "X"',
    ]);
    assert.deepEqual(reasons({ hashKey: undefined, attributes: undefined }), [
      "hashKey is missing, and every table has a partition key",
    ]);
    assert.deepEqual(reasons({ hashKey: UNKNOWN }), []);
    assert.deepEqual(reasons({ attributes: UNKNOWN }), []);
    assert.deepEqual(reasons({ globalSecondaryIndexes: UNKNOWN }), []);
    const restored = { hashKey: undefined, attributes: undefined, restoreSourceName: "old" };
    assert.deepEqual(reasons(restored), []);
  });

  it("needs capacity where it is provisioned", () => {
    const provisioned = (change: Properties) => reasons({ billingMode: undefined, ...change });
    assert.deepEqual(provisioned({ readCapacity: 1, writeCapacity: 1 }), []);
    assert.deepEqual(provisioned({ readCapacity: 0, writeCapacity: UNKNOWN }), [
      "readCapacity: PROVISIONED takes 1 or more, got 0; set it, or billingMode to PAY_PER_REQUEST",
    ]);
    assert.equal(provisioned({}).length, 2);
  });

  it("refuses replicas that DynamoDB refuses", () => {
    const replicas = (list: Properties[], change: Properties = {}) =>
      reasonsOf(TABLE, { ...GLOBAL, replicas: list, ...change });
    assert.deepEqual(replicas([{ regionName: "us-west-2" }]), []);
    assert.deepEqual(replicas([{ regionName: "us-east-1" }]), [
      'replicas: "us-east-1" is the table\'s own region; name another one',
    ]);
    assert.deepEqual(replicas([{ regionName: "us-west-2" }, { regionName: "us-west-2" }]), [
      'replicas: "us-west-2" is there twice; a region has one replica',
    ]);
    assert.equal(replicas([{ regionName: "us-west-9" }]).length, 1);
    const noStream = [
      "replicas: replication reads the stream; set streamEnabled and streamViewType NEW_AND_OLD_IMAGES",
    ];
    assert.deepEqual(replicas([{ regionName: "us-west-2" }], { streamEnabled: false }), noStream);
    assert.deepEqual(replicas([{ regionName: "us-west-2" }], { streamViewType: "KEYS_ONLY" }), noStream);
    assert.deepEqual(replicas([{ regionName: UNKNOWN }], { streamEnabled: UNKNOWN }), []);
  });

  it("takes strong consistency in exactly three regions", () => {
    const strong = (regionName: string) => ({ regionName, consistencyMode: "STRONG" });
    const reasonsFor = (change: Properties) => reasonsOf(TABLE, { ...GLOBAL, ...change });
    assert.deepEqual(reasonsFor({ replicas: [strong("us-east-2"), strong("us-west-2")] }), []);
    assert.deepEqual(
      reasonsFor({ replicas: [strong("us-west-2")], globalTableWitness: { regionName: "us-east-2" } }),
      [],
    );
    assert.deepEqual(reasonsFor({ replicas: [strong("us-west-2")] }), [
      "replicas: strong consistency takes exactly 3 regions, replicas and witness, got 2",
    ]);
  });

  it("refuses names, streams and recovery periods out of bounds", () => {
    assert.deepEqual(reasons({ name: "ab" }).length, 1);
    assert.deepEqual(reasons({ name: "abc" }), []);
    assert.deepEqual(reasons({ streamEnabled: true }), [
      "streamViewType is missing, and a stream says what it shows",
    ]);
    const days = (recoveryPeriodInDays: number) =>
      reasons({ pointInTimeRecovery: { enabled: true, recoveryPeriodInDays } });
    assert.deepEqual([days(1), days(35)], [[], []]);
    assert.deepEqual(days(36), ["pointInTimeRecovery: AWS keeps 1 to 35 days, got 36"]);
  });

  it("takes a table's name once in each of its regions", () => {
    const account = new MemoryAccount(false);
    made(TABLE, GLOBAL, { account, name: "first" });
    for (const region of ["us-east-1", "us-west-2"]) {
      assert.deepEqual(
        refusal(() => made(TABLE, BASE, { account, name: "second", region })),
        [
          `aws:dynamodb/table:Table "second": table profiles already exists in ${region} (ResourceInUse); give it another name`,
        ],
      );
    }
    made(TABLE, BASE, { account, name: "third", region: "eu-west-1" });
  });

  it("keeps a table behind the protection of its replica", () => {
    const account = new MemoryAccount(true);
    const replicas = [{ regionName: "us-west-2", deletionProtectionEnabled: true }];
    made(TABLE, { ...GLOBAL, replicas }, { account });
    assert.match(
      refusal(() => removed(TABLE, account))[0] ?? "",
      /: replicas\[0\]\.deletionProtectionEnabled is on, and AWS refuses/,
    );
    made(TABLE, GLOBAL, { account });
    removed(TABLE, account);
  });

  it("makes a replica of a table of another region", () => {
    const { id, outputs } = made(TABLE_REPLICA, { globalTableArn: EAST }, { region: "us-west-2" });
    assert.equal(id, "profiles:us-east-1");
    assert.equal(outputs.arn, WEST);
    assert.deepEqual(reasonsOf(TABLE_REPLICA, { globalTableArn: EAST }), [
      "globalTableArn: the table is in us-east-1 itself; make the replica with the provider of another region",
    ]);
    assert.equal(reasonsOf(TABLE_REPLICA, { globalTableArn: "profiles" }).length, 1);
  });
});
