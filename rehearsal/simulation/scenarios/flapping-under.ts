import type { Scenario } from "../scenario";

/**
 * No checker ever counts enough failures in a row, so nothing fails over and the clients live with the
 * gaps.
 */
export const flappingUnder: Scenario = {
  name: "flapping-under",
  title: "the primary fails again and again, one probe too short for the failure threshold",
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
