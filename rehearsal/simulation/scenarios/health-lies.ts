import type { Scenario } from "../scenario";

export const healthLies: Scenario = {
  name: "health-lies",
  title: "the health path answers 200 while every other request gets a 503",
  happenings: [{ atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "lies" } }],
  traffic: { requestIntervalMs: 1_000 },
};
