import assert from "node:assert/strict";
import { s3WebsiteZoneIds } from "../../../../model/alias-zone";
import type { Properties } from "../../../../model/unknown";
import { type Account, MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import {
  BUCKET_OWNERSHIP_CONTROLS,
  BUCKET_POLICY,
  BUCKET_PUBLIC_ACCESS_BLOCK,
} from "../../../../rehearsal/standin/aws/s3-access";
import {
  BUCKET,
  BUCKET_OBJECT,
  BUCKET_OBJECT_V2,
  canonicalUserId,
} from "../../../../rehearsal/standin/aws/s3-bucket";
import { BUCKET_REPLICATION } from "../../../../rehearsal/standin/aws/s3-replication";
import {
  BUCKET_ENCRYPTION,
  BUCKET_LIFECYCLE,
  BUCKET_VERSIONING,
  BUCKET_WEBSITE,
} from "../../../../rehearsal/standin/aws/s3-settings";
import { made, reasonsOf, refusal, removed } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

const HOST = "www.example.com";
const ROLE = "arn:aws:iam::123456789012:role/replication";

/** A bucket that keeps versions. */
function versioned(account: Account, bucket: string, region: string): void {
  made(BUCKET, { bucket }, { account, name: bucket, region });
  const versioningConfiguration = { status: "Enabled" };
  made(BUCKET_VERSIONING, { bucket, versioningConfiguration }, { account, name: bucket, region });
}

describe("standin/aws/s3", () => {
  it("makes a bucket with all that the provider tells of it", () => {
    const { id, outputs } = made(
      BUCKET,
      { bucket: HOST, tags: { role: "standby" } },
      { region: "us-west-2" },
    );
    assert.equal(id, HOST);
    assert.deepEqual(outputs, {
      accelerationStatus: "",
      acl: "",
      arn: "arn:aws:s3:::www.example.com",
      bucket: HOST,
      bucketDomainName: "www.example.com.s3.amazonaws.com",
      bucketNamespace: "global",
      bucketPrefix: "",
      bucketRegion: "us-west-2",
      bucketRegionalDomainName: "www.example.com.s3.us-west-2.amazonaws.com",
      corsRules: [],
      forceDestroy: false,
      grants: [
        {
          id: canonicalUserId("123456789012"),
          permissions: ["FULL_CONTROL"],
          type: "CanonicalUser",
          uri: "",
        },
      ],
      hostedZoneId: "Z3BJ6K6RIION7M",
      lifecycleRules: [],
      logging: null,
      objectLockConfiguration: null,
      objectLockEnabled: false,
      policy: "",
      region: "us-west-2",
      replicationConfiguration: null,
      requestPayer: "BucketOwner",
      serverSideEncryptionConfiguration: {
        rule: {
          applyServerSideEncryptionByDefault: { kmsMasterKeyId: "", sseAlgorithm: "AES256" },
          bucketKeyEnabled: false,
        },
      },
      tags: { role: "standby" },
      tagsAll: { role: "standby" },
      versioning: { enabled: false, mfaDelete: false },
      website: null,
      websiteDomain: "",
      websiteEndpoint: "",
    });
    assert.match(canonicalUserId("123456789012"), /^[0-9a-f]{64}$/);
  });

  it("generates names in lower case", () => {
    assert.match(made(BUCKET, {}, { name: "StandbyPages" }).id, /^standbypages-[0-9a-f]{7}$/);
    assert.match(made(BUCKET, { bucketPrefix: "pages-" }).id, /^pages-[0-9a-f]{7}$/);
  });

  it("refuses a name that S3 does not take, and says what it takes", () => {
    assert.deepEqual(reasonsOf(BUCKET, { bucket: "My Bucket" }), [
      'bucket: S3 takes 3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at both ends, got "My Bucket"',
    ]);
  });

  it("gives a name once, whatever the region", () => {
    const account = new MemoryAccount(false);
    made(BUCKET, { bucket: HOST }, { account, name: "first", region: "us-west-2" });
    assert.deepEqual(
      refusal(() => made(BUCKET, { bucket: HOST }, { account, name: "second" })),
      [
        'aws:s3/bucket:Bucket "second": bucket www.example.com already exists, in us-west-2 (BucketAlreadyOwnedByYou); a name is taken once in all regions, give it another',
      ],
    );
  });

  const WEBSITES: readonly (readonly [region: string, domain: string])[] = [
    ["us-east-1", "s3-website-us-east-1.amazonaws.com"],
    ["us-west-2", "s3-website-us-west-2.amazonaws.com"],
    ["eu-west-1", "s3-website-eu-west-1.amazonaws.com"],
    ["eu-central-1", "s3-website.eu-central-1.amazonaws.com"],
    ["us-east-2", "s3-website.us-east-2.amazonaws.com"],
  ];
  for (const [region, domain] of WEBSITES) {
    it(`serves a website of ${region} at ${domain}`, () => {
      const account = new MemoryAccount(true);
      const { outputs: bucket } = made(BUCKET, { bucket: HOST }, { account, region });
      const inputs = {
        bucket: HOST,
        indexDocument: { suffix: "index.html" },
        errorDocument: { key: "e.html" },
      };
      const { id, outputs } = made(BUCKET_WEBSITE, inputs, { account, region });
      assert.equal(id, HOST);
      assert.equal(outputs.websiteDomain, domain);
      assert.equal(outputs.websiteEndpoint, `${HOST}.${domain}`);
      assert.equal(bucket.hostedZoneId, s3WebsiteZoneIds(region)?.[0]);
    });
  }

  it("needs an index or a redirect, and one of them only", () => {
    const reasons = (inputs: Properties) => reasonsOf(BUCKET_WEBSITE, { bucket: HOST, ...inputs });
    assert.deepEqual(reasons({}), ["none of indexDocument or redirectAllRequestsTo is set; set one"]);
    assert.deepEqual(reasons({ redirectAllRequestsTo: { hostName: HOST, protocol: "https" } }), []);
    assert.deepEqual(reasons({ redirectAllRequestsTo: { hostName: HOST, protocol: "ftp" } }), [
      'redirectAllRequestsTo.protocol: AWS takes http or https, got "ftp"',
    ]);
    assert.deepEqual(reasons({ indexDocument: { suffix: "a/index.html" } }), [
      'indexDocument: suffix: S3 takes a name without a slash such as index.html, got "a/index.html"',
    ]);
    assert.deepEqual(reasons({ indexDocument: {} }), [
      "indexDocument.suffix is missing, and AWS cannot do without it",
    ]);
  });

  it("finds the bucket of a setting in its own region only", () => {
    const account = new MemoryAccount(true);
    const website = MINIMAL[BUCKET_WEBSITE] ?? {};
    assert.deepEqual(
      refusal(() => made(BUCKET_WEBSITE, website, { account })),
      [
        `${BUCKET_WEBSITE} "x": bucket pages does not exist in us-east-1 (NoSuchBucket); take it from the resource`,
      ],
    );
    made(BUCKET, { bucket: "pages" }, { account, region: "us-west-2" });
    assert.deepEqual(
      refusal(() => made(BUCKET_WEBSITE, website, { account })),
      [
        `${BUCKET_WEBSITE} "x": bucket pages is in us-west-2, not in us-east-1 (NoSuchBucket); use the provider of its region`,
      ],
    );
    made(BUCKET_WEBSITE, website, { account, region: "us-west-2" });
  });

  it("lets a public policy through once the block is off", () => {
    const account = new MemoryAccount(true);
    const bucket = "pages";
    made(BUCKET, { bucket }, { account });
    const statement = {
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::pages/*",
    };
    const policy = (change: object) => () =>
      made(
        BUCKET_POLICY,
        {
          bucket,
          policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...change }] }),
        },
        { account },
      ).id;
    const blocked = [
      `${BUCKET_POLICY} "x": policy: it is public, and the bucket blocks public policies (AccessDenied); set blockPublicPolicy to false on a BucketPublicAccessBlock and let the policy depend on it`,
    ];
    assert.deepEqual(refusal(policy({})), blocked);
    assert.deepEqual(refusal(policy({ Principal: { AWS: ["*"] } })), blocked);
    const service = { Service: "cloudfront.amazonaws.com" };
    assert.equal(policy({ Principal: service })(), bucket);
    assert.equal(policy({ Condition: { StringEquals: { "AWS:SourceArn": "arn:x" } } })(), bucket);
    assert.equal(policy({ Effect: "Deny" })(), bucket);
    made(BUCKET_PUBLIC_ACCESS_BLOCK, { bucket, blockPublicPolicy: true }, { account });
    assert.deepEqual(refusal(policy({})), blocked);
    made(BUCKET_PUBLIC_ACCESS_BLOCK, { bucket, blockPublicPolicy: false }, { account });
    assert.equal(policy({})(), bucket);
    assert.deepEqual(refusal(policy({ Resource: ["arn:aws:s3:::pages-2/*"] })), [
      `${BUCKET_POLICY} "x": policy: arn:aws:s3:::pages-2/* is no resource of this bucket (MalformedPolicy); write arn:aws:s3:::pages or arn:aws:s3:::pages/*`,
    ]);
  });

  it("replicates between buckets that both keep versions", () => {
    const account = new MemoryAccount(true);
    made(BUCKET, { bucket: "pages" }, { account, name: "pages" });
    const rule = { destination: { bucket: "arn:aws:s3:::copy" }, status: "Enabled" };
    const replicate = (bucket: string) =>
      made(BUCKET_REPLICATION, { bucket, role: ROLE, rules: [rule] }, { account });
    const because = (reason: string) => [`${BUCKET_REPLICATION} "x": ${reason}`];
    assert.deepEqual(
      refusal(() => replicate("pages")),
      because(
        "bucket pages keeps no versions, and replication copies versions (InvalidRequest); enable versioning first and depend on it",
      ),
    );
    versioned(account, "source", "us-east-1");
    assert.deepEqual(
      refusal(() => replicate("source")),
      because(
        "destination arn:aws:s3:::copy does not exist (InvalidRequest); take it from the arn of a bucket",
      ),
    );
    made(BUCKET, { bucket: "copy" }, { account, name: "copy", region: "us-west-2" });
    assert.deepEqual(
      refusal(() => replicate("source")),
      because(
        "destination copy keeps no versions (InvalidRequest); enable versioning there first and depend on it",
      ),
    );
    versioned(account, "copy", "us-west-2");
    const { outputs } = replicate("source");
    assert.match(JSON.stringify(outputs.rules), /"id":"tf-s3-replication-[0-9a-f]{26}"/);
    const markers = { deleteMarkerReplication: { status: "Enabled" } };
    const reasons = (change: object) =>
      reasonsOf(BUCKET_REPLICATION, { bucket: "a", role: ROLE, rules: [{ ...rule, ...change }] });
    assert.deepEqual(reasons({ ...markers, filter: {} }), []);
    assert.deepEqual(reasons(markers), [
      "rules[0].filter is missing, and deleteMarkerReplication needs one (InvalidRequest); give an empty filter for all objects",
    ]);
    assert.deepEqual(reasons({ filter: {} }), [
      "rules[0].deleteMarkerReplication is missing, and a rule with a filter needs it (InvalidRequest); set its status",
    ]);
    assert.deepEqual(
      reasonsOf(BUCKET_REPLICATION, {
        bucket: "a",
        role: ROLE,
        rules: [
          { ...rule, priority: 1 },
          { ...rule, priority: 1 },
        ],
      }),
      ["rules: priority 1 is there twice; give each rule its own"],
    );
  });

  it("uploads objects under their own name, with type, digest and version", () => {
    const account = new MemoryAccount(true);
    versioned(account, "pages", "us-east-1");
    const page = { bucket: "pages", content: "hello", contentType: "text/html; charset=utf-8" };
    const { id, outputs } = made(BUCKET_OBJECT_V2, page, { account, name: "index.html" });
    assert.equal(id, "pages/index.html");
    assert.equal(outputs.key, "index.html");
    assert.equal(outputs.arn, "arn:aws:s3:::pages/index.html");
    assert.equal(outputs.etag, "5d41402abc4b2a76b9719d911017c592");
    assert.equal(outputs.contentType, "text/html; charset=utf-8");
    assert.equal(outputs.serverSideEncryption, "AES256");
    assert.equal(outputs.storageClass, "STANDARD");
    assert.match(String(outputs.versionId), /^[A-Za-z0-9]{32}$/);
    const changed = made(BUCKET_OBJECT_V2, { ...page, content: "bye" }, { account, name: "index.html" });
    assert.notEqual(changed.outputs.versionId, outputs.versionId);
    assert.equal(
      made(BUCKET_OBJECT, { bucket: "plain", contentBase64: "aGVsbG8=" }).outputs.etag,
      outputs.etag,
    );
    assert.equal(made(BUCKET_OBJECT, { bucket: "plain", content: "" }).outputs.versionId, "");
    assert.deepEqual(reasonsOf(BUCKET_OBJECT, { ...page, contentType: "html" }), [
      'contentType: AWS takes a media type such as text/html; charset=utf-8, got "html"',
    ]);
    assert.deepEqual(reasonsOf(BUCKET_OBJECT, { ...page, key: "k".repeat(1024) }), []);
    assert.deepEqual(reasonsOf(BUCKET_OBJECT, { ...page, key: "k".repeat(1025) }), [
      "key: S3 takes 1024 bytes of UTF-8, got 1025",
    ]);
    assert.deepEqual(reasonsOf(BUCKET_OBJECT, { ...page, contentBase64: "aGVsbG8=" }), [
      "content and contentBase64 exclude each other; keep one",
    ]);
  });

  it("keeps a bucket that holds objects, unless they may go with it", () => {
    const account = new MemoryAccount(true);
    made(BUCKET, { bucket: "pages" }, { account });
    made(BUCKET_OBJECT, { bucket: "pages", content: "x", key: "b.html" }, { account });
    made(BUCKET_OBJECT_V2, { bucket: "pages", content: "x", key: "a.html" }, { account });
    assert.deepEqual(
      refusal(() => removed(BUCKET, account)),
      [
        'aws:s3/bucket:Bucket "x": 2 objects are still in it, a.html first (BucketNotEmpty); delete them, or set forceDestroy and update',
      ],
    );
    made(BUCKET, { bucket: "pages", forceDestroy: true }, { account });
    removed(BUCKET, account);
    assert.deepEqual(account.list(BUCKET), []);
  });

  it("judges the settings of a bucket", () => {
    const rule = { id: "old", status: "Enabled", noncurrentVersionExpiration: { noncurrentDays: 30 } };
    const lifecycle = (...rules: Properties[]) => reasonsOf(BUCKET_LIFECYCLE, { bucket: "pages", rules });
    assert.deepEqual(lifecycle(rule), []);
    assert.deepEqual(lifecycle(), ["rules is empty, and S3 takes a rule or more; leave the resource out"]);
    assert.deepEqual(lifecycle(rule, rule), ['rules: "old" is the id of two rules; give each its own']);
    assert.deepEqual(lifecycle({ id: "idle", status: "Enabled" }), [
      "rules[0] does nothing (InvalidRequest); give it one of abortIncompleteMultipartUpload, expiration, noncurrentVersionExpiration, noncurrentVersionTransitions, transitions",
    ]);
    assert.deepEqual(
      reasonsOf(BUCKET_VERSIONING, { bucket: "pages", versioningConfiguration: { status: "On" } }),
      ['versioningConfiguration.status: AWS takes Enabled, Suspended or Disabled, got "On"'],
    );
    assert.deepEqual(reasonsOf(BUCKET_OWNERSHIP_CONTROLS, { bucket: "pages", rule: {} }), [
      "rule.objectOwnership is missing, and AWS cannot do without it",
    ]);
    const sse = (sseAlgorithm: string) =>
      reasonsOf(BUCKET_ENCRYPTION, {
        bucket: "pages",
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }],
      });
    assert.deepEqual(sse("aws:kms"), []);
    assert.equal(sse("DES").length, 1);
    assert.equal(
      made(BUCKET_VERSIONING, { ...MINIMAL[BUCKET_VERSIONING], expectedBucketOwner: "123456789012" }).id,
      "pages,123456789012",
    );
  });
});
