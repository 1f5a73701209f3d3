import type { PlotData, ProfilePhase } from "../../../drill/report/plots/plot-data";
import { phaseSpreads } from "../../../drill/report/plots/plot-data";
import { spreadOf } from "../../../drill/report/plots/spread";
import { timelineOf } from "../../../drill/timeline";
import { Distribution } from "../../../rehearsal/simulation/distribution";
import { rehearsalSamples } from "../rehearsal-samples";

export function durations(...seconds: readonly number[]): Distribution {
  const distribution = new Distribution();
  for (const duration of seconds) distribution.add(duration);
  return distribution;
}

const evenly = (from: number, to: number) =>
  durations(...Array.from({ length: 100 }, (_, index) => from + (index * (to - from)) / 100));

/** A phase in which everybody came over evenly between two moments, but for those who never did. */
export function profilePhase(from: number, to: number, stranded = 0): ProfilePhase {
  const distribution = evenly(from, to);
  return { spread: spreadOf(distribution, stranded), seconds: distribution.summary() ?? null };
}

/** Everything that a page can draw: a rehearsal, both phases, three profiles and a sweep of eight settings. */
export function plotData(changes: Partial<PlotData> = {}): PlotData {
  const phase = (check: number, client: number) => ({
    count: 100,
    authoritativeSeconds: evenly(check + 1, check + 6),
    clientSeconds: evenly(check + 5, client),
    stranded: 0,
    untouched: 0,
  });
  const settings = [10, 30].flatMap((intervalSeconds) =>
    [1, 3].flatMap((failureThreshold) =>
      [10, 60].map((ttlSeconds) => ({
        intervalSeconds,
        failureThreshold,
        ttlSeconds,
        monthlyUsd: (intervalSeconds === 10 ? 3.31 : 2.31) + (ttlSeconds === 10 ? 0.4 : 0),
        p50Seconds: failureThreshold * intervalSeconds + ttlSeconds / 2,
        p95Seconds: failureThreshold * intervalSeconds + ttlSeconds,
        isCurrent: intervalSeconds === 10 && failureThreshold === 3 && ttlSeconds === 60,
      })),
    ),
  );
  return {
    timeline: timelineOf(rehearsalSamples()),
    ...phaseSpreads({
      cutover: { ...phase(28, 95), unhealthySeconds: evenly(27, 31) },
      failback: { ...phase(21, 88), healthySeconds: evenly(21, 25) },
    }),
    profiles: [
      {
        name: "compliant",
        source: "RFC 1035",
        cutover: profilePhase(33, 95),
        failback: profilePhase(26, 88),
      },
      { name: "minimum TTL of 300 s", source: "unbound cache-min-ttl", cutover: profilePhase(33, 330) },
      { name: "jvm-for-ever", source: "networkaddress.cache.ttl -1", cutover: profilePhase(60, 90, 300) },
    ],
    frontier: { kind: "swept", settings, scenario: "primary-down", cutovers: 30, resolvers: 50 },
    ...changes,
  };
}
