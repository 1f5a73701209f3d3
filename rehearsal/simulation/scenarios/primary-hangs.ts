import type { Scenario } from "../scenario";

export const primaryHangs: Scenario = {
  name: "primary-hangs",
  title: "the primary accepts connections and never answers",
  fault: { kind: "hang", replicationStops: false },
  traffic: { requestIntervalMs: 1_000 },
};
