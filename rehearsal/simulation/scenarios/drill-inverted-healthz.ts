import type { Scenario } from "../scenario";

/** The drill of seed 000: somebody inverts the answer of /healthz, and the service itself goes on. */
export const drillInvertedHealthz: Scenario = {
  name: "drill-inverted-healthz",
  title: "the health path answers 503 while everything else is served",
  happenings: [
    { atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "health-fails", as: "http-503" } },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
