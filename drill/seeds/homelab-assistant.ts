import type { Properties } from "../../model/unknown";
import { failoverRecord, healthCheck, provider, record, resource, zone } from "./plain-resource";
import type { Seed } from "./seed";

const NAME = "assistant.home.example.com";
const ORIGIN = "closet.example.com";
const STANDBY = "standby.home.example.com";
const ADDRESS = "203.0.113.48";

const check = (fqdn: string): Properties => ({
  type: "HTTPS",
  fqdn,
  port: 443,
  resourcePath: "/healthz",
  enableSni: true,
});

const resources = (checkedName: string) => [
  provider("us-east-1"),
  zone("home.example.com"),
  resource(
    "aws:ec2/instance:Instance",
    "standby",
    { instanceType: "t4g.nano", rootBlockDevice: { volumeType: "gp3", volumeSize: 8 } },
    "us-east-1",
  ),
  resource("aws:ec2/eip:Eip", "standby-address", { instance: "standby", publicIp: ADDRESS }, "us-east-1"),
  healthCheck("closet", check(checkedName)),
  record("standby-name", { name: STANDBY, type: "A", ttl: 60, records: [ADDRESS] }),
  failoverRecord("PRIMARY", { name: NAME, type: "CNAME", ttl: 60, records: [ORIGIN] }, "closet"),
  failoverRecord("SECONDARY", { name: NAME, type: "CNAME", ttl: 60, records: [STANDBY] }),
];

export const homelabAssistant: Seed = {
  number: "000",
  system: "homelab-assistant",
  stack: "homelab-assistant",
  drill: { scenario: "drill-inverted-healthz", play: "closet" },
  setUp:
    "A service in a closet behind a tunnel; when it is gone, a t4g.nano in us-east-1 answers. HTTPS health check " +
    "every 30 s, three failures. The document names no TTL; 60 s is taken, the most that AWS recommends with a " +
    "health check.",
  plays: [
    {
      name: "closet",
      title: "30 s x 3, CNAMEs with a TTL of 60 s; the health path answers 503",
      resources: resources(ORIGIN),
      fault: "http-503",
    },
  ],
  asWritten: resources(NAME),
  claims: [
    {
      says: "marked unhealthy at 18:51:30, after failing from 18:51",
      play: "closet",
      measure: "detection",
      seconds: 30,
      kind: "took",
      note:
        "Three failures of one checker lie two intervals apart, 60 s at least, and 14 of 16 checkers must have " +
        "counted them. The reading that any three requests in a row count, of whichever checker, does not hold.",
    },
    {
      says: "the same, had it failed from 18:50:30, which a clock read to the minute allows",
      play: "closet",
      measure: "detection",
      seconds: 60,
      kind: "took",
    },
    {
      says: "78 s in all: the phone was served by the standby at 18:52:18",
      play: "closet",
      measure: "client",
      seconds: 78,
      kind: "took",
      note: "The sum rests on the full minute 18:51:00 as the beginning.",
    },
    {
      says: "the same, had the phone cached nothing",
      play: "closet",
      measure: "authoritative",
      seconds: 78,
      kind: "took",
      note:
        "A shorter TTL than the one taken here cannot explain the number either: few checks have turned unhealthy " +
        "by then.",
    },
    {
      says: "108 s in all, had it failed from 18:50:30",
      play: "closet",
      measure: "client",
      seconds: 108,
      kind: "took",
    },
    {
      says: "48 s from unhealthy to the phone being served",
      play: "closet",
      measure: "handover",
      seconds: 48,
      kind: "took",
      note: "What is left of a TTL of 60 s, and a few seconds of propagation.",
    },
    {
      says: "restored: three healthy results in about 45 s",
      play: "closet",
      measure: "recovery",
      seconds: 45,
      kind: "about",
      note:
        "The way back is faster than the way out, as the document noticed: 3 of 16 checkers are enough. But each " +
        "of them needs three successes too, which again lie two intervals apart.",
    },
  ],
  cost: {
    says: "about 4 USD a month for instance, disk and health check",
    monthlyUsd: 4,
    counts: ["t4g.nano instance", "root volume", "health check, endpoint not surely in AWS"],
    note:
      "Left out are the public IPv4 address, which bills in use as well since 2024-02-01, the dearer price of a " +
      "check whose endpoint is not in AWS, and its HTTPS option. Our stack adds a check of the standby, alarms, the " +
      "memory table and the bucket that the application is fetched from.",
  },
  corrections: [
    "The document's check probes the failover name itself. AWS calls the result unpredictable (API reference, " +
      "HealthCheckConfig FullyQualifiedDomainName); here it probes the origin's own name.",
    "PRIMARY and SECONDARY must share name and type. A tunnel has a host name and no address of one's own, so both " +
      "are CNAMEs, and the standby has a name of its own.",
    "A Cloudflare tunnel cannot be the primary by its own name, which serves DNS records of the same Cloudflare " +
      "account only, and none of Route 53. Whatever answers at the closet must answer for the failover " +
      "name, with a certificate for it; at Cloudflare that is a custom hostname of the zone. The check asks by the " +
      "closet's own name and does not see it.",
  ],
};
