import type { FailoverPair, FailoverPlan } from "../../model/failover-plan";
import { stream } from "../simulation/random";
import type { Sample } from "../simulation/sample";
import type { PlainScenario } from "../simulation/scenario";
import { REQUEST_TIMEOUT_SECONDS } from "./client";
import { type Play, readPlay, UnplayablePlan } from "./play";
import { profileApiApp } from "./profile-api-app";
import type { RehearsedApp } from "./rehearsed-app";
import { RunScope } from "./run-scope";
import { Stage, type Visitors } from "./stage";
import { type Emit, SystemClock } from "./system-clock";

/** Added to the model's bound before a cutover or a failback counts as not measured, in system seconds. */
export const MARGIN_SECONDS = 30;
/** How long the standby, and later the primary again, is watched once it serves, in system seconds. */
const OBSERVE_SECONDS = 10;
const SETTLE_ATTEMPTS = 3;
const LOOK_EVERY_REAL_MS = 4;

export interface LoopbackOptions {
  readonly plan: FailoverPlan;
  readonly pair: FailoverPair;
  readonly scenario: PlainScenario;
  /** System seconds per real second, above 0 and at most SPEED_MAX. */
  readonly speed: number;
  readonly seed: number;
  /** The middle of the lags between the two stores, in system milliseconds. */
  readonly replicationLagMs: number;
  readonly signal: AbortSignal;
  /** Gets every sample as it happens; none after the signal has fired. */
  readonly onSample: (sample: Sample) => void;
  /** What both regions run; the profile API's own bundle unless given. */
  readonly app?: RehearsedApp;
}

/** Times are system seconds; null is "not measured". */
export interface LoopbackResult {
  /** From the fault to the first answer of the DNS server that leads to the standby. */
  readonly authoritativeSeconds: number | null;
  /** From the fault to the client's first request that the standby served. */
  readonly clientSeconds: number | null;
  /** From the heal to the client's first request that the primary served again. */
  readonly failbackSeconds: number | null;
  readonly requests: number;
  readonly failed: number;
  readonly acknowledgedWrites: number;
  /** Writes that the primary acknowledged and the standby did not show while the outage lasted. */
  readonly lostWrites: number;
  /** Those of the lost writes that arrived after the heal, and those that lost against a later write. */
  readonly lateWrites: number;
  readonly overwrittenWrites: number;
  /** Whether both stores held the same items in the end; null where replication had not caught up. */
  readonly replicasEqual: boolean | null;
  readonly replicationLagMs: { readonly p50: number; readonly max: number } | null;
  /** On 127.0.0.1; the endpoints by URN. */
  readonly ports: { readonly dns: number; readonly endpoints: Readonly<Record<string, number>> };
}

/**
 * Plays one failure on this machine: a real DNS server, real HTTP endpoints, real probes and real visitors on
 * 127.0.0.1, at `speed` times real time. TLS, cold starts and kept-alive connections are not played. A plan that
 * cannot be played gives a result in which nothing is measured; the last sample says why.
 * @throws RangeError for a speed out of range, and the signal's reason within a second of its firing. Either way
 *   no server, timer or connection is left.
 */
export async function runLoopback(options: LoopbackOptions): Promise<LoopbackResult> {
  const { plan, pair, speed, seed, scenario, replicationLagMs, signal, onSample } = options;
  signal.throwIfAborted();
  const clock = new SystemClock(speed);
  const scope = new RunScope(signal);
  const emit: Emit = (observation) => {
    const atSeconds = clock.nowSeconds();
    if (scope.signal.aborted) return atSeconds;
    try {
      onSample({ atSeconds, ...observation });
    } catch (error) {
      // A sample that cannot be written ends the rehearsal, wherever in it the sample was made.
      scope.fail(error);
    }
    return atSeconds;
  };
  try {
    const play = readPlay(plan, pair);
    const app = options.app ?? (await profileApiApp());
    const stage = new Stage({ plan, play, app, scenario, seed, replicationLagMs, clock, scope, emit });
    emit({ kind: "mark", mark: "start", detail: scenario.name });
    const visitors = await stage.start();
    return await perform(stage, visitors, { play, seed, scenario, clock, signal: scope.signal, emit });
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
  acknowledgedWrites: 0,
  lostWrites: 0,
  lateWrites: 0,
  overwrittenWrites: 0,
  replicasEqual: null,
  replicationLagMs: null,
  ports: { dns: 0, endpoints: {} },
};

interface Performance {
  readonly play: Play;
  readonly seed: number;
  readonly scenario: PlainScenario;
  readonly clock: SystemClock;
  readonly signal: AbortSignal;
  readonly emit: Emit;
}

/** Settle, fault, cutover, heal, failback, drain: the acts of a rehearsal, in order. */
async function perform(
  stage: Stage,
  { client, monitor, writer }: Visitors,
  performance: Performance,
): Promise<LoopbackResult> {
  const { play, scenario, clock, signal, emit } = performance;
  const limitSeconds = play.boundSeconds + MARGIN_SECONDS;
  const summary = { ...NOTHING, ports: stage.ports };
  const traffic = () => ({
    requests: client.requests,
    failed: client.failed,
    acknowledgedWrites: writer?.acknowledged.length ?? 0,
    replicationLagMs: lagSummary(writer?.lagsMs ?? []),
  });

  if (!(await settle(stage, performance))) {
    emit({
      kind: "mark",
      mark: "end",
      detail: "the primary did not serve steadily, so nothing could fail over",
    });
    return { ...summary, ...traffic() };
  }

  const faultSeconds = emit({ kind: "mark", mark: "fault", detail: scenario.fault.kind });
  client.served.lookFor(play.standby.urn, faultSeconds);
  monitor.answered.lookFor(play.standby.urn, faultSeconds);
  await stage.inject();
  await until(performance, () => client.served.afterSeconds !== null, limitSeconds);
  await clock.sleep(OBSERVE_SECONDS * 1_000, signal);
  const { afterSeconds: clientSeconds } = client.served;
  const { afterSeconds: authoritativeSeconds } = monitor.answered;
  const standbyStore = stage.stores.get(play.standby.region);
  const missing = (standbyStore && (await writer?.missingIn(standbyStore, play.primary.region))) ?? [];
  for (const { id, version, region } of missing) emit({ kind: "write-lost", id, version, region });

  const healSeconds = emit({ kind: "mark", mark: "heal" });
  client.served.lookFor(play.primary.urn, healSeconds);
  await stage.heal();
  await until(performance, () => client.served.afterSeconds !== null, limitSeconds);
  await clock.sleep(OBSERVE_SECONDS * 1_000, signal);
  const { afterSeconds: failbackSeconds } = client.served;

  await writer?.finish();
  // A write that its writer gave up may still be on its way into a store.
  await clock.sleep(REQUEST_TIMEOUT_SECONDS * 1_000, signal);
  const drained = await until(performance, () => stage.isQuiet, limitSeconds);
  const late = writer?.judgeLate(missing) ?? { late: 0, overwritten: 0 };
  const replicasEqual = writer && drained ? await writer.seesTheSame(stage.replicatedStores) : null;
  emit({
    kind: "mark",
    mark: "end",
    detail: `of ${missing.length} lost writes ${late.late} arrived late and ${late.overwritten} were overwritten`,
  });
  return {
    ...summary,
    ...traffic(),
    authoritativeSeconds,
    clientSeconds,
    failbackSeconds,
    lostWrites: missing.length,
    lateWrites: late.late,
    overwrittenWrites: late.overwritten,
    replicasEqual,
  };
}

/**
 * Waits until all is well, and then for a part of an interval: the fault is to meet the checkers anywhere in their
 * rounds. Where something has gone wrong meanwhile, both begin anew, a few times.
 */
async function settle(stage: Stage, performance: Performance): Promise<boolean> {
  const { play, seed, clock, signal } = performance;
  const intervalSeconds = Math.max(0, ...play.checks.map((check) => check.intervalSeconds));
  const random = stream(seed, "loopback/fault");
  for (let attempt = 1; attempt <= SETTLE_ATTEMPTS; attempt++) {
    if (!(await until(performance, () => stage.isAtRest, intervalSeconds + MARGIN_SECONDS))) return false;
    await clock.sleep(random.uniform() * intervalSeconds * 1_000, signal);
    if (stage.isAtRest) return true;
  }
  return false;
}

/** Waits until `isDone`, at most `limitSeconds` of system time, and says whether it came to that. */
async function until(
  { clock, signal }: Performance,
  isDone: () => boolean,
  limitSeconds: number,
): Promise<boolean> {
  const deadlineMs = clock.nowMs() + limitSeconds * 1_000;
  while (!isDone()) {
    if (clock.nowMs() >= deadlineMs) return false;
    await clock.sleep(LOOK_EVERY_REAL_MS * clock.speed, signal);
  }
  return true;
}

function lagSummary(lagsMs: readonly number[]): LoopbackResult["replicationLagMs"] {
  if (lagsMs.length === 0) return null;
  const sorted = [...lagsMs].sort((a, b) => a - b);
  return { p50: sorted[Math.ceil(sorted.length / 2) - 1] ?? 0, max: sorted.at(-1) ?? 0 };
}
