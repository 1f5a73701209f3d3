import type { HealthCheck } from "../../model/failover-plan";
import { reportedHealth } from "../../model/health-check";
import { isUnknown } from "../../model/unknown";
import { ASSUMPTIONS } from "../simulation/assumptions";
import { calculatedHealth } from "../simulation/believed-health";
import { stream } from "../simulation/random";
import type { Task } from "./run-scope";
import type { SystemClock } from "./system-clock";

/** What the DNS servers believe of every health check: what the checkers found, some seconds later. */
export class HealthTable {
  private readonly believed = new Map<string, boolean>();
  private readonly reports = new Map<string, number>();
  private readonly arrived = new Map<string, number>();
  private readonly calculated: readonly HealthCheck[];
  /** Calculated checks whose inversion has been switched: as ordered, and as the DNS servers know it. */
  private readonly ordered = new Set<string>();
  private readonly switched = new Set<string>();

  constructor(
    checks: readonly HealthCheck[],
    private readonly settings: {
      readonly clock: SystemClock;
      readonly seed: number;
      /** Runs a task until it is done or the rehearsal ends. */
      readonly spawn: (task: Task) => void;
    },
  ) {
    for (const check of checks) {
      const disabled = check.disabled === true;
      this.believed.set(check.urn, reportedHealth(true, { disabled, inverted: check.inverted === true }));
    }
    this.calculated = checks.filter(({ type }) => type === "CALCULATED");
  }

  /** A check that is not in the table counts as healthy. */
  readonly isHealthy = (urn: string): boolean => {
    const parent = this.calculated.find((check) => check.urn === urn);
    if (!parent) return this.believed.get(urn) ?? true;
    const needed = parent.childHealthThreshold;
    return calculatedHealth(
      {
        // A play begins only where the threshold is known.
        healthThreshold: needed === undefined || isUnknown(needed) ? 0 : needed,
        disabled: parent.disabled === true,
        inverted: (parent.inverted === true) !== this.switched.has(urn),
      },
      parent.children.filter((child) => this.believed.get(child) ?? true).length,
    );
  };

  /** Whether the DNS servers know all that was reported. */
  get isCurrent(): boolean {
    return [...this.reports].every(([urn, number]) => this.arrived.get(urn) === number);
  }

  /** Takes what a check reports from now on. A later report is never undone by an earlier one. */
  report(urn: string, healthy: boolean): void {
    this.tell(urn, () => this.believed.set(urn, healthy));
  }

  /** Whether it is a check without probes of its own, which follows from its children. */
  isCalculated(urn: string): boolean {
    return this.calculated.some((check) => check.urn === urn);
  }

  /** Inverts what a calculated check reports, as UpdateHealthCheck does, or ends that; its children stay as they are. */
  switchInversion(urn: string): void {
    const inverts = !this.ordered.delete(urn);
    if (inverts) this.ordered.add(urn);
    this.tell(urn, () => (inverts ? this.switched.add(urn) : this.switched.delete(urn)));
  }

  /** Some seconds later the DNS servers know. */
  private tell(urn: string, learn: () => void): void {
    const { clock, seed, spawn } = this.settings;
    const number = (this.reports.get(urn) ?? 0) + 1;
    this.reports.set(urn, number);
    const share = stream(seed, `loopback/propagation/${urn}/${number}`).uniform();
    const dueMs = clock.nowMs() + 1_000 * ASSUMPTIONS.propagationSecondsMax * share;
    spawn(async (signal) => {
      await clock.sleepUntil(dueMs, signal);
      if (number < (this.arrived.get(urn) ?? 0)) return;
      this.arrived.set(urn, number);
      learn();
    });
  }
}
