import type { Scenario } from "../scenario";

/**
 * With a check on each side the answer stays PRIMARY; without one on the standby it changes to a standby
 * that is down.
 */
export const bothDown: Scenario = {
  name: "both-down",
  title: "the primary and the standby fail together",
  happenings: [
    { atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "http-503" } },
    { atSeconds: 0, do: "behave", endpoint: "standby", behaviour: { kind: "http-503" } },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
