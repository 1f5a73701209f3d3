import type { Bound } from "../../model/recovery-bound";
import type { PolicyReport } from "../../policy/evaluate";
import type { CostReport } from "../../policy/prices/idle-cost";
import type { OutcomeShare } from "../../rehearsal/simulation/request-outcomes";
import type { LeftResource, LoopbackFigures, Objectives, Percentiles } from "./report";

/** The same as `simulate` tells it; undefined percentiles: nobody of them came over. */
export interface ClientFigures {
  readonly over: number;
  readonly stranded: number;
  readonly clientSeconds?: Percentiles;
}

/** What `simulate` found, reduced to what a report holds. Undefined percentiles: nobody came over. */
export interface SimulationFigures {
  readonly cutover: {
    readonly count: number;
    readonly unhealthySeconds?: Percentiles;
    readonly authoritativeSeconds?: Percentiles;
    readonly clientSeconds?: Percentiles;
    /** Resolvers, over all cutovers, whose clients the standby served; undefined where nobody counted them. */
    readonly over?: number;
    /** Those whose clients it never served. */
    readonly stranded: number;
  };
  readonly failback: {
    readonly count: number;
    readonly healthySeconds?: Percentiles;
    readonly authoritativeSeconds?: Percentiles;
    readonly clientSeconds?: Percentiles;
    readonly over?: number;
    readonly stranded: number;
  };
  /** Where the scenario mixes kinds of clients: those that honour the TTL, and the others by name. */
  readonly kinds?: {
    readonly compliant: ClientFigures;
    readonly others: readonly (ClientFigures & { readonly name: string })[];
  };
  /** Undefined where the scenario does nothing to it. */
  readonly replication?: { readonly lostSeconds?: Percentiles; readonly behindSeconds?: Percentiles };
  readonly requests: { readonly sent: number; readonly served: number; readonly failed: number };
  /** From the fault to the heal, over all cutovers. */
  readonly failedShare?: readonly OutcomeShare[];
  /** Where other members of a set serve beside the lost one: resolvers that it never concerned. */
  readonly untouched?: { readonly cutover: number; readonly failback: number };
  /** What the checks must make of the fault; undefined where nobody computed it. */
  readonly outlook?: "fails-over" | "stays" | "open";
  /** What of the scenario found nothing to change, one line each. */
  readonly idle?: readonly string[];
  /** One line each. */
  readonly violations: readonly string[];
}

export interface TeardownFigures {
  readonly created: number;
  readonly deleted: number;
  readonly left: readonly LeftResource[];
}

/**
 * What a scenario has to show: everybody who honours the TTL over to the other side in time; nobody led there, as no
 * check sees the fault; either, where chance decides; nothing, as the other side does not serve either; or nothing, as
 * the answers led past the primary before the fault. Where nobody has to come over, clients may all the same not go
 * unserved for as long as the objective.
 */
export type Expectation = "everybody-over" | "nobody-over" | "open" | "nobody-can-serve" | "away-at-rest";

/** A set of answers beside the one that was played. */
export interface OtherSet {
  readonly name: string;
  readonly type: string;
  /** What its zone is called, where another zone has a set of the same name and type. */
  readonly zone?: string;
  readonly routing: string;
  /** Undefined where the records make up no set, such as half a pair. */
  readonly bound?: Bound;
  readonly outcome:
    | { readonly kind: "simulated"; readonly figures: SimulationFigures; readonly expected: Expectation }
    /** One line: what stands in the way. */
    | { readonly kind: "not-rehearsed"; readonly why: string };
}

/** Everything that a rehearsal found; undefined where it did not get that far. */
export interface ReportParts {
  readonly system: string;
  readonly stack: string;
  readonly seed: number;
  readonly speed: number;
  readonly scenario: string;
  readonly objectives: Objectives;
  /** Of the set that the figures are of; undefined where none was played. */
  readonly playedBound: Bound | undefined;
  /** The bound of every set of answers; the worst is held against the objective. */
  readonly bounds: readonly Bound[];
  readonly simulation: SimulationFigures | undefined;
  /** What the simulation of this scenario has to show. */
  readonly expected: Expectation;
  /** Why the simulation or the loopback could not be played, one line each. */
  readonly unplayed: readonly string[];
  /** Whether the scenario is one that sockets cannot play, so that the simulation alone is judged. */
  readonly simulatedOnly: boolean;
  readonly others: readonly OtherSet[];
  readonly notes: readonly string[];
  readonly loopback: LoopbackFigures | undefined;
  readonly cost: CostReport;
  readonly policy: PolicyReport;
  /** `none` where the stack was only read, and nothing of it could be taken down for certain. */
  readonly teardown: TeardownFigures | "none" | undefined;
}
