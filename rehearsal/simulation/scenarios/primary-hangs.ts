import type { Scenario } from "../scenario";

export const primaryHangs: Scenario = {
  name: "primary-hangs",
  title: "the primary accepts connections and never answers",
  happenings: [{ atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "hang" } }],
  traffic: { requestIntervalMs: 1_000 },
};
