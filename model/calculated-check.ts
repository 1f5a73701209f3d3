import type { FailoverPlan, HealthCheck, RecordSet } from "./failover-plan";
import { isEndpointCheck } from "./health-check";
import { ProbeStandings } from "./probe-standings";
import { isUnknown } from "./unknown";
import { withUrn } from "./urn-index";

/** What a record's failure does to its calculated check. */
export type CalculatedOutcome =
  /** Enough children turn unhealthy with the record; so many of these have to. */
  | { readonly kind: "turns"; readonly by: readonly HealthCheck[]; readonly needed: number }
  /** `change` is what makes it turn, where one setting does. */
  | { readonly kind: "stays"; readonly why: string; readonly change?: string }
  | { readonly kind: "unknown"; readonly urn: string; readonly path: string };

/**
 * Whether a calculated check turns unhealthy when nothing but `record` fails: fewer of its children than the threshold
 * are healthy then (API reference, HealthCheckConfig, HealthThreshold). Only children that surely fail with the
 * record count: those that probe where it leads; where nothing shows that of any, those that probe one same thing.
 * Records to which all children stand alike get one and the same outcome.
 */
export function calculatedOutcome(
  plan: FailoverPlan,
  check: HealthCheck,
  record: RecordSet,
): CalculatedOutcome {
  const reading = readingOf(plan, check);
  if (reading.kind === "outcome") return reading.outcome;
  const standings = standingsOf(plan, reading.probes, record);
  let outcome = reading.outcomes.get(standings);
  if (!outcome) {
    outcome = outcomeOf(check, reading, standings);
    reading.outcomes.set(standings, outcome);
  }
  return outcome;
}

/** Children that probe one same thing, so that they stand alike to every record; with their places in the check. */
interface Probe {
  readonly sample: HealthCheck;
  /** Those that turn by a failure. */
  readonly able: Placed[];
  /** Those that say the opposite of a healthy endpoint. */
  readonly opposing: Placed[];
}

interface Placed {
  readonly child: HealthCheck;
  readonly place: number;
}

/** What does not depend on the record, read once: a check may have 255 children and thousands of records. */
type Reading =
  | { readonly kind: "outcome"; readonly outcome: CalculatedOutcome }
  | {
      readonly kind: "children";
      readonly threshold: number;
      readonly count: number;
      readonly probes: readonly Probe[];
      /** How many are unhealthy for ever: disabled, which is healthy, and inverted. */
      readonly dead: number;
      /** Children that turn by a failure, of a target that is not known yet. */
      readonly untold: readonly HealthCheck[];
      /** By what the probes are to a record, one letter for each. */
      readonly outcomes: Map<string, CalculatedOutcome>;
    };

const readings = new WeakMap<readonly HealthCheck[], Map<HealthCheck, Reading>>();

function readingOf({ healthChecks }: FailoverPlan, check: HealthCheck): Reading {
  const ofPlan = readings.get(healthChecks) ?? new Map<HealthCheck, Reading>();
  readings.set(healthChecks, ofPlan);
  let reading = ofPlan.get(check);
  if (!reading) {
    reading = readChildren(healthChecks, check);
    ofPlan.set(check, reading);
  }
  return reading;
}

function readChildren(healthChecks: readonly HealthCheck[], check: HealthCheck): Reading {
  const { childCount, childHealthThreshold: threshold, outsideChildren = [] } = check;
  const ends = (outcome: CalculatedOutcome): Reading => ({ kind: "outcome", outcome });
  const unknown = (path: string, urn = check.urn) => ends({ kind: "unknown", urn, path });
  if (isUnknown(childCount) || check.children.length + outsideChildren.length < childCount) {
    return unknown("childHealthchecks");
  }
  if (isUnknown(threshold)) return unknown("childHealthThreshold");
  if (threshold === undefined) {
    return ends({ kind: "stays", why: "the calculated health check has no childHealthThreshold" });
  }
  const children: HealthCheck[] = [];
  for (const urn of check.children) {
    const child = withUrn(healthChecks, urn);
    // A calculated check cannot contain calculated checks (developer guide), so this ends.
    if (!child || child.type === "CALCULATED") {
      return ends({ kind: "stays", why: "a child of the calculated health check cannot be read" });
    }
    for (const [property, path] of SWITCHES) if (isUnknown(child[property])) return unknown(path, urn);
    children.push(child);
  }
  const count = children.length + outsideChildren.length;
  if (threshold > count) {
    const why = `the calculated health check needs ${threshold} of its ${count} children healthy, so it never is`;
    const change = `set its childHealthThreshold to ${count} (in place, no price)`;
    return ends({ kind: "stays", why, change });
  }
  const untold = children.filter((child) => isAble(child) && unknownTarget(child) !== undefined);
  const dead = children.filter(({ disabled, inverted }) => disabled === true && inverted === true).length;
  const { probes } = childProbesOf(healthChecks, check);
  return { kind: "children", threshold, count, dead, probes, untold, outcomes: new Map() };
}

interface ChildProbes {
  readonly probes: readonly Probe[];
  /** The children that fail with a record, by what the probes are to it. */
  readonly together: Map<string, readonly HealthCheck[]>;
}

const childProbes = new WeakMap<readonly HealthCheck[], Map<HealthCheck, ChildProbes>>();

function childProbesOf(healthChecks: readonly HealthCheck[], check: HealthCheck): ChildProbes {
  const ofPlan = childProbes.get(healthChecks) ?? new Map<HealthCheck, ChildProbes>();
  childProbes.set(healthChecks, ofPlan);
  let found = ofPlan.get(check);
  if (!found) {
    const children = check.children.flatMap((urn) => withUrn(healthChecks, urn) ?? []);
    found = { probes: probesOf(children), together: new Map() };
    ofPlan.set(check, found);
  }
  return found;
}

/** Only what can turn by a failure, or says the opposite of one, is asked where it leads. */
function probesOf(children: readonly HealthCheck[]): readonly Probe[] {
  const probes = new Map<string, Probe>();
  for (const [place, child] of children.entries()) {
    const kind = isAble(child) ? "able" : isOpposing(child) ? "opposing" : undefined;
    if (kind === undefined) continue;
    const key = `${String(child.type)} ${targetKey(child)}`;
    const probe = probes.get(key) ?? { sample: child, able: [], opposing: [] };
    probe[kind].push({ child, place });
    probes.set(key, probe);
  }
  return [...probes.values()];
}

/** Where the probes lead is the plan's; the same children may be read in a copy with other records. */
const allStandings = new WeakMap<FailoverPlan, Map<readonly Probe[], ProbeStandings>>();

/** One letter for each probe, as `ProbeStandings` has them. */
function standingsOf(plan: FailoverPlan, probes: readonly Probe[], record: RecordSet): string {
  const ofPlan = allStandings.get(plan) ?? new Map<readonly Probe[], ProbeStandings>();
  allStandings.set(plan, ofPlan);
  const standings = ofPlan.get(probes) ?? new ProbeStandings(plan, samplesOf(probes));
  ofPlan.set(probes, standings);
  return standings.of(record);
}

function samplesOf(probes: readonly Probe[]): HealthCheck[] {
  return probes.map(({ sample }) => sample);
}

function outcomeOf(
  check: HealthCheck,
  { threshold, count, dead, probes, untold: untoldTargets }: Extract<Reading, { kind: "children" }>,
  standings: string,
): CalculatedOutcome {
  const { outsideChildren = [] } = check;
  const { candidates, together } = failing(probes, standings);
  // What says the opposite of a healthy endpoint is unhealthy already.
  const opposed = standing(probes, standings, "a", "opposing");
  const living = count - opposed.length - dead;
  const staying = living - together.length;
  const needed = Math.max(living - threshold + 1, 1);
  if (staying < threshold) return { kind: "turns", by: candidates, needed };
  const [outside] = outsideChildren;
  if (outside !== undefined) {
    return {
      kind: "stays",
      why: `health check ${outside}, a child of the calculated one, is not in this stack, so its timing cannot be read`,
    };
  }
  const failed = new Set(together);
  const untold = untoldTargets.find((child) => !failed.has(child));
  if (untold) return { kind: "unknown", urn: untold.urn, path: unknownTarget(untold) ?? "fqdn" };
  return {
    kind: "stays",
    why:
      `the calculated health check needs ${threshold} of its ${count} children healthy, and ${staying} of them ` +
      `${staying === 1 ? "does" : "do"} not surely fail with this endpoint`,
    ...(staying < living && {
      change: `set its childHealthThreshold to ${staying + 1} (in place, no price)`,
    }),
  };
}

/**
 * The children that are taken to fail with the record: the play of a failure and its bound must mean the same ones. A
 * child that is not in the stack is not among them. One list for all records to which the children stand alike.
 */
export function failingChildren(
  plan: FailoverPlan,
  check: HealthCheck,
  record: RecordSet,
): readonly HealthCheck[] {
  const { probes, together } = childProbesOf(plan.healthChecks, check);
  const standings = standingsOf(plan, probes, record);
  const children = together.get(standings) ?? failing(probes, standings).together;
  together.set(standings, children);
  return children;
}

/** What the children of a check are to a record, in letters: records with the same ones stand alike to it. */
export function childStandings(plan: FailoverPlan, check: HealthCheck, record: RecordSet): string {
  return standingsOf(plan, childProbesOf(plan.healthChecks, check).probes, record);
}

/** Where nothing ties a child to the record, the slowest of those that may be meant decides. */
function failing(probes: readonly Probe[], standings: string) {
  const tied = standing(probes, standings, "o", "able");
  if (tied.length > 0) return { candidates: tied, together: tied };
  const untold = standing(probes, standings, "u", "able");
  return { candidates: untold, together: largestGroup(untold) };
}

/** The children of that letter in the order of the check. */
function standing(
  probes: readonly Probe[],
  standings: string,
  letter: string,
  kind: "able" | "opposing",
): readonly HealthCheck[] {
  const found: Placed[] = [];
  for (let at = standings.indexOf(letter); at !== -1; at = standings.indexOf(letter, at + 1)) {
    found.push(...(probes[at]?.[kind] ?? []));
  }
  return found.sort((one, other) => one.place - other.place).map(({ child }) => child);
}

const SWITCHES = [
  ["disabled", "disabled"],
  ["inverted", "invertHealthcheck"],
  ["type", "type"],
] as const;

/** A disabled check counts as healthy, an inverted one turns healthy by a failure, and a person turns a control. */
function isAble({ disabled, inverted, type }: HealthCheck): boolean {
  return disabled === false && inverted === false && type !== "RECOVERY_CONTROL";
}

/** Healthy by another's failure, unhealthy while that is well. */
function isOpposing({ inverted, disabled }: HealthCheck): boolean {
  return inverted === true && disabled === false;
}

function unknownTarget({ ipAddress, fqdn }: HealthCheck): string | undefined {
  if (isUnknown(ipAddress)) return "ipAddress";
  return ipAddress === undefined && isUnknown(fqdn) ? "fqdn" : undefined;
}

function largestGroup(checks: readonly HealthCheck[]): readonly HealthCheck[] {
  const groups = new Map<string, HealthCheck[]>();
  let largest: HealthCheck[] = [];
  for (const check of checks) {
    const key = targetKey(check);
    const group = groups.get(key) ?? [];
    group.push(check);
    groups.set(key, group);
    if (group.length > largest.length) largest = group;
  }
  return largest;
}

/** What is not known, or no probe at all, is a target of its own. */
function targetKey({ urn, type, ipAddress, fqdn, alarm }: HealthCheck): string {
  if (isUnknown(type) || !isEndpointCheck(type)) return alarm ?? urn;
  const probed = ipAddress ?? fqdn ?? "";
  return isUnknown(probed) ? urn : probed;
}
