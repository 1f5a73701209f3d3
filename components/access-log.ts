/**
 * One JSON line per request, with what a failover is reconstructed from: when, by which name, what came of it
 * and how long it took. Neither the caller's address nor the profile's id is kept.
 */
export const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: "$context.requestId",
  time: "$context.requestTime",
  domainName: "$context.domainName",
  route: "$context.routeKey",
  status: "$context.status",
  responseLatencyMs: "$context.responseLatency",
  integrationStatus: "$context.integration.status",
  integrationLatencyMs: "$context.integration.latency",
  error: "$context.error.message",
  integrationError: "$context.integrationErrorMessage",
});
