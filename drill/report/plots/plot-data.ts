import type { Simulation } from "../../../rehearsal/simulation/simulate";
import type { Frontier } from "../../frontier";
import type { Timeline } from "../../timeline";
import type { SimulatedTimeline } from "../../timeline-simulated";
import type { Percentiles } from "../report";
import { type Spread, spreadOf } from "./spread";

/** What the pictures of a report show beyond its figures; a picture whose data is undefined is not drawn. */
export interface PlotData {
  /** Of the loopback rehearsal. */
  readonly timeline?: Timeline;
  /** Drawn where nothing was played on loopback. */
  readonly simulatedTimeline?: SimulatedTimeline;
  readonly cutover?: PhaseSpreads;
  readonly failback?: PhaseSpreads;
  /** Kinds of resolvers and clients; where undefined, the one that honours the TTL is drawn from `cutover`. */
  readonly profiles?: readonly ProfileSpreads[];
  /** What other settings would do, or why nobody can say. */
  readonly frontier?: Frontier;
}

/** One phase of the simulation, in seconds since the fault or the heal. */
export interface PhaseSpreads {
  /** One entry per cutover. */
  readonly check: Spread;
  /** One entry per cutover and name server. */
  readonly authoritative: Spread;
  /** One entry per cutover and resolver. */
  readonly client: Spread;
}

export interface ProfileSpreads {
  readonly name: string;
  /** Where it is documented that resolvers or clients behave so. */
  readonly source: string;
  readonly cutover: ProfilePhase;
  readonly failback?: ProfilePhase;
}

export interface ProfilePhase {
  readonly spread: Spread;
  /** Null where nobody of this profile came over. */
  readonly seconds: Percentiles | null;
}

/** What one setting of a sweep costs and how long its cutovers took. */
export interface FrontierSetting {
  readonly intervalSeconds: number;
  readonly failureThreshold: number;
  readonly ttlSeconds: number;
  /** How the pair is written, where a sweep tries both. */
  readonly records?: "alias" | "CNAME";
  readonly monthlyUsd: number;
  readonly p50Seconds: number;
  readonly p95Seconds: number;
  /** Whether the stack is set so now. */
  readonly isCurrent?: boolean;
}

/** The part of a simulation that the pictures need; it can be handed from thread to thread. */
export function phaseSpreads({
  cutover,
  failback,
}: Pick<Simulation, "cutover" | "failback">): Required<Pick<PlotData, "cutover" | "failback">> {
  return {
    cutover: {
      check: spreadOf(cutover.unhealthySeconds),
      authoritative: spreadOf(cutover.authoritativeSeconds),
      client: spreadOf(cutover.clientSeconds, cutover.stranded),
    },
    failback: {
      check: spreadOf(failback.healthySeconds),
      authoritative: spreadOf(failback.authoritativeSeconds),
      client: spreadOf(failback.clientSeconds, failback.stranded),
    },
  };
}
