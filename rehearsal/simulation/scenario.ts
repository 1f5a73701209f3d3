import { primaryDown } from "./scenarios/primary-down";
import { primaryHangs } from "./scenarios/primary-hangs";
import { primaryRefuses } from "./scenarios/primary-refuses";

/** How the primary fails: it answers 503, it accepts connections and never answers, or nothing listens. */
export type FaultKind = "http-503" | "hang" | "refuse";

/** A failure to play. Data only: what must hold is watched in every scenario by the invariants. */
export interface Scenario {
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  readonly fault: {
    readonly kind: FaultKind;
    /** Whether the data of the failed region stops being replicated too. */
    readonly replicationStops: boolean;
  };
  readonly traffic: {
    /** The clients behind one resolver send one request each so many milliseconds, whatever became of the last. */
    readonly requestIntervalMs: number;
  };
}

const SCENARIOS: readonly Scenario[] = [primaryDown, primaryHangs, primaryRefuses];

/** The scenario of this name; undefined where there is none. */
export function scenarioByName(name: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.name === name);
}

/** Every name, the default first. */
export function scenarioNames(): string[] {
  return SCENARIOS.map(({ name }) => name);
}
