import type { ClientProfile } from "../profile";

export const retries: ClientProfile = {
  name: "retries",
  title: "client that tries a failed request three times",
  source: "AWS SDKs and Tools reference guide, retry behavior: standard mode makes up to three attempts",
  resolver: { ttlSecondsMin: 0, staleAnswerSeconds: 0 },
  client: { holds: { kind: "nothing" }, attempts: 3 },
};
