import type { ClientProfile } from "../profile";

/**
 * Asks for AAAA and A at once, waits 50 ms for AAAA when A comes first (section 3, resolution delay), and starts the
 * next connection 250 ms after one that is not established yet (section 5, connection attempt delay; at least 10 ms,
 * at most 2 s). All of that happens within one request, of which there is one a second, so the delays do not show.
 *
 * What does show: its resolver keeps an answer of each family for a TTL of its own, and where no connection stands at
 * the preferred one's endpoint the other one's serves. From a primary that refuses or is silent it comes over with
 * the first of the two to be renewed. The race is won by the first connection that stands: an error answer comes over
 * one that does, and what hangs accepts it too, so there the preferred family decides, as it does of two that serve.
 *
 * It has two answers where the name's A and AAAA sets are alike (`twinSet`). With one family, with sets that differ,
 * and with a CNAME, which is one answer for both, it plays as a compliant client. Every address of one family's answer
 * belongs to one endpoint, so no more than one of each is tried. Both questions go to the same name server.
 */
export const happyEyeballs: ClientProfile = {
  name: "happy-eyeballs",
  title: "client that asks for both address families and races connections to them",
  source:
    "RFC 8305 sections 3 and 5: A and AAAA are asked for apart and connections raced; a race is over when one is " +
    "established, and a request is not repeated",
  resolver: { ttlSecondsMin: 0, staleAnswerSeconds: 0 },
  client: { holds: { kind: "nothing", racesFamilies: true }, attempts: 1 },
};
