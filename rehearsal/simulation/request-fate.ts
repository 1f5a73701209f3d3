import type { Endpoints } from "./endpoints";
import { type Draws, SENDER_FATE } from "./random";

/**
 * Whether an endpoint serves a request at `atMs`, tried up to `attempts` times where each attempt has a chance of its
 * own. `fate` is the sender's; `request` is the request's number in the cutover.
 */
export function isServedAt(
  endpoints: Endpoints,
  endpoint: number,
  atMs: number,
  fate: Draws,
  cutover: number,
  request: number,
  attempts: number,
): boolean {
  const whose = endpoints.chanceOf(endpoint);
  if (whose === "none") return endpoints.serves(endpoint, atMs, 0);
  if (whose === "sender") return endpoints.serves(endpoint, atMs, fate.uniform(cutover, SENDER_FATE));
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (endpoints.serves(endpoint, atMs, fate.uniform(cutover, request * attempts + attempt))) return true;
  }
  return false;
}

/** Whether a connection for that request comes about with its first attempt; by the same chance as above. */
export function isConnectedAt(
  endpoints: Endpoints,
  endpoint: number,
  atMs: number,
  fate: Draws,
  cutover: number,
  request: number,
  attempts: number,
): boolean {
  const whose = endpoints.chanceOf(endpoint);
  if (whose === "none") return endpoints.takesConnection(endpoint, atMs, 0);
  const step = whose === "sender" ? SENDER_FATE : request * attempts;
  return endpoints.takesConnection(endpoint, atMs, fate.uniform(cutover, step));
}
