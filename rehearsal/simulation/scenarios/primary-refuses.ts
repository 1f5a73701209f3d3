import type { Scenario } from "../scenario";

export const primaryRefuses: Scenario = {
  name: "primary-refuses",
  title: "the primary's region is lost: connections are refused and replication stops",
  fault: { kind: "refuse", replicationStops: true },
  traffic: { requestIntervalMs: 1_000 },
};
