import type { Scenario } from "../scenario";

export const primaryDown: Scenario = {
  name: "primary-down",
  title: "the primary answers 503 until it is healed",
  fault: { kind: "http-503", replicationStops: false },
  traffic: { requestIntervalMs: 1_000 },
};
