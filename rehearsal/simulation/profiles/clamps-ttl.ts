import type { ClientProfile } from "../profile";

/**
 * unbound takes any minimum and warns of trouble above an hour; dnsmasq stops at an hour. Five minutes are an
 * example: nobody publishes what access providers set.
 */
export const clampsTtl: ClientProfile = {
  name: "clamps-ttl",
  title: "resolver that keeps every answer for at least five minutes",
  source:
    "unbound.conf(5) cache-min-ttl and dnsmasq(8) --min-cache-ttl allow it; some access providers " +
    "set it",
  resolver: { ttlSecondsMin: 300, staleAnswerSeconds: 0 },
  client: { holds: { kind: "nothing" }, attempts: 1 },
};
