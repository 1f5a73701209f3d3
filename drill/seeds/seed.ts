import type { StackResource } from "../../model/stack-resource";
import type { FaultKind, ScriptedBehaviour } from "../../rehearsal/simulation/scenario";

/** What is measured of a seed's system, in seconds. */
export type Measure =
  /** From the fault to the check being unhealthy. */
  | "detection"
  /** From the fault to a name server that answers without the failed side. */
  | "authoritative"
  /** From the fault to the first request that the other side serves. */
  | "client"
  /** From the check being unhealthy to the first request that the other side serves. */
  | "handover"
  /** From the fault to a resolver that has told the failed member of a weighted set for the last time. */
  | "left"
  /** From the heal to the check being healthy. */
  | "recovery";

/** A number that a seed gives, in our words. */
export interface Claim {
  readonly says: string;
  /** The measured time it is compared with, of the play with this name. */
  readonly play: string;
  readonly measure: Measure;
  readonly seconds: number;
  /** `took`: it happened so; `about`: it is said to take so long; `within`: it is said to take no longer. */
  readonly kind: "took" | "about" | "within";
  /** Where the number comes from or what is behind the verdict; sentences. */
  readonly note?: string;
}

/** A configuration as it is played. */
export interface SeedPlay {
  readonly name: string;
  /** One line: what is set, and what fails. */
  readonly title: string;
  readonly resources: readonly StackResource[];
  readonly fault: FaultKind | "silent" | Extract<ScriptedBehaviour, { kind: "flaps" }>;
  /** Set identifier of the member that fails; the first of the heaviest unless given. */
  readonly lost?: string;
}

/** A claim about money. */
export interface CostClaim {
  readonly says: string;
  readonly monthlyUsd: number;
  /** How the cost items begin that the amount is said to pay for. */
  readonly counts: readonly string[];
  readonly note: string;
}

/** How a document tries its own failover. */
export interface SeedDrill {
  /** The scenario that plays it, by its name. */
  readonly scenario: string;
  /** The play whose claims the drill is compared with; of a document that claims nothing any of its plays. */
  readonly play: string;
  /** What the drill does to our own stack and not to the document's system; sentences. */
  readonly note?: string;
}

/** A document that a system of this project comes from. */
export interface Seed {
  /** `000`. */
  readonly number: string;
  /** The system in this project. */
  readonly system: string;
  /** The stack that stands it up here; where there are several, the one of the defaults. */
  readonly stack: string;
  readonly drill: SeedDrill;
  /** What it sets up; sentences. */
  readonly setUp: string;
  readonly plays: readonly SeedPlay[];
  /** The configuration as the document has it, where the simulation refuses to play that. */
  readonly asWritten?: readonly StackResource[];
  readonly claims: readonly Claim[];
  readonly cost?: CostClaim;
  /** What does not hold or had to be changed, each with its source. */
  readonly corrections: readonly string[];
}
