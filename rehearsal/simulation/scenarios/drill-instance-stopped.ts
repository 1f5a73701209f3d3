import type { Scenario } from "../scenario";

/** The drill of seed 004: the instance is stopped; its Elastic IP stays, with nothing behind it. */
export const drillInstanceStopped: Scenario = {
  name: "drill-instance-stopped",
  title: "the primary instance is stopped and later started: its address answers nothing",
  happenings: [{ atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "silent" } }],
  traffic: { requestIntervalMs: 1_000 },
};
