import type { Scenario } from "../scenario";

/** The drill of seed 002: everything in the primary's region is lost; of a global primary what it has there. */
export const drillRegionAway: Scenario = {
  name: "drill-region-away",
  title: "the primary's region is away: what is there refuses connections and nothing is replicated",
  happenings: [
    { atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "refuse", ofRegion: true } },
    { atSeconds: 0, do: "stop-replication" },
  ],
  place: "primary-region",
  traffic: { requestIntervalMs: 1_000 },
};
