import type { Sample } from "../rehearsal/simulation/sample";
import { mainAct, markAt, ofKind, primaryEndpoint } from "./observe";

export type Server = "primary" | "standby" | "none";

/** What the servers of a picture are called, and whose health check it shows. */
export interface SideNames {
  readonly checked: string;
  readonly primary: string;
  readonly standby: string;
}

export const PAIR_NAMES: SideNames = { checked: "primary", primary: "primary", standby: "standby" };
/** Of a set whose members serve side by side there is no standby: the others go on without the lost one. */
export const MEMBER_NAMES: SideNames = {
  checked: "lost member",
  primary: "lost member",
  standby: "other members",
};

/** A stretch of time during which one thing was so; [from, to) in seconds since the fault. */
export interface Band {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly server: Server;
}

/** How the requests that began in one slice of time ended. */
export interface RequestSlice {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly primary: number;
  readonly standby: number;
  readonly failed: number;
}

/** What the picture of a rehearsal shows. Seconds count from the fault, or from the start where there was none. */
export interface Timeline {
  readonly names: SideNames;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly faultSeconds: number | null;
  readonly healSeconds: number | null;
  /**
   * Steps: so many checkers call the primary healthy from here on; where there was no fault, so many whose last probe
   * passed, since a check is taken for healthy until it has settled.
   */
  readonly checkers: readonly { readonly atSeconds: number; readonly healthy: number; readonly of: number }[];
  readonly authoritative: readonly Band[];
  readonly resolver: readonly Band[];
  readonly requests: readonly RequestSlice[];
}

/** At most this many slices, so that each stays wide enough to be seen. */
const SLICES_MAX = 240;
/** A gap of more than so many requests is a pause, and is shown as one. */
const PAUSE_PACES = 3;

export function timelineOf(all: readonly Sample[]): Timeline {
  const samples = mainAct(all);
  const fault = markAt(samples, "fault");
  const heal = markAt(samples, "heal");
  const zero = fault ?? 0;
  const ends = samples.reduce((latest, { atSeconds }) => Math.max(latest, atSeconds), 0);
  const span = { fromSeconds: 0 - zero, toSeconds: ends - zero };
  const primary = primaryEndpoint(samples);
  const server = (endpoint: string | null): Server =>
    endpoint === null ? "none" : endpoint === primary ? "primary" : "standby";
  const bands = (which: "authoritative" | "resolver") => {
    const answers = ofKind(samples, "answer").filter((answer) => answer.server === which);
    return bandsOf(
      answers.map(({ atSeconds, endpoint }) => ({ atSeconds: atSeconds - zero, server: server(endpoint) })),
      span.toSeconds,
    );
  };
  return {
    names: losesMember(samples) ? MEMBER_NAMES : PAIR_NAMES,
    ...span,
    faultSeconds: fault === null ? null : 0,
    healSeconds: heal === null ? null : heal - zero,
    checkers: fault === null ? passingOf(samples) : checkersOf(samples, zero),
    authoritative: bands("authoritative"),
    resolver: bands("resolver"),
    requests: slicesOf(samples, span, zero, server),
  };
}

/** The fault of a set that several serve names the member that is lost. */
function losesMember(samples: readonly Sample[]): boolean {
  return ofKind(samples, "mark").some(({ mark, member }) => mark === "fault" && member !== undefined);
}

function checkersOf(samples: readonly Sample[], zero: number): Timeline["checkers"] {
  const health = ofKind(samples, "health");
  const check = health[0]?.check;
  return health
    .filter((sample) => sample.check === check)
    .map(({ atSeconds, healthyCheckers, checkers }) => ({
      atSeconds: atSeconds - zero,
      healthy: healthyCheckers,
      of: checkers,
    }));
}

/** By the probes themselves, of the check that is told first. */
function passingOf(samples: readonly Sample[]): Timeline["checkers"] {
  const [first] = ofKind(samples, "health");
  if (!first) return [];
  const passing = new Set<string>();
  const steps = [{ atSeconds: first.atSeconds, healthy: 0, of: first.checkers }];
  for (const { check, checker, passed, atSeconds } of ofKind(samples, "probe")) {
    if (check !== first.check || passing.has(checker) === passed) continue;
    if (passed) passing.add(checker);
    else passing.delete(checker);
    steps.push({ atSeconds, healthy: passing.size, of: first.checkers });
  }
  return steps;
}

function bandsOf(answers: readonly { atSeconds: number; server: Server }[], endSeconds: number): Band[] {
  const bands: Band[] = [];
  for (const { atSeconds, server } of answers) {
    const last = bands.at(-1);
    if (last?.server === server) continue;
    if (last) bands[bands.length - 1] = { ...last, toSeconds: atSeconds };
    bands.push({ fromSeconds: atSeconds, toSeconds: endSeconds, server });
  }
  return bands;
}

/** Slices hold equally many requests, so that a steady client draws a steady pattern whatever the clock's jitter. */
function slicesOf(
  samples: readonly Sample[],
  span: { fromSeconds: number; toSeconds: number },
  zero: number,
  server: (endpoint: string | null) => Server,
): RequestSlice[] {
  const requests = ofKind(samples, "request")
    .map(({ atSeconds, latencyMs, ok, endpoint }) => ({
      beganSeconds: atSeconds - latencyMs / 1_000 - zero,
      by: ok ? server(endpoint) : "none",
    }))
    .sort((a, b) => a.beganSeconds - b.beganSeconds);
  const size = Math.max(1, Math.ceil(requests.length / SLICES_MAX));
  const paceSeconds = (span.toSeconds - span.fromSeconds) / Math.max(1, requests.length);
  const slices: RequestSlice[] = [];
  for (let first = 0; first < requests.length; first += size) {
    const group = requests.slice(first, first + size);
    const fromSeconds = group[0]?.beganSeconds ?? 0;
    const longest = (group.at(-1)?.beganSeconds ?? 0) + PAUSE_PACES * paceSeconds;
    const toSeconds = Math.min(requests[first + size]?.beganSeconds ?? span.toSeconds, longest);
    const count = (by: Server) => group.filter((request) => request.by === by).length;
    slices.push({
      fromSeconds,
      toSeconds,
      primary: count("primary"),
      standby: count("standby"),
      failed: count("none"),
    });
  }
  return slices;
}
