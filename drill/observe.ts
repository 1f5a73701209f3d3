import { departuresOf, look } from "../rehearsal/loopback/departure";
import { failedShares } from "../rehearsal/loopback/failed-share";
import { lostOf } from "../rehearsal/loopback/lost-writes";
import type { Sample } from "../rehearsal/simulation/sample";
import type { GroupFigures, LoopbackFigures } from "./report/report";

type Of<Kind extends Sample["kind"]> = Extract<Sample, { kind: Kind }>;

/**
 * The loopback figures of a rehearsal, from nothing but its raw samples, so that a report can be made again from
 * `samples.ndjson`. Times are system seconds; a cutover counts from the fault, a failback from the heal. Null where
 * the samples do not show it.
 */
export function observe(all: readonly Sample[]): LoopbackFigures {
  const samples = mainAct(all);
  const faultAt = markAt(samples, "fault");
  const healAt = markAt(samples, "heal");
  const primary = primaryEndpoint(samples);
  const member = lostMember(samples);
  const requests = ofKind(samples, "request");
  const [first, ...more] = ofKind(all, "group").map(({ group }) => group);
  // The times are those of the first group; of a single one nobody says which it is.
  const timed = more.length === 0 ? requests : requests.filter(({ group }) => group === first);
  const byStandby = ({ endpoint }: { endpoint: string | null }) => endpoint !== null && endpoint !== primary;
  const byPrimary = ({ endpoint }: { endpoint: string | null }) => endpoint !== null && endpoint === primary;
  const served = timed.filter(({ ok }) => ok);
  const answers = ofKind(samples, "answer").filter(({ server }) => server === "authoritative");
  const lags = ofKind(samples, "replica").map(({ lagMs }) => lagMs);
  const places = ofKind(all, "place").map(({ kind: _, atSeconds: __, ...place }) => place);
  return {
    ...(member === undefined
      ? {
          authoritativeSeconds: firstAfter(faultAt, answers.filter(byStandby)),
          clientSeconds: firstAfter(faultAt, served.filter(byStandby)),
        }
      : leftBehind(samples, member, faultAt ?? 0, healAt)),
    failbackSeconds: firstAfter(healAt, served.filter(byPrimary)),
    requests: requests.length,
    // Before a fault there is none to fail by.
    failed: faultAt === null ? null : requests.filter(({ ok }) => !ok).length,
    ...(more.length === 0 ? {} : { groups: groupFigures(all, samples, faultAt, healAt, primary) }),
    lostWrites: lostWrites(samples, healAt),
    replicationLagMs: lags.length === 0 ? null : { p50: median(lags), max: Math.max(...lags) },
    ...(member === undefined ? {} : { failedShare: failedShares(samples) }),
    ...(places.length === 0 ? {} : { places }),
  };
}

/** What is missing is looked for right before the heal, so without one nothing is known of it. */
function lostWrites(samples: readonly Sample[], healAt: number | null): number | null {
  if (healAt === null) return null;
  const acknowledged = ofKind(samples, "write").filter(({ ok }) => ok).length;
  return lostOf({ acknowledged, lost: ofKind(samples, "write-lost").length });
}

/** What each group of visitors met in the main act, in the application's order. */
function groupFigures(
  all: readonly Sample[],
  samples: readonly Sample[],
  faultAt: number | null,
  healAt: number | null,
  primary: string | null,
): GroupFigures[] {
  return ofKind(all, "group").map(({ group, notCovered }) => {
    const requests = ofKind(samples, "request").filter((request) => request.group === group);
    const served = requests.filter(({ ok, endpoint }) => ok && endpoint !== null);
    const isBeforeHeal = ({ atSeconds }: Sample) => healAt === null || atSeconds < healAt;
    return {
      group,
      notCovered,
      requests: requests.length,
      failed: requests.filter(({ ok }) => !ok).length,
      cutoverSeconds: firstAfter(
        faultAt,
        served.filter((request) => request.endpoint !== primary && isBeforeHeal(request)),
      ),
      failbackSeconds: firstAfter(
        healAt,
        served.filter(({ endpoint }) => endpoint === primary),
      ),
    };
  });
}

/** The failure of the primary; what else an application lets fail comes after its end. */
export function mainAct(samples: readonly Sample[]): readonly Sample[] {
  const end = samples.findIndex((sample) => sample.kind === "mark" && sample.mark === "end");
  return end < 0 ? samples : samples.slice(0, end + 1);
}

/** The lost member of a set that several serve. */
function lostMember(samples: readonly Sample[]): string | undefined {
  return ofKind(samples, "mark").find(({ mark }) => mark === "fault")?.member;
}

/** When a set had left its lost member behind for good, as far as the outage lasted. */
function leftBehind(
  samples: readonly Sample[],
  member: string,
  faultAt: number,
  healAt: number | null,
): Pick<LoopbackFigures, "authoritativeSeconds" | "clientSeconds"> {
  const departures = departuresOf(member, faultAt);
  const untilSeconds = healAt ?? samples.at(-1)?.atSeconds ?? faultAt;
  for (const sample of samples) if (sample.atSeconds < untilSeconds) look(departures, sample);
  const { answers, requests } = departures;
  return answers.isFinal(untilSeconds)
    ? { authoritativeSeconds: answers.afterSeconds, clientSeconds: requests.afterSeconds }
    : { authoritativeSeconds: null, clientSeconds: null };
}

/**
 * What went wrong before the fault, in one line; undefined where nothing did. Nothing is at fault then but the machine,
 * which is too slow for the speed, and the figures are those of a stack that was away from rest.
 */
export function unrest(all: readonly Sample[], speed: number): string | undefined {
  const samples = mainAct(all);
  const faultAt = markAt(samples, "fault");
  if (faultAt === null) return undefined;
  const before = samples.filter(({ atSeconds }) => atSeconds < faultAt);
  const requests = ofKind(before, "request");
  const failed = requests.filter(({ ok }) => !ok).length;
  const primary = primaryEndpoint(samples);
  const isAway =
    lostMember(samples) === undefined &&
    ofKind(before, "answer").some(
      ({ server, endpoint }) => server === "authoritative" && endpoint !== primary,
    );
  const signs = [
    ...(failed > 0 ? [`${failed} of ${requests.length} requests failed`] : []),
    ...(isAway ? ["the DNS answer left the primary"] : []),
  ];
  if (signs.length === 0) return undefined;
  return `before the fault ${signs.join(", and ")}, so the machine is too slow for ${speed} times real time; lower --speed`;
}

/** When a mark was set; null where it never was. */
export function markAt(samples: readonly Sample[], mark: Of<"mark">["mark"]): number | null {
  return ofKind(samples, "mark").find((sample) => sample.mark === mark)?.atSeconds ?? null;
}

/**
 * The endpoint that the name leads to while nothing is wrong: the one in the first authoritative answer; of a set that
 * several serve, the one that is lost.
 */
export function primaryEndpoint(samples: readonly Sample[]): string | null {
  const member = lostMember(samples);
  if (member !== undefined) return member;
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
