import type { Assumptions } from "./assumptions";
import type { EndpointCondition } from "./endpoint-condition";
import type { EventQueue } from "./event-queue";
import { Happens } from "./happens";
import { NameServers } from "./name-servers";
import type { PlayedSystem } from "./played-system";
import { SimulatedCheck } from "./simulated-check";

/**
 * From a probe to what the name servers believe: checkers probe, the check reports its consensus, and every
 * change of the report travels to each name server. It schedules its own events and is told when they are due.
 */
export class HealthPlane {
  private readonly checks: readonly SimulatedCheck[];
  private readonly servers: NameServers;
  private cutover = 0;
  /** What each check reports. */
  private reported: boolean[] = [];
  /** Every change of a report in this cutover, in order: 2 * check + healthy. */
  private changes: number[] = [];

  constructor(
    system: PlayedSystem,
    private readonly conditions: readonly EndpointCondition[],
    private readonly queue: EventQueue,
    seed: number,
    assumptions: Assumptions,
  ) {
    this.checks = system.checks.map((check) => new SimulatedCheck(check, seed, assumptions));
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
    for (const [index, check] of this.checks.entries()) {
      check.reset(cutover);
      if (check.settings.disabled) continue;
      for (let checker = 0; checker < check.checkerCount; checker++) {
        const phaseMs = check.firstRequestMs(checker, cutover);
        this.queue.push(startMs + phaseMs, Happens.ProbeSent, checker, index);
      }
    }
    this.reported = this.checks.map(({ reported }) => reported);
    this.servers.reset(
      this.reported.reduce((belief, healthy, index) => belief | (Number(healthy) << index), 0),
    );
  }

  /** The request meets the endpoint as it is now, however it changes before the response. */
  sendProbe(checker: number, index: number, atMs: number): void {
    const check = this.checks[index] as SimulatedCheck;
    const condition = this.conditions[check.settings.endpoint] as EndpointCondition;
    const { passed, tookMs } = check.probe(checker, condition);
    this.queue.push(atMs + tookMs, Happens.ProbeJudged, checker, 2 * index + Number(passed));
  }

  /** Counts a result (`verdict` is 2 * check + passed); returns the check whose report it changed, or -1. */
  judgeProbe(checker: number, verdict: number, atMs: number): number {
    const index = verdict >> 1;
    const check = this.checks[index] as SimulatedCheck;
    check.observe(checker, (verdict & 1) === 1);
    // The interval counts from the response to the next request (API reference, RequestInterval).
    this.queue.push(atMs + check.settings.requestIntervalMs, Happens.ProbeSent, checker, index);
    if (check.reported === this.reported[index]) return -1;
    this.reported[index] = check.reported;
    const change = this.changes.push(2 * index + Number(check.reported)) - 1;
    for (let server = 0; server < this.servers.count; server++) {
      const delayMs = this.servers.delayMs(server, index, this.cutover, change);
      this.queue.push(atMs + delayMs, Happens.HealthArrives, server, change);
    }
    return index;
  }

  isReportedHealthy(check: number): boolean {
    return this.reported[check] === true;
  }

  /** A change reaches a name server. */
  arrive(server: number, change: number): void {
    const packed = this.changes[change] as number;
    this.servers.learn(server, packed >> 1, (packed & 1) === 1, change);
  }
}
