import { clampsTtl } from "../profiles/clamps-ttl";
import { compliant } from "../profiles/compliant";
import { happyEyeballs } from "../profiles/happy-eyeballs";
import { jvm30s } from "../profiles/jvm-30s";
import { jvmForEver } from "../profiles/jvm-for-ever";
import { keptConnection } from "../profiles/kept-connection";
import { retries } from "../profiles/retries";
import { servesStale } from "../profiles/serves-stale";
import type { Scenario } from "../scenario";

/**
 * The weights are made up, so that each kind shows: nobody counts the clients of the internet by these
 * kinds.
 */
export const mixedClients: Scenario = {
  name: "mixed-clients",
  title: "the primary's region is lost; every kind of client and resolver asks",
  happenings: [
    { atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "refuse" } },
    { atSeconds: 0, do: "stop-replication" },
  ],
  traffic: { requestIntervalMs: 1_000 },
  clients: [
    { profile: compliant, weight: 50 },
    { profile: clampsTtl, weight: 5 },
    { profile: servesStale, weight: 10 },
    { profile: jvm30s, weight: 10 },
    { profile: jvmForEver, weight: 5 },
    { profile: keptConnection, weight: 10 },
    { profile: happyEyeballs, weight: 5 },
    { profile: retries, weight: 5 },
  ],
};
