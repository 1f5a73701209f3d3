import type { Scenario } from "../scenario";

/**
 * One of two zones is gone, and with it one of the primary's two addresses. A client that connects for each request
 * takes the address that its resolver's answer puts first, which is drawn once for each resolver and kept: the same
 * clients fail again and again, the other half notices nothing. A check by name is resolved anew at every interval,
 * so that each probe may meet either address, and a checker that fails recovers; a check by address has all its
 * checkers on one, and sees everything or nothing (API reference, HealthCheckConfig FullyQualifiedDomainName and
 * IPAddress). Half of the checkers are far more than 18 %. A primary of which the stack tells one address alone stands in
 * one zone, and is lost with it.
 */
export const primaryOneAz: Scenario = {
  name: "primary-one-az",
  title: "one of two zones is lost, with half of the clients, or all where there is one address",
  happenings: [
    { atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "zone-lost", share: 0.5 } },
  ],
  traffic: { requestIntervalMs: 1_000 },
};
