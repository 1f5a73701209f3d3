import { formatUsd, microUsd, toUsd } from "../../../model/money";
import { fail, notApplicable, pass, resourceTitle, stackUrn, unknown } from "../../judgement";
import { type CostAssumptions, DEFAULT_ASSUMPTIONS } from "../../prices/assumptions";
import { type CostReport, idleCost, type Unpriced } from "../../prices/idle-cost";
import type { JudgedStack, Judgement, Rule } from "../../rule";
import type { SettingSchema } from "../../settings";
import { costTable, dearestLevers } from "./cost-table";
import { note } from "./note";

export interface StandbyIdleCostSettings extends CostAssumptions {
  readonly monthlyUsdLimit: number;
}

export const standbyIdleCost: Rule<StandbyIdleCostSettings> = {
  id: "standby-idle-cost",
  title: "The standby costs less than 50 USD a month while idle, and every part of it has a known price",
  level: "mandatory",
  settings: {
    monthlyUsdLimit: {
      type: "number",
      default: 50,
      exclusiveMinimum: 0,
      description: "USD a month that the idle standby has to stay below.",
    },
    allowMonthlyUsd: {
      type: "object",
      default: DEFAULT_ASSUMPTIONS.allowMonthlyUsd,
      additionalProperties: { type: "number", minimum: 0 },
      description:
        "Pulumi type -> USD a month of one resource of that type, counted for what has no known price. Never lowers a price that is known.",
    },
    tableGb: assumed("tableGb", "GB of items and indexes in each table and in each of its replicas."),
    logGroupGb: assumed("logGroupGb", "GB of log lines kept in each log group."),
    bucketGb: assumed("bucketGb", "GB of objects in each bucket."),
    rootVolumeGb: assumed(
      "rootVolumeGb",
      "GB of an instance's root volume where its image decides the size.",
    ),
    probeDurationMs: assumed(
      "probeDurationMs",
      "Billed milliseconds of a function for one health-check probe.",
    ),
    probeLogBytes: assumed(
      "probeLogBytes",
      "Bytes that one probe leaves in access log and function log together.",
    ),
  },
  note,
  judge: (stack, settings) => judgeCost(stack, settings, idleCost(stack.resources, stack.plan, settings)),
};

function assumed(
  name: Exclude<keyof CostAssumptions, "allowMonthlyUsd">,
  description: string,
): SettingSchema {
  return { type: "number", default: DEFAULT_ASSUMPTIONS[name], minimum: 0, description };
}

function judgeCost(
  { resources, phase }: JudgedStack,
  { monthlyUsdLimit }: StandbyIdleCostSettings,
  cost: CostReport,
): Judgement[] {
  const urn = stackUrn(resources);
  if (!cost.hasStandby)
    return [
      notApplicable(
        urn,
        "the stack has no standby: no failover record, no replica, no resource tagged role: standby",
      ),
    ];
  const judgements = cost.unpriced
    .filter(({ standby }) => standby)
    .map((entry) =>
      entry.kind === "input"
        ? unknown(
            entry.urn,
            entry.path,
            `${resourceTitle(entry.urn)}, on which its idle price depends`,
            phase,
          )
        : fail(entry.urn, entry.path, undecidedText(entry, monthlyUsdLimit)),
    );
  if (cost.unknownStandby) {
    const { urn: record, path } = cost.unknownStandby;
    judgements.push(unknown(record, path, `${resourceTitle(record)}, which leads to the standby`, phase));
  }
  const lines = cost.lines.filter(({ standby }) => standby);
  const got = `the standby costs ${usdBeside(toUsd(cost.standbyMicroUsd), monthlyUsdLimit)} a month while idle`;
  const allowed = `allowed: below ${formatUsd(monthlyUsdLimit)}`;
  if (cost.standbyMicroUsd >= microUsd(monthlyUsdLimit)) {
    judgements.unshift(fail(urn, "", `${got}; ${allowed}; ${dearestLevers(lines)}\n${costTable(lines)}`));
  } else if (judgements.length === 0) {
    judgements.push(
      pass(urn, "", `${got}, in ${lines.length} ${lines.length === 1 ? "line" : "lines"}; ${allowed}`),
    );
  }
  return judgements;
}

/** Rounding must not make an amount under the limit look like the limit. */
function usdBeside(usd: number, limitUsd: number): string {
  const hidden = usd !== limitUsd && usd.toFixed(2) === limitUsd.toFixed(2);
  return hidden ? `$${usd.toFixed(6)}` : formatUsd(usd);
}

function undecidedText({ urn, type, why }: Unpriced, limitUsd: number): string {
  return (
    `${resourceTitle(urn)} has no known idle price: ${why}; allowed: a standby of known prices below ` +
    `${formatUsd(limitUsd)} a month; leave it out, or declare what one costs: allowMonthlyUsd {"${type}": <USD a month>}`
  );
}
