import { type EndpointCheckType, PROBE_LIMITS_SECONDS } from "../../model/health-check";
import type { ProbeObservation } from "./probe";
import type { FaultKind } from "./scenario";

/** How an endpoint is. */
export type EndpointCondition = "serving" | FaultKind;

/** Whether a client's request is served. */
export function servesClients(condition: EndpointCondition): boolean {
  return condition === "serving";
}

/**
 * What a checker sees of an endpoint that is one round trip away. A hang is the slowest there is: the connection
 * stands at the last permitted moment and nothing follows. A refusal comes at once.
 */
export function probeEndpoint(
  condition: EndpointCondition,
  check: { readonly type: EndpointCheckType; readonly searchString?: string },
  roundTripMs: number,
): ProbeObservation {
  switch (condition) {
    case "serving":
      return {
        connectMs: roundTripMs,
        responseMs: roundTripMs,
        status: 200,
        bodyMs: 0,
        body: check.searchString,
      };
    case "http-503":
      return { connectMs: roundTripMs, responseMs: roundTripMs, status: 503 };
    case "hang":
      return check.type === "TCP"
        ? { connectMs: "timeout" }
        : { connectMs: PROBE_LIMITS_SECONDS.httpConnect * 1_000 };
    case "refuse":
      return { connectMs: "refused" };
  }
}
