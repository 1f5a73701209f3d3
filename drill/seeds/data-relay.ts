import { healthCheck, provider, record, zone } from "./plain-resource";
import type { Seed } from "./seed";

const gateway = (name: string, address: string) => [
  healthCheck(`${name}-check`, { type: "HTTP", ipAddress: address, port: 80, resourcePath: "/health" }),
  record(name, {
    name: "relay.example.com",
    type: "A",
    ttl: 60,
    records: [address],
    setIdentifier: name,
    weightedRoutingPolicies: [{ weight: 50 }],
    healthCheckId: `${name}-check`,
  }),
];

const resources = [
  provider("us-east-1"),
  zone("example.com"),
  ...gateway("gateway-a", "192.0.2.10"),
  ...gateway("gateway-b", "198.51.100.10"),
];

export const dataRelay: Seed = {
  number: "001",
  system: "data-relay",
  stack: "data-relay",
  drill: {
    scenario: "drill-gateway-away",
    play: "gateways",
    note:
      "An unplugged gateway answers nothing, so that each probe fails only when its connection has not come about in " +
      "4 s; above, the gateway answers 503.",
  },
  setUp:
    "Two HTTP gateways at two providers outside AWS, weighted 50/50, each with a health check every 30 s, three " +
    "failures. The document names no TTL; 60 s is taken.",
  plays: [
    {
      name: "gateways",
      title: "30 s x 3, weighted A records with a TTL of 60 s; gateway A answers 503",
      resources,
      fault: "http-503",
      lost: "gateway-a",
    },
    {
      name: "gateway-b",
      title: "the same set; gateway B answers 503",
      resources,
      fault: "http-503",
      lost: "gateway-b",
    },
    {
      name: "flapping",
      title:
        "the same set; gateway A flaps: down for four rounds of probes, one more than the threshold, then up for four",
      resources,
      fault: { kind: "flaps", as: "http-503", downRoundsBeyondThreshold: 1, upRoundsBeyondThreshold: 1 },
      lost: "gateway-a",
    },
  ],
  claims: [
    {
      says: "about a minute and a half until Route 53 removes the failed gateway",
      play: "gateways",
      measure: "authoritative",
      seconds: 90,
      kind: "about",
      note:
        "The document expects half of the submissions to be lost meanwhile, which the shares above the tables bear out: " +
        "a 50/50 set sends every second answer to the failed gateway until it is withdrawn.",
    },
    {
      says: "about two minutes until most fast resolvers have noticed",
      play: "gateways",
      measure: "left",
      seconds: 120,
      kind: "about",
      note:
        "Per resolver: until the first request that is served after its last one to the failed gateway. Half of the resolvers happen to " +
        "hold the other gateway when Route 53 withdraws the failed one; they are done earlier.",
    },
  ],
  cost: {
    says: "1.50 USD a month",
    monthlyUsd: 1.5,
    counts: ["health check, endpoint not surely in AWS"],
    note:
      "Two plain HTTP checks of endpoints outside AWS cost exactly that today. Our stack adds a calculated check over " +
      "both and the alarms.",
  },
  corrections: [
    'The document says that a gateway leaves when it fails "more than three times"; the threshold is a number of ' +
      "results in a row, three by default, for each checker (API reference, FailureThreshold).",
    "Each resolver draws a gateway by weight whenever its TTL is over; whoever was never sent to the failed one " +
      "after the fault has no sample. The two gateways are equal, so the tables of their losses differ by chance alone.",
    "Route 53 has no damping, so a gateway that flaps over the threshold leaves and comes back as often as it does; a " +
      "resolver counts as over once it is served and can no longer be led back while the play lasts.",
  ],
};
