import type { CostAssumptions } from "../assumptions";
import { amountText, type Formula, stored } from "./formula";

type Assumed = "archiveGb" | "backupGb" | "repositoryGb";

/** A store that bills by the GB-month, of which no program says how much it holds. */
function store(what: string, price: string, size: Assumed & keyof CostAssumptions, note?: string): Formula {
  return (resource, stack) => {
    const gb = stack.assumptions[size];
    return stored(
      `${what}, ${amountText(gb, "GB")} assumed`,
      price,
      stack.regionOf(resource),
      gb,
      note ? { note } : {},
    );
  };
}

export const containerRepositoryMeters = store("container images", "ecr/storage", "repositoryGb");

export const packageRepositoryMeters = store("packages", "codeartifact/storage", "repositoryGb");

/** Public repositories exist in us-east-1 only; what they are asked from elsewhere is use. */
export const publicRepositoryMeters: Formula = (_, stack) => {
  const gb = stack.assumptions.repositoryGb;
  return stored(
    `public container images, ${amountText(gb, "GB")} assumed`,
    "ecr/public-storage",
    "us-east-1",
    gb,
    {
      note: "the first 50 GB of an account are free, which is not counted on",
    },
  );
};

/** What a vault holds decides the price; DynamoDB tables are the dearest that the list knows. */
export const backupVaultMeters = store(
  "backups",
  "backup/warm-storage/dynamodb",
  "backupGb",
  "priced as backups of DynamoDB tables, the dearest kind in the list",
);

export const fileSystemBackupMeters = store("file system backup", "fsx/backup", "backupGb");

export const ledgerMeters = store(
  "ledger",
  "qldb/storage",
  "archiveGb",
  "priced as indexed storage, the dearer kind",
);

/** Events kept for replay; without a retention they are kept for ever. */
export const eventArchiveMeters: Formula = (resource, stack) => {
  const gb = stack.assumptions.archiveGb;
  const forever = !resource.properties.retentionDays;
  return stored(
    `event archive, ${amountText(gb, "GB")} assumed`,
    "eventbridge/archive-storage",
    stack.regionOf(resource),
    gb,
    forever ? { note: "no retention is set, so it grows for ever", lever: "set retentionDays" } : {},
  );
};
