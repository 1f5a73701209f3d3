import type { Scenario } from "../scenario";

export const lagGrowing: Scenario = {
  name: "lag-growing",
  title: "replication falls behind to two minutes, then the primary fails and it stops",
  happenings: [
    { atSeconds: -180, do: "grow-lag", toMs: 120_000, overSeconds: 180 },
    { atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "refuse" } },
    { atSeconds: 0, do: "stop-replication" },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
