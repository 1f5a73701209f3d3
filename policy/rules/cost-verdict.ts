import { formatUsd, type MicroUsd, microUsd, toUsd } from "../../model/money";
import { fail, pass, resourceTitle, unknown } from "../judgement";
import { type CostAssumptions, DEFAULT_ASSUMPTIONS } from "../prices/assumptions";
import type { CostLine, ExternalResource, Unpriced } from "../prices/idle-cost";
import type { Judgement, Phase } from "../rule";
import type { SettingSchema, SettingsSchema } from "../settings";
import { costTable, dearestLevers } from "./cost-table";

/** An idle cost against the amount that it has to stay below. */
export interface CostCase {
  /** What is paid for: `standby`, `stack`. */
  readonly noun: string;
  readonly limitUsd: number;
  readonly microUsd: MicroUsd;
  readonly lines: readonly CostLine[];
  readonly unpriced: readonly Unpriced[];
  readonly external?: readonly ExternalResource[];
  /** What else keeps the amount from being known. */
  readonly undecided?: readonly Judgement[];
}

/** Too much is refused whatever is unknown besides; a pass needs every price to be known. */
export function judgeCost(urn: string, phase: Phase, cost: CostCase): Judgement[] {
  const { noun, limitUsd, lines } = cost;
  const judgements = [
    ...cost.unpriced.map((entry) => judgeUnpriced(entry, phase, cost)),
    ...(cost.undecided ?? []),
  ];
  const got = `the ${noun} costs ${usdBeside(toUsd(cost.microUsd), limitUsd)} a month while idle`;
  const allowed = `allowed: below ${formatUsd(limitUsd)}`;
  if (cost.microUsd >= microUsd(limitUsd)) {
    judgements.unshift(
      fail(
        urn,
        "",
        `${got}${beside(cost.external)}; ${allowed}; ${dearestLevers(lines)}\n${costTable(lines)}`,
      ),
    );
  } else if (judgements.length === 0) {
    judgements.push(
      pass(
        urn,
        "",
        `${got}, in ${lines.length} ${lines.length === 1 ? "line" : "lines"}${beside(cost.external)}; ${allowed}`,
      ),
    );
  }
  return judgements;
}

/** What the amount leaves out is said wherever the amount is. */
function beside({ length }: readonly ExternalResource[] = []): string {
  if (length === 0) return "";
  return `; ${length} ${length === 1 ? "resource that is" : "resources that are"} only read ${length === 1 ? "is" : "are"} not priced`;
}

function judgeUnpriced(entry: Unpriced, phase: Phase, { noun, limitUsd }: CostCase): Judgement {
  const { urn, type, path, why } = entry;
  const title = resourceTitle(urn);
  if (entry.kind === "input") {
    return unknown(urn, path, `${title}, on which its idle price depends`, phase);
  }
  const allowed = `allowed: a ${noun} of known prices below ${formatUsd(limitUsd)} a month`;
  const setting = `allowMonthlyUsd {"${type}": <USD a month>}`;
  const message = entry.part
    ? `part of ${title} has no known idle price: ${why}; ${allowed}; leave that out, or declare what it alone adds ` +
      `to the rest, which is counted: ${setting}`
    : `${title} has no known idle price: ${why}; ${allowed}; leave it out, or declare what one costs: ${setting}`;
  return fail(urn, path, message);
}

/** Rounding must not make an amount under the limit look like the limit. */
function usdBeside(usd: number, limitUsd: number): string {
  const hidden = usd !== limitUsd && usd.toFixed(2) === limitUsd.toFixed(2);
  return hidden ? `$${usd.toFixed(6)}` : formatUsd(usd);
}

/** The settings of every rule that prices a stack. */
export const ASSUMPTION_SETTINGS: SettingsSchema<CostAssumptions> = {
  allowMonthlyUsd: {
    type: "object",
    default: DEFAULT_ASSUMPTIONS.allowMonthlyUsd,
    additionalProperties: { type: "number", minimum: 0 },
    description:
      "Pulumi type -> USD a month, counted once for each resource of that type of which something has no known price, on either side. It is added to what is known of the resource and never lowers that; a price from memory gives way to it. For a value that the update will tell it does not stand in.",
  },
  tableGb: assumed("tableGb", "GB of items and indexes in each table and in each of its replicas."),
  logGroupGb: assumed("logGroupGb", "GB of log lines kept in each log group."),
  bucketGb: assumed("bucketGb", "GB of objects in each bucket."),
  rootVolumeGb: assumed("rootVolumeGb", "GB of an instance's root volume where its image decides the size."),
  databaseGb: assumed(
    "databaseGb",
    "GB that each database or broker holds where its storage grows by itself: Aurora, DocumentDB, Redshift and the like.",
  ),
  snapshotGb: assumed("snapshotGb", "GB of each snapshot or image whose source the program does not show."),
  fileSystemGb: assumed("fileSystemGb", "GB of files in each EFS file system and in its replica."),
  repositoryGb: assumed("repositoryGb", "GB of images or packages in each repository."),
  backupGb: assumed(
    "backupGb",
    "GB of backups in each vault, and of the automatic ones of each file system.",
  ),
  archiveGb: assumed("archiveGb", "GB in each archive and ledger: Glacier vaults, event archives, QLDB."),
  bucketObjects: assumed(
    "bucketObjects",
    "Objects of a bucket that an inventory lists or an analysis watches.",
  ),
  accountBuckets: assumed("accountBuckets", "Buckets of an account and region that Macie watches."),
  workspaceUsers: assumed("workspaceUsers", "Users of each Grafana workspace in a month."),
  canaryRunMs: assumed("canaryRunMs", "Billed milliseconds of a canary's function for one run."),
  probeDurationMs: assumed(
    "probeDurationMs",
    "Billed milliseconds of a function for one health-check probe.",
  ),
  probeLogBytes: assumed(
    "probeLogBytes",
    "Bytes that one probe leaves in access log and function log together.",
  ),
  probeAnswerBytes: assumed(
    "probeAnswerBytes",
    "Bytes that leave AWS with the answer to one probe, headers included.",
  ),
  probeHandshakeBytes: assumed(
    "probeHandshakeBytes",
    "Bytes of the TLS handshake that leave AWS with each probe by HTTPS, its certificates for the most part.",
  ),
  probeTableReads: assumed(
    "probeTableReads",
    "Read units that one probe uses in each table of the probed function.",
  ),
};

function assumed(
  name: Exclude<keyof CostAssumptions, "allowMonthlyUsd">,
  description: string,
): SettingSchema {
  return { type: "number", default: DEFAULT_ASSUMPTIONS[name], minimum: 0, description };
}
