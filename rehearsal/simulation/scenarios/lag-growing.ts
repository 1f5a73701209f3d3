import type { Scenario } from "../scenario";

export const lagGrowing: Scenario = {
  name: "lag-growing",
  title: "replication falls behind to two minutes, then the primary fails and it stops",
  happenings: [
    // A third of the writes is carried over for three minutes: at the fault the newest that is there is 120 s old,
    // and one made just then would take 358 s.
    { atSeconds: -180, do: "grow-lag", toMs: 358_000, overSeconds: 180 },
    { atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "refuse" } },
    { atSeconds: 0, do: "stop-replication" },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
