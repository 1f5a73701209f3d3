import { AnswerBook, type AnswerView } from "./answer-book";
import type { Assumptions } from "./assumptions";
import type { EndpointCondition } from "./endpoint-condition";
import { EventQueue } from "./event-queue";
import { Happens } from "./happens";
import { HealthPlane } from "./health-plane";
import type { InvariantWatch } from "./invariants";
import type { PlayedSystem } from "./played-system";
import { type Draws, draws } from "./random";
import { ResolverPool } from "./resolver-pool";
import type { Scenario } from "./scenario";

/** What one phase gave, in ms since the fault or since the heal; -1 for what did not happen. */
export interface PhaseTimes {
  /** Until the primary's check changed. */
  checkMs: number;
  /** Until each name server answered with the expected side. */
  readonly authoritativeMs: Float64Array;
  /** Until the first request of each resolver that the expected side served. */
  readonly clientMs: Float64Array;
}

enum Phase {
  Steady,
  /** The primary is down and somebody still asks it. */
  Cutover,
  /** Everybody is over; the primary is still down. */
  Outage,
  Failback,
  Over,
}

/** How long a phase is watched when the arithmetic knows no bound for it. */
const UNBOUNDED_PHASE_MS = 600_000;
/** A phase with a bound is watched for twice as long: whoever is late is seen, and the play ends. */
const PATIENCE = 2;
/** More events than any cutover of bounded length can have. */
const EVENTS_MAX = 5_000_000;

/**
 * Plays one cutover and its failback under one virtual clock, from the steady state to the last resolver's
 * return. Everything random is drawn by the number of the cutover, so each can be played alone and again.
 */
export class CutoverPlay {
  readonly cutover: PhaseTimes;
  readonly failback: PhaseTimes;
  readonly resolvers: ResolverPool;

  private readonly queue = new EventQueue();
  private readonly book: AnswerBook;
  private readonly health: HealthPlane;
  private readonly conditions: EndpointCondition[];
  private readonly primaryCheck: number;
  private readonly roundMs: number;
  private readonly faultDraws: Draws;
  private readonly healDraws: Draws;
  private readonly deadlineMs: number;
  private readonly phaseMsMax: number;
  private readonly beliefsSeen = new Set<number>();

  private number = 0;
  private phase = Phase.Steady;
  private phaseStartMs = 0;
  /** What the running phase measures; undefined between phases. */
  private times: PhaseTimes | undefined;
  private serversWaiting = 0;

  constructor(
    private readonly system: PlayedSystem,
    private readonly scenario: Scenario,
    resolvers: number,
    seed: number,
    assumptions: Assumptions,
    private readonly watch: InvariantWatch,
  ) {
    this.book = new AnswerBook(system);
    this.conditions = system.endpoints.map(() => "serving");
    this.health = new HealthPlane(system, this.conditions, this.queue, seed, assumptions);
    const { requestIntervalMs } = scenario.traffic;
    const { startKey } = this.book;
    this.resolvers = new ResolverPool(resolvers, requestIntervalMs, startKey, this.conditions, watch, seed);
    const { healthCheck } = system.pair.primary;
    this.primaryCheck =
      healthCheck.kind === "check" ? system.checks.findIndex(({ urn }) => urn === healthCheck.urn) : -1;
    this.roundMs = Math.max(requestIntervalMs, ...system.checks.map((check) => check.requestIntervalMs));
    this.faultDraws = draws(seed, "fault/at");
    this.healDraws = draws(seed, "heal/at");
    const { bound } = system;
    this.deadlineMs = bound.kind === "bound" ? bound.rtoSeconds * 1_000 : Number.POSITIVE_INFINITY;
    this.phaseMsMax = bound.kind === "bound" ? PATIENCE * this.deadlineMs : UNBOUNDED_PHASE_MS;
    this.cutover = phaseTimes(assumptions.nameServers, resolvers);
    this.failback = phaseTimes(assumptions.nameServers, resolvers);
  }

  /** Plays the cutover of this number, with the clock starting at `startMs`. */
  play(number: number, startMs: number): void {
    this.number = number;
    this.watch.startCutover(number);
    this.setSteadyState(startMs);
    for (let events = 0; this.phase !== Phase.Over && this.queue.pop(); events++) {
      if (events > EVENTS_MAX) {
        throw new Error(
          `cutover ${number} has not ended after ${EVENTS_MAX} events; its scenario never settles`,
        );
      }
      this.happen();
    }
  }

  private setSteadyState(startMs: number): void {
    const { queue, health, resolvers } = this;
    this.phase = Phase.Steady;
    this.times = undefined;
    this.conditions.fill("serving");
    queue.reset(startMs);
    health.reset(this.number, startMs);
    resolvers.startCutover();
    for (let resolver = 0; resolver < resolvers.count; resolver++) {
      const view = this.viewOf(0);
      const asksAtMs = resolvers.reset(resolver, this.number, startMs, health.nameServerCount, view);
      queue.push(asksAtMs, Happens.ResolverAsks, resolver);
    }
    // After one whole round, anywhere in the next.
    queue.push(startMs + this.roundMs + this.faultDraws.below(this.roundMs, this.number), Happens.Fault);
  }

  private happen(): void {
    const { atMs, kind, subject, detail } = this.queue;
    switch (kind) {
      case Happens.ProbeSent:
        this.health.sendProbe(subject, detail, atMs);
        break;
      case Happens.ProbeJudged:
        this.noteCheck(this.health.judgeProbe(subject, detail, atMs), atMs);
        break;
      case Happens.HealthArrives:
        this.health.arrive(subject, detail);
        this.noteAnswer(subject, atMs);
        this.endPhaseWhenOver(atMs);
        break;
      case Happens.ResolverAsks:
        this.ask(subject, atMs);
        this.endPhaseWhenOver(atMs);
        break;
      case Happens.Fault:
        this.startPhase(Phase.Cutover, atMs);
        break;
      case Happens.Heal:
        this.startPhase(Phase.Failback, atMs);
        break;
      case Happens.PatienceEnds:
        if (subject === this.phase) this.endPhase(atMs);
        break;
    }
  }

  private ask(resolver: number, atMs: number): void {
    const view = this.viewOf(this.resolvers.nameServerOf(resolver));
    this.queue.push(this.resolvers.ask(resolver, atMs, view), Happens.ResolverAsks, resolver);
  }

  private noteCheck(changed: number, atMs: number): void {
    if (changed !== this.primaryCheck || !this.times || this.times.checkMs >= 0) return;
    if (this.health.isReportedHealthy(changed) !== (this.phase === Phase.Failback)) return;
    this.times.checkMs = atMs - this.phaseStartMs;
  }

  private noteAnswer(server: number, atMs: number): void {
    const expected = this.phase === Phase.Cutover ? "SECONDARY" : "PRIMARY";
    if (this.times?.authoritativeMs[server] !== -1 || this.viewOf(server).role !== expected) return;
    this.times.authoritativeMs[server] = atMs - this.phaseStartMs;
    this.serversWaiting--;
  }

  private viewOf(server: number): AnswerView {
    const belief = this.health.beliefOf(server);
    const view = this.book.view(belief);
    if (!this.beliefsSeen.has(belief)) {
      this.beliefsSeen.add(belief);
      this.watch.answerMade(this.system, belief, view);
    }
    return view;
  }

  private startPhase(phase: Phase.Cutover | Phase.Failback, atMs: number): void {
    const isCutover = phase === Phase.Cutover;
    this.resolvers.startPhase(isCutover ? "cutover" : "failback", atMs, this.deadlineMs);
    this.conditions[this.system.primary] = isCutover ? this.scenario.fault.kind : "serving";
    this.phase = phase;
    this.phaseStartMs = atMs;
    this.times = isCutover ? this.cutover : this.failback;
    this.times.checkMs = -1;
    this.times.authoritativeMs.fill(-1);
    this.serversWaiting = this.health.nameServerCount;
    for (let server = 0; server < this.health.nameServerCount; server++) this.noteAnswer(server, atMs);
    this.queue.push(atMs + this.phaseMsMax, Happens.PatienceEnds, phase);
  }

  private endPhaseWhenOver(atMs: number): void {
    if (this.times && this.resolvers.waiting === 0 && this.serversWaiting === 0) this.endPhase(atMs);
  }

  /** Everybody is over, or patience is at its end: the primary will be healed, or the play is over. */
  private endPhase(atMs: number): void {
    if (!this.times) return;
    this.times.clientMs.set(this.resolvers.overAfterMs);
    this.times = undefined;
    if (this.phase === Phase.Failback) {
      this.phase = Phase.Over;
      this.resolvers.close(atMs);
      return;
    }
    this.phase = Phase.Outage;
    this.queue.push(atMs + this.healDraws.below(this.mixingMs(), this.number), Happens.Heal);
  }

  /** After a random wait of up to this the heal, too, falls anywhere in every round and every cache's life. */
  private mixingMs(): number {
    return Math.max(2 * this.roundMs, this.viewOf(0).ttlSeconds * 1_000);
  }
}

function phaseTimes(nameServers: number, resolvers: number): PhaseTimes {
  return {
    checkMs: -1,
    authoritativeMs: new Float64Array(nameServers),
    clientMs: new Float64Array(resolvers),
  };
}
