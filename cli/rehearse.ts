import { markAt, observe, ofKind } from "../drill/observe";
import type { LeftResource, ReportParts, SimulationFigures } from "../drill/report/report";
import { worstBound } from "../drill/report/verdict";
import type { SimulatedRun } from "../drill/simulation-run";
import { type FailoverPair, type FailoverPlan, failoverPairs } from "../model/failover-plan";
import { toUsd } from "../model/money";
import { type Bound, recoveryBound } from "../model/recovery-bound";
import type { StackResource } from "../model/stack-resource";
import type { PolicyReport } from "../policy/evaluate";
import type { CostReport } from "../policy/prices/idle-cost";
import type { Phase } from "../policy/rule";
import type { LoopbackResult } from "../rehearsal/loopback/loopback";
import type { Sample } from "../rehearsal/simulation/sample";
import {
  type PlainScenario,
  plainScenario,
  plainScenarioNames,
  type Scenario,
} from "../rehearsal/simulation/scenario";
import type { SimulatedSample } from "../rehearsal/simulation/simulated-sample";
import { stopIfInterrupted } from "./interrupts";
import type { Objectives, StoodUp } from "./stand-up";

type Progress = (done: number, of: number) => void;

export interface RehearsalOptions {
  readonly scenario: Scenario;
  readonly cutovers: number;
  readonly resolvers: number;
  readonly seed: number;
  readonly speed: number;
  readonly replicationLagMs: number;
}

/** The failure cannot be played on this stack; one line says why. */
export interface Unplayable {
  readonly unplayable: string;
}

/** What a report holds of a simulation, with what its pictures need where the simulation tells it. */
export type SimulatedFigures = SimulationFigures &
  Partial<Pick<SimulatedRun, "outlook" | "replication" | "plots">>;

/** The parts that a rehearsal puts in a row; tests hand in their own. */
export interface RehearsalSteps {
  standUp(signal: AbortSignal): Promise<StoodUp>;
  plan(resources: readonly StackResource[]): FailoverPlan;
  evaluate(resources: readonly StackResource[], objectives: Objectives, phase: Phase): PolicyReport;
  idleCost(resources: readonly StackResource[]): CostReport;
  simulate(
    options: RehearsalOptions & {
      plan: FailoverPlan;
      pair: FailoverPair;
      onProgress: Progress;
      onSample: (sample: SimulatedSample) => void;
    },
    signal: AbortSignal,
  ): Promise<SimulatedFigures | Unplayable>;
  /** Several scenarios in a row, without their samples; `onDone` is told of each when it is over. */
  simulateEach(
    options: Omit<RehearsalOptions, "scenario"> & { plan: FailoverPlan; pair: FailoverPair },
    scenarios: readonly Scenario[],
    signal: AbortSignal,
    onDone: (scenario: Scenario, figures: SimulatedFigures) => void,
  ): Promise<Unplayable | undefined>;
  loopback(
    options: RehearsalOptions & {
      scenario: PlainScenario;
      plan: FailoverPlan;
      pair: FailoverPair;
      signal: AbortSignal;
      onSample: (sample: Sample) => void;
    },
  ): Promise<LoopbackResult>;
  tearDown(resources: readonly StackResource[]): {
    created: number;
    deleted: number;
    left: StackResource[];
    lifted: string[];
  };
}

/** What happened so far, for whoever shows it. */
export type RehearsalEvent =
  | { readonly kind: "stood-up"; readonly system: string; readonly resources: number }
  | { readonly kind: "judged"; readonly policy: PolicyReport; readonly cost: CostReport }
  | { readonly kind: "chosen"; readonly pair: FailoverPair; readonly bound: Bound; readonly others: number }
  | { readonly kind: "simulating"; readonly done: number; readonly of: number }
  | { readonly kind: "simulated-sample"; readonly sample: SimulatedSample }
  | { readonly kind: "playing" }
  | { readonly kind: "sample"; readonly sample: Sample }
  | { readonly kind: "torn-down"; readonly deleted: number; readonly left: number };

export type RehearsalOutcome =
  | {
      readonly kind: "done";
      readonly parts: ReportParts;
      readonly pair: FailoverPair | undefined;
      readonly samples: readonly Sample[];
      readonly lifted: readonly string[];
      /** Of the simulation; undefined where nothing was simulated. */
      readonly plots: SimulatedRun["plots"] | undefined;
    }
  | Exclude<StoodUp, { kind: "ok" }>;

/**
 * Stands the stack up, judges it, plays its failure under the virtual clock and on loopback, and tears it down.
 * A violated rule does not end it: the report says so, and shows what the failure would look like.
 * @throws the signal's reason when aborted.
 */
export async function rehearse(
  options: RehearsalOptions,
  steps: RehearsalSteps,
  tell: (event: RehearsalEvent) => void,
  signal: AbortSignal,
): Promise<RehearsalOutcome> {
  const stoodUp = await steps.standUp(signal);
  signal.throwIfAborted();
  if (stoodUp.kind !== "ok") return stoodUp;
  const { resources, objectives, system, stack, phase } = stoodUp;
  tell({ kind: "stood-up", system, resources: resources.length });
  const plan = steps.plan(resources);
  const policy = steps.evaluate(resources, objectives, phase);
  const cost = steps.idleCost(resources);
  tell({ kind: "judged", policy, cost });

  const pairs = failoverPairs(plan).map((pair) => ({ pair, bound: recoveryBound(plan, pair) }));
  const played = slowestPair(pairs);
  const samples: Sample[] = [];
  const unplayed: string[] = [];
  let simulation: SimulatedFigures | undefined;
  if (!played) unplayed.push("the stack has no failover pair to play");
  else {
    const { pair } = played;
    tell({ kind: "chosen", ...played, others: pairs.length - 1 });
    const onProgress: Progress = (done, of) => tell({ kind: "simulating", done, of });
    const onSimulated = (sample: SimulatedSample) => tell({ kind: "simulated-sample", sample });
    const simulated = await steps.simulate(
      { ...options, plan, pair, onProgress, onSample: onSimulated },
      signal,
    );
    if ("unplayable" in simulated) unplayed.push(simulated.unplayable);
    else simulation = simulated;
    signal.throwIfAborted();
    const scenario = plainScenario(options.scenario);
    if (!scenario) unplayed.push(notOnLoopback(options.scenario));
    else {
      tell({ kind: "playing" });
      const onSample = (sample: Sample) => {
        samples.push(sample);
        tell({ kind: "sample", sample });
      };
      await steps.loopback({ ...options, scenario, plan, pair, signal, onSample });
      signal.throwIfAborted();
      // A loopback that never came to the fault says why in its last mark.
      if (markAt(samples, "fault") === null) {
        unplayed.push(ofKind(samples, "mark").at(-1)?.detail ?? "the loopback ended before the fault");
      }
    }
  }
  await stopIfInterrupted(signal);
  const teardown = steps.tearDown(resources);
  tell({ kind: "torn-down", deleted: teardown.deleted, left: teardown.left.length });
  const parts: ReportParts = {
    system,
    stack,
    seed: options.seed,
    speed: options.speed,
    scenario: options.scenario.name,
    objectives,
    bounds: pairs.map(({ bound }) => bound),
    simulation,
    unplayed,
    loopback: played ? observe(samples) : undefined,
    cost,
    policy,
    teardown: {
      created: teardown.created,
      deleted: teardown.deleted,
      left: leftResources(teardown.left, steps.idleCost(teardown.left)),
    },
  };
  const { lifted } = teardown;
  return { kind: "done", parts, pair: played?.pair, samples, lifted, plots: simulation?.plots };
}

/** Sockets can answer 503, hang or refuse; what depends on a checker's place or on hours is simulated only. */
function notOnLoopback({ name }: Scenario): string {
  return `${name} is simulated only; the loopback plays ${plainScenarioNames().join(", ")}`;
}

/** The pair that recovers slowest, the first of equals; a pair without a bound is slower than any with one. */
export function slowestPair<T extends { bound: Bound }>(pairs: readonly T[]): T | undefined {
  const worst = worstBound(pairs.map(({ bound }) => bound));
  return pairs.find(({ bound }) => bound === worst);
}

/** What each resource that the teardown left would bill. */
export function leftResources(left: readonly StackResource[], cost: CostReport): LeftResource[] {
  return left.map(({ urn, type }) => {
    const unpriced = cost.unpriced.some((resource) => resource.urn === urn);
    const microUsd = cost.lines
      .filter((line) => line.urn === urn)
      .reduce((sum, { monthlyMicroUsd }) => sum + monthlyMicroUsd, 0);
    return { urn, type, monthlyUsd: unpriced ? null : toUsd(microUsd) };
  });
}
