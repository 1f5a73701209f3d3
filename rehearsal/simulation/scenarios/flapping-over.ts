import type { Scenario } from "../scenario";

/**
 * Route 53 has no damping: the answer goes back and forth as often as the primary does.
 */
export const flappingOver: Scenario = {
  name: "flapping-over",
  title: "the primary fails again and again, one probe longer than the failure threshold",
  happenings: [
    {
      atSeconds: 0,
      do: "behave",
      endpoint: "primary",
      behaviour: { kind: "flaps", as: "http-503", downRoundsBeyondThreshold: 1, upRoundsBeyondThreshold: 1 },
    },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
