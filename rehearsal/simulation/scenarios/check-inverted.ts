import type { Scenario } from "../scenario";

/** What the runbook does to keep traffic on the standby: the check is inverted, and everything is served. */
export const checkInverted: Scenario = {
  name: "check-inverted",
  title: "the primary's health check is inverted while everything is served",
  happenings: [{ atSeconds: 0, do: "invert-check", of: "primary" }],
  traffic: { requestIntervalMs: 1_000 },
};
