import type { ClientProfile } from "../profile";

export const jvmForEver: ClientProfile = {
  name: "jvm-for-ever",
  title: "Java client that keeps every address until it is restarted",
  source:
    "Java SE networking properties, networkaddress.cache.ttl: -1, the value under a security " +
    "manager, caches for ever",
  resolver: { ttlSecondsMin: 0, staleAnswerSeconds: 0 },
  client: { holds: { kind: "address", seconds: "for-ever" }, attempts: 1 },
};
