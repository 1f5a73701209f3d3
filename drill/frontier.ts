import type { AnswerSet } from "../model/answer-sets";
import type { StackResource } from "../model/stack-resource";
import type { Scenario } from "../rehearsal/simulation/scenario";
import type { FrontierSetting } from "./report/plots/plot-data";
import { frontierSetting, playSetting, readSweepBase, type SweepOptions, sweepSettings } from "./sweep";
import { cloneable, withThreads } from "./worker-thread";

/** What other settings of a stack would do, as the report of a rehearsal shows it. */
export type Frontier =
  | {
      readonly kind: "swept";
      /** One entry for each setting that has a price and a cutover. */
      readonly settings: readonly FrontierSetting[];
      /** By name: what every setting had to recover from. */
      readonly scenario: string;
      readonly cutovers: number;
      readonly resolvers: number;
    }
  /** One line: why there is nothing to show. */
  | { readonly kind: "absent"; readonly why: string };

/** Few, so that a rehearsal takes no longer for it; `warm-standby sweep` plays more. */
const NUMBERS = { cutovers: 20, resolvers: 40 } as const;
/** Every setting reads and prices the whole stack, which takes a second in a larger one. */
const RESOURCES_MAX = 1_500;

/**
 * Plays and prices the settings of a set, with its records as they are written now, for the picture in a rehearsal's
 * report. A function of its arguments, to the byte.
 */
export function rehearsedFrontier(
  resources: readonly StackResource[],
  set: AnswerSet,
  scenario: Scenario,
  seed: number,
): Frontier {
  const absent = (why: string): Frontier => ({ kind: "absent", why });
  if (resources.length > RESOURCES_MAX) {
    return absent(
      `the stack has ${resources.length} resources, and each setting prices them all; see "warm-standby sweep"`,
    );
  }
  const reading = readSweepBase(resources, set);
  if (reading.kind === "refused") return absent(reading.why);
  const options: SweepOptions = { ...NUMBERS, scenario, seed };
  const settings: FrontierSetting[] = [];
  for (const setting of sweepSettings(reading.base)) {
    const shown = frontierSetting(playSetting(reading.base, setting, options));
    if (shown) settings.push(shown);
  }
  return settings.length === 0
    ? absent("no setting has both a price and a cutover")
    : { kind: "swept", settings, scenario: scenario.name, ...NUMBERS };
}

/** What the worker is started with. */
export interface FrontierOrder {
  readonly resources: readonly StackResource[];
  readonly set: AnswerSet;
  readonly scenario: Scenario;
  readonly seed: number;
}

/**
 * The same in a thread of its own: one setting of a large stack takes a second, and an interrupt must be heard
 * meanwhile. Rejects with the signal's reason when aborted.
 */
export function runFrontier(order: FrontierOrder, signal: AbortSignal): Promise<Frontier> {
  return withThreads<Frontier>(signal, (start, resolve, reject) => {
    const worker = start(require.resolve("./frontier-worker"), cloneable(order));
    worker.once("message", resolve);
    worker.once("exit", (code) => reject(new Error(`the sweep ended early with code ${code}`)));
  });
}
