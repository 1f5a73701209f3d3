import type { AnswerSet } from "../../model/answer-sets";
import type { FailoverPlan } from "../../model/failover-plan";
import type { StackResource } from "../../model/stack-resource";
import type { Sample } from "../simulation/sample";
import type { PlainScenario } from "../simulation/scenario";
import { type ActTimes, MARGIN_SECONDS, type Outage, type Performance, playAct, until } from "./act";
import { appOf, type RegisteredApp } from "./apps/registry";
import { REQUEST_TIMEOUT_SECONDS } from "./client";
import { type Departures, look } from "./departure";
import { type FailedShare, failedShares } from "./failed-share";
import { lostOf } from "./lost-writes";
import { readPlay, UnplayablePlan } from "./play";
import type { FaultPlace } from "./rehearsed-app";
import { RunScope } from "./run-scope";
import { Stage, type Visitors } from "./stage";
import { type Emit, SystemClock } from "./system-clock";
import type { AcknowledgedWrite } from "./writer";

export { MARGIN_SECONDS } from "./act";

export interface LoopbackOptions {
  readonly plan: FailoverPlan;
  readonly set: AnswerSet;
  readonly scenario: PlainScenario;
  /** System seconds per real second, above 0 and at most SPEED_MAX. */
  readonly speed: number;
  readonly seed: number;
  /** The middle of the lags between the two stores, in system milliseconds. */
  readonly replicationLagMs: number;
  readonly signal: AbortSignal;
  /** Gets every sample as it happens; none after the signal has fired. */
  readonly onSample: (sample: Sample) => void;
  /** What the endpoints run: the application of a system by its name, or one that is handed in. */
  readonly app: string | RegisteredApp;
  /** What the program registered, for applications that read their settings off it; none unless given. */
  readonly resources?: readonly StackResource[];
}

/** Times are system seconds; null is "not measured". */
export interface LoopbackResult {
  /** From the fault to the first answer of the DNS server that leads to the others; of a set, to them alone. */
  readonly authoritativeSeconds: number | null;
  /** From the fault to the first request that the others served; of a set, since which nobody met the lost member. */
  readonly clientSeconds: number | null;
  /** From the heal to the first request that the primary served again. */
  readonly failbackSeconds: number | null;
  readonly requests: number;
  readonly failed: number;
  /** How many requests failed in each slice of time: how a set loses a member shows here. */
  readonly failedShare: readonly FailedShare[];
  readonly acknowledgedWrites: number;
  /**
   * Writes that the primary acknowledged and the others did not show while the outage lasted; where an application
   * stores nothing that can be looked up, those that nobody acknowledged. Null where there was nothing to lose.
   */
  readonly lostWrites: number | null;
  /** Those of the lost writes that arrived after the heal, and those that lost against a later write. */
  readonly lateWrites: number;
  readonly overwrittenWrites: number;
  /** Whether both stores held the same items in the end; null with one store, or replication still at work. */
  readonly replicasEqual: boolean | null;
  readonly replicationLagMs: { readonly p50: number; readonly max: number } | null;
  /** What else was lost, one after the other, and whether it went as the application expects. */
  readonly places: readonly { readonly name: string; readonly asExpected: boolean }[];
  /** On 127.0.0.1; the endpoints by URN. */
  readonly ports: { readonly dns: number; readonly endpoints: Readonly<Record<string, number>> };
}

/**
 * Plays one failure on this machine: a real DNS server, real HTTP endpoints, real probes and real visitors on
 * 127.0.0.1, at `speed` times real time; then the loss of each further place that the application names. TLS, cold
 * starts and kept-alive connections are not played. A plan that cannot be played gives a result in which nothing is
 * measured; the last sample says why.
 * @throws RangeError for a speed out of range, and the signal's reason within a second of its firing. Either way
 *   no server, timer or connection is left.
 */
export async function runLoopback(options: LoopbackOptions): Promise<LoopbackResult> {
  const { plan, set, speed, seed, scenario, replicationLagMs, signal, onSample, resources = [] } = options;
  signal.throwIfAborted();
  const clock = new SystemClock(speed);
  const scope = new RunScope(signal);
  const samples: Sample[] = [];
  let departures: Departures | undefined;
  const emit: Emit = (observation) => {
    const atSeconds = clock.nowSeconds();
    if (scope.signal.aborted) return atSeconds;
    const sample = { atSeconds, ...observation };
    if (sample.kind === "request" || sample.kind === "mark") samples.push(sample);
    if (departures) look(departures, sample);
    try {
      onSample(sample);
    } catch (error) {
      // A sample that cannot be written ends the rehearsal, wherever in it the sample was made.
      scope.fail(error);
    }
    return atSeconds;
  };
  try {
    const registered = typeof options.app === "string" ? appOf(options.app) : options.app;
    const play = readPlay(plan, set, { needsTables: registered.needsTables, resources });
    const app = await registered.make({ ...play, resources });
    const stage = new Stage({ play, app, scenario, seed, replicationLagMs, clock, scope, emit });
    emit({ kind: "mark", mark: "start", detail: scenario.name });
    for (const text of play.notes) emit({ kind: "note", text });
    const visitors = await stage.start();
    const watch = (next: Departures) => {
      departures = next;
    };
    const performance = { play, seed, scenario, clock, signal: scope.signal, emit, watch };
    const { faultPlaces = [] } = app;
    const main = faultPlaces.find(({ name }) => name === scenario.place);
    const result = await perform(stage, visitors, performance, () => failedShares(samples), main);
    const places = [...result.places];
    // What ails the health path or the check alone is no way in which a place is lost.
    const isLoss = scenario.fault.kind !== "health-fails" && scenario.fault.kind !== "invert-check";
    for (const place of isLoss && !main ? faultPlaces : []) {
      const asExpected = await performPlace(stage, visitors, performance, place);
      places.push({ name: place.name, asExpected });
    }
    return { ...result, places };
  } catch (error) {
    if (scope.failure) throw scope.failure.error;
    signal.throwIfAborted();
    if (!(error instanceof UnplayablePlan)) throw error;
    emit({ kind: "mark", mark: "end", detail: error.message });
    return NOTHING;
  } finally {
    await scope.close();
  }
}

const NOTHING: LoopbackResult = {
  authoritativeSeconds: null,
  clientSeconds: null,
  failbackSeconds: null,
  requests: 0,
  failed: 0,
  failedShare: [],
  acknowledgedWrites: 0,
  lostWrites: null,
  lateWrites: 0,
  overwrittenWrites: 0,
  replicasEqual: null,
  replicationLagMs: null,
  places: [],
  ports: { dns: 0, endpoints: {} },
};

/** The main act, and the drain after it. */
async function perform(
  stage: Stage,
  visitors: Visitors,
  performance: Performance,
  shares: () => FailedShare[],
  place: FaultPlace | undefined,
): Promise<LoopbackResult> {
  const { play, clock, signal, emit } = performance;
  const { crowd, writer } = visitors;
  const summary = { ...NOTHING, ports: stage.ports };
  const traffic = () => ({
    requests: crowd.requests,
    failed: crowd.failed,
    failedShare: shares(),
    acknowledgedWrites: writer?.acknowledged.length ?? 0,
    replicationLagMs: lagSummary(writer?.lagsMs ?? []),
  });
  let missing: readonly AcknowledgedWrite[] = [];
  const played = await playAct(stage, visitors, performance, {
    ...(place ? { place } : {}),
    atFault: () => writer?.countRefused(true),
    beforeHeal: async () => {
      const store = stage.storeOf(play.others[0]);
      const isShared = store === stage.storeOf(play.primary);
      missing = (store && (await writer?.missingIn(store, play.primary.urn, isShared))) ?? [];
      for (const { id, version, region } of missing) emit({ kind: "write-lost", id, version, region });
    },
  });
  if ("unsettled" in played) {
    emit({ kind: "mark", mark: "end", detail: played.unsettled });
    return { ...summary, ...traffic() };
  }
  const { outage, ...times } = played;
  const places = place ? [tellPlace(performance, place, times, outage)] : [];
  await writer?.finish();
  // A write that its writer gave up may still be on its way into a store.
  await clock.sleep(REQUEST_TIMEOUT_SECONDS * 1_000, signal);
  const drained = await until(performance, () => stage.isQuiet, play.boundSeconds + MARGIN_SECONDS);
  const late = writer?.judgeLate(missing) ?? { late: 0, overwritten: 0 };
  const stores = stage.replicatedStores;
  const replicasEqual = writer && drained && stores.length > 1 ? await writer.seesTheSame(stores) : null;
  const lostWrites = lostOf({
    acknowledged: writer?.acknowledged.length ?? 0,
    lost: missing.length + (writer?.unacknowledged ?? 0),
  });
  emit({
    kind: "mark",
    mark: "end",
    detail:
      lostWrites === null
        ? "no write was acknowledged"
        : `of ${lostWrites} lost writes ${late.late} arrived late and ${late.overwritten} were overwritten`,
  });
  return {
    ...summary,
    ...traffic(),
    ...times,
    lostWrites,
    lateWrites: late.late,
    overwrittenWrites: late.overwritten,
    replicasEqual,
    places,
  };
}

/** A further act; says whether it went as the application expects. */
async function performPlace(
  stage: Stage,
  visitors: Visitors,
  performance: Performance,
  place: FaultPlace,
): Promise<boolean> {
  const played = await playAct(stage, visitors, performance, { place });
  if ("unsettled" in played)
    return tellPlace(performance, place, undefined, { requests: 0, failed: 0 }).asExpected;
  const { outage, ...times } = played;
  return tellPlace(performance, place, times, outage).asExpected;
}

/** Writes what became of the loss of a place. */
function tellPlace(
  performance: Performance,
  { name, title, expectation }: FaultPlace,
  times: ActTimes | undefined,
  { requests, failed }: Outage,
): LoopbackResult["places"][number] {
  const cutoverSeconds = times?.clientSeconds ?? null;
  const asExpected = times !== undefined && isAsExpected(expectation, times, failed);
  performance.emit({
    kind: "place",
    place: name,
    title,
    expectation,
    asExpected,
    requests,
    failed,
    cutoverSeconds,
  });
  return { name, asExpected };
}

function isAsExpected(expectation: FaultPlace["expectation"], times: ActTimes, failed: number): boolean {
  const { authoritativeSeconds, clientSeconds, failbackSeconds, isAllNamed } = times;
  switch (expectation) {
    case "absorbed":
      return failed === 0 && authoritativeSeconds === null && clientSeconds === null;
    case "cutover":
      return clientSeconds !== null && failbackSeconds !== null;
    case "all-named":
      return isAllNamed === true && failed > 0 && failbackSeconds !== null;
  }
}

function lagSummary(lagsMs: readonly number[]): LoopbackResult["replicationLagMs"] {
  if (lagsMs.length === 0) return null;
  const sorted = [...lagsMs].sort((a, b) => a - b);
  return { p50: sorted[Math.ceil(sorted.length / 2) - 1] ?? 0, max: sorted.at(-1) ?? 0 };
}
