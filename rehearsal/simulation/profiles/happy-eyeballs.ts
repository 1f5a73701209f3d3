import type { ClientProfile } from "../profile";

/**
 * Tries the addresses of both families 250 ms apart. It helps against a lost path, not against a lost
 * endpoint: of a failover pair all addresses lead to the same side.
 */
export const happyEyeballs: ClientProfile = {
  name: "happy-eyeballs",
  title: "client that tries the next address when one does not connect",
  source:
    "RFC 8305; every address of a failover answer belongs to one endpoint, so the next one fails " + "alike",
  resolver: { ttlSecondsMin: 0, staleAnswerSeconds: 0 },
  client: { holds: { kind: "nothing" }, attempts: 2 },
};
