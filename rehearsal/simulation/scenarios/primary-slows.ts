import type { Scenario } from "../scenario";

export const primarySlows: Scenario = {
  name: "primary-slows",
  title: "the primary gets slower and slower, to 20 s an answer within two minutes",
  happenings: [
    {
      atSeconds: 0,
      do: "behave",
      endpoint: "primary",
      behaviour: { kind: "slows", toMs: 20_000, overSeconds: 120 },
    },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
