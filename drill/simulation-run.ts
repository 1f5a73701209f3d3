import { availableParallelism } from "node:os";
import { Distribution } from "../rehearsal/simulation/distribution";
import type { Outlook } from "../rehearsal/simulation/outlook";
import { honoursTtl } from "../rehearsal/simulation/profile";
import type { OutcomeShare } from "../rehearsal/simulation/request-outcomes";
import type { Scenario } from "../rehearsal/simulation/scenario";
import type { ProfileFigures, Simulation, SimulationOptions } from "../rehearsal/simulation/simulate";
import type { SimulatedSample } from "../rehearsal/simulation/simulated-sample";
import { type PlotData, type ProfileSpreads, phaseSpreads } from "./report/plots/plot-data";
import { spreadOf } from "./report/plots/spread";
import type { Percentiles } from "./report/report";
import type { ClientFigures, SimulationFigures } from "./report/report-parts";
import { cloneable, withThreads } from "./worker-thread";

/** What a report holds of a simulation, and what its words and pictures need beyond that. */
export interface SimulatedRun extends SimulationFigures {
  /** What the checks must make of the fault; only where it is `fails-over` does the recovery bound hold. */
  readonly outlook: Outlook["kind"];
  /** What of the scenario found nothing to change, one line each. */
  readonly idle: readonly string[];
  /** Undefined where nobody came over. */
  readonly replication: { readonly lostSeconds?: Percentiles; readonly behindSeconds?: Percentiles };
  /** From the fault to the heal, over all cutovers: what became of the requests of each stretch. */
  readonly failedShare: readonly OutcomeShare[];
  /** Where other members of a set serve beside the lost one: resolvers that it never concerned, over all cutovers. */
  readonly untouched: { readonly cutover: number; readonly failback: number };
  readonly plots: Required<Pick<PlotData, "cutover" | "failback" | "profiles">>;
}

export type SimulationMessage =
  | { readonly kind: "sample"; readonly sample: SimulatedSample }
  | { readonly kind: "progress"; readonly done: number; readonly of: number }
  /** `scenario` is its place in the order. */
  | { readonly kind: "done"; readonly scenario: number; readonly figures: SimulatedRun };

/** What the worker is started with. */
export interface SimulationOrder {
  /** All but the scenario, in the engine's own spelling of UNKNOWN. */
  readonly options: unknown;
  /** Each ends with a `done`. */
  readonly scenarios: readonly Scenario[];
  /** The place of the next one that no thread has taken yet; shared by all. */
  readonly next: Int32Array;
  /** Whether anybody listens to the samples of single cutovers. */
  readonly samples: boolean;
  /** How many samples are on their way; the worker waits at `SAMPLES_UNREAD_MAX`, so that no queue grows. */
  readonly unread: Int32Array;
}

export const SAMPLES_UNREAD_MAX = 16;

/** More threads than these would cost more memory than they save time. */
const THREADS_MAX = 4;

/** So many violations are told one by one; a broken invariant breaks in every cutover. */
const VIOLATIONS_TOLD = 10;

/**
 * Runs the simulation in a thread of its own: it computes for seconds without a pause, and an interrupt must be
 * heard meanwhile. Rejects with the signal's reason when aborted, and with what `onSample` throws.
 */
export async function runSimulation(
  { scenario, ...options }: SimulationOptions,
  signal: AbortSignal,
): Promise<SimulatedRun> {
  const [run] = await runSimulations(options, [scenario], signal, () => {});
  return run as SimulatedRun;
}

/**
 * The same for several scenarios, on as many threads as there are cores; `onDone` is told of each in their order.
 * With somebody who listens to samples it is one thread, since those of two scenarios would come mixed.
 */
export async function runSimulations(
  options: Omit<SimulationOptions, "scenario">,
  scenarios: readonly Scenario[],
  signal: AbortSignal,
  onDone: (scenario: Scenario, run: SimulatedRun) => void,
): Promise<SimulatedRun[]> {
  signal.throwIfAborted();
  const { onProgress, onSample, ...rest } = options;
  const unread = sharedNumber();
  const order: SimulationOrder = {
    options: cloneable(rest),
    scenarios,
    next: sharedNumber(),
    samples: onSample !== undefined,
    unread,
  };
  const threads = onSample ? 1 : Math.min(availableParallelism(), THREADS_MAX, scenarios.length);
  const receive = (message: Exclude<SimulationMessage, { kind: "done" }>) => {
    if (message.kind === "progress") return onProgress?.(message.done, message.of);
    Atomics.sub(unread, 0, 1);
    Atomics.notify(unread, 0);
    onSample?.(message.sample);
  };
  const early = new Map<number, SimulatedRun>();
  const runs: SimulatedRun[] = [];
  const isDone = (scenario: number, figures: SimulatedRun) => {
    early.set(scenario, figures);
    for (let next = early.get(runs.length); next; next = early.get(runs.length)) {
      early.delete(runs.length);
      onDone(scenarios[runs.length] as Scenario, next);
      runs.push(next);
    }
    return runs.length === scenarios.length;
  };
  return withThreads<SimulatedRun[]>(signal, (start, resolve, reject) => {
    for (let thread = 0; thread < threads; thread++) {
      const worker = start(require.resolve("./simulation-worker"), order);
      worker.on("message", (message: SimulationMessage) => {
        try {
          if (message.kind !== "done") receive(message);
          else if (isDone(message.scenario, message.figures)) resolve(runs);
        } catch (error) {
          reject(error);
        }
      });
      worker.once("exit", (code) => {
        // A thread that finds no scenario left ends before the others, and with 0.
        if (code !== 0 || Atomics.load(order.next, 0) < scenarios.length)
          reject(new Error(`the simulation ended early with code ${code}`));
      });
    }
  });
}

function sharedNumber(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** What a report holds of a simulation. */
export function simulationFigures(simulation: Simulation): SimulatedRun {
  const { cutover, failback, requests, replication, profiles, outlook, violations } = simulation;
  const told = violations
    .slice(0, VIOLATIONS_TOLD)
    .map(({ message, replay }) => `${message}; replay: ${replay}`);
  const more = violations.length - told.length;
  return {
    cutover: {
      count: cutover.count,
      unhealthySeconds: cutover.unhealthySeconds.summary(),
      authoritativeSeconds: cutover.authoritativeSeconds.summary(),
      clientSeconds: cutover.clientSeconds.summary(),
      over: cutover.clientSeconds.count,
      stranded: cutover.stranded,
    },
    failback: {
      count: failback.count,
      healthySeconds: failback.healthySeconds.summary(),
      authoritativeSeconds: failback.authoritativeSeconds.summary(),
      clientSeconds: failback.clientSeconds.summary(),
      over: failback.clientSeconds.count,
      stranded: failback.stranded,
    },
    requests: { ...requests },
    violations: more > 0 ? [...told, `${more} more of the same run`] : told,
    ...(profiles.length > 1 ? { kinds: kindsOf(profiles) } : {}),
    outlook: outlook.kind,
    idle: simulation.idle,
    failedShare: simulation.failedShare,
    untouched: { cutover: cutover.untouched, failback: failback.untouched },
    replication: {
      lostSeconds: replication.lostSeconds.summary(),
      behindSeconds: replication.behindSeconds.summary(),
    },
    plots: { ...phaseSpreads(simulation), profiles: profiles.map(profileSpreads) },
  };
}

/** The promise is to those whose answers end with their TTL; everybody else is told by name. */
function kindsOf(profiles: readonly ProfileFigures[]): NonNullable<SimulationFigures["kinds"]> {
  const compliant = profiles.filter(({ profile }) => honoursTtl(profile));
  return {
    compliant: clientFigures(compliant),
    others: profiles
      .filter((each) => !compliant.includes(each))
      .map((each) => ({ name: each.profile.name, ...clientFigures([each]) })),
  };
}

function clientFigures(profiles: readonly ProfileFigures[]): ClientFigures {
  const all = new Distribution();
  for (const { cutover } of profiles) {
    for (const [milliseconds, count] of cutover.clientSeconds.counts()) all.addMs(milliseconds, count);
  }
  return {
    over: all.count,
    stranded: profiles.reduce((sum, { cutover }) => sum + cutover.stranded, 0),
    clientSeconds: all.summary(),
  };
}

function profileSpreads({ profile, cutover, failback }: ProfileFigures): ProfileSpreads {
  const phase = ({ clientSeconds, stranded }: ProfileFigures["cutover"]) => ({
    spread: spreadOf(clientSeconds, stranded),
    seconds: clientSeconds.summary() ?? null,
  });
  return { name: profile.name, source: profile.source, cutover: phase(cutover), failback: phase(failback) };
}
