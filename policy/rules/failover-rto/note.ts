import { optionPriceText } from "../../prices/route53-price";
import type { RuleNote } from "../../rule";

export const note: RuleNote = {
  refuses:
    "A PRIMARY failover record whose recovery bound is 300 seconds or more, or has no bound at all: no health check, a disabled one, one outside this stack, one that only a person switches. So is every member with such a check of a weighted, multivalue, latency or geolocation set, and a member without any that keeps its share of a set whose others are checked. So is a geolocation record with a check whose place no larger location of the set includes, as of a set without a default.",
  why: "A warm standby is worth its money only if clients reach it in time, and so is a second gateway. The bound is the worst case of a client that respects TTLs: failureThreshold x (requestInterval + probe timeout) + one probe timeout until the check is unhealthy, 30 s for that to reach every DNS server (our allowance, AWS documents no number), and the TTL that a resolver may still keep (60 s for an alias).",
  sources: [
    {
      title: "Route 53 developer guide, how Route 53 determines whether a health check is healthy",
      url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html",
    },
    {
      title: "Route 53 API reference, ResourceRecordSet: HealthCheckId",
      url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html",
    },
    {
      title: "Route 53 API reference, HealthCheckConfig: RequestInterval and FailureThreshold",
      url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html",
    },
  ],
  lever: `Lower \`failureThreshold\` (free, in place), set \`requestInterval\` to 10 instead of 30 (+${optionPriceText("aws")} for an endpoint in AWS, +${optionPriceText("other")} for another, probes extra; the check is replaced because the interval cannot be changed), or lower the TTL. The message names each single change that is enough, and the bound it gives. No checker reaches a private endpoint: there an alarm of the same stack and a check of type CLOUDWATCH_METRIC that follows it give the bound.`,
  whenUnknown:
    "A timing that is computed from a resource which does not exist yet is reported as an advisory at preview and judged again at `pulumi up`; where nothing will ever tell it, the record is refused at the rule's level.",
  limits: [
    "The bound is of a fault that the checks see. A TCP check sees a connection that fails, and never an error that is answered over one.",
    "Resolvers and clients that keep answers beyond the TTL (JVM caches, kept-alive connections) take longer; the bound holds for those that comply.",
    "The standby is taken to serve at once; whether it can is not judged here.",
    "A load balancer's target health is read from the target groups of the stack; where they are not in it, a PRIMARY with EvaluateTargetHealth alone is refused.",
    "A set in which no record has a check shares the load; it is no failover and is not judged. Nor is a set of one record, nor CIDR and geoproximity routing, whose sets the plan does not read.",
    "In a set with checks, a member without one is not judged where it may be meant as the last resort (weight 0, latency, geolocation) or where it evaluates an AWS resource's health.",
    "Of a calculated check only the children that probe where the record leads count as failing with it (where none shows that, those that probe one same target); an alarm, another host or a child of another stack may stay healthy, so too low a `childHealthThreshold` has no bound.",
    "An alarm that a check follows is taken to be in ALARM once its endpoint fails, as long as its evaluation takes. One on a metric of AWS that is known to turn the other way, or never, has no bound; of a metric of your own nobody here tells.",
    "A child that is inverted is unhealthy while what it watches is well, so a calculated check that needs it has no bound. One that a person throws as a switch, on an object that is not there until then, is named in `invertedOnPurpose` here and in `health-check-stuck`; the rehearsal, which has no such setting, plays it as thrown.",
    "The objective is one figure for all pairs and sets of the stack.",
  ],
  whenNotToUse:
    "Where a person decides about failover on purpose (a recovery control): the time then is the person's. Set the rule to advisory there.",
};
