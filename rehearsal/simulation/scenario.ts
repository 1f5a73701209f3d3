import type { CheckTiming } from "../../model/health-check";
import type { Behaviour, FaultKind } from "./behaviour";
import { EVENLY_SPREAD, type PlaceShare } from "./place";
import { COMPLIANT_ONLY, type ProfileShare } from "./profile";
import { bothDown } from "./scenarios/both-down";
import { checkDeleted } from "./scenarios/check-deleted";
import { checkInverted } from "./scenarios/check-inverted";
import { controlPlaneGone } from "./scenarios/control-plane-gone";
import { drillGatewayAway } from "./scenarios/drill-gateway-away";
import { drillHealthPathBlocked } from "./scenarios/drill-health-path-blocked";
import { drillInstanceStopped } from "./scenarios/drill-instance-stopped";
import { drillInvertedHealthz } from "./scenarios/drill-inverted-healthz";
import { drillRegionAway } from "./scenarios/drill-region-away";
import { failbackDraining } from "./scenarios/failback-draining";
import { flappingOver } from "./scenarios/flapping-over";
import { flappingUnder } from "./scenarios/flapping-under";
import { healthLies } from "./scenarios/health-lies";
import { lagGrowing } from "./scenarios/lag-growing";
import { mixedClients } from "./scenarios/mixed-clients";
import { partitionMajority } from "./scenarios/partition-majority";
import { partitionMinority } from "./scenarios/partition-minority";
import { primaryDown } from "./scenarios/primary-down";
import { primaryHangs } from "./scenarios/primary-hangs";
import { primaryOneAz } from "./scenarios/primary-one-az";
import { primaryPartial } from "./scenarios/primary-partial";
import { primaryRefuses } from "./scenarios/primary-refuses";
import { primarySlows } from "./scenarios/primary-slows";
import { standbyDownFirst } from "./scenarios/standby-down-first";

export type { FaultKind } from "./behaviour";

export type Side = "primary" | "standby";

/** What an endpoint does, as a scenario says it: a flap is told in probes, so that it fits every check. */
export type ScriptedBehaviour =
  | Exclude<Behaviour, { kind: "flaps" }>
  /**
   * Down for so many request intervals more (or less) than the primary's check needs failures, then up for
   * `upRounds` intervals more than it needs successes.
   */
  | {
      readonly kind: "flaps";
      readonly as: FaultKind;
      readonly downRoundsBeyondThreshold: number;
      readonly upRoundsBeyondThreshold: number;
    };

/** One thing that happens, so many seconds after the fault (0) or, below 0, before it. */
export type Happening = { readonly atSeconds: number } & (
  | { readonly do: "behave"; readonly endpoint: Side; readonly behaviour: ScriptedBehaviour }
  | { readonly do: "delete-check"; readonly of: Side }
  /** Somebody tries to; where the control plane is lost it is refused, and nothing may depend on that. */
  | { readonly do: "try-to-delete-check"; readonly of: Side }
  /** Somebody switches "Invert health check status" of the side's check (UpdateHealthCheck), until the heal. */
  | { readonly do: "invert-check"; readonly of: Side }
  /** Until the heal nothing can be created, changed or deleted. */
  | { readonly do: "lose-control-plane" }
  /** Nothing is replicated, in either direction, until the heal. */
  | { readonly do: "stop-replication" }
  /** Writes of the primary take longer and longer to reach the standby, until the heal. */
  | { readonly do: "grow-lag"; readonly toMs: number; readonly overSeconds: number }
  /** So much slower than assumed is a backlog replicated after the heal; above 1. */
  | { readonly do: "drain-slowly"; readonly factor: number }
);

/**
 * A failure to play. Data only: what must hold is watched in every scenario by the invariants. The heal is not part
 * of it: once everybody is over, or late enough, both endpoints serve again, replication and control plane go on.
 */
export interface Scenario {
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  readonly happenings: readonly Happening[];
  /**
   * What is lost where an application has a place of this name. A primary that is in no region stays as it is then;
   * elsewhere the happenings say what is lost.
   */
  readonly place?: string;
  readonly traffic: {
    /** The clients behind one resolver send one request each so many milliseconds, whatever became of the last. */
    readonly requestIntervalMs: number;
  };
  /** Who asks; only resolvers that honour TTLs where a scenario says nothing. */
  readonly clients?: readonly ProfileShare[];
  /** Where the resolvers stand, for sets that look at that; beside every region evenly where it says nothing. */
  readonly places?: readonly PlaceShare[];
}

const SCENARIOS: readonly Scenario[] = [
  primaryDown,
  primaryHangs,
  primaryRefuses,
  primarySlows,
  flappingUnder,
  flappingOver,
  primaryPartial,
  primaryOneAz,
  partitionMinority,
  partitionMajority,
  bothDown,
  standbyDownFirst,
  healthLies,
  checkDeleted,
  checkInverted,
  controlPlaneGone,
  lagGrowing,
  failbackDraining,
  mixedClients,
  drillInvertedHealthz,
  drillGatewayAway,
  drillRegionAway,
  drillHealthPathBlocked,
  drillInstanceStopped,
];

/** The scenario of this name; undefined where there is none. */
export function scenarioByName(name: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.name === name);
}

/** Every name, the default first. */
export function scenarioNames(): string[] {
  return SCENARIOS.map(({ name }) => name);
}

/** The mix of a scenario's clients. */
export function clientsOf({ clients }: Scenario): readonly ProfileShare[] {
  return clients ?? COMPLIANT_ONLY;
}

/** Where a scenario's resolvers stand. */
export function placesOf({ places }: Scenario): readonly PlaceShare[] {
  return places ?? EVENLY_SPREAD;
}

/** Turns a scripted behaviour into one for a check with this timing. */
export function behaviourFor(scripted: ScriptedBehaviour, check: CheckTiming): Behaviour {
  if (scripted.kind !== "flaps") return scripted;
  // Half an interval at least: a threshold of 1 leaves no room below it.
  const lengthMs = (rounds: number) =>
    Math.max(0.5, check.failureThreshold + rounds) * check.requestIntervalSeconds * 1_000;
  return {
    kind: "flaps",
    as: scripted.as,
    downMs: lengthMs(scripted.downRoundsBeyondThreshold),
    upMs: lengthMs(scripted.upRoundsBeyondThreshold),
  };
}

/** How the primary fails on sockets: as a whole, on the health path alone, or in the eyes of its check alone. */
export type PlayedFault =
  | { readonly kind: FaultKind | "silent" | "invert-check" }
  | Extract<Behaviour, { readonly kind: "stops" | "health-fails" }>;

/** What the loopback can play: the primary fails in one way at once, until it is healed. */
export type PlainFault = PlayedFault & {
  /** Whether the data of the failed region stops being replicated too. */
  readonly replicationStops: boolean;
};

const PLAIN_KINDS = ["http-503", "hang", "refuse", "silent", "stops", "health-fails"] as const;

function playedFault(happening: Happening | undefined): PlayedFault | undefined {
  if (happening?.do === "invert-check")
    return happening.of === "primary" ? { kind: "invert-check" } : undefined;
  if (happening?.do !== "behave" || happening.endpoint !== "primary") return undefined;
  const { behaviour } = happening;
  return isPlain(behaviour) ? behaviour : undefined;
}

function isPlain(
  behaviour: ScriptedBehaviour,
): behaviour is Extract<ScriptedBehaviour, { readonly kind: (typeof PLAIN_KINDS)[number] }> {
  return PLAIN_KINDS.some((kind) => kind === behaviour.kind);
}

/** A scenario that the loopback can play. */
export interface PlainScenario extends Scenario {
  readonly fault: PlainFault;
}

/** The scenario as one plain fault; undefined where it is more than that. */
export function plainScenario(scenario: Scenario): PlainScenario | undefined {
  const { happenings, clients } = scenario;
  const happening = happenings.find((each) => each.do === "behave" || each.do === "invert-check");
  const others = happenings.filter((each) => each !== happening && each.do !== "stop-replication");
  const isAtOnce = happenings.every(({ atSeconds }) => atSeconds === 0);
  const fault = playedFault(happening);
  if (fault === undefined || others.length > 0 || !isAtOnce || clients) return undefined;
  return { ...scenario, fault: { ...fault, replicationStops: happenings.length > 1 } };
}

/** The names of those. */
export function plainScenarioNames(): string[] {
  return SCENARIOS.filter((scenario) => plainScenario(scenario) !== undefined).map(({ name }) => name);
}

const REPLICATION_HAPPENINGS: readonly string[] = ["stop-replication", "grow-lag", "drain-slowly"];

/** Whether what it does to the data of both sides is worth a figure. */
export function touchesReplication({ happenings }: Scenario): boolean {
  return happenings.some((each) => REPLICATION_HAPPENINGS.includes(each.do));
}
