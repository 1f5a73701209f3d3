import type { ClientProfile } from "../profile";

export const jvm30s: ClientProfile = {
  name: "jvm-30s",
  title: "Java client that keeps every address for 30 s",
  source:
    "Java SE networking properties, networkaddress.cache.ttl: without a security manager 30 s in the " +
    "reference implementation",
  resolver: { ttlSecondsMin: 0, staleAnswerSeconds: 0 },
  client: { holds: { kind: "address", seconds: 30 }, attempts: 1 },
};
