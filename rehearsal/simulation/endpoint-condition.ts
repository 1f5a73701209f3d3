import type { EndpointCheckType } from "../../model/health-check";
import type { ProbeObservation } from "./probe";
import type { FaultKind } from "./scenario";

/** How an endpoint is. */
export type EndpointCondition = "serving" | FaultKind;

/** Whether a client's request is served. */
export function servesClients(condition: EndpointCondition): boolean {
  return condition === "serving";
}

/**
 * What a checker sees of an endpoint that is one round trip away. An endpoint that hangs accepts the connection and
 * sends nothing: HTTP checks wait their response limit for it, TCP checks see nothing wrong. A refusal comes at once.
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
      return { connectMs: roundTripMs };
    case "refuse":
      return { connectMs: "refused" };
  }
}
