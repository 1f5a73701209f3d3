import type { Scenario } from "../scenario";

/**
 * One region of eight is 12.5 % of the checkers, which is not more than 18 %: a primary that serves is
 * left.
 */
export const partitionMajority: Scenario = {
  name: "partition-majority",
  title: "all but one of the checker regions cannot reach the primary; clients can",
  happenings: [
    {
      atSeconds: 0,
      do: "behave",
      endpoint: "primary",
      behaviour: { kind: "cut-off", checkerRegionsShare: 0.875 },
    },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
