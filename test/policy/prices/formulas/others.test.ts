import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { UNKNOWN } from "../../../../model/unknown";
import { costOf, priced, primary, standby } from "../meters";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const STAGE = "aws:apigateway/stage:Stage";
const CERTIFICATE = "aws:acm/certificate:Certificate";
const SECRET = "aws:secretsmanager/secret:Secret";
const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";

/** `type -> properties -> lines or reasons` of the formulas that are one line each. */
const CASES: readonly (readonly [string, string, object, Record<string, number | string>])[] = [
  ["an alarm", ALARM, { period: 60 }, { alarm: 100_000 }],
  ["an alarm below a minute", ALARM, { period: 30 }, { "high-resolution alarm": 300_000 }],
  [
    "an alarm on three metrics",
    ALARM,
    {
      metricQueries: [
        { id: "a", metric: { period: 60 } },
        { metric: {} },
        { metric: {} },
        { expression: "a/b" },
      ],
    },
    { "alarm on 3 metrics": 300_000 },
  ],
  [
    "an anomaly band",
    ALARM,
    { thresholdMetricId: "band", metricQueries: [{ metric: { period: 60 } }, { expression: "ANOMALY" }] },
    { "alarm on 3 metrics": 300_000 },
  ],
  [
    "an alarm on a query",
    ALARM,
    { metricQueries: [{ expression: "SELECT AVG(x)" }] },
    { "price metricQueries": "its metrics are chosen by a query, so their number cannot be read" },
  ],
  [
    "a fast metric among slow ones",
    ALARM,
    { metricQueries: [{ metric: { period: 300 } }, { metric: { period: 10 } }] },
    { "high-resolution alarm on 2 metrics": 600_000 },
  ],
  [
    "an unknown period of a metric",
    ALARM,
    { metricQueries: [{ metric: { period: UNKNOWN } }] },
    { "input metricQueries": "metricQueries is not known yet" },
  ],
  ["an unknown period", ALARM, { period: UNKNOWN }, { "input period": "period is not known yet" }],
  [
    "unknown queries",
    ALARM,
    { metricQueries: UNKNOWN },
    { "input metricQueries": "metricQueries is not known yet" },
  ],
  ["a composite alarm", "aws:cloudwatch/compositeAlarm:CompositeAlarm", {}, { "composite alarm": 500_000 }],
  ["a dashboard", "aws:cloudwatch/dashboard:Dashboard", {}, { dashboard: 3_000_000 }],
  ["a log group", "aws:cloudwatch/logGroup:LogGroup", {}, { "log storage, 1 GB assumed": 30_000 }],
  ["a bucket", "aws:s3/bucket:Bucket", {}, { "bucket storage, 1 GB assumed": 23_000 }],
  ["a REST stage", STAGE, {}, {}],
  [
    "a cached REST stage",
    STAGE,
    { cacheClusterEnabled: true, cacheClusterSize: "0.5" },
    { "stage cache, 0.5 GB": 14_600_000 },
  ],
  [
    "a cached REST stage whose size is a number",
    STAGE,
    { cacheClusterEnabled: true, cacheClusterSize: 237 },
    { "stage cache, 237 GB": 2_774_000_000 },
  ],
  [
    "an unknown cache",
    STAGE,
    { cacheClusterEnabled: UNKNOWN },
    { "input cacheClusterEnabled": "cacheClusterEnabled is not known yet" },
  ],
  [
    "an unknown cache size",
    STAGE,
    { cacheClusterEnabled: true, cacheClusterSize: UNKNOWN },
    { "input cacheClusterSize": "cacheClusterSize is not known yet" },
  ],
  [
    "unknown rotation",
    "aws:kms/key:Key",
    { enableKeyRotation: UNKNOWN },
    { "input enableKeyRotation": "enableKeyRotation is not known yet" },
  ],
  [
    "unknown replicas",
    "aws:secretsmanager/secret:Secret",
    { replicas: UNKNOWN },
    { "input replicas": "replicas is not known yet" },
  ],
  [
    "an unknown tier",
    "aws:ssm/parameter:Parameter",
    { tier: UNKNOWN },
    { "input tier": "tier is not known yet" },
  ],
  [
    "an unknown export",
    CERTIFICATE,
    { options: { export: UNKNOWN } },
    { "input options.export": "options.export is not known yet" },
  ],
  [
    "an unknown authority",
    CERTIFICATE,
    { certificateAuthorityArn: UNKNOWN },
    { "input certificateAuthorityArn": "certificateAuthorityArn is not known yet" },
  ],
  [
    "an unknown TLS method",
    DISTRIBUTION,
    { viewerCertificate: { sslSupportMethod: UNKNOWN } },
    { "input viewerCertificate.sslSupportMethod": "viewerCertificate.sslSupportMethod is not known yet" },
  ],
  [
    "a cache size without a price",
    STAGE,
    { cacheClusterEnabled: true, cacheClusterSize: "6.1" },
    { "price ": "the list has no price for stage cache, 6.1 GB" },
  ],
  [
    "a cache without a size",
    STAGE,
    { cacheClusterEnabled: true },
    { "price cacheClusterSize": "cacheClusterSize is not set" },
  ],
  ["a key", "aws:kms/key:Key", {}, { key: 1_000_000 }],
  [
    "a rotating key",
    "aws:kms/key:Key",
    { enableKeyRotation: true },
    { "key with two rotated versions": 3_000_000 },
  ],
  ["a replica key", "aws:kms/replicaKey:ReplicaKey", {}, { key: 1_000_000 }],
  ["a secret", "aws:secretsmanager/secret:Secret", {}, { secret: 400_000 }],
  ["a parameter", "aws:ssm/parameter:Parameter", {}, {}],
  [
    "an advanced parameter",
    "aws:ssm/parameter:Parameter",
    { tier: "Intelligent-Tiering" },
    { "parameter, Intelligent-Tiering tier": 50_000 },
  ],
  ["a public certificate", CERTIFICATE, { options: { export: "DISABLED" } }, {}],
  [
    "an exportable certificate",
    CERTIFICATE,
    { options: { export: "ENABLED" } },
    { "price options.export": "an exportable certificate is charged at a price that is not in the list" },
  ],
  [
    "a private certificate",
    CERTIFICATE,
    { certificateAuthorityArn: "arn:aws:acm-pca:us-west-2:123456789012:certificate-authority/a" },
    {
      "price certificateAuthorityArn": "a private certificate is charged at a price that is not in the list",
    },
  ],
  ["a distribution", DISTRIBUTION, { viewerCertificate: { sslSupportMethod: "sni-only" } }, {}],
  [
    "a distribution with addresses of its own",
    DISTRIBUTION,
    { viewerCertificate: { sslSupportMethod: "vip" } },
    { "dedicated addresses for old TLS clients": 600_000_000 },
  ],
];

describe("policy/prices/formulas, the small ones", () => {
  for (const [what, type, properties, expected] of CASES) {
    it(`prices ${what}`, () => {
      assert.deepEqual(priced(type, properties as never), expected);
    });
  }

  it("charges a secret once more in every region that it is replicated to, on the side where it is", () => {
    const lines = (secret: StackResource) => {
      // A pair tells which region is whose.
      const table = primary("aws:dynamodb/table:Table", "t", {
        billingMode: "PAY_PER_REQUEST",
        replicas: [{ regionName: "us-west-2" }],
      });
      return costOf([secret, table])
        .lines.filter(({ urn }) => urn === secret.urn)
        .map(({ item, region, standby: counts }) => ({ item, region, counts }));
    };
    assert.deepEqual(lines(standby(SECRET, "secret", { replicas: [{ region: "us-east-1" }] })), [
      { item: "secret", region: "us-west-2", counts: true },
      { item: "replica of the secret", region: "us-east-1", counts: false },
    ]);
    assert.deepEqual(lines(primary(SECRET, "secret", { replicas: [{ region: "us-west-2" }] })), [
      { item: "secret", region: "us-east-1", counts: false },
      { item: "replica of the secret", region: "us-west-2", counts: true },
    ]);
  });

  it("prints the assumption that the settings make", () => {
    const kept = [
      standby("aws:cloudwatch/logGroup:LogGroup", "logs"),
      standby("aws:s3/bucket:Bucket", "pages"),
    ];
    assert.deepEqual(
      costOf(kept, { logGroupGb: 0.25, bucketGb: 40 }).lines.map(({ item, monthlyMicroUsd }) => [
        item,
        monthlyMicroUsd,
      ]),
      [
        ["log storage, 0.25 GB assumed", 7_500],
        ["bucket storage, 40 GB assumed", 920_000],
      ],
    );
  });

  it("says where logs are kept for ever", () => {
    const note = (retentionInDays?: number) =>
      costOf([standby("aws:cloudwatch/logGroup:LogGroup", "logs", { retentionInDays })]).lines[0]?.note;
    assert.equal(note(7), undefined);
    assert.equal(note(), "no retention is set, so it grows for ever");
    assert.equal(note(0), "no retention is set, so it grows for ever");
  });
});
