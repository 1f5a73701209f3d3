import type { ProfileApiEvent } from "../../../functions/profile-api/handler";

/** An event as API Gateway sends it for a route of the profile API; the request id is `r-1`. */
export function profileApiEvent(
  routeKey: string,
  { id, headers = {}, body, isBase64Encoded = false }: Partial<ProfileApiEvent> & { id?: string } = {},
): ProfileApiEvent {
  return {
    routeKey,
    headers,
    isBase64Encoded,
    ...(body === undefined ? {} : { body }),
    ...(id === undefined ? {} : { pathParameters: { id } }),
    requestContext: { requestId: "r-1" },
  };
}

/** A PUT of a JSON body. */
export function putEvent(id: string, body: unknown, headers: Record<string, string> = {}): ProfileApiEvent {
  return profileApiEvent("PUT /profiles/{id}", {
    id,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

export function getEvent(id: string, headers: Record<string, string> = {}): ProfileApiEvent {
  return profileApiEvent("GET /profiles/{id}", { id, headers });
}

export const healthEvent = profileApiEvent("GET /healthz");
