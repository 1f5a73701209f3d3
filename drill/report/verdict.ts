import { formatUsd, toUsd } from "../../model/money";
import type { Bound } from "../../model/recovery-bound";
import type { PolicyReport } from "../../policy/evaluate";
import type { ReportParts, Violation } from "./report";

export type Verdict = "met" | "missed" | "not-measured";

export interface Judgement {
  readonly verdict: Verdict;
  /** One line for every objective missed, or for what was not measured; empty when all are met. */
  readonly reasons: readonly string[];
}

/**
 * Judges a rehearsal. Without samples there is no verdict, however good or bad the rest looks. Objectives are
 * open bounds: a recovery of exactly the objective, or a cost of exactly the budget, is a miss.
 */
export function judge(parts: ReportParts): Judgement {
  const unmeasured = notMeasured(parts);
  if (unmeasured.length > 0) return { verdict: "not-measured", reasons: unmeasured };
  const reasons = [
    ...recoveryMisses(parts),
    ...costMisses(parts),
    ...policyMisses(parts),
    ...leftovers(parts),
  ];
  return { verdict: reasons.length === 0 ? "met" : "missed", reasons };
}

/** The pair that a system recovers slowest by decides: no failover at all, then not known, then the longest. */
export function worstBound(bounds: readonly Bound[]): Bound | undefined {
  const weight = (bound: Bound): number =>
    bound.kind === "unbounded"
      ? Number.POSITIVE_INFINITY
      : bound.kind === "unknown"
        ? Number.MAX_VALUE
        : bound.rtoSeconds;
  return bounds.reduce<Bound | undefined>(
    (worst, bound) => (worst === undefined || weight(bound) > weight(worst) ? bound : worst),
    undefined,
  );
}

/** What the rules object to. A rule that could not be decided is violated too: unknown is never a pass. */
export function violationsOf(policy: PolicyReport): Violation[] {
  return policy.findings
    .filter(({ verdict }) => verdict === "fail" || verdict === "unknown")
    .map(({ rule, level, urn, message }) => ({ rule, level, urn, message }));
}

function notMeasured({ simulation, loopback, teardown, unplayed }: ReportParts): string[] {
  return [
    ...unplayed,
    ...(!simulation || simulation.cutover.count === 0 ? ["no cutover was simulated"] : []),
    ...(!loopback?.requests ? ["no request was sent on loopback"] : []),
    ...(!teardown ? ["the teardown did not run"] : []),
  ];
}

function recoveryMisses(parts: ReportParts): string[] {
  const { rtoSeconds } = parts.objectives;
  const allowed = `the objective is under ${rtoSeconds} s`;
  const bound = worstBound(parts.bounds);
  const reasons: string[] = [];
  if (!bound) reasons.push("the recovery bound cannot be computed: the stack has no failover pair");
  else if (bound.kind === "unbounded") reasons.push(`the recovery time has no bound: ${bound.why}`);
  else if (bound.kind === "unknown")
    reasons.push(`the recovery bound is not known: ${bound.path} of ${bound.urn}`);
  else if (bound.rtoSeconds >= rtoSeconds) {
    reasons.push(
      `the recovery bound is ${bound.rtoSeconds} s; ${allowed}; lower the interval, threshold or TTL`,
    );
  }
  const simulated = parts.simulation?.cutover.clientSeconds;
  if (!simulated) reasons.push(`no simulated client was ever served by the standby; ${allowed}`);
  else if (simulated.max >= rtoSeconds)
    reasons.push(`the slowest simulated client cutover took ${simulated.max} s; ${allowed}`);
  const stranded = parts.simulation?.cutover.stranded ?? 0;
  if (simulated && stranded > 0)
    reasons.push(`${stranded} simulated clients were never served by the standby; ${allowed}`);
  const loopback = parts.loopback?.clientSeconds ?? null;
  if (loopback === null) reasons.push(`the client on loopback was never served by the standby; ${allowed}`);
  else if (loopback >= rtoSeconds)
    reasons.push(`the client cutover on loopback took ${loopback} s; ${allowed}`);
  return [
    ...reasons,
    ...(parts.simulation?.violations ?? []).map((violation) => `invariant violated: ${violation}`),
  ];
}

function costMisses({ cost, objectives }: ReportParts): string[] {
  const unpriced = cost.unpriced
    .filter(({ standby }) => standby)
    .map(({ urn, why }) => `no idle price for ${urn}: ${why}`);
  const standbyUsd = toUsd(cost.standbyMicroUsd);
  const over = standbyUsd >= objectives.standbyMonthlyUsd;
  const budget = `the budget is under ${formatUsd(objectives.standbyMonthlyUsd)}`;
  return [
    ...(over ? [`the idle standby costs ${formatUsd(standbyUsd)} a month; ${budget}`] : []),
    ...unpriced,
  ];
}

function policyMisses({ policy }: ReportParts): string[] {
  return violationsOf(policy)
    .filter(({ level }) => level === "mandatory")
    .map(({ rule, message }) => `rule ${rule}: ${firstLine(message)}`);
}

/** A rule may lay its evidence out in lines below its message; a report has tables for that. */
export function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? "";
}

function leftovers({ teardown }: ReportParts): string[] {
  if (!teardown) return [];
  const { created, deleted, left } = teardown;
  const billing = left.flatMap(({ urn, monthlyUsd }) => {
    if (monthlyUsd === null) return [`the teardown left ${urn}, whose price is not known`];
    return monthlyUsd > 0 ? [`the teardown left ${urn}, which bills ${formatUsd(monthlyUsd)} a month`] : [];
  });
  const missing = created - deleted - left.length;
  return missing === 0
    ? billing
    : [...billing, `the teardown accounts for ${deleted + left.length} of ${created} resources`];
}
