import { setWords } from "../../model/answer-sets";
import { formatUsd, toUsd } from "../../model/money";
import type { Bound } from "../../model/recovery-bound";
import type { PolicyReport } from "../../policy/evaluate";
import { budgetsOf } from "./budgets";
import { failedPercentText, failingOnEnd } from "./failed-shares";
import type { Violation } from "./report";
import type { Expectation, ReportParts, SimulationFigures } from "./report-parts";
import { isAbsorbed } from "./visitor-groups";

export type Verdict = "met" | "missed" | "not-measured";

export interface Judgement {
  readonly verdict: Verdict;
  /** The verdict in words; where nobody came over for a reason it says that, and not that an objective is met. */
  readonly headline: string;
  /** One line for every objective missed, or for what was not measured; empty when all are met. */
  readonly reasons: readonly string[];
}

/**
 * Judges a rehearsal. What is proven to miss decides: a bound, a cost or a mandatory rule needs no samples, and a
 * sample that misses none besides. Without a miss nothing is met while anything that can fail over, or a part of the
 * play, was not measured. Objectives are open bounds: a recovery of exactly the objective, or a cost of exactly the
 * budget, is a miss. A scenario that sockets cannot play is judged by its simulation.
 */
export function judge(parts: ReportParts): Judgement {
  const judgement = judged(parts);
  return { ...judgement, headline: headlineOf(judgement.verdict, parts) };
}

/** The promise is an open bound. */
export function objectiveWords(rtoSeconds: number): string {
  return `the objective is under ${rtoSeconds} s`;
}

function judged(parts: ReportParts): Omit<Judgement, "headline"> {
  const unrehearsed = parts.others.flatMap(({ outcome, ...set }) =>
    outcome.kind === "not-rehearsed" ? [`${setWords(set)} was not rehearsed: ${outcome.why}`] : [],
  );
  const unmeasured = notMeasured(parts);
  const misses = [
    ...boundMisses(parts, unmeasured.length === 0),
    ...playedMisses(parts),
    ...costMisses(parts),
    ...policyMisses(parts),
    ...leftovers(parts),
  ];
  const unplayed = [...unmeasured, ...unrehearsed];
  if (misses.length > 0) return { verdict: "missed", reasons: [...misses, ...unplayed] };
  return { verdict: unplayed.length > 0 ? "not-measured" : "met", reasons: unplayed };
}

export function verdictWords(verdict: Verdict): string {
  return { met: "objectives met", missed: "objective missed", "not-measured": "not measured" }[verdict];
}

function headlineOf(verdict: Verdict, { simulation, expected }: ReportParts): string {
  const told = verdict === "not-measured" || !simulation ? undefined : unledWords(simulation, expected);
  if (told === undefined) return verdictWords(verdict);
  return verdict === "missed" ? `${verdictWords(verdict)}: ${told}` : told;
}

/** What came of a scenario in which not everybody has to come over; undefined where everybody did. */
function unledWords({ cutover, failedShare = [] }: SimulationFigures, expected: Expectation) {
  const someFailed = failedShare.some((share) => share.failed > 0);
  const failed = someFailed
    ? `${failedPercentText(failedShare)} of requests failed until the heal`
    : "no request failed";
  switch (expected) {
    case "everybody-over":
      return undefined;
    case "nobody-over":
      return `nothing ${someFailed ? "failed" : "had to fail"} over, as the health check does not see this fault; ${failed}`;
    case "nobody-can-serve":
      return `neither side serves, so that no failover helps; ${failed}`;
    case "away-at-rest":
      return `nobody came over, as the DNS answers lead past the primary before it fails; ${failed}`;
    case "open":
      if (cutover.stranded === 0 && cutover.clientSeconds) return undefined;
      return `${cutover.clientSeconds ? "not everybody" : "nobody"} came over, as chance decides what the health check sees; ${failed}`;
  }
}

/** The pair that a system recovers slowest by decides: no failover at all, then not known, then the longest. */
export function worstBound(bounds: readonly Bound[]): Bound | undefined {
  return slowestFirst(bounds.map((bound) => ({ bound })))[0]?.bound;
}

/** By bound as `worstBound` orders them; equals stay in their order. */
export function slowestFirst<T extends { readonly bound: Bound }>(sets: readonly T[]): T[] {
  // Two infinite ones have no difference, so they are compared instead.
  const order = (a: number, b: number) => (a === b ? 0 : b > a ? 1 : -1);
  return [...sets].sort((a, b) => order(slowness(a.bound), slowness(b.bound)));
}

function slowness(bound: Bound): number {
  if (bound.kind === "unbounded") return Number.POSITIVE_INFINITY;
  return bound.kind === "unknown" ? Number.MAX_VALUE : bound.rtoSeconds;
}

/** What the rules object to. A rule that could not be decided is violated too: unknown is never a pass. */
export function violationsOf(policy: PolicyReport): Violation[] {
  return policy.findings
    .filter(({ verdict }) => verdict === "fail" || verdict === "unknown")
    .map(({ rule, level, urn, message }) => ({ rule, level, urn, message }));
}

/** Those of mandatory rules, which stop an update. */
export function refusalsOf(violations: readonly Violation[]): Violation[] {
  return violations.filter(({ level }) => level === "mandatory");
}

/** The mandatory rules that a stack breaks, in a sentence; undefined where it breaks none. */
export function refusalWords(policy: PolicyReport): string | undefined {
  const rules = [...new Set(refusalsOf(violationsOf(policy)).map(({ rule }) => rule))];
  if (rules.length === 0) return undefined;
  return `Mandatory rules violated: ${rules.join(", ")}; warm-standby check says how.`;
}

function notMeasured({ simulation, loopback, teardown, unplayed, simulatedOnly }: ReportParts): string[] {
  return [
    ...unplayed,
    ...(!simulation || simulation.cutover.count === 0 ? ["no cutover was simulated"] : []),
    ...(!simulatedOnly && !loopback?.requests ? ["no request was sent on loopback"] : []),
    ...(!teardown ? ["the teardown did not run"] : []),
  ];
}

/** A bound that is not there, or not known, is a miss of a whole rehearsal only: it proves nothing. */
function boundMisses({ bounds, objectives }: ReportParts, isWhole: boolean): string[] {
  const { rtoSeconds } = objectives;
  const bound = worstBound(bounds);
  if (!bound) return isWhole ? ["the recovery bound cannot be computed: the stack has no failover pair"] : [];
  switch (bound.kind) {
    case "unbounded":
      return [`the recovery time has no bound: ${bound.why}`];
    case "unknown":
      return isWhole ? [`the recovery bound is not known: ${bound.path} of ${bound.urn}`] : [];
    case "bound": {
      const got = `the recovery bound is ${bound.rtoSeconds} s; ${objectiveWords(rtoSeconds)}`;
      return bound.rtoSeconds < rtoSeconds ? [] : [`${got}; lower the interval, threshold or TTL`];
    }
  }
}

/** What was played and did not keep the objective; of what was not played there is nothing to say. */
function playedMisses(parts: ReportParts): string[] {
  const { simulation, expected, others, loopback, unplayed, simulatedOnly } = parts;
  const { rtoSeconds } = parts.objectives;
  const reasons: string[] = [];
  if (simulation && simulation.cutover.count > 0)
    reasons.push(...simulatedMisses(simulation, expected, rtoSeconds));
  for (const { outcome, ...set } of others) {
    if (outcome.kind !== "simulated") continue;
    const own = simulatedMisses(outcome.figures, outcome.expected, rtoSeconds);
    reasons.push(...own.map((reason) => `${setWords(set)}: ${reason}`));
  }
  const isPlayed = !simulatedOnly && unplayed.length === 0 && Boolean(loopback?.requests);
  return isPlayed ? [...reasons, ...loopbackMisses(parts, objectiveWords(rtoSeconds))] : reasons;
}

/**
 * What the simulation of one set of answers does not keep: the promise is that whoever honours the TTL is served again
 * within the objective. An invariant has to hold whatever is expected.
 */
export function simulatedMisses(
  figures: SimulationFigures,
  expected: Expectation,
  rtoSeconds: number,
): string[] {
  const { cutover, kinds, violations } = figures;
  const allowed = objectiveWords(rtoSeconds);
  const { clientSeconds, stranded } = kinds?.compliant ?? cutover;
  const reasons: string[] = [];
  if (expected === "nobody-over" && cutover.authoritativeSeconds !== undefined) {
    reasons.push("the simulated DNS answer left the primary, though no checker can see the fault");
  }
  if (expected === "everybody-over") {
    if (!clientSeconds) {
      const why = figures.outlook === "stays" ? ", as the health checks do not see this fault" : "";
      reasons.push(`no simulated client was ever served elsewhere${why}; ${allowed}`);
    } else if (clientSeconds.max >= rtoSeconds) {
      reasons.push(`the slowest simulated client cutover took ${clientSeconds.max} s; ${allowed}`);
    }
    if (clientSeconds && stranded > 0)
      reasons.push(`${stranded} simulated clients were never served elsewhere; ${allowed}`);
  } else reasons.push(...unservedMisses(figures, expected, rtoSeconds));
  return [...reasons, ...violations.map((violation) => `${VIOLATED}${violation}`)];
}

const VIOLATED = "invariant violated: ";

/** Whether a miss is a broken invariant, which nothing excuses. */
export function isViolation(miss: string): boolean {
  return miss.startsWith(VIOLATED);
}

/** Where not everybody has to come over, nobody may all the same be unserved for as long as the objective. */
function unservedMisses(
  { cutover, failedShare = [] }: SimulationFigures,
  expected: Expectation,
  rtoSeconds: number,
): string[] {
  const allowed = objectiveWords(rtoSeconds);
  const { clientSeconds, stranded } = cutover;
  if (expected === "open" && clientSeconds && stranded === 0) {
    return clientSeconds.max < rtoSeconds
      ? []
      : [`the slowest simulated client cutover took ${clientSeconds.max} s; ${allowed}`];
  }
  const { seconds, isUntilHeal, recurs } = failingOnEnd(failedShare);
  if (isUntilHeal) return [`requests failed from the fault on, and only the heal ended it; ${allowed}`];
  if (recurs) return [`requests failed again and again, and only the heal ended it; ${allowed}`];
  return seconds < rtoSeconds ? [] : [`requests failed for ${seconds} s on end; ${allowed}`];
}

function loopbackMisses({ loopback, objectives, expected }: ReportParts, allowed: string): string[] {
  const seconds = loopback?.clientSeconds ?? null;
  const isUnfelt = loopback !== undefined && (loopback.failed === 0 || isAbsorbed(loopback));
  const isNobodyOver = expected === "nobody-over" && isUnfelt;
  if (seconds === null && !isNobodyOver)
    return [`the client on loopback was never served elsewhere; ${allowed}`];
  const covered = (loopback?.groups ?? []).filter(({ notCovered }) => notCovered === null);
  // The times beside the groups are those of the first.
  const over =
    covered.length === 0
      ? [{ whose: "client cutover", cutoverSeconds: seconds }]
      : covered.map(({ group, cutoverSeconds }) => ({ whose: `cutover of the ${group}`, cutoverSeconds }));
  const late = over.flatMap(({ whose, cutoverSeconds }) =>
    cutoverSeconds !== null && cutoverSeconds >= objectives.rtoSeconds
      ? [`the ${whose} on loopback took ${cutoverSeconds} s; ${allowed}`]
      : [],
  );
  const stranded = covered.filter(({ cutoverSeconds }) => !isNobodyOver && cutoverSeconds === null);
  const places = (loopback?.places ?? []).filter(({ asExpected }) => !asExpected);
  return [
    ...late,
    ...stranded.map(({ group }) => `on loopback the ${group} were never served by others; ${allowed}`),
    ...places.map(({ place, title }) => `on loopback the loss of ${place} went otherwise: ${title}`),
  ];
}

function costMisses({ cost, objectives }: ReportParts): string[] {
  const unpriced = cost.unpriced
    .filter(({ standby }) => standby)
    .map(({ urn, why }) => `no idle price for ${urn}: ${why}`);
  const standbyUsd = toUsd(cost.standbyMicroUsd);
  const budgets = budgetsOf(objectives);
  const over = (noun: string, usd: number, budgetUsd: number | undefined): string[] =>
    budgetUsd === undefined || usd < budgetUsd
      ? []
      : [`the idle ${noun} costs ${formatUsd(usd)} a month; the budget is under ${formatUsd(budgetUsd)}`];
  return [
    ...over("standby", standbyUsd, budgets.standbyUsd),
    ...over("stack", toUsd(cost.totalMicroUsd), budgets.stackUsd),
    ...unpriced,
  ];
}

function policyMisses({ policy }: ReportParts): string[] {
  return refusalsOf(violationsOf(policy)).map(({ rule, message }) => `rule ${rule}: ${firstLine(message)}`);
}

/** A rule may lay its evidence out in lines below its message; a report has tables for that. */
export function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? "";
}

function leftovers({ teardown }: ReportParts): string[] {
  if (!teardown || teardown === "none") return [];
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
