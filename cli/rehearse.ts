import type { Frontier } from "../drill/frontier";
import { markAt, observe, ofKind, unrest } from "../drill/observe";
import type { LeftResource } from "../drill/report/report";
import type { OtherSet, ReportParts, SimulationFigures } from "../drill/report/report-parts";
import type { SimulatedRun } from "../drill/simulation-run";
import { type SimulatedTimeline, simulatedTimeline } from "../drill/timeline-simulated";
import type { AnswerSet } from "../model/answer-sets";
import type { FailoverPlan } from "../model/failover-plan";
import { toUsd } from "../model/money";
import type { Bound } from "../model/recovery-bound";
import type { StackResource } from "../model/stack-resource";
import type { PolicyReport } from "../policy/evaluate";
import type { CostReport } from "../policy/prices/idle-cost";
import type { Phase } from "../policy/rule";
import type { LoopbackResult } from "../rehearsal/loopback/loopback";
import type { Sample } from "../rehearsal/simulation/sample";
import {
  type PlainScenario,
  plainScenario,
  type Scenario,
  scenarioNames,
  touchesReplication,
} from "../rehearsal/simulation/scenario";
import type { SimulatedSample } from "../rehearsal/simulation/simulated-sample";
import { stopIfInterrupted } from "./interrupts";
import { expectationOf, memberProblem, notOnLoopback, rehearsedSets, simulateOthers } from "./rehearsed-sets";
import type { Objectives, StoodUp } from "./stand-up";

type Progress = (done: number, of: number) => void;

export interface RehearsalOptions {
  readonly scenario: Scenario;
  /** The member of a set whose loss is played; the heaviest unless given. */
  readonly member?: string;
  readonly cutovers: number;
  readonly resolvers: number;
  readonly seed: number;
  readonly speed: number;
  readonly replicationLagMs: number;
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
  /** One line: why the failure of this set cannot be simulated; undefined where it can. */
  obstacle(plan: FailoverPlan, set: AnswerSet): string | undefined;
  simulate(
    options: RehearsalOptions & {
      plan: FailoverPlan;
      set: AnswerSet;
      onProgress?: Progress;
      onSample?: (sample: SimulatedSample) => void;
    },
    signal: AbortSignal,
  ): Promise<SimulatedFigures>;
  /** Several scenarios in a row, without their samples; `onDone` is told of each when it is over. */
  simulateEach(
    options: Omit<RehearsalOptions, "scenario"> & { plan: FailoverPlan; set: AnswerSet },
    scenarios: readonly Scenario[],
    signal: AbortSignal,
    onDone: (scenario: Scenario, figures: SimulatedFigures) => void,
  ): Promise<void>;
  /** What other settings of this set would do and cost, from few cutovers each. */
  frontier(
    resources: readonly StackResource[],
    set: AnswerSet,
    options: RehearsalOptions,
    signal: AbortSignal,
  ): Promise<Frontier>;
  loopback(
    options: RehearsalOptions & {
      scenario: PlainScenario;
      plan: FailoverPlan;
      set: AnswerSet;
      /** Whose code the endpoints run, and what it finds its settings in. */
      system: string;
      resources: readonly StackResource[];
      signal: AbortSignal;
      onSample: (sample: Sample) => void;
    },
  ): Promise<LoopbackResult>;
  /** Undefined where the stack was only read from a file and holds what the stand-in for AWS does not know. */
  tearDown(
    resources: readonly StackResource[],
  ): { created: number; deleted: number; left: StackResource[]; lifted: string[] } | undefined;
}

/** Beside a bound that no fault of the scenario calls upon. */
const BOUND_IS_OF_THE_SEEN =
  "the bound is of a fault that the health checks see; what they see of this one changes no answer";

/** What happened so far, for whoever shows it. */
export type RehearsalEvent =
  | { readonly kind: "stood-up"; readonly system: string; readonly resources: number }
  | { readonly kind: "judged"; readonly policy: PolicyReport; readonly cost: CostReport }
  | { readonly kind: "chosen"; readonly set: AnswerSet; readonly bound: Bound; readonly others: number }
  | { readonly kind: "simulating"; readonly done: number; readonly of: number }
  | { readonly kind: "simulated-sample"; readonly sample: SimulatedSample }
  | { readonly kind: "playing" }
  | { readonly kind: "sample"; readonly sample: Sample }
  | { readonly kind: "torn-down"; readonly deleted: number; readonly left: number };

export type RehearsalOutcome =
  | {
      readonly kind: "done";
      readonly parts: ReportParts;
      readonly set: AnswerSet | undefined;
      readonly samples: readonly Sample[];
      readonly lifted: readonly string[];
      /** Of the simulation; undefined where nothing was simulated. */
      readonly plots: SimulatedRun["plots"] | undefined;
      readonly frontier: Frontier | undefined;
      /** Cutover 0, where sockets played nothing. */
      readonly simulatedTimeline: SimulatedTimeline | undefined;
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
  const problem = memberProblem(plan, options.member);
  if (problem !== undefined) return { kind: "invalid", messages: [problem] };
  const policy = steps.evaluate(resources, objectives, phase);
  const cost = steps.idleCost(resources);
  tell({ kind: "judged", policy, cost });

  const { playable, bounds, unrehearsed, notes } = rehearsedSets(
    plan,
    stoodUp,
    steps.obstacle,
    options.member,
  );
  const [played, ...beside] = playable;
  const plain = plainScenario(options.scenario);
  const samples: Sample[] = [];
  const unplayed: string[] = [];
  let others: readonly OtherSet[] = unrehearsed;
  // Sockets play neither every scenario nor every plan; then the simulation is what there is to judge.
  let unplayedOnLoopback = plain ? undefined : notOnLoopback(options.scenario);
  let simulation: SimulatedFigures | undefined;
  let expected = expectationOf(options.scenario, {});
  let frontier: Frontier | undefined;
  if (!played) {
    if (unrehearsed.length === 0) unplayed.push("the stack has no failover pair to play");
  } else {
    const { set } = played;
    tell({ kind: "chosen", ...played, others: beside.length });
    const onProgress: Progress = (done, of) => tell({ kind: "simulating", done, of });
    const onSimulated = (sample: SimulatedSample) => tell({ kind: "simulated-sample", sample });
    simulation = await steps.simulate({ ...options, plan, set, onProgress, onSample: onSimulated }, signal);
    signal.throwIfAborted();
    others = [...(await simulateOthers(beside, plan, options, steps, signal)), ...unrehearsed];
    expected = expectationOf(options.scenario, simulation);
    // Where the settings decide nothing, comparing them would tell of another fault than this one.
    frontier =
      expected === "everybody-over"
        ? await steps.frontier(resources, set, options, signal)
        : { kind: "absent", why: incomparable(options.scenario) };
    signal.throwIfAborted();
    if (expected === "away-at-rest") {
      unplayedOnLoopback ??=
        "the DNS answers lead past the primary before it fails, so there is no cutover to play";
    }
    if (plain && unplayedOnLoopback === undefined) {
      const onSample = (sample: Sample) => {
        samples.push(sample);
        // A plan that sockets cannot play ends with its first sample.
        if (samples.length === 1 && markAt(samples, "end") === null) tell({ kind: "playing" });
        tell({ kind: "sample", sample });
      };
      await steps.loopback({
        ...options,
        scenario: plain,
        plan,
        set,
        system,
        resources,
        signal,
        onSample,
      });
      signal.throwIfAborted();
      // A loopback that never came to the fault says why in its last mark.
      const why = ofKind(samples, "mark").at(-1)?.detail ?? "the loopback ended before the fault";
      if (markAt(samples, "start") === null) unplayedOnLoopback = why;
      else if (markAt(samples, "fault") === null) unplayed.push(why);
    }
  }
  const pictured =
    played && unplayedOnLoopback !== undefined
      ? await firstCutover({ ...options, plan, set: played.set }, steps, signal)
      : undefined;
  await stopIfInterrupted(signal);
  const teardown = steps.tearDown(resources);
  if (teardown) tell({ kind: "torn-down", deleted: teardown.deleted, left: teardown.left.length });
  const parts: ReportParts = {
    system,
    stack,
    seed: options.seed,
    speed: options.speed,
    scenario: options.scenario.name,
    objectives,
    playedBound: played?.bound,
    bounds,
    expected,
    simulation: simulation && withoutIdleReplication(simulation, options.scenario),
    unplayed,
    simulatedOnly: played !== undefined && unplayedOnLoopback !== undefined,
    others,
    notes: [
      ...(played && unplayedOnLoopback !== undefined
        ? [`simulated only, and judged by the simulation: ${unplayedOnLoopback}`]
        : []),
      ...[...ofKind(samples, "note").map(({ text }) => text), unrest(samples, options.speed)].flatMap(
        (text) => (text === undefined ? [] : `on loopback: ${text}`),
      ),
      ...(simulation?.idle ?? []),
      ...(simulation?.outlook === "stays" && played?.bound.kind === "bound" ? [BOUND_IS_OF_THE_SEEN] : []),
      ...notes,
      ...stoodUp.notes,
      ...(teardown ? [] : ["the stack was only read from a file; its deletion was not played"]),
    ],
    loopback: played && unplayedOnLoopback === undefined ? observe(samples) : undefined,
    cost,
    policy,
    teardown: teardown
      ? {
          created: teardown.created,
          deleted: teardown.deleted,
          left: leftResources(teardown.left, steps.idleCost(teardown.left)),
        }
      : "none",
  };
  const lifted = teardown?.lifted ?? [];
  return {
    kind: "done",
    parts,
    set: played?.set,
    samples,
    lifted,
    plots: simulation?.plots,
    frontier,
    simulatedTimeline: pictured,
  };
}

/** What a scenario does nothing to needs no figures. */
function withoutIdleReplication(figures: SimulatedFigures, scenario: Scenario): SimulatedFigures {
  if (touchesReplication(scenario)) return figures;
  const { replication: _, ...rest } = figures;
  return rest;
}

function incomparable({ name }: Scenario): string {
  return (
    `interval, threshold and TTL do not decide who comes over in ${name}, so nothing is compared; ` +
    `"warm-standby sweep" compares them by ${scenarioNames()[0]}`
  );
}

/**
 * Cutover 0 once more and alone: it is the same whether it is played among ten or ten thousand, and alone all figures
 * are its own.
 */
async function firstCutover(
  options: Parameters<RehearsalSteps["simulate"]>[0],
  steps: RehearsalSteps,
  signal: AbortSignal,
): Promise<SimulatedTimeline | undefined> {
  let sample: SimulatedSample | undefined;
  const onSample = (each: SimulatedSample) => {
    sample ??= each;
  };
  const { failedShare = [], plots } = await steps.simulate({ ...options, cutovers: 1, onSample }, signal);
  signal.throwIfAborted();
  const { routing } = options.set;
  return sample && simulatedTimeline({ sample, failedShare, profiles: plots?.profiles ?? [], routing });
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
