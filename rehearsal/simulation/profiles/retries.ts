import type { ClientProfile } from "../profile";

/**
 * Each attempt goes to the address that the client uses. Of a multivalue answer, which holds up to eight, a client
 * would try the next one; that is not played, so the share of such a set that fails with retries is an upper limit.
 */
export const retries: ClientProfile = {
  name: "retries",
  title: "client that tries a failed request three times",
  source: "AWS SDKs and Tools reference guide, retry behavior: standard mode makes up to three attempts",
  resolver: { ttlSecondsMin: 0, staleAnswerSeconds: 0 },
  client: { holds: { kind: "nothing" }, attempts: 3 },
};
