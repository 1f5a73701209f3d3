import { METRIC_DELAY_ALLOWANCE_SECONDS, reportedHealth } from "../../model/health-check";
import type { Assumptions } from "./assumptions";
import { badPart } from "./behaviour";
import type { Endpoints } from "./endpoints";
import type { MetricCheck } from "./played-check";
import { type Draws, draws } from "./random";

/** One data point of an alarm's metric: over the alarm's threshold or not, or nothing was measured. */
export type DataPoint = "bad" | "good" | "missing";

/** Moments of a period at which the metric is looked at. */
const LOOKS_PER_PERIOD = 12;

/**
 * One health check that follows an alarm: a data point per period, published some time after the period's end.
 * Route 53 watches the same data as the alarm, and no state that was set by hand (developer guide).
 */
export class SimulatedMetric {
  /** How long after the end of its period a point is published in this cutover. */
  delayMs = 0;

  private readonly phase: Draws;
  private readonly delay: Draws;
  private points: DataPoint[] = [];
  private healthy = true;

  constructor(
    readonly settings: MetricCheck,
    seed: number,
    private readonly assumptions: Assumptions,
  ) {
    this.phase = draws(seed, `check/${settings.urn}/metric/phase`);
    this.delay = draws(seed, `check/${settings.urn}/metric/delay`);
  }

  get reported(): boolean {
    return reportedHealth(this.healthy, this.settings);
  }

  /** A metric that has been good for long. Returns how long after the start its first point is published. */
  reset(cutover: number): number {
    const { periodMs, evaluationPeriods } = this.settings;
    this.points = new Array(evaluationPeriods).fill("good");
    this.healthy = true;
    this.delayMs = this.delay.below(METRIC_DELAY_ALLOWANCE_SECONDS * 1_000 + 1, cutover);
    return this.phase.below(periodMs, cutover) + this.delayMs;
  }

  /** The point of the period that ended a delay before `nowMs` is published. */
  publish(nowMs: number, endpoints: Endpoints): void {
    const endMs = nowMs - this.delayMs;
    this.points = [...this.points.slice(1), this.pointOf(endMs, endpoints)];
    this.healthy = metricHealth(this.points, this.settings.missingData, this.healthy);
  }

  private pointOf(endMs: number, endpoints: Endpoints): DataPoint {
    const { periodMs, endpoint, source } = this.settings;
    let failing = 0;
    let seen = 0;
    for (let look = 0; look < LOOKS_PER_PERIOD; look++) {
      const atMs = endMs - periodMs + (look * periodMs) / LOOKS_PER_PERIOD;
      const part = endpoints.failingPart(endpoint, atMs, source);
      if (part === undefined) continue;
      failing += part;
      seen++;
    }
    if (seen === 0) return "missing";
    return failing >= seen * badPart(this.settings, this.assumptions.alarmFailingShare) ? "bad" : "good";
  }
}

/**
 * The status by the newest data points, as many as the alarm evaluates: unhealthy when all are bad, healthy when
 * one is good. Without any data the setting decides; with some missing and the others bad, the status stays as it
 * is, because older data, which the alarm then looks at, has made it so.
 */
export function metricHealth(
  points: readonly DataPoint[],
  missingData: MetricCheck["missingData"],
  last: boolean,
): boolean {
  if (points.includes("good")) return true;
  if (!points.includes("missing")) return false;
  if (points.includes("bad")) return last;
  return missingData === "LastKnownStatus" ? last : missingData === "Healthy";
}
