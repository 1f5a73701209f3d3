import { queryPriceText } from "../../prices/route53-price";
import type { RuleNote } from "../../rule";

const PRICES_PER_MILLION = [
  `${queryPriceText("simple")} per million queries`,
  `${queryPriceText("latency")} with latency routing`,
  `${queryPriceText("geolocation")} with geolocation or geoproximity`,
  `${queryPriceText("cidr")} with IP-based routing`,
].join(", ");

export const note: RuleNote = {
  refuses:
    "A record that is not an alias, in a set that Route 53 answers by health (failover routing, or any member with a health check) or behind an alias of such a set, with no TTL or one above 60 seconds.",
  why: "Route 53 changes its answer within seconds of a health check turning, but a resolver that has the old answer keeps it until the TTL ends. The TTL is added to every client's outage, on the way over and on the way back.",
  sources: [
    {
      title:
        "Route 53 API reference, ResourceRecordSet, TTL: 60 seconds or less for records with a health check",
      url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html",
    },
    {
      title: "Route 53 developer guide, values specific for failover records",
      url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-failover.html",
    },
  ],
  lever: `Set \`ttl\` to 60 or less on every record of the set. It changes in place and costs nothing while idle; resolvers ask more often, at ${PRICES_PER_MILLION}. An alias to an AWS resource other than a record of Route 53 has no TTL of its own and its queries are free.`,
  whenUnknown:
    "A TTL that is computed from a resource which does not exist yet is reported as an advisory at preview and judged again at `pulumi up`. Where nothing will ever tell it (an encrypted secret in an exported state), it is refused at the rule's level.",
  limits: [
    "Resolvers that keep answers longer than the TTL, and clients that cache by themselves, are out of sight.",
    "The negative TTL of the zone (its SOA record) is not judged: it matters while a record is replaced, not while one fails over.",
    "Records in other stacks that belong to the same set are not seen.",
  ],
  whenNotToUse:
    "Where a set has health checks only to spread load and a stale answer for minutes is acceptable; raise `ttlSecondsMax` rather than disabling the rule.",
};
