import assert from "node:assert/strict";
import { type Case, priceCases } from "../cases";
import { costOf, primary, standby } from "../meters";

const ARCHIVE = "aws:cloudwatch/eventArchive:EventArchive";
const VAULT = "aws:backup/vault:Vault";
const IMAGES = "aws:ecr/repository:Repository";

const CASES: readonly Case[] = [
  ["images", IMAGES, {}, { "container images, 1 GB assumed": 100_000 }],
  [
    "public images",
    "aws:ecrpublic/repository:Repository",
    {},
    { "public container images, 1 GB assumed": 100_000 },
  ],
  ["packages", "aws:codeartifact/repository:Repository", {}, { "packages, 1 GB assumed": 50_000 }],
  ["a vault", VAULT, {}, { "backups, 1 GB assumed": 100_000 }],
  [
    "an air-gapped vault",
    "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault",
    {},
    { "backups, 1 GB assumed": 100_000 },
  ],
  ["a backup of files", "aws:fsx/backup:Backup", {}, { "file system backup, 1 GB assumed": 50_000 }],
  ["a ledger", "aws:qldb/ledger:Ledger", {}, { "ledger, 1 GB assumed": 250_000 }],
  ["an archive of events", ARCHIVE, {}, { "event archive, 1 GB assumed": 23_000 }],
];

describe("policy/prices/formulas/stores", () => {
  priceCases(CASES);

  it("prints what the settings assume, nothing included", () => {
    assert.deepEqual(
      costOf([standby(VAULT, "v"), standby(IMAGES, "i"), standby(ARCHIVE, "a")], {
        backupGb: 250,
        repositoryGb: 0,
        archiveGb: 0.5,
      }).lines.map(({ item, monthlyMicroUsd }) => [item, monthlyMicroUsd]),
      [
        ["backups, 250 GB assumed", 25_000_000],
        ["container images, 0 GB assumed", 0],
        ["event archive, 0.5 GB assumed", 11_500],
      ],
    );
  });

  it("says where events are kept for ever", () => {
    const note = (retentionDays?: number) =>
      costOf([primary(ARCHIVE, "a", { retentionDays })]).lines[0]?.note;
    assert.equal(note(7), undefined);
    assert.equal(note(0), "no retention is set, so it grows for ever");
    assert.equal(note(), "no retention is set, so it grows for ever");
  });
});
