import { alias, failoverRecord, healthCheck, provider, record, zone } from "./plain-resource";
import type { Seed } from "./seed";

const NAME = "profiles.example.com";
const PRIMARY_NAME = `us-east-1.${NAME}`;
const PRIMARY_TARGET = alias("d-primary.execute-api.us-east-1.amazonaws.com", "Z1UJRXOUMOOFQ8");

const pair = (requestInterval: number, failureThreshold: number) => [
  provider("us-east-1"),
  zone("example.com"),
  record("primary-own-name", { name: PRIMARY_NAME, type: "A", ...PRIMARY_TARGET }),
  healthCheck("primary-check", {
    type: "HTTPS",
    fqdn: PRIMARY_NAME,
    port: 443,
    resourcePath: "/healthz",
    enableSni: true,
    requestInterval,
    failureThreshold,
  }),
  failoverRecord("PRIMARY", { name: NAME, type: "A", ...PRIMARY_TARGET }, "primary-check"),
  failoverRecord("SECONDARY", {
    name: NAME,
    type: "A",
    ...alias("d-standby.execute-api.us-west-2.amazonaws.com", "Z2OJLYMUO9EFXC"),
  }),
];

export const profileApi: Seed = {
  number: "003",
  system: "profile-api",
  stack: "dev",
  drill: { scenario: "drill-health-path-blocked", play: "10 s x 3" },
  setUp:
    "An HTTP API in us-east-1 and a warm standby in us-west-2. The document leaves interval and threshold to the " +
    "reader; played are the defaults of this project, those of AWS, and the slowest that Route 53 takes.",
  plays: [
    {
      name: "10 s x 3",
      title: "10 s x 3, aliases; the primary answers 503",
      resources: pair(10, 3),
      fault: "http-503",
    },
    {
      name: "30 s x 3",
      title: "30 s x 3, aliases; the primary answers 503",
      resources: pair(30, 3),
      fault: "http-503",
    },
    {
      name: "30 s x 10",
      title: "30 s x 10, aliases; the primary answers 503",
      resources: pair(30, 10),
      fault: "http-503",
    },
  ],
  claims: [
    {
      says: "recovery in under 5 minutes, checked every 10 s, three failures",
      play: "10 s x 3",
      measure: "client",
      seconds: 300,
      kind: "within",
    },
    {
      says: "recovery in under 5 minutes, checked every 30 s, three failures",
      play: "30 s x 3",
      measure: "client",
      seconds: 300,
      kind: "within",
    },
    {
      says: "recovery in under 5 minutes, checked every 30 s, ten failures",
      play: "30 s x 10",
      measure: "client",
      seconds: 300,
      kind: "within",
      note: "Why the rule failover-rto judges the arithmetic: nothing else in this configuration looks wrong.",
    },
  ],
  corrections: [
    "An alias to API Gateway is taken to be cached for 60 s; AWS documents that number for load balancers only.",
    "All of this is for resolvers that honour TTLs and clients that ask them. Clients that keep addresses or " +
      "connections take longer; `rehearse --scenario mixed-clients` plays them.",
  ],
};
