import type { Scenario } from "../scenario";

/** The drill of seed 003: the health path is blocked, and the service itself goes on. */
export const drillHealthPathBlocked: Scenario = {
  name: "drill-health-path-blocked",
  title: "the health path is blocked: it answers 503 while everything else is served",
  happenings: [
    { atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "health-fails", as: "http-503" } },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
