import type { ClientProfile } from "../profile";

export const compliant: ClientProfile = {
  name: "compliant",
  title: "resolver that honours TTLs, clients that ask it for every request",
  source: "RFC 1034 section 3.6 and RFC 2181 section 8: an answer is discarded when its TTL has passed",
  resolver: { ttlSecondsMin: 0, staleAnswerSeconds: 0 },
  client: { holds: { kind: "nothing" }, attempts: 1 },
};
