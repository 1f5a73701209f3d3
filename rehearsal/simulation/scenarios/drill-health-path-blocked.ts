import type { Scenario } from "../scenario";

/** The drill of seed 003: the health path is blocked on its way, and the service itself goes on. */
export const drillHealthPathBlocked: Scenario = {
  name: "drill-health-path-blocked",
  title: "the health path is blocked: probes get no response while clients are served",
  happenings: [
    { atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "health-fails", as: "hang" } },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
