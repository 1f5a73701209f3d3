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
  /** Billed milliseconds of a function for one health-check probe. */
  readonly probeDurationMs: number;
  /** Bytes that one probe leaves in access log and function log together. */
  readonly probeLogBytes: number;
  /** Pulumi type -> USD a month of one resource of that type, for what has no known price. */
  readonly allowMonthlyUsd: Readonly<Record<string, number>>;
}

export const DEFAULT_ASSUMPTIONS: CostAssumptions = {
  tableGb: 1,
  logGroupGb: 1,
  bucketGb: 1,
  rootVolumeGb: 8,
  probeDurationMs: 10,
  probeLogBytes: 500,
  allowMonthlyUsd: {},
};
