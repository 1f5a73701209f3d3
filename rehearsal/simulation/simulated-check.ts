import { CHECKERS_PER_REGION, isHealthyByConsensus, reportedHealth } from "../../model/health-check";
import type { Assumptions } from "./assumptions";
import { type CheckerState, initialChecker, observeProbe } from "./checker";
import { type EndpointCondition, probeEndpoint } from "./endpoint-condition";
import type { PlayedCheck } from "./played-system";
import { judgeProbe, type ProbeVerdict } from "./probe";
import { type Draws, draws } from "./random";

interface CheckerDraws {
  readonly phase: Draws;
  readonly roundTrip: Draws;
}

/** One health check with its checkers, which probe on their own and do not coordinate (developer guide). */
export class SimulatedCheck {
  private readonly checkers: readonly CheckerDraws[];
  private readonly roundTripsMs: number[];
  private states: CheckerState[] = [];
  private healthyCheckers = 0;

  constructor(
    readonly settings: PlayedCheck,
    seed: number,
    private readonly assumptions: Assumptions,
  ) {
    this.checkers = settings.regions.flatMap((region) =>
      Array.from({ length: CHECKERS_PER_REGION }, (_, number) => {
        const name = `check/${settings.urn}/checker/${region}/${number + 1}`;
        return { phase: draws(seed, `${name}/phase`), roundTrip: draws(seed, `${name}/round-trip`) };
      }),
    );
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
    this.states = this.checkers.map(initialChecker);
    this.healthyCheckers = this.checkers.length;
    this.checkers.forEach(({ roundTrip }, checker) => {
      this.roundTripsMs[checker] = min + roundTrip.below(max - min + 1, cutover);
    });
  }

  /** How long after the start a checker sends its first request: its phase is uniform in a healthy round. */
  firstRequestMs(checker: number, cutover: number): number {
    const roundMs = this.settings.requestIntervalMs + this.probe(checker, "serving").tookMs;
    return (this.checkers[checker] as CheckerDraws).phase.below(roundMs, cutover);
  }

  /** The result of a request that meets the endpoint in this condition. */
  probe(checker: number, condition: EndpointCondition): ProbeVerdict {
    const roundTripMs = this.roundTripsMs[checker] as number;
    return judgeProbe(this.settings, probeEndpoint(condition, this.settings, roundTripMs));
  }

  /** Counts a result. */
  observe(checker: number, passed: boolean): void {
    const before = this.states[checker] as CheckerState;
    const after = observeProbe(before, passed, this.settings.failureThreshold);
    this.states[checker] = after;
    this.healthyCheckers += Number(after.healthy) - Number(before.healthy);
  }
}
