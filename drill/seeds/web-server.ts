import { alias, failoverRecord, healthCheck, provider, resource, zone } from "./plain-resource";
import type { Seed } from "./seed";

const NAME = "www.example.com";
const ADDRESS = "203.0.113.10";

export const webServer: Seed = {
  number: "004",
  system: "web-server",
  stack: "web-server",
  drill: {
    scenario: "drill-instance-stopped",
    play: "server",
    note:
      "The instance refuses connections for the half minute that its shutdown is assumed to take, and answers nothing " +
      "afterwards, so that it is found somewhat earlier than above.",
  },
  setUp:
    "EC2 with an Elastic IP; a maintenance page in S3 when it is down. HTTP health check against the address every " +
    "30 s, three failures; A record with a TTL of 60 s.",
  plays: [
    {
      name: "server",
      title:
        "30 s x 3, PRIMARY A record with a TTL of 60 s; the instance is stopped, its address answers nothing",
      resources: [
        provider("us-east-1"),
        provider("us-west-2"),
        zone("example.com"),
        resource("aws:ec2/instance:Instance", "server", { instanceType: "t4g.nano" }, "us-east-1"),
        resource("aws:ec2/eip:Eip", "address", { instance: "server", publicIp: ADDRESS }, "us-east-1"),
        healthCheck("server-check", {
          type: "HTTP",
          ipAddress: ADDRESS,
          fqdn: NAME,
          port: 80,
          resourcePath: "/health",
        }),
        failoverRecord("PRIMARY", { name: NAME, type: "A", ttl: 60, records: [ADDRESS] }, "server-check"),
        failoverRecord("SECONDARY", {
          name: NAME,
          type: "A",
          ...alias("s3-website-us-west-2.amazonaws.com", "Z3BJ6K6RIION7M"),
        }),
      ],
      fault: "silent",
    },
  ],
  claims: [
    {
      says: "detection takes about 90 s",
      play: "server",
      measure: "detection",
      seconds: 90,
      kind: "about",
    },
    {
      says: "about 60 s more, governed by the record's TTL",
      play: "server",
      measure: "handover",
      seconds: 60,
      kind: "within",
      note:
        "The document lists propagation and the client's cache as two phases and gives the TTL for both. The TTL " +
        "is spent once; what Route 53 itself needs is not documented and taken as up to 5 s.",
    },
    {
      says: "worst case 3 to 5 minutes: no later than 3",
      play: "server",
      measure: "client",
      seconds: 180,
      kind: "within",
    },
    {
      says: "worst case 3 to 5 minutes: no later than 5",
      play: "server",
      measure: "client",
      seconds: 300,
      kind: "within",
    },
  ],
  corrections: [
    "A stopped instance answers nothing at all, so that each request fails when its connection has not come about in " +
      "4 s (developer guide, how Route 53 determines health). An instance that accepts connections and then stays " +
      "silent fails after 2 s of waiting for the response, and is found up to 6 s earlier over three requests.",
    "The document wants a valid certificate for HTTPS checks. AWS does not validate it: expired and invalid ones " +
      "pass (developer guide, HTTPS health checks).",
    "The document's check names the failover name beside the address. With an address given, Route 53 probes the " +
      "address and sends the name as the Host header only (API reference, HealthCheckConfig), so that this is " +
      "harmless.",
  ],
};
