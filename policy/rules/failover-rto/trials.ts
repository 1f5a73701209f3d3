import { leadsOn, recordsLedTo } from "../../../model/answer-tree";
import type { FailoverPlan, HealthCheck, RecordSet } from "../../../model/failover-plan";
import { isEndpointCheck } from "../../../model/health-check";
import { isUnknown } from "../../../model/unknown";
import { withUrn } from "../../../model/urn-index";

/** The faster of Route 53's two intervals. */
export const FAST_SECONDS = 10;

/** Another timing of the checks behind a record. */
interface Timing {
  /** Whether all of them probe every 10 s. */
  readonly isFast?: boolean;
  readonly thresholdMax?: number;
}

/** Copies of a plan with other timings of the checks behind one; each is made once, for all records of the check. */
export class Trials {
  /** The plan with the checks concerned alone: copies hold these few, not all. */
  readonly plan: FailoverPlan;
  /** Those of them that have a timing. */
  readonly checks: readonly HealthCheck[];
  private readonly copies = new Map<string, FailoverPlan>();

  constructor(plan: FailoverPlan, concerned: readonly HealthCheck[]) {
    this.plan = { ...plan, healthChecks: concerned };
    this.checks = concerned.filter(({ type }) => !isUnknown(type) && isEndpointCheck(type));
  }

  with(timing: Timing): FailoverPlan {
    const key = `${timing.isFast === true} ${timing.thresholdMax ?? ""}`;
    let copy = this.copies.get(key);
    if (!copy) {
      const changed = new Set(this.checks);
      const healthChecks = this.plan.healthChecks.map((check) =>
        changed.has(check) ? timed(check, timing) : check,
      );
      copy = { ...this.plan, healthChecks };
      this.copies.set(key, copy);
    }
    return copy;
  }
}

/** What is not known stays so. */
function timed(check: HealthCheck, { isFast, thresholdMax = Number.POSITIVE_INFINITY }: Timing): HealthCheck {
  const { requestIntervalSeconds: interval, failureThreshold: threshold } = check;
  return {
    ...check,
    requestIntervalSeconds:
      isFast !== true || isUnknown(interval) ? interval : Math.min(interval, FAST_SECONDS),
    failureThreshold: isUnknown(threshold) ? threshold : Math.min(threshold, thresholdMax),
  };
}

const made = new WeakMap<FailoverPlan, Map<string, Trials>>();

/**
 * For the checks that decide how soon a failure shows: the record's own, a calculated check's children, and those of
 * the records behind an alias whose health it takes over.
 */
export function trialsOf(record: RecordSet, plan: FailoverPlan): Trials {
  const ofPlan = made.get(plan) ?? new Map<string, Trials>();
  made.set(plan, ofPlan);
  const key = leadsOn(plan, record) ? record.urn : checkUrn(record);
  let trials = ofPlan.get(key);
  if (!trials) {
    trials = new Trials(plan, [...checksOf(plan, recordsJudged(plan, record))]);
    ofPlan.set(key, trials);
  }
  return trials;
}

/** The record, and all those of its tree. */
function recordsJudged(plan: FailoverPlan, record: RecordSet): ReadonlySet<RecordSet> {
  const found = new Set([record]);
  // The set grows while it is walked, and a record enters it once.
  for (const each of found) for (const next of recordsLedTo(plan, each, 0)) found.add(next);
  return found;
}

function checksOf(plan: FailoverPlan, records: ReadonlySet<RecordSet>): ReadonlySet<HealthCheck> {
  const found = new Set<HealthCheck>();
  for (const record of records) {
    const own = withUrn(plan.healthChecks, checkUrn(record));
    if (own) found.add(own);
  }
  // Calculated checks have no calculated children (developer guide, "Values that you specify").
  for (const { children } of [...found]) {
    for (const child of children) {
      const check = withUrn(plan.healthChecks, child);
      if (check) found.add(check);
    }
  }
  return found;
}

function checkUrn({ healthCheck }: RecordSet): string {
  return healthCheck.kind === "check" ? healthCheck.urn : "";
}
