import type { Scenario } from "../scenario";

/**
 * Route 53 does not prevent it, and the record keeps its reference (API reference, DeleteHealthCheck). What
 * the record does then cannot be predicted, AWS says; here the last status stays.
 */
export const checkDeleted: Scenario = {
  name: "check-deleted",
  title: "somebody deletes the primary's health check, and a minute later the primary fails",
  happenings: [
    { atSeconds: -60, do: "delete-check", of: "primary" },
    { atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "http-503" } },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
