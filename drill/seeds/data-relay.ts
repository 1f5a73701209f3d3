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

export const dataRelay: Seed = {
  number: "001",
  system: "data-relay",
  setUp:
    "Two HTTP gateways at two providers outside AWS, weighted 50/50, each with a health check every 30 s, three " +
    "failures. The document names no TTL; 60 s is taken.",
  plays: [
    {
      name: "gateways",
      title: "30 s x 3, weighted A records with a TTL of 60 s; one gateway answers 503",
      resources: [
        provider("us-east-1"),
        zone("example.com"),
        ...gateway("gateway-a", "192.0.2.10"),
        ...gateway("gateway-b", "198.51.100.10"),
      ],
      fault: "http-503",
      weightShare: 0.5,
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
        "The document expects half of the submissions to be lost meanwhile, which the share above the table bears out: " +
        "a 50/50 set sends every second answer to the failed gateway until it is withdrawn.",
    },
    {
      says: "about two minutes until most fast resolvers have noticed",
      play: "gateways",
      measure: "left",
      seconds: 120,
      kind: "about",
      note:
        "Per resolver: until the last answer with the failed gateway has expired. Half of the resolvers happen to " +
        "hold the other gateway when Route 53 withdraws the failed one; they are done earlier.",
    },
  ],
  cost: {
    says: "1.50 USD a month",
    monthlyUsd: 1.5,
    play: "gateways",
    note: "Two plain HTTP checks of endpoints outside AWS cost exactly that today; the zone comes on top.",
  },
  corrections: [
    'The document says that a gateway leaves when it fails "more than three times"; the threshold is a number of ' +
      "results in a row, three by default, for each checker (API reference, FailureThreshold).",
    "Weighted sets are not played as such. The failing gateway is played as the PRIMARY of a pair and the other as " +
      "its SECONDARY, which gives the same checkers, consensus and propagation, and so the moment at which every " +
      "name server stops answering with it. On top of those moments each resolver draws a gateway by weight " +
      "whenever its TTL is over. Equal are the two gateways, so one play stands for both.",
  ],
};
