import { isHealthyByConsensus, PROBE_LIMITS_SECONDS, reportedHealth } from "../../model/health-check";
import type { DnsAnswer } from "../simulation/answer";
import { type CheckerState, INITIAL_CHECKER, observeProbe } from "../simulation/checker";
import { judgeProbe, type ProbeVerdict } from "../simulation/probe";
import { stream } from "../simulation/random";
import type { AddressBook } from "./address-book";
import type { DnsQuestion } from "./dns-message";
import { probeOnce } from "./loopback-probe";
import type { PlayedCheck } from "./play";
import { probeTarget } from "./probe-target";
import type { Emit, SystemClock } from "./system-clock";

/** How `judgeProbe` tells of a time limit. */
const LATE = / within \d+ s$/;

export interface ProberSettings {
  readonly book: AddressBook;
  readonly answer: (question: DnsQuestion) => DnsAnswer;
  readonly clock: SystemClock;
  readonly seed: number;
  readonly emit: Emit;
  /** Told whenever the check reports something new. */
  readonly onHealth: (check: string, healthy: boolean) => void;
}

/**
 * The checkers of one health check as real probes: each with a phase of its own, and the interval from one response
 * to the next request. Checkers judge alone; the check is healthy by their consensus.
 */
export class Prober {
  private readonly states = new Map<string, CheckerState>();
  private readonly probed = new Set<string>();
  /** Checkers that have seen what a new check is only taken to be: healthy. */
  private readonly confirmed = new Set<string>();
  /** What the other probes said, and how often. */
  private readonly objections = new Map<string, number>();
  private reported: boolean;
  private isInverted: boolean;
  private shown = "";

  constructor(
    private readonly check: PlayedCheck,
    private readonly settings: ProberSettings,
  ) {
    this.isInverted = check.inverted;
    for (const checker of check.checkers) this.states.set(checker, INITIAL_CHECKER);
    this.reported = this.health().healthy;
  }

  /** Whether every checker has had at least one result. */
  get isSettled(): boolean {
    return this.probed.size === this.check.checkers.length;
  }

  /** Why the check's health rests on nothing that its checkers saw, for one line; undefined where all have seen it. */
  get doubt(): string | undefined {
    const { urn, checkers } = this.check;
    const missing = checkers.filter((checker) => !this.confirmed.has(checker)).length;
    if (missing === 0) return undefined;
    const said = [...this.objections].map(([why, times]) => `${why} (${times} times)`);
    return (
      `${missing} of ${checkers.length} checkers of ${urn} had no probe that ${this.isInverted ? "failed" : "passed"}` +
      (said.length === 0 ? "" : `; the others said: ${said.join(", ")}`)
    );
  }

  /** Whether most of what the checkers found wrong was an answer that came too late for them. */
  get isLate(): boolean {
    const times = [...this.objections];
    const sum = (of: typeof times) => of.reduce((total, [, count]) => total + count, 0);
    return 2 * sum(times.filter(([why]) => LATE.test(why))) > sum(times);
  }

  get urn(): string {
    return this.check.urn;
  }

  async run(signal: AbortSignal): Promise<void> {
    this.show();
    await Promise.all(this.check.checkers.map((checker) => this.runChecker(checker, signal)));
  }

  private async runChecker(checker: string, signal: AbortSignal): Promise<void> {
    const { clock, seed, emit } = this.settings;
    const intervalMs = this.check.intervalSeconds * 1_000;
    const phaseMs = stream(seed, `loopback/checker/${this.check.urn}/${checker}/phase`).below(intervalMs);
    await clock.sleep(phaseMs, signal);
    while (!signal.aborted) {
      const { passed, why } = await this.probe(signal);
      emit({ kind: "probe", check: this.check.urn, checker, passed, why });
      this.probed.add(checker);
      if (passed !== this.isInverted) this.confirmed.add(checker);
      else this.objections.set(why, (this.objections.get(why) ?? 0) + 1);
      this.note(checker, passed);
      await clock.sleep(intervalMs, signal);
    }
  }

  private async probe(signal: AbortSignal): Promise<ProbeVerdict> {
    const { type, path, searchString } = this.check;
    const target = probeTarget(this.check, this.settings);
    if (target.kind === "failed") return { passed: false, why: target.why, tookMs: 0 };
    if (target.kind === "silent") {
      const limits = PROBE_LIMITS_SECONDS;
      const limitSeconds = type === "TCP" ? limits.tcpConnect : limits.httpConnect;
      await this.settings.clock.sleep(limitSeconds * 1_000, signal);
      return judgeProbe({ type, searchString }, { connectMs: "timeout" });
    }
    const { port, hostHeader } = target;
    const observation = await probeOnce({ type, path, port, hostHeader }, this.settings.clock, signal);
    return judgeProbe({ type, searchString }, observation);
  }

  private note(checker: string, passed: boolean): void {
    const state = this.states.get(checker) ?? INITIAL_CHECKER;
    this.states.set(checker, observeProbe(state, passed, this.check.failureThreshold));
    this.tell();
  }

  /** Inverts what the check reports, as UpdateHealthCheck does at once, or ends that. */
  switchInversion(): void {
    this.isInverted = !this.isInverted;
    this.tell();
  }

  private tell(): void {
    this.show();
    const { healthy } = this.health();
    if (healthy === this.reported) return;
    this.reported = healthy;
    this.settings.onHealth(this.check.urn, healthy);
  }

  /** Writes a sample whenever a checker has changed its mind. */
  private show(): void {
    const health = this.health();
    const text = JSON.stringify(health);
    if (text === this.shown) return;
    this.shown = text;
    this.settings.emit({ kind: "health", check: this.check.urn, ...health });
  }

  private health(): { healthy: boolean; healthyCheckers: number; checkers: number } {
    const checkers = this.states.size;
    const healthyCheckers = [...this.states.values()].filter(({ healthy }) => healthy).length;
    const consensus = isHealthyByConsensus(healthyCheckers, checkers);
    return {
      healthy: reportedHealth(consensus, { disabled: false, inverted: this.isInverted }),
      healthyCheckers,
      checkers,
    };
  }
}
