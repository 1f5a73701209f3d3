import type { Scenario } from "../scenario";

export const partitionMinority: Scenario = {
  name: "partition-minority",
  title: "half of the checker regions cannot reach the primary; clients can",
  happenings: [
    {
      atSeconds: 0,
      do: "behave",
      endpoint: "primary",
      behaviour: { kind: "cut-off", checkerRegionsShare: 0.5 },
    },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
