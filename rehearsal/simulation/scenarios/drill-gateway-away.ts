import type { Scenario } from "../scenario";

/** The drill of seed 001: one of the gateways is unplugged. */
export const drillGatewayAway: Scenario = {
  name: "drill-gateway-away",
  title: "one gateway is away: connections to it never come about",
  happenings: [{ atSeconds: 0, do: "behave", endpoint: "primary", behaviour: { kind: "silent" } }],
  traffic: { requestIntervalMs: 1_000 },
};
