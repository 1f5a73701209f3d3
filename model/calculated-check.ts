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
 */
export function calculatedOutcome(
  plan: FailoverPlan,
  check: HealthCheck,
  record: RecordSet,
): CalculatedOutcome {
  const { childCount, childHealthThreshold: threshold, outsideChildren = [] } = check;
  const unknown = (path: string, urn = check.urn): CalculatedOutcome => ({ kind: "unknown", urn, path });
  if (isUnknown(childCount) || check.children.length + outsideChildren.length < childCount) {
    return unknown("childHealthchecks");
  }
  if (isUnknown(threshold)) return unknown("childHealthThreshold");
  if (threshold === undefined) {
    return { kind: "stays", why: "the calculated health check has no childHealthThreshold" };
  }
  const children: HealthCheck[] = [];
  for (const urn of check.children) {
    const child = withUrn(plan.healthChecks, urn);
    // A calculated check cannot contain calculated checks (developer guide), so this ends.
    if (!child || child.type === "CALCULATED") {
      return { kind: "stays", why: "a child of the calculated health check cannot be read" };
    }
    for (const [property, path] of SWITCHES) if (isUnknown(child[property])) return unknown(path, urn);
    children.push(child);
  }
  const count = children.length + outsideChildren.length;
  if (threshold > count) {
    const why = `the calculated health check needs ${threshold} of its ${count} children healthy, so it never is`;
    return { kind: "stays", why, change: `set its childHealthThreshold to ${count} (in place, no price)` };
  }
  const { able, candidates, together } = failing(plan, children, record);
  // What says the opposite of a healthy endpoint is unhealthy already.
  const opposed = children.filter((child) => isOpposed(plan, child, record));
  const staying = count - together.length - opposed.length;
  if (staying < threshold) return { kind: "turns", by: candidates };
  const [outside] = outsideChildren;
  if (outside !== undefined) {
    return {
      kind: "stays",
      why: `health check ${outside}, a child of the calculated one, is not in this stack, so its timing cannot be read`,
    };
  }
  const untold = able.find((child) => !together.includes(child) && unknownTarget(child) !== undefined);
  if (untold) return unknown(unknownTarget(untold) ?? "fqdn", untold.urn);
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
  return failing(plan, children, record).together.map(({ urn }) => urn);
}

/** Where nothing ties a child to the record, the slowest of those that may be meant decides. */
function failing(plan: FailoverPlan, children: readonly HealthCheck[], record: RecordSet) {
  const able = children.filter(isAble);
  const watching = (kind: "own" | "untold") =>
    able.filter((child) => watchedBy(plan, child, record).kind === kind);
  const tied = watching("own");
  if (tied.length > 0) return { able, candidates: tied, together: tied };
  const untold = watching("untold");
  return { able, candidates: untold, together: largestGroup(untold) };
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

function isOpposed(plan: FailoverPlan, child: HealthCheck, record: RecordSet): boolean {
  const isInverted = child.inverted === true && child.disabled === false;
  return isInverted && watchedBy(plan, child, record).kind === "other";
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
    const group = [...(groups.get(key) ?? []), check];
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
