import type { Scenario } from "../scenario";

export const failbackDraining: Scenario = {
  name: "failback-draining",
  title: "the primary comes back while the writes of the outage still drain slowly",
  happenings: [
    { atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "refuse" } },
    { atSeconds: 0, do: "stop-replication" },
    { atSeconds: 0, do: "drain-slowly", factor: 1.25 },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
