import type { FailoverPair, FailoverPlan } from "../../model/failover-plan";
import { ASSUMPTIONS, type Assumptions } from "./assumptions";
import { CutoverPlay, type PhaseTimes } from "./cutover";
import { Distribution } from "./distribution";
import { type InvariantViolation, InvariantWatch } from "./invariants";
import { playableSystem } from "./played-system";
import type { Scenario } from "./scenario";

export interface SimulationOptions {
  readonly plan: FailoverPlan;
  readonly pair: FailoverPair;
  readonly scenario: Scenario;
  /** How often the failure is played, each time from a steady state of its own. */
  readonly cutovers: number;
  /** Caching resolvers that clients ask through. */
  readonly resolvers: number;
  readonly seed: number;
  /** Told at least after every hundredth part, and at the end. */
  readonly onProgress?: (done: number, of: number) => void;
  /** What AWS does not document; `ASSUMPTIONS` unless a test or a sweep says otherwise. */
  readonly assumptions?: Assumptions;
  /** What the virtual clock shows when a cutover begins, in ms. No duration depends on it. */
  readonly epochMs?: number;
}

/**
 * Seconds from the fault: `unhealthySeconds` until the primary's check says unhealthy, one sample per cutover;
 * `authoritativeSeconds` until a name server answers with the standby, one sample per name server;
 * `clientSeconds` until a request is served by the standby, one sample per resolver.
 */
export interface CutoverFigures {
  /** Cutovers played. */
  readonly count: number;
  readonly unhealthySeconds: Distribution;
  readonly authoritativeSeconds: Distribution;
  readonly clientSeconds: Distribution;
  /** Resolvers, over all cutovers, whose clients the standby never served; they have no sample. */
  readonly stranded: number;
}

/** The same from the heal, with healthy and the primary in the place of unhealthy and the standby. */
export interface FailbackFigures {
  readonly count: number;
  readonly healthySeconds: Distribution;
  readonly authoritativeSeconds: Distribution;
  readonly clientSeconds: Distribution;
  /** Resolvers that came over to the standby and never back. */
  readonly stranded: number;
}

export interface Simulation {
  readonly cutover: CutoverFigures;
  readonly failback: FailbackFigures;
  /** From the steady state before the fault to the end of the failback, over all cutovers. */
  readonly requests: { readonly sent: number; readonly served: number; readonly failed: number };
  /** At most `VIOLATIONS_MAX`. */
  readonly violations: readonly InvariantViolation[];
}

/**
 * Plays a failover pair `cutovers` times under a virtual clock. A function of its options, to the byte: no clock,
 * no I/O, no randomness but from the seed.
 * @throws Error where the pair cannot be played; `playableSystem` tells that beforehand.
 */
export function simulate(options: SimulationOptions): Simulation {
  const { plan, pair, scenario, cutovers, resolvers, seed, onProgress } = options;
  requireWhole("cutovers", cutovers, 1);
  requireWhole("resolvers", resolvers, 1);
  requireWhole("seed", seed, Number.MIN_SAFE_INTEGER);
  const playable = playableSystem(plan, pair);
  if (playable.kind === "refused") {
    throw new Error(`${pair.name} ${pair.type} cannot be simulated: ${playable.why}`);
  }
  const watch = new InvariantWatch({ scenario: scenario.name, seed });
  const play = new CutoverPlay(
    playable.system,
    scenario,
    resolvers,
    seed,
    options.assumptions ?? ASSUMPTIONS,
    watch,
  );
  const cutover = new PhaseFigures();
  const failback = new PhaseFigures();
  const stepSize = Math.max(1, Math.floor(cutovers / 100));
  for (let number = 0; number < cutovers; number++) {
    play.play(number, options.epochMs ?? 0);
    cutover.add(play.cutover);
    failback.add(play.failback, play.cutover);
    if ((number + 1) % stepSize === 0 || number + 1 === cutovers) onProgress?.(number + 1, cutovers);
  }
  const { check: unhealthySeconds, ...cutoverRest } = cutover;
  const { check: healthySeconds, ...failbackRest } = failback;
  return {
    cutover: { unhealthySeconds, ...cutoverRest },
    failback: { healthySeconds, ...failbackRest },
    requests: { ...play.resolvers.requests },
    violations: watch.violations,
  };
}

/** Collects one phase over all cutovers. */
class PhaseFigures {
  count = 0;
  stranded = 0;
  readonly check = new Distribution();
  readonly authoritativeSeconds = new Distribution();
  readonly clientSeconds = new Distribution();

  /** `before` is the phase that one must have finished to take part in this one. */
  add(times: PhaseTimes, before?: PhaseTimes): void {
    this.count++;
    if (times.checkMs >= 0) this.check.addMs(times.checkMs);
    for (const [server, ms] of times.authoritativeMs.entries()) {
      if (ms >= 0 && (before?.authoritativeMs[server] ?? 0) >= 0) this.authoritativeSeconds.addMs(ms);
    }
    for (const [resolver, ms] of times.clientMs.entries()) {
      if ((before?.clientMs[resolver] ?? 0) < 0) continue;
      if (ms >= 0) this.clientSeconds.addMs(ms);
      else this.stranded++;
    }
  }
}

function requireWhole(name: string, value: number, min: number): void {
  if (Number.isSafeInteger(value) && value >= min) return;
  throw new RangeError(
    min === 1
      ? `${name} is ${value}; it must be a whole number from 1`
      : `${name} is ${value}; it must be a whole number`,
  );
}
