import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { replicaParity } from "../../../../policy/rules/replica-parity/rule";
import { fixtureResources } from "../../../../policy/rules/rule-docs";
import { provider, resource, urn } from "../../../model/stack-fixture";
import { ABSURD_VALUES } from "../absurd-values";
import { judged } from "../judged";

const TABLE = "aws:dynamodb/table:Table";
const REPLICA = "aws:dynamodb/tableReplica:TableReplica";
const ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/orders";
const EAST_KEY = "arn:aws:kms:us-east-1:123456789012:key/east";
const WEST_KEY = "arn:aws:kms:us-west-2:123456789012:key/west";
const TITLE = 'the replica in us-west-2 of table "orders"';

const region = (code: string) => resource("pulumi:providers:aws", code, { region: code });
const east = region("us-east-1");
const west = region("us-west-2");
const tableUrn = urn(TABLE, "orders");
const replicaUrn = urn(REPLICA, "west");

/** A table in us-east-1 that has all there is to lose. */
function table(properties: Properties = {}): StackResource {
  return resource(
    TABLE,
    "orders",
    {
      name: "orders",
      arn: ARN,
      streamEnabled: true,
      streamViewType: "NEW_AND_OLD_IMAGES",
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
      tags: { system: "orders", team: "shop" },
      ...properties,
    },
    { provider: east.urn },
  );
}

const inline = (properties: Properties = {}) => ({
  regionName: "us-west-2",
  pointInTimeRecovery: true,
  deletionProtectionEnabled: true,
  propagateTags: true,
  ...properties,
});

const withReplica = (replica: Properties, properties: Properties = {}) =>
  table({ replicas: [inline(replica)], ...properties });

function separate(properties: Properties = {}, from: Record<string, string[]> = {}): StackResource {
  return resource(
    REPLICA,
    "west",
    {
      globalTableArn: ARN,
      pointInTimeRecovery: true,
      deletionProtectionEnabled: true,
      tags: { system: "orders", team: "shop" },
      ...properties,
    },
    { provider: west.urn, from },
  );
}

/** Verdicts and messages but for the stream's, which has tests of its own. */
function judgements(
  resources: readonly StackResource[],
  settings = {},
  phase: "preview" | "settled" = "settled",
) {
  return judged(replicaParity, [east, west, ...resources], settings, phase)
    .filter(({ path }) => !path.startsWith("stream"))
    .map(({ verdict, urn: of, path, message }) => ({ verdict, urn: of, path, message }));
}

const verdicts = (...resources: StackResource[]) =>
  judgements(resources, {}, "preview").map(({ verdict, path }) => `${verdict} ${path}`);

describe("policy/rules/replica-parity", () => {
  it("passes a replica that has what its primary has", () => {
    assert.deepEqual(judged(replicaParity, [east, west, withReplica({})]), [
      {
        verdict: "pass",
        urn: tableUrn,
        path: "streamEnabled",
        message: 'table "orders" has a stream of NEW_AND_OLD_IMAGES, from which it is replicated',
      },
      {
        verdict: "pass",
        urn: tableUrn,
        path: "replicas[0]",
        message: `${TITLE} has the protection of the primary copy`,
      },
    ]);
    assert.deepEqual(judgements([table(), separate()]), [
      {
        verdict: "pass",
        urn: replicaUrn,
        path: "",
        message: `${TITLE} has the protection of the primary copy`,
      },
    ]);
  });

  it("refuses everything that an inline replica lacks, with the lever and its price", () => {
    const fail = (path: string, message: string) => ({ verdict: "fail", urn: tableUrn, path, message });
    assert.deepEqual(judgements([table({ replicas: [{ regionName: "us-west-2" }] })]), [
      fail(
        "replicas[0].pointInTimeRecovery",
        `${TITLE} has no point-in-time recovery, which the primary copy has; DynamoDB does not replicate it; allowed: as the primary; set replicas[0].pointInTimeRecovery to true ($0.20 a GB and month)`,
      ),
      fail(
        "replicas[0].deletionProtectionEnabled",
        `${TITLE} has no deletion protection, which the primary copy has; DynamoDB does not replicate it; allowed: as the primary; set replicas[0].deletionProtectionEnabled to true (costs nothing)`,
      ),
      fail(
        "replicas[0].propagateTags",
        `${TITLE} lacks tags of the primary copy (system, team); DynamoDB does not replicate them; allowed: every tag key of the primary; set replicas[0].propagateTags to true (costs nothing)`,
      ),
    ]);
  });

  it("refuses the same of a replica that is a resource of its own", () => {
    const bare = separate({
      pointInTimeRecovery: false,
      deletionProtectionEnabled: undefined,
      tags: { team: "x" },
    });
    assert.deepEqual(verdicts(table(), bare), [
      "fail pointInTimeRecovery",
      "fail deletionProtectionEnabled",
      "fail tags",
    ]);
    assert.equal(
      judgements([table(), bare])[2]?.message,
      `${TITLE} lacks tags of the primary copy (system); DynamoDB does not replicate them; allowed: every tag key of the primary; add system to its tags (costs nothing)`,
    );
  });

  it("asks no more of a replica than its primary has", () => {
    const plain = {
      pointInTimeRecovery: { enabled: false },
      deletionProtectionEnabled: undefined,
      tags: { "aws:cloudformation:stack-name": "orders" },
    };
    assert.deepEqual(verdicts(table({ ...plain, replicas: [{ regionName: "us-west-2" }] })), [
      "pass replicas[0]",
    ]);
    assert.deepEqual(verdicts(withReplica({}, plain)), ["pass replicas[0]"]);
  });

  it("says where the price of a region is not known", () => {
    assert.match(
      judgements([withReplica({ regionName: "eu-west-3", pointInTimeRecovery: false })])[0]?.message ?? "",
      /\(its price in eu-west-3 is not in our table\)$/,
    );
  });

  it("judges every replica by itself", () => {
    assert.deepEqual(
      verdicts(
        table({
          replicas: [
            inline(),
            inline({ regionName: "eu-west-1", propagateTags: false }),
            inline({ regionName: "eu-west-2", deletionProtectionEnabled: "false" }),
          ],
        }),
      ),
      ["pass replicas[0]", "fail replicas[1].propagateTags", "fail replicas[2].deletionProtectionEnabled"],
    );
  });

  it("counts default tags on both sides, and leaves tags alone where the settings say so", () => {
    const tagged = {
      ...east,
      properties: { ...east.properties, defaultTags: '{"tags":{"system":"orders"}}' },
    };
    const found = (resources: StackResource[], settings = {}) =>
      judged(replicaParity, [tagged, west, ...resources], settings).map(
        ({ verdict, path }) => `${verdict} ${path}`,
      );
    const untagged = table({ tags: undefined, replicas: [inline({ propagateTags: false })] });
    assert.deepEqual(found([untagged]), ["pass streamEnabled", "fail replicas[0].propagateTags"]);
    assert.deepEqual(found([untagged], { requireTags: true }), [
      "pass streamEnabled",
      "fail replicas[0].propagateTags",
    ]);
    assert.deepEqual(found([untagged], { requireTags: false }), ["pass streamEnabled", "pass replicas[0]"]);
    const standby = provider("us-west-2", "us-west-2", "standby");
    const replica = separate({ tags: undefined, tagsAll: { system: "orders" } });
    const roleTagged = table({ tags: { role: "primary" } });
    assert.deepEqual(
      judged(replicaParity, [tagged, standby, roleTagged, replica]).map(({ verdict }) => verdict),
      ["pass", "pass"],
    );
  });

  it("wants a key in the replica's region where the primary has a customer's", () => {
    const encrypted = { serverSideEncryption: { enabled: true, kmsKeyArn: EAST_KEY } };
    assert.deepEqual(verdicts(withReplica({ kmsKeyArn: WEST_KEY }, encrypted)), ["pass replicas[0]"]);
    assert.deepEqual(verdicts(withReplica({}, { serverSideEncryption: { enabled: true } })), [
      "pass replicas[0]",
    ]);
    assert.deepEqual(
      [undefined, EAST_KEY].flatMap((kmsKeyArn) =>
        judgements([withReplica({ kmsKeyArn }, encrypted)]).map(({ path, message }) => [path, message]),
      ),
      [
        [
          "replicas[0].kmsKeyArn",
          `${TITLE} has no customer key, which the primary copy has; allowed: a key in us-west-2; set replicas[0].kmsKeyArn to the ARN of a key there ($1.00 a key and month; replaces the replica)`,
        ],
        [
          "replicas[0].kmsKeyArn",
          `${TITLE} has the key of another region, ${EAST_KEY}; allowed: a key in us-west-2; set replicas[0].kmsKeyArn to the ARN of a key there ($1.00 a key and month; replaces the replica)`,
        ],
      ],
    );
  });

  it("refuses a replica in the table's own region", () => {
    const message = (title: string, path: string) =>
      `${title} is in us-east-1, where the table itself is; DynamoDB refuses it, and a copy there survives no loss of the region; allowed: another region; set ${path} to the standby's`;
    const title = 'the replica in us-east-1 of table "orders"';
    assert.deepEqual(judgements([withReplica({ regionName: "us-east-1" })]), [
      {
        verdict: "fail",
        urn: tableUrn,
        path: "replicas[0].regionName",
        message: message(title, "replicas[0].regionName"),
      },
    ]);
    const replica = separate({ region: "us-east-1" });
    assert.deepEqual(
      judgements([table(), replica]).map((each) => each.message),
      [message(title, "region")],
    );
    assert.deepEqual(
      judgements([replica]).map((each) => each.message),
      [message(`west (${REPLICA})`, "region")],
    );
  });

  it("wants the stream that replication reads", () => {
    const stream = (properties: Properties, replica: Properties = {}) =>
      judged(replicaParity, [east, west, withReplica(replica, properties)])
        .filter(({ path }) => path.startsWith("stream"))
        .map(({ verdict, path, message }) => ({ verdict, path, message }));
    assert.deepEqual(stream({ streamEnabled: undefined }), [
      {
        verdict: "fail",
        path: "streamEnabled",
        message:
          'table "orders" has replicas and no stream, from which DynamoDB feeds them; allowed: a stream of NEW_AND_OLD_IMAGES; set streamEnabled to true and streamViewType to NEW_AND_OLD_IMAGES (no price for replication\'s own reads)',
      },
    ]);
    const viewType = (got: string) => [
      {
        verdict: "fail",
        path: "streamViewType",
        message: `table "orders" has replicas and ${got}; allowed: NEW_AND_OLD_IMAGES; set streamViewType to NEW_AND_OLD_IMAGES (no price for replication's own reads)`,
      },
    ];
    assert.deepEqual(stream({ streamViewType: "NEW_IMAGE" }), viewType("streamViewType NEW_IMAGE"));
    assert.deepEqual(stream({ streamViewType: undefined }), viewType("no streamViewType"));
    // Strongly consistent copies are written together.
    assert.deepEqual(stream({ streamEnabled: false }, { consistencyMode: "STRONG" }), []);
  });

  it("joins a separate replica by ARN, and by dependency before there is one", () => {
    const bare = { pointInTimeRecovery: false };
    assert.deepEqual(verdicts(table(), separate(bare)), ["fail pointInTimeRecovery"]);
    const unborn = separate({ ...bare, globalTableArn: UNKNOWN }, { globalTableArn: [tableUrn] });
    assert.deepEqual(verdicts(table({ arn: UNKNOWN }), unborn), ["fail pointInTimeRecovery"]);
    assert.deepEqual(verdicts(table({ arn: UNKNOWN }), separate({ globalTableArn: UNKNOWN })), [
      "unknown globalTableArn",
    ]);
  });

  it("judges a separate replica once, though AWS lists it in the table too", () => {
    assert.deepEqual(verdicts(table({ replicas: [{ regionName: "us-west-2" }] }), separate()), ["pass "]);
  });

  it("does not apply to a replica of another stack's table, nor to a table without one", () => {
    assert.deepEqual(judgements([separate()]), [
      {
        verdict: "notApplicable",
        urn: replicaUrn,
        path: "",
        message: `west (${REPLICA}) is a replica of ${ARN}, which is not of this stack`,
      },
    ]);
    for (const replicas of [[], undefined, "us-west-2"]) {
      assert.deepEqual(judged(replicaParity, [table({ replicas })]), [
        { verdict: "notApplicable", urn: "", path: "", message: "the stack has no table with a replica" },
      ]);
    }
  });

  for (const [path, replicated] of [
    ["replicas", table({ replicas: UNKNOWN })],
    ["replicas[0].regionName", withReplica({ regionName: UNKNOWN })],
    ["replicas[0].pointInTimeRecovery", withReplica({ pointInTimeRecovery: UNKNOWN })],
    [
      "pointInTimeRecovery.enabled",
      withReplica({ pointInTimeRecovery: false }, { pointInTimeRecovery: UNKNOWN }),
    ],
    ["replicas[0].deletionProtectionEnabled", withReplica({ deletionProtectionEnabled: UNKNOWN })],
    ["replicas[0].propagateTags", withReplica({ propagateTags: UNKNOWN })],
    ["replicas[0].propagateTags", withReplica({ propagateTags: false }, { tags: UNKNOWN })],
    [
      "replicas[0].kmsKeyArn",
      withReplica({ kmsKeyArn: UNKNOWN }, { serverSideEncryption: { enabled: true, kmsKeyArn: EAST_KEY } }),
    ],
    ["serverSideEncryption.kmsKeyArn", withReplica({}, { serverSideEncryption: UNKNOWN })],
    ["region", withReplica({}, { region: UNKNOWN })],
    ["streamEnabled", withReplica({}, { streamEnabled: UNKNOWN })],
    ["streamViewType", withReplica({}, { streamViewType: UNKNOWN })],
    ["replicas[0].consistencyMode", withReplica({ consistencyMode: UNKNOWN }, { streamEnabled: false })],
  ] as [string, StackResource][]) {
    it(`does not know an unknown ${path}, and says when it will`, () => {
      for (const [phase, when] of [
        ["preview", /known after the update; judged again at `pulumi up`$/],
        ["settled", /nothing here will tell it, so it is refused/],
      ] as const) {
        const found = judged(replicaParity, [east, west, replicated], {}, phase).filter(
          ({ verdict }) => verdict !== "pass",
        );
        assert.deepEqual(
          found.map((each) => [each.verdict, each.urn, each.path]),
          [["unknown", tableUrn, path]],
        );
        assert.match(found[0]?.message ?? "", when);
      }
    });
  }

  it("does not know the tags of a separate replica that are not told in full", () => {
    assert.deepEqual(verdicts(table(), separate({ tags: UNKNOWN })), ["unknown tags"]);
    assert.deepEqual(verdicts(table(), separate({ tags: { system: UNKNOWN, team: UNKNOWN } })), ["pass "]);
  });

  it("takes a region that nothing tells for unknown, and one that the ARN tells for known", () => {
    const lost = (properties: Properties) => ({ ...withReplica({}, properties), provider: undefined });
    assert.deepEqual(verdicts(lost({})), ["pass replicas[0]"]);
    assert.deepEqual(verdicts(lost({ arn: undefined })), ["unknown region"]);
  });

  it("takes what the program left to the provider for left out, before the table exists", () => {
    const unborn = {
      ...withReplica({}, { streamViewType: UNKNOWN, tagsAll: UNKNOWN }),
      id: UNKNOWN,
      givenUnknown: [],
    } as const;
    assert.deepEqual(
      judged(replicaParity, [east, west, unborn], {}, "preview").map(
        ({ verdict, path }) => `${verdict} ${path}`,
      ),
      ["fail streamViewType", "pass replicas[0]"],
    );
  });

  it("tells its two fixtures apart", () => {
    const found = (name: "good" | "bad") =>
      judged(replicaParity, fixtureResources("replica-parity", name)).map(
        ({ verdict, path }) => `${verdict} ${path}`,
      );
    assert.deepEqual(
      [found("good"), found("bad")],
      [
        ["pass streamEnabled", "pass replicas[0]"],
        ["pass streamEnabled", "fail replicas[0].pointInTimeRecovery"],
      ],
    );
  });

  it("stands any value in any place", () => {
    const places = Object.keys(table().properties);
    for (const value of ABSURD_VALUES) {
      const stacks: StackResource[][] = [
        ...places.map((place) => [withReplica({}, { [place]: value })]),
        ...Object.keys(inline()).map((place) => [withReplica({ [place]: value, kmsKeyArn: value })]),
        ...Object.keys(separate().properties).map((place) => [
          table(),
          separate({ [place]: value, region: value }),
        ]),
        [table({ replicas: value })],
        [table({ replicas: [value] })],
        [
          { ...east, properties: { region: value, defaultTags: value } },
          withReplica({ propagateTags: value }),
        ],
      ];
      for (const stack of stacks) {
        const found = judgements(stack, {}, "preview");
        assert.deepEqual(
          found.filter(({ message }) => /NaN|undefined|\[object|Symbol|rule itself failed/.test(message)),
          [],
        );
      }
    }
  });
});
