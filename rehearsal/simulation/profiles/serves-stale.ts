import type { ClientProfile } from "../profile";

/**
 * The first question after the expiry is answered from the expired data at once, as unbound does with
 * serve-expired and no client timeout; the client keeps that answer for its 30 s. Resolvers that wait for a
 * fresh answer first behave as compliant ones here, since the name servers always answer.
 */
export const servesStale: ClientProfile = {
  name: "serves-stale",
  title: "resolver that answers with expired data while it fetches anew",
  source:
    "RFC 8767 section 4, with its recommended TTL of 30 s for such answers; unbound.conf(5) " +
    "serve-expired",
  resolver: { ttlSecondsMin: 0, staleAnswerSeconds: 30 },
  client: { holds: { kind: "nothing" }, attempts: 1 },
};
