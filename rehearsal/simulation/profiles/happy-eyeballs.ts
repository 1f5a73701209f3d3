import type { ClientProfile } from "../profile";

/**
 * Asks for AAAA and A at once, waits 50 ms for AAAA when A comes first (section 3, resolution delay), and starts the
 * next connection 250 ms after one that is not established yet (section 5, connection attempt delay; at least 10 ms,
 * at most 2 s). All of that happens within one request, of which there is one a second, so the delays do not show.
 *
 * What does show: a race is won by the first connection that stands. An error answer comes over one that does, so
 * nothing is tried again, and of a failover answer every address of a family leads to the same endpoint. Of a
 * dual-stack name the two families are two record sets, each cached for a TTL of its own; a play is of one of them.
 * That is its limit: a client which finds the other family's answer renewed earlier comes over earlier than here.
 */
export const happyEyeballs: ClientProfile = {
  name: "happy-eyeballs",
  title: "client that races connections to every address of the answer",
  source:
    "RFC 8305 sections 3 and 5: connections are raced, requests are not repeated; every address of a failover " +
    "answer belongs to one endpoint, so the next one ends alike",
  resolver: { ttlSecondsMin: 0, staleAnswerSeconds: 0 },
  client: { holds: { kind: "nothing" }, attempts: 1 },
};
