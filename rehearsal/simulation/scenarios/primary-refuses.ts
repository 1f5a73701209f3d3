import type { Scenario } from "../scenario";

export const primaryRefuses: Scenario = {
  name: "primary-refuses",
  title: "the primary's region is lost: connections are refused and replication stops",
  happenings: [
    { atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "refuse" } },
    { atSeconds: 0, do: "stop-replication" },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
