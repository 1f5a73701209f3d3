import type { Assumptions } from "./assumptions";
import { isBelievedHealthy } from "./believed-health";
import type { Endpoints } from "./endpoints";
import type { EventQueue } from "./event-queue";
import { Happens } from "./happens";
import { NameServers } from "./name-servers";
import type { PlayedCheck, PlayedSystem } from "./played-system";
import { SimulatedCheck } from "./simulated-check";
import { SimulatedMetric } from "./simulated-metric";
import { SimulatedTargetGroup } from "./simulated-target-group";

/** A check that finds something out by itself; a calculated one only adds up what is believed of its children. */
type Source = Prober | SimulatedMetric | undefined;
type Prober = SimulatedCheck | SimulatedTargetGroup;

/**
 * From a probe to what the name servers believe: checkers probe, the check reports its consensus, and every
 * change of the report travels to each name server. It schedules its own events and is told when they are due.
 */
export class HealthPlane {
  private readonly sources: readonly Source[];
  private readonly servers: NameServers;
  private cutover = 0;
  /** What each check reports, one bit each; that of a calculated check says whether its inversion is switched. */
  private reported = 0;
  /** Every change of a report in this cutover, in order: 2 * check + healthy. */
  private changes: number[] = [];
  /** Deleted checks, with whether they were healthy then. */
  private readonly deleted = new Map<number, boolean>();
  /** Checks whose inversion somebody has switched. */
  private readonly switched = new Set<number>();

  constructor(
    private readonly system: PlayedSystem,
    private readonly endpoints: Endpoints,
    private readonly queue: EventQueue,
    seed: number,
    assumptions: Assumptions,
  ) {
    this.sources = system.checks.map((check) => sourceOf(check, seed, assumptions));
    this.servers = new NameServers(system.checks, seed, assumptions);
  }

  get nameServerCount(): number {
    return this.servers.count;
  }

  /** What a name server believes: the bit of every check that it takes for healthy. */
  beliefOf(server: number): number {
    return this.servers.beliefs[server] as number;
  }

  /** Sets the steady state of endpoints that have been serving for long. */
  reset(cutover: number, startMs: number): void {
    this.cutover = cutover;
    this.changes = [];
    this.deleted.clear();
    this.switched.clear();
    this.reported = 0;
    for (const [index, source] of this.sources.entries()) {
      if (source instanceof SimulatedMetric) {
        const publishedMs = startMs + source.reset(cutover);
        if (!source.settings.disabled) this.queue.push(publishedMs, Happens.MetricPublished, 0, index);
      } else if (source) this.startProbes(source, index, startMs);
      this.reported |= Number(source?.reported ?? false) << index;
    }
    this.servers.reset(this.reported);
  }

  private startProbes(check: Prober, index: number, startMs: number): void {
    check.reset(this.cutover);
    if (check.settings.disabled) return;
    for (let checker = 0; checker < check.checkerCount; checker++) {
      this.queue.push(startMs + check.firstRequestMs(checker), Happens.ProbeSent, checker, index);
    }
  }

  /** The request meets the endpoint as it is now, however it changes before the response. */
  sendProbe(checker: number, index: number, atMs: number): void {
    if (this.isDeleted(index)) return;
    const check = this.sources[index] as Prober;
    const { behaviour, sinceMs } = this.endpoints.at(check.settings.endpoint);
    const { passed, tookMs } = check.probe(checker, behaviour, atMs - sinceMs);
    if (check instanceof SimulatedTargetGroup)
      this.queue.push(atMs + check.roundMs, Happens.ProbeSent, checker, index);
    this.queue.push(atMs + tookMs, Happens.ProbeJudged, checker, 2 * index + Number(passed));
  }

  /** Counts a result (`verdict` is 2 * check + passed); returns the check whose report it changed, or -1. */
  judgeProbe(checker: number, verdict: number, atMs: number): number {
    const index = verdict >> 1;
    if (this.isDeleted(index)) return -1;
    const check = this.sources[index] as Prober;
    const hasTurned = check.observe(checker, (verdict & 1) === 1);
    // The interval counts from the response to the next request (API reference, RequestInterval).
    if (check instanceof SimulatedCheck)
      this.queue.push(atMs + check.settings.requestIntervalMs, Happens.ProbeSent, checker, index);
    return hasTurned ? this.tell(index, check.reported, atMs) : -1;
  }

  /** A data point comes in; returns the check whose report it changed, or -1. */
  publishMetric(index: number, atMs: number): number {
    if (this.isDeleted(index)) return -1;
    const metric = this.sources[index] as SimulatedMetric;
    metric.publish(atMs, this.endpoints);
    this.queue.push(atMs + metric.settings.periodMs, Happens.MetricPublished, 0, index);
    return this.tell(index, metric.reported, atMs);
  }

  /**
   * Nobody probes it any more, or adds its children up. AWS calls what records with it do then unpredictable (API
   * reference, DeleteHealthCheck); here the last status stays, which is what hides the mistake longest.
   */
  deleteCheck(index: number): void {
    if (!this.deleted.has(index)) this.deleted.set(index, this.isReportedHealthy(index));
  }

  /** Inverts what a check reports, or ends that; returns the check whose report it changed, or -1. */
  switchInversion(index: number, atMs: number): number {
    if (!this.switched.delete(index)) this.switched.add(index);
    return this.deleted.has(index) ? -1 : this.tell(index, this.sources[index]?.reported ?? false, atMs);
  }

  /** Ends every inversion that was switched. */
  restoreInversions(atMs: number): void {
    for (const index of [...this.switched]) this.switchInversion(index, atMs);
  }

  isReportedHealthy(check: number): boolean {
    return isBelievedHealthy(this.system.checks, check, this.reported);
  }

  /** A change reaches a name server. */
  arrive(server: number, change: number): void {
    const packed = this.changes[change] as number;
    this.servers.learn(server, packed >> 1, (packed & 1) === 1, change);
    this.servers.beliefs[server] = this.withLastStatus(this.beliefOf(server));
  }

  /** Calculated checks that are deleted stay as they were, whatever is believed of their children. */
  private withLastStatus(belief: number): number {
    const { checks } = this.system;
    let kept = belief;
    for (const [index, wasHealthy] of this.deleted) {
      const isCalculated = checks[index]?.kind === "calculated";
      if (isCalculated && isBelievedHealthy(checks, index, kept) !== wasHealthy) kept ^= 1 << index;
    }
    return kept;
  }

  /** Asked with every probe; mostly there is none. */
  private isDeleted(index: number): boolean {
    return this.deleted.size > 0 && this.deleted.has(index);
  }

  private tell(index: number, found: boolean, atMs: number): number {
    const isHealthy = found !== this.switched.has(index);
    const bit = 1 << index;
    if (isHealthy === ((this.reported & bit) !== 0)) return -1;
    this.reported = this.withLastStatus(this.reported ^ bit);
    const change = this.changes.push(2 * index + Number(isHealthy)) - 1;
    const source = this.sources[index];
    const learnedMs = source instanceof SimulatedTargetGroup ? atMs + source.nextReportDelayMs() : atMs;
    for (let server = 0; server < this.servers.count; server++) {
      const delayMs = this.servers.delayMs(server, index, this.cutover, change);
      this.queue.push(learnedMs + delayMs, Happens.HealthArrives, server, change);
    }
    return index;
  }
}

function sourceOf(check: PlayedCheck, seed: number, assumptions: Assumptions): Source {
  switch (check.kind) {
    case "endpoint":
      return new SimulatedCheck(check, seed, assumptions);
    case "metric":
      return new SimulatedMetric(check, seed, assumptions);
    case "target-group":
      return new SimulatedTargetGroup(check, seed, assumptions);
    case "calculated":
      return undefined;
  }
}
