import type { FailoverPlan, HealthCheck, RecordSet } from "./failover-plan";
import { isEndpointCheck } from "./health-check";
import { isUnknown } from "./unknown";
import { withUrn } from "./urn-index";
import { watchedBy } from "./watched-endpoint";

/** What a record's failure does to its calculated check. */
export type CalculatedOutcome =
  /** Enough children turn unhealthy with the record; the slowest of these decides. */
  | { readonly kind: "turns"; readonly by: readonly HealthCheck[] }
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
  const standings = knownStandings(plan, check, reading.probes, record);
  let outcome = reading.outcomes.get(standings);
  if (!outcome) {
    outcome = outcomeOf(check, reading, standings);
    reading.outcomes.set(standings, outcome);
  }
  return outcome;
}

/** Children that probe one same thing, so that they stand alike to every record. */
interface Probe {
  readonly sample: HealthCheck;
  readonly children: HealthCheck[];
}

/** What does not depend on the record, read once: a check may have 255 children and thousands of records. */
type Reading =
  | { readonly kind: "outcome"; readonly outcome: CalculatedOutcome }
  | {
      readonly kind: "children";
      readonly threshold: number;
      readonly children: readonly HealthCheck[];
      readonly probes: readonly Probe[];
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
  return { kind: "children", threshold, children, probes: probesOf(children), outcomes: new Map() };
}

/** Only what can turn by a failure, or says the opposite of one, is asked where it leads. */
function probesOf(children: readonly HealthCheck[]): readonly Probe[] {
  const probes = new Map<string, Probe>();
  for (const child of children) {
    if (!isAble(child) && !isOpposing(child)) continue;
    const key = `${String(child.type)} ${targetKey(child)}`;
    const probe = probes.get(key);
    if (probe) probe.children.push(child);
    else probes.set(key, { sample: child, children: [child] });
  }
  return [...probes.values()];
}

/** A record's standings are asked for more than once: whether its check turns at all, and how soon. */
const standingsKnown = new WeakMap<FailoverPlan, Map<HealthCheck, Map<RecordSet, string>>>();

function knownStandings(
  plan: FailoverPlan,
  check: HealthCheck,
  probes: readonly Probe[],
  record: RecordSet,
): string {
  const ofPlan = standingsKnown.get(plan) ?? new Map<HealthCheck, Map<RecordSet, string>>();
  standingsKnown.set(plan, ofPlan);
  const ofCheck = ofPlan.get(check) ?? new Map<RecordSet, string>();
  ofPlan.set(check, ofCheck);
  const standings = ofCheck.get(record) ?? standingsOf(plan, probes, record);
  ofCheck.set(record, standings);
  return standings;
}

const LETTERS = { own: "o", untold: "u", other: "a", elsewhere: "e" } as const;

/** One letter for each probe: `o` the record's own, `u` untold, `a` another's, `e` elsewhere. */
function standingsOf(plan: FailoverPlan, probes: readonly Probe[], record: RecordSet): string {
  let letters = "";
  for (const { sample } of probes) {
    letters += LETTERS[watchedBy(plan, sample, record).kind];
  }
  return letters;
}

function outcomeOf(
  check: HealthCheck,
  { threshold, children, probes }: Extract<Reading, { kind: "children" }>,
  standings: string,
): CalculatedOutcome {
  const { outsideChildren = [] } = check;
  const count = children.length + outsideChildren.length;
  const able = children.filter(isAble);
  const { candidates, together } = failing(able, probes, standings);
  // What says the opposite of a healthy endpoint is unhealthy already.
  const another = standing(probes, standings, "a");
  const opposed = children.filter((child) => isOpposing(child) && another.has(child));
  const staying = count - together.length - opposed.length;
  if (staying < threshold) return { kind: "turns", by: candidates };
  const [outside] = outsideChildren;
  if (outside !== undefined) {
    return {
      kind: "stays",
      why: `health check ${outside}, a child of the calculated one, is not in this stack, so its timing cannot be read`,
    };
  }
  const failed = new Set(together);
  const untold = able.find((child) => !failed.has(child) && unknownTarget(child) !== undefined);
  if (untold) return { kind: "unknown", urn: untold.urn, path: unknownTarget(untold) ?? "fqdn" };
  return {
    kind: "stays",
    why:
      `the calculated health check needs ${threshold} of its ${count} children healthy, and ${staying} of them ` +
      `${staying === 1 ? "does" : "do"} not surely fail with this endpoint`,
    ...(staying < count && { change: `set its childHealthThreshold to ${staying + 1} (in place, no price)` }),
  };
}

/**
 * URNs of the children that are taken to fail with the record: the play of a failure and its bound must mean the same
 * ones. A child that is not in the stack is not among them.
 */
export function failingChildren(
  plan: FailoverPlan,
  check: HealthCheck,
  record: RecordSet,
): readonly string[] {
  const children = check.children.flatMap((urn) => withUrn(plan.healthChecks, urn) ?? []);
  const probes = probesOf(children);
  const { together } = failing(children.filter(isAble), probes, standingsOf(plan, probes, record));
  return together.map(({ urn }) => urn);
}

/** Where nothing ties a child to the record, the slowest of those that may be meant decides. */
function failing(able: readonly HealthCheck[], probes: readonly Probe[], standings: string) {
  const watching = (letter: string) => {
    const found = standing(probes, standings, letter);
    return able.filter((child) => found.has(child));
  };
  const tied = watching("o");
  if (tied.length > 0) return { candidates: tied, together: tied };
  const untold = watching("u");
  return { candidates: untold, together: largestGroup(untold) };
}

function standing(probes: readonly Probe[], standings: string, letter: string): ReadonlySet<HealthCheck> {
  return new Set(
    probes.flatMap(({ children }, position) => (standings[position] === letter ? children : [])),
  );
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
