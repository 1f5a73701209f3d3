/** What one checker holds of an endpoint: its verdict, and how many results in a row speak against it. */
export interface CheckerState {
  readonly healthy: boolean;
  readonly streak: number;
}

/**
 * A new checker says healthy until it has seen enough (developer guide, dns-failover-determining-health). That a
 * new inverted check counts as unhealthy follows from inverting this state once, in `reportedHealth`.
 */
export const INITIAL_CHECKER: CheckerState = { healthy: true, streak: 0 };

/**
 * The state after one more probe; the very same object where nothing changes. `failureThreshold` consecutive results
 * against the present verdict turn it,
 * in both directions (API reference, HealthCheckConfig FailureThreshold).
 */
export function observeProbe(state: CheckerState, passed: boolean, failureThreshold: number): CheckerState {
  if (passed === state.healthy && state.streak === 0) return state;
  const streak = passed === state.healthy ? 0 : state.streak + 1;
  return streak >= failureThreshold ? { healthy: passed, streak: 0 } : { healthy: state.healthy, streak };
}
