/**
 * What a bill depends on and a program does not say. Every line of a cost report that uses one of these
 * prints it, so that nobody mistakes an assumption for a measurement.
 */
export interface CostAssumptions {
  /** GB of items and indexes in each table, and so in each of its replicas. */
  readonly tableGb: number;
  /** GB of log lines kept in each log group. */
  readonly logGroupGb: number;
  /** GB of objects in each bucket. */
  readonly bucketGb: number;
  /** GB of an instance's root volume where the program leaves it to the image. */
  readonly rootVolumeGb: number;
  /** GB that a database or broker holds where its storage grows by itself: Aurora, DocumentDB, Redshift, ... */
  readonly databaseGb: number;
  /** GB of a snapshot or image whose source the program does not show. */
  readonly snapshotGb: number;
  /** GB of files in each EFS file system, and so in its replica. */
  readonly fileSystemGb: number;
  /** GB of images or packages in each repository. */
  readonly repositoryGb: number;
  /** GB of backups in each vault, and of the automatic ones of each file system. */
  readonly backupGb: number;
  /** GB in each archive and ledger: Glacier vaults, event archives, QLDB. */
  readonly archiveGb: number;
  /** Objects of a bucket that an inventory lists or an analysis watches. */
  readonly bucketObjects: number;
  /** Buckets of an account and region that Macie watches. */
  readonly accountBuckets: number;
  /** Users of a Grafana workspace in a month. */
  readonly workspaceUsers: number;
  /** Billed milliseconds of a canary's function for one run. */
  readonly canaryRunMs: number;
  /** Billed milliseconds of a function for one health-check probe. */
  readonly probeDurationMs: number;
  /** Bytes that one probe leaves in access log and function log together. */
  readonly probeLogBytes: number;
  /** Bytes that leave AWS with the answer to one probe, headers included. */
  readonly probeAnswerBytes: number;
  /** Bytes of the TLS handshake that leave AWS with each probe by HTTPS: for the most part a chain of certificates. */
  readonly probeHandshakeBytes: number;
  /** Read units that one probe uses in each table of the probed function. */
  readonly probeTableReads: number;
  /** Pulumi type -> USD a month of one resource of that type, for what has no known price. */
  readonly allowMonthlyUsd: Readonly<Record<string, number>>;
}

export const DEFAULT_ASSUMPTIONS: CostAssumptions = {
  tableGb: 1,
  logGroupGb: 1,
  bucketGb: 1,
  rootVolumeGb: 8,
  databaseGb: 10,
  snapshotGb: 8,
  fileSystemGb: 1,
  repositoryGb: 1,
  backupGb: 1,
  archiveGb: 1,
  bucketObjects: 10_000,
  accountBuckets: 10,
  workspaceUsers: 1,
  canaryRunMs: 10_000,
  probeDurationMs: 10,
  probeLogBytes: 500,
  probeAnswerBytes: 1000,
  probeHandshakeBytes: 3000,
  probeTableReads: 1,
  allowMonthlyUsd: {},
};

/** An assumption in the one spelling that compares equal: the order in which types are written says nothing. */
export function assumptionText(value: CostAssumptions[keyof CostAssumptions]): string {
  if (typeof value === "number") return String(value);
  return JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))));
}

export const ASSUMPTION_NAMES = Object.keys(DEFAULT_ASSUMPTIONS) as readonly (keyof CostAssumptions)[];
