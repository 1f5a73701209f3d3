import type { Scenario } from "../scenario";

/** The drill of seed 002: everything in the primary's region is out of reach. */
export const drillRegionAway: Scenario = {
  name: "drill-region-away",
  title: "the primary's region is away: nothing there answers and nothing is replicated",
  happenings: [
    { atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "silent" } },
    { atSeconds: 0, do: "stop-replication" },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
