import type { StandbyHost } from "../../../../functions/assistant/user-data/standby-host";

/** A host with every setting right. */
export const HOST: StandbyHost = {
  region: "us-east-1",
  build: "0123456789ab",
  tableName: "assistant-memory",
  tokenParameter: "/assistant/token",
  hostNames: ["assistant.example.com", "standby.assistant.example.com"],
  hostedZoneId: "Z0123456789ABC",
  acmeEmail: "ops@example.com",
  artifactBucket: "assistant-artifacts",
  application: { key: "assistant/0123456789ab.js", sha256: "a".repeat(64) },
  caddy: { key: "caddy/2.11.9-route53", sha256: "b".repeat(64) },
};
