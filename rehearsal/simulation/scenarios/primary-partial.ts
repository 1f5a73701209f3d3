import type { Scenario } from "../scenario";

/**
 * Half of the servers behind one address fail, and every request meets any of them. Half of the checkers are content at any time, and 18 %
 * are enough.
 */
export const primaryPartial: Scenario = {
  name: "primary-partial",
  title: "half of the requests to the primary get a 503",
  happenings: [
    {
      atSeconds: 0,
      do: "behave",
      endpoint: "primary",
      behaviour: { kind: "partial", as: "http-503", share: 0.5 },
    },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
