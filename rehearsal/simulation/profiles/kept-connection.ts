import type { ClientProfile } from "../profile";

/**
 * An error answer does not close a connection, so a primary that answers 503 keeps its clients; one that
 * hangs or refuses loses them, and they follow their resolver. Coming back they wait for the connection to
 * end.
 */
export const keptConnection: ClientProfile = {
  name: "kept-connection",
  title: "browser or pool that keeps its connection while it works",
  source:
    "RFC 9112 section 9.3 (persistent connections); an Application Load Balancer closes them after " +
    "3,600 s (client keepalive)",
  resolver: { ttlSecondsMin: 0, staleAnswerSeconds: 0 },
  client: { holds: { kind: "connection", secondsMax: 3_600 }, attempts: 1 },
};
