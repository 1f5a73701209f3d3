import type { Sample } from "../rehearsal/simulation/sample";
import type { LoopbackFigures } from "./report/report";

type Of<Kind extends Sample["kind"]> = Extract<Sample, { kind: Kind }>;

/**
 * The loopback figures of a rehearsal, from nothing but its raw samples, so that a report can be made again from
 * `samples.ndjson`. Times are system seconds; a cutover counts from the fault, a failback from the heal. Null where
 * the samples do not show it.
 */
export function observe(samples: readonly Sample[]): LoopbackFigures {
  const faultAt = markAt(samples, "fault");
  const healAt = markAt(samples, "heal");
  const primary = primaryEndpoint(samples);
  const requests = ofKind(samples, "request");
  const byStandby = ({ endpoint }: { endpoint: string | null }) => endpoint !== null && endpoint !== primary;
  const byPrimary = ({ endpoint }: { endpoint: string | null }) => endpoint !== null && endpoint === primary;
  const served = requests.filter(({ ok }) => ok);
  const answers = ofKind(samples, "answer").filter(({ server }) => server === "authoritative");
  const lags = ofKind(samples, "replica").map(({ lagMs }) => lagMs);
  return {
    authoritativeSeconds: firstAfter(faultAt, answers.filter(byStandby)),
    clientSeconds: firstAfter(faultAt, served.filter(byStandby)),
    failbackSeconds: firstAfter(healAt, served.filter(byPrimary)),
    requests: requests.length,
    failed: requests.length - served.length,
    lostWrites: ofKind(samples, "write-lost").length,
    replicationLagMs: lags.length === 0 ? null : { p50: median(lags), max: Math.max(...lags) },
  };
}

/** When a mark was set; null where it never was. */
export function markAt(samples: readonly Sample[], mark: Of<"mark">["mark"]): number | null {
  return ofKind(samples, "mark").find((sample) => sample.mark === mark)?.atSeconds ?? null;
}

/** The endpoint that the name leads to while nothing is wrong: the one in the first authoritative answer. */
export function primaryEndpoint(samples: readonly Sample[]): string | null {
  const faultAt = markAt(samples, "fault") ?? Number.POSITIVE_INFINITY;
  const before = samples.filter(({ atSeconds }) => atSeconds <= faultAt);
  return (
    ofKind(before, "answer").find(({ endpoint }) => endpoint !== null)?.endpoint ??
    ofKind(before, "request").find(({ ok, endpoint }) => ok && endpoint !== null)?.endpoint ??
    null
  );
}

export function ofKind<Kind extends Sample["kind"]>(samples: readonly Sample[], kind: Kind): Of<Kind>[] {
  return samples.filter((sample): sample is Of<Kind> => sample.kind === kind);
}

function firstAfter(since: number | null, samples: readonly { atSeconds: number }[]): number | null {
  if (since === null) return null;
  const first = samples.find(({ atSeconds }) => atSeconds >= since);
  return first === undefined ? null : Math.round((first.atSeconds - since) * 1_000) / 1_000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
}
