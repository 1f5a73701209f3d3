import { randomUUID } from "node:crypto";
import { type GatewayEvent, gatewayEvent, gatewayMessage, gatewayResponse } from "./gateway-event";
import type { EndpointReply, RequestHandler } from "./region-endpoint";

/** A Lambda handler behind an HTTP API; what it returns is read as payload format 2.0. */
export type Handler = (event: GatewayEvent) => Promise<unknown>;

/**
 * Plays API Gateway in front of a Lambda handler: 403 for every host name but its own, 404 without a route, and
 * 500 for a function that fails.
 */
export function httpApi(settings: {
  readonly hostNames: readonly string[];
  readonly routeKeys: readonly string[];
  readonly handler: Handler;
}): RequestHandler {
  return async ({ host, ...request }) => {
    if (!settings.hostNames.includes(host)) return reply(gatewayMessage(403, "Forbidden"));
    const outcome = gatewayEvent(settings.routeKeys, {
      ...request,
      timeEpoch: Date.now(),
      requestId: randomUUID(),
      apiId: "loopback",
    });
    if (outcome.kind === "answered") return reply(outcome.response);
    try {
      return reply(gatewayResponse(await settings.handler(outcome.event)));
    } catch {
      // A visitor never learns why a function failed.
      return reply(gatewayMessage(500, "Internal Server Error"));
    }
  };
}

function reply({ status, headers, cookies, body }: ReturnType<typeof gatewayMessage>): EndpointReply {
  return { status, headers: cookies.length > 0 ? { ...headers, "set-cookie": [...cookies] } : headers, body };
}
