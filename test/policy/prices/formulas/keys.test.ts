import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { UNKNOWN } from "../../../../model/unknown";
import { type Case, priceCases } from "../cases";
import { costOf, primary, standby } from "../meters";

const KEY = "aws:kms/key:Key";
const SECRET = "aws:secretsmanager/secret:Secret";
const PARAMETER = "aws:ssm/parameter:Parameter";
const HSM = "aws:cloudhsmv2/hsm:Hsm";

const cluster = (hsmType: string | typeof UNKNOWN) =>
  standby("aws:cloudhsmv2/cluster:Cluster", "c", { hsmType }, { id: "cluster-1" });

const CASES: readonly Case[] = [
  ["a key", KEY, {}, { key: 1_000_000 }],
  ["a rotating key", KEY, { enableKeyRotation: true }, { "key with two rotated versions": 3_000_000 }],
  ["a replica key", "aws:kms/replicaKey:ReplicaKey", {}, { key: 1_000_000 }],
  ["an external key", "aws:kms/externalKey:ExternalKey", {}, { key: 1_000_000 }],
  ["a replica of one", "aws:kms/replicaExternalKey:ReplicaExternalKey", {}, { key: 1_000_000 }],
  [
    "unknown rotation",
    KEY,
    { enableKeyRotation: UNKNOWN },
    { "input enableKeyRotation": "enableKeyRotation is not known yet" },
  ],
  ["a secret", SECRET, {}, { secret: 400_000 }],
  ["unknown replicas", SECRET, { replicas: UNKNOWN }, { "input replicas": "replicas is not known yet" }],
  ["a parameter", PARAMETER, {}, {}],
  ["an advanced parameter", PARAMETER, { tier: "Advanced" }, { "parameter, Advanced tier": 50_000 }],
  [
    "a parameter that may turn advanced",
    PARAMETER,
    { tier: "Intelligent-Tiering" },
    { "parameter, Intelligent-Tiering tier": 50_000 },
  ],
  ["an unknown tier", PARAMETER, { tier: UNKNOWN }, { "input tier": "tier is not known yet" }],
  [
    "a security module",
    HSM,
    { clusterId: "cluster-1" },
    { "hsm1.medium security module": 1_168_000_000 },
    [cluster("hsm1.medium")],
  ],
  [
    "a security module of a kind without a price",
    HSM,
    { clusterId: "cluster-1" },
    { "price ": "the list has no price for hsm2m.medium security module" },
    [cluster("hsm2m.medium")],
  ],
  [
    "a security module of an unknown kind",
    HSM,
    { clusterId: "cluster-1" },
    { "input hsmType": "hsmType is not known yet" },
    [cluster(UNKNOWN)],
  ],
  [
    "a security module of a cluster elsewhere",
    HSM,
    { clusterId: "cluster-2" },
    { "price clusterId": "its cluster is not in this stack, so its kind cannot be read" },
    [cluster("hsm1.medium")],
  ],
];

describe("policy/prices/formulas/keys", () => {
  priceCases(CASES);

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
});
