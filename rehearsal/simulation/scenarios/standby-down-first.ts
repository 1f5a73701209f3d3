import type { Scenario } from "../scenario";

export const standbyDownFirst: Scenario = {
  name: "standby-down-first",
  title: "the standby has been down for ten minutes when the primary fails",
  happenings: [
    { atSeconds: -600, do: "behave", endpoint: "standby", behaviour: { kind: "http-503" } },
    { atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "http-503" } },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
