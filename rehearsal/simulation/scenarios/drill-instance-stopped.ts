import type { Scenario } from "../scenario";

/** The drill of seed 004: the instance is stopped; its Elastic IP stays, with nothing behind it. */
export const drillInstanceStopped: Scenario = {
  name: "drill-instance-stopped",
  title: "the primary instance is stopped: refuses, then answers nothing",
  happenings: [
    // How long a shutdown takes AWS does not say; half a minute is assumed.
    { atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "stops", afterSeconds: 30 } },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
