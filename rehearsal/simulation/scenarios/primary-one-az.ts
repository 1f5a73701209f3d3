import type { Scenario } from "../scenario";

/**
 * One of two zones is gone, and with it one of the primary's two addresses. Who has connected to that one stays with
 * it: the same clients fail again and again, the same checkers too, and the other half notices nothing. Half of the
 * checkers are far more than 18 %.
 */
export const primaryOneAz: Scenario = {
  name: "primary-one-az",
  title: "one of two zones is lost: half of the clients reach nothing, the others are served",
  happenings: [
    { atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "zone-lost", share: 0.5 } },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
