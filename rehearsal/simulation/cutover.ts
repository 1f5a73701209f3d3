import { twinSet } from "./alike-sets";
import { AnswerBook, type AnswerView } from "./answer-book";
import type { Assumptions } from "./assumptions";
import { SERVES } from "./behaviour";
import { ControlPlane } from "./control-plane";
import { type CutoverLimits, cutoverLimits } from "./cutover-limits";
import { UNTOUCHED } from "./departures";
import { Endpoints } from "./endpoints";
import { EventQueue } from "./event-queue";
import { Happens } from "./happens";
import { HealthPlane } from "./health-plane";
import type { InvariantWatch } from "./invariants";
import {
  checksOf,
  endpointsOf,
  happeningsFor,
  isAwayAtRest,
  type Outlook,
  outlookOf,
  playedBehaviour,
  primaryChecksOf,
} from "./outlook";
import { type PhaseTimes, phaseTimes } from "./phase-times";
import { HOME_PLACE, type PlaceShare } from "./place";
import type { PlayedSystem } from "./played-system";
import { type Draws, draws } from "./random";
import { ReplicationPlay } from "./replication-play";
import { ResolverPool } from "./resolver-pool";
import { clientsOf, type Happening, placesOf, type Scenario, type Side } from "./scenario";

enum Phase {
  Steady,
  /** The fault is there and somebody still asks the primary. */
  Cutover,
  /** Everybody is over; the fault is still there. */
  Outage,
  Failback,
  Over,
}

const NOWHERE_ELSE: readonly PlaceShare[] = [{ place: HOME_PLACE, weight: 1 }];

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
  readonly replication: ReplicationPlay;
  readonly outlook: Outlook;

  private readonly queue = new EventQueue();
  private readonly places: readonly PlaceShare[];
  private readonly book: AnswerBook;
  private readonly endpoints: Endpoints;
  private readonly health: HealthPlane;
  private readonly controlPlane: ControlPlane;
  private readonly primaryChecks: readonly number[];
  private readonly faultDraws: Draws;
  private readonly healDraws: Draws;
  private readonly limits: CutoverLimits;
  private readonly happenings: readonly Happening[];
  /** Beliefs whose answers were looked at, by place. */
  private readonly beliefsSeen: readonly Set<number>[];

  private number = 0;
  private phase = Phase.Steady;
  private startMs = 0;
  private phaseStartMs = 0;
  /** What the running phase measures; undefined between phases. */
  private times: PhaseTimes | undefined;
  private serversWaiting = 0;
  /** The checks whose reports an inversion has just changed. */
  private inverted: number[] = [];
  /** Whether clients are led past the primary while all is well: nobody has to come over, so nothing is measured. */
  private readonly isAway: boolean;

  constructor(
    private readonly system: PlayedSystem,
    scenario: Scenario,
    resolvers: number,
    seed: number,
    assumptions: Assumptions,
    private readonly watch: InvariantWatch,
  ) {
    const { requestIntervalMs } = scenario.traffic;
    this.places = system.usesPlaces ? placesOf(scenario) : NOWHERE_ELSE;
    this.beliefsSeen = this.places.map(() => new Set<number>());
    this.book = new AnswerBook(
      system,
      this.places.map(({ place }) => place),
    );
    this.endpoints = new Endpoints(system.endpoints.length);
    this.health = new HealthPlane(system, this.endpoints, this.queue, seed, assumptions);
    this.controlPlane = new ControlPlane(watch);
    this.replication = new ReplicationPlay(assumptions);
    this.resolvers = new ResolverPool({
      resolvers,
      clients: clientsOf(scenario),
      requestIntervalMs,
      places: this.places,
      ...(!system.hasSides && { lost: system.primary }),
      startKey: this.book.startKey,
      isDualStack: twinSet(system.plan, system.set) !== undefined,
      endpoints: this.endpoints,
      watch,
      seed,
    });
    this.primaryChecks = primaryChecksOf(system);
    this.happenings = happeningsFor(system, scenario);
    this.faultDraws = draws(seed, "fault/at");
    this.healDraws = draws(seed, "heal/at");
    this.outlook = outlookOf(system, scenario, assumptions, this.book);
    this.isAway = isAwayAtRest(system, this.book);
    this.limits = cutoverLimits(system, scenario, this.outlook);
    this.cutover = phaseTimes(assumptions.nameServers, resolvers);
    this.failback = phaseTimes(assumptions.nameServers, resolvers);
  }

  /** Plays the cutover of this number, with the clock starting at `startMs`. */
  play(number: number, startMs: number): void {
    this.number = number;
    this.startMs = startMs;
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
    const { queue, health, resolvers, number } = this;
    const { leadMs, roundMs } = this.limits;
    this.phase = Phase.Steady;
    this.inverted = [];
    this.times = undefined;
    queue.reset(startMs);
    this.endpoints.reset(startMs);
    health.reset(number, startMs);
    this.controlPlane.restore();
    this.replication.reset();
    resolvers.startCutover(number);
    for (let resolver = 0; resolver < resolvers.count; resolver++) {
      const view = this.viewOf(0, resolvers.placeOf(resolver));
      this.willAsk(resolver, resolvers.reset(resolver, startMs, health.nameServerCount, view));
      this.willRefresh(resolver, resolvers.sharedExpiryMs(resolver));
    }
    // After one whole round, anywhere in the next; what comes before the fault has its time first.
    const faultMs = startMs + leadMs + roundMs + this.faultDraws.below(roundMs, number);
    for (const [index, { atSeconds }] of this.happenings.entries()) {
      if (atSeconds !== 0) queue.push(faultMs + atSeconds * 1_000, Happens.Scheduled, index);
    }
    queue.push(faultMs, Happens.Fault);
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
      case Happens.MetricPublished:
        this.noteCheck(this.health.publishMetric(detail, atMs), atMs);
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
      case Happens.SharedAnswerExpires:
        this.willRefresh(subject, this.resolvers.refresh(subject, atMs, this.viewFor(subject)));
        break;
      case Happens.Scheduled:
        if (this.phase >= Phase.Failback) break;
        this.resolvers.settleAll(atMs);
        this.apply(this.happenings[subject] as Happening, atMs);
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

  /** One thing that the scenario says; every request before it has been counted. */
  private apply(happening: Happening, atMs: number): void {
    const { system } = this;
    switch (happening.do) {
      case "behave":
        for (const endpoint of endpointsOf(system, happening.endpoint))
          this.behave(endpoint, playedBehaviour(system, happening), atMs);
        break;
      case "delete-check":
        for (const check of this.checksFound(happening.of, checksOf(system, happening.of)))
          this.controlPlane.change("a check is deleted", () => this.health.deleteCheck(check));
        break;
      case "try-to-delete-check":
        for (const check of this.checksFound(happening.of, checksOf(system, happening.of)))
          this.controlPlane.attempt("a check is deleted", () => this.health.deleteCheck(check));
        break;
      case "invert-check":
        for (const check of this.checksFound(happening.of, checksOf(system, happening.of)))
          this.controlPlane.change("a check is inverted", () => {
            this.inverted.push(this.health.switchInversion(check, atMs));
          });
        break;
      case "lose-control-plane":
        this.watch.controlPlaneIs("lost");
        this.controlPlane.lose();
        break;
      default:
        this.replication.happen(happening, atMs - this.startMs);
    }
  }

  private checksFound(of: Side, checks: readonly number[]): readonly number[] {
    this.watch.checksFound(this.system, of, checks.length);
    return checks;
  }

  private behave(endpoint: number, behaviour: Parameters<Endpoints["behave"]>[1], atMs: number): void {
    this.endpoints.behave(endpoint, behaviour, atMs);
    this.resolvers.endpointChanged(endpoint, atMs, (resolver, asksAtMs) => this.willAsk(resolver, asksAtMs));
  }

  private ask(resolver: number, atMs: number): void {
    if (!this.resolvers.isDue(resolver, atMs)) return;
    this.willAsk(resolver, this.resolvers.ask(resolver, atMs, this.viewFor(resolver)));
  }

  private viewFor(resolver: number): AnswerView {
    return this.viewOf(this.resolvers.nameServerOf(resolver), this.resolvers.placeOf(resolver));
  }

  private willRefresh(resolver: number, atMs: number): void {
    if (atMs < Number.POSITIVE_INFINITY) this.queue.push(atMs, Happens.SharedAnswerExpires, resolver);
  }

  private willAsk(resolver: number, atMs: number): void {
    if (atMs < Number.POSITIVE_INFINITY) this.queue.push(atMs, Happens.ResolverAsks, resolver);
  }

  private noteCheck(changed: number, atMs: number): void {
    if (changed < 0 || this.isAway || !this.times || this.times.checkMs >= 0) return;
    const { primaryChecks, system, health } = this;
    const isConcerned = primaryChecks.some(
      (check) => check === changed || system.checks[check]?.kind === "calculated",
    );
    const isHealthy = primaryChecks.every((check) => health.isReportedHealthy(check));
    if (!isConcerned || isHealthy !== (this.phase === Phase.Failback)) return;
    this.times.checkMs = atMs - this.phaseStartMs;
  }

  private noteAnswer(server: number, atMs: number): void {
    // No name server is waited for then but in vain, so that the phase lasts until patience ends.
    if (this.isAway) return;
    const leads = this.leadsToPrimary(server);
    if (leads === false && this.outlook.kind === "stays") this.watch.failedOverNeedlessly(server);
    const isExpected = leads === (this.phase === Phase.Failback);
    if (this.times?.authoritativeMs[server] !== -1 || !isExpected) return;
    this.times.authoritativeMs[server] = atMs - this.phaseStartMs;
    this.serversWaiting--;
    if (this.phase === Phase.Failback && this.serversWaiting === 0) this.resolvers.isHealed();
  }

  /** Whether a name server answers with the primary, to anybody; undefined where with neither side. */
  private leadsToPrimary(server: number): boolean | undefined {
    const view = this.viewOf(server);
    if (!this.system.hasSides) return this.book.leadsToPrimary(this.health.beliefOf(server));
    return view.role && view.role === "PRIMARY";
  }

  private viewOf(server: number, place = 0): AnswerView {
    const belief = this.health.beliefOf(server);
    const view = this.book.view(belief, place);
    const seen = this.beliefsSeen[place] as Set<number>;
    if (!seen.has(belief)) {
      seen.add(belief);
      const at = this.places[place] as PlaceShare;
      this.watch.answerMade(this.system, belief, view, at.place);
    }
    return view;
  }

  /** What was drawn in all the cutovers, held against the shares that it was drawn by. */
  closeBooks(): void {
    for (const view of this.book.allViews()) this.watch.answersDrawn(view);
  }

  private startPhase(phase: Phase.Cutover | Phase.Failback, atMs: number): void {
    const isCutover = phase === Phase.Cutover;
    const { cutoverDeadlineMs, failbackDeadlineMs, phaseMsMax } = this.limits;
    const deadlineMs = isCutover ? cutoverDeadlineMs : failbackDeadlineMs;
    this.resolvers.startPhase(isCutover ? "cutover" : "failback", atMs, deadlineMs);
    if (isCutover) {
      this.replication.faultAtMs = atMs - this.startMs;
      for (const each of this.happenings) if (each.atSeconds === 0) this.apply(each, atMs);
    } else this.heal(atMs);
    this.phase = phase;
    this.phaseStartMs = atMs;
    this.times = isCutover ? this.cutover : this.failback;
    this.times.startMs = atMs - this.startMs;
    this.times.checkMs = -1;
    this.times.authoritativeMs.fill(-1);
    for (const check of this.inverted) this.noteCheck(check, atMs);
    this.serversWaiting = this.health.nameServerCount;
    for (let server = 0; server < this.health.nameServerCount; server++) this.noteAnswer(server, atMs);
    this.queue.push(atMs + phaseMsMax, Happens.PatienceEnds, phase);
  }

  /** Both endpoints serve again, and whatever else was lost is back; a deleted check is not. */
  private heal(atMs: number): void {
    for (let endpoint = 0; endpoint < this.endpoints.count; endpoint++) {
      if (this.endpoints.at(endpoint).behaviour !== SERVES) this.behave(endpoint, SERVES, atMs);
    }
    this.health.restoreInversions(atMs);
    this.controlPlane.restore();
    this.watch.controlPlaneIs("back");
    this.replication.resume(atMs - this.startMs);
  }

  private endPhaseWhenOver(atMs: number): void {
    if (this.times && this.resolvers.stillWaiting === 0 && this.serversWaiting === 0) this.endPhase(atMs);
  }

  /** Everybody is over, or patience is at its end: the fault will be healed, or the play is over. */
  private endPhase(atMs: number): void {
    if (!this.times) return;
    this.resolvers.endPhase(atMs);
    if (this.isAway) this.times.clientMs.fill(UNTOUCHED);
    else this.times.clientMs.set(this.resolvers.overAfterMs);
    this.replication.note(this.phase === Phase.Failback ? "failback" : "cutover", this.times);
    this.times = undefined;
    if (this.phase === Phase.Failback) {
      this.phase = Phase.Over;
      this.resolvers.close(atMs);
      return;
    }
    this.phase = Phase.Outage;
    const fromMs = Math.max(atMs, this.phaseStartMs + this.limits.outageMsMin);
    this.queue.push(fromMs + this.healDraws.below(this.mixingMs(), this.number), Happens.Heal);
  }

  /** After a random wait of up to this the heal, too, falls anywhere in every round and every cache's life. */
  private mixingMs(): number {
    return Math.max(2 * this.limits.roundMs, this.viewOf(0).ttlSeconds * 1_000);
  }
}
