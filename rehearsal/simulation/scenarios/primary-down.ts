import type { Scenario } from "../scenario";

export const primaryDown: Scenario = {
  name: "primary-down",
  title: "the primary answers 503 until it is healed",
  happenings: [{ atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "http-503" } }],
  traffic: { requestIntervalMs: 1_000 },
};
