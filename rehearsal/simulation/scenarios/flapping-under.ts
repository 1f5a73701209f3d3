import type { Scenario } from "../scenario";

/**
 * No checker ever counts enough failures in a row, so nothing fails over and the clients live with the gaps. A
 * threshold of 1 leaves no room for that: there it is half an interval (`behaviourFor`), which half of the checkers
 * meet, and with few of them that is enough by chance.
 */
export const flappingUnder: Scenario = {
  name: "flapping-under",
  title: "the primary fails again and again, for fewer intervals than the failure threshold",
  happenings: [
    {
      atSeconds: 0,
      do: "behave",
      endpoint: "primary",
      behaviour: { kind: "flaps", as: "http-503", downRoundsBeyondThreshold: -1, upRoundsBeyondThreshold: 1 },
    },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
