/** A line of the file as a reader from outside sees it: the members that docs/report.md names. */
interface Line {
  readonly basis: string;
  readonly kind: string;
  readonly mark: string;
  readonly atSeconds: number;
  readonly server: string;
  readonly endpoint: string | null;
  readonly ok: boolean;
  readonly lagMs: number;
  readonly cutover: Readonly<Record<string, (number | null)[]>>;
  readonly failback: Readonly<Record<string, (number | null)[]>>;
}

/**
 * The measured members of `report.json` from the text of `samples.ndjson` and nothing else: written after
 * docs/report.md, with no code of the project, so that the two can disagree.
 */
export function recomputedFigures(text: string) {
  const lines: Line[] = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
  const cutovers = lines.filter(({ basis }) => basis === "simulated");
  const seen = lines.filter(({ basis }) => basis === "loopback");
  const all = (phase: "cutover" | "failback", name: string) =>
    quantiles(cutovers.flatMap((line) => line[phase][name] ?? []));
  return {
    cutover: {
      count: cutovers.length,
      unhealthySeconds: all("cutover", "unhealthySeconds"),
      authoritativeSeconds: all("cutover", "authoritativeSeconds"),
      clientSeconds: all("cutover", "clientSeconds"),
    },
    failback: {
      count: cutovers.length,
      healthySeconds: all("failback", "healthySeconds"),
      authoritativeSeconds: all("failback", "authoritativeSeconds"),
      clientSeconds: all("failback", "clientSeconds"),
    },
    loopback: loopback(seen),
  };
}

function loopback(seen: readonly Line[]) {
  const at = (mark: string) => seen.find((line) => line.mark === mark)?.atSeconds ?? Number.NaN;
  const faultAt = at("fault");
  const healAt = at("heal");
  const answers = seen.filter(({ kind, server }) => kind === "answer" && server === "authoritative");
  const requests = seen.filter(({ kind }) => kind === "request");
  const served = requests.filter(({ ok }) => ok);
  const primary = seen.find(({ kind, endpoint }) => kind === "answer" && endpoint !== null)?.endpoint;
  const isStandby = ({ endpoint }: { endpoint: string | null }) => endpoint !== null && endpoint !== primary;
  const after = (from: number, among: readonly Line[]) => {
    const [first] = among.filter(({ atSeconds }) => atSeconds >= from);
    return first === undefined ? null : toMs(first.atSeconds - from);
  };
  const lags = seen.filter(({ kind }) => kind === "replica").map(({ lagMs }) => lagMs);
  const lost = seen.filter(({ kind }) => kind === "write-lost").length;
  const { p50, max } = quantiles(lags) ?? { p50: null, max: null };
  return {
    authoritativeSeconds: after(faultAt, answers.filter(isStandby)),
    clientSeconds: after(faultAt, served.filter(isStandby)),
    failbackSeconds: after(
      healAt,
      served.filter(({ endpoint }) => endpoint === primary),
    ),
    requests: requests.length,
    failed: requests.length - served.length,
    lostWrites: lost === 0 && !seen.some(({ kind, ok }) => kind === "write" && ok) ? null : lost,
    replicationLagMs: p50 === null ? null : { p50, max },
  };
}

/** Nearest rank: the smallest number that so many of them do not exceed. */
function quantiles(numbers: (number | null)[]) {
  const sorted = numbers.filter((number) => number !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const at = (percent: number) => sorted[Math.ceil((percent * sorted.length) / 100) - 1];
  return { p5: at(5), p50: at(50), p95: at(95), p99: at(99), max: at(100) };
}

function toMs(seconds: number): number {
  return Number(seconds.toFixed(3));
}
