import type { Scenario } from "../scenario";

/**
 * Route 53's control plane is in us-east-1; health checks and answers are its data plane and go on (AWS
 * Fault Isolation Boundaries). A person who now takes the check away by hand is refused; the failover does not
 * wait for anybody.
 */
export const controlPlaneGone: Scenario = {
  name: "control-plane-gone",
  title: "the primary's region is lost and the control plane of Route 53 with it",
  happenings: [
    { atSeconds: -30, do: "lose-control-plane" },
    { atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "refuse" } },
    { atSeconds: 0, do: "stop-replication" },
    { atSeconds: 10, do: "try-to-delete-check", of: "primary" },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
