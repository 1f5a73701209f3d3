import { CHECKERS_PER_REGION, isHealthyByConsensus, reportedHealth } from "../../model/health-check";
import type { Assumptions } from "./assumptions";
import { type Behaviour, chanceOf, probeEndpoint, SERVES } from "./behaviour";
import { type CheckerState, INITIAL_CHECKER, observeProbe } from "./checker";
import type { EndpointCheck } from "./played-check";
import { judgeProbe, type ProbeVerdict } from "./probe";
import { type Draws, draws, SENDER_FATE } from "./random";

interface CheckerDraws {
  readonly regionShare: number;
  readonly phase: Draws;
  readonly roundTrip: Draws;
  readonly fate: Draws;
}

/** One health check with its checkers, which probe on their own and do not coordinate (developer guide). */
export class SimulatedCheck {
  private readonly checkers: readonly CheckerDraws[];
  /** Of the one address that all probes of a check by address meet. */
  private readonly address: Draws;
  private readonly roundTripsMs: number[];
  private states: CheckerState[] = [];
  private healthyCheckers = 0;
  private cutover = 0;
  /** How many probes have drawn their fate in this cutover. */
  private fates = 0;

  constructor(
    readonly settings: EndpointCheck,
    seed: number,
    private readonly assumptions: Assumptions,
  ) {
    this.checkers = settings.regions.flatMap((region, place) =>
      Array.from({ length: CHECKERS_PER_REGION }, (_, number) => {
        const name = `check/${settings.urn}/checker/${region}/${number + 1}`;
        return {
          regionShare: place / settings.regions.length,
          phase: draws(seed, `${name}/phase`),
          roundTrip: draws(seed, `${name}/round-trip`),
          fate: draws(seed, `${name}/fate`),
        };
      }),
    );
    this.address = draws(seed, `check/${settings.urn}/address`);
    this.roundTripsMs = this.checkers.map(() => 0);
  }

  get checkerCount(): number {
    return this.checkers.length;
  }

  /** What the check shows: consensus, then disabled, then inverted. */
  get reported(): boolean {
    return reportedHealth(isHealthyByConsensus(this.healthyCheckers, this.checkers.length), this.settings);
  }

  /** Sets the steady state of a healthy endpoint: every checker content, each somewhere in its round. */
  reset(cutover: number): void {
    const { min, max } = this.assumptions.probeRoundTripMs;
    this.cutover = cutover;
    this.fates = 0;
    this.states = this.checkers.map(() => INITIAL_CHECKER);
    this.healthyCheckers = this.checkers.length;
    this.checkers.forEach(({ roundTrip }, checker) => {
      this.roundTripsMs[checker] = min + roundTrip.below(max - min + 1, cutover);
    });
  }

  /** How long after the start a checker sends its first request: its phase is uniform in a healthy round. */
  firstRequestMs(checker: number): number {
    const roundMs = this.settings.requestIntervalMs + this.probe(checker, SERVES, 0).tookMs;
    return (this.checkers[checker] as CheckerDraws).phase.below(roundMs, this.cutover);
  }

  /** The result of a request that meets the endpoint when it has behaved so for `elapsedMs`. */
  probe(checker: number, behaviour: Behaviour, elapsedMs: number): ProbeVerdict {
    const { regionShare, fate } = this.checkers[checker] as CheckerDraws;
    const roundTripMs = this.roundTripsMs[checker] as number;
    const circumstances = { roundTripMs, elapsedMs, regionShare, chance: this.chance(behaviour, fate) };
    return judgeProbe(this.settings, probeEndpoint(behaviour, this.settings, circumstances));
  }

  /**
   * Which of the endpoint's addresses a probe meets stays for all where the check names one; a name is resolved
   * "every RequestInterval" (API reference, HealthCheckConfig FullyQualifiedDomainName), so that each draws anew.
   */
  private chance(behaviour: Behaviour, fate: Draws): number {
    const whose = chanceOf(behaviour);
    if (whose === "none") return 0;
    if (whose === "sender" && this.settings.byAddress) return this.address.uniform(this.cutover, SENDER_FATE);
    return fate.uniform(this.cutover, this.fates++);
  }

  /** Counts a result; whether its checker thinks otherwise now. */
  observe(checker: number, passed: boolean): boolean {
    const before = this.states[checker] as CheckerState;
    const after = observeProbe(before, passed, this.settings.failureThreshold);
    if (after === before) return false;
    this.states[checker] = after;
    this.healthyCheckers += Number(after.healthy) - Number(before.healthy);
    return after.healthy !== before.healthy;
  }
}
