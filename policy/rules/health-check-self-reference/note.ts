import type { RuleNote } from "../../rule";

export const note: RuleNote = {
  refuses:
    "A health check that decides the answers of a name and finds its endpoint by that same name: `fqdn` is the record's own name, or a name of the stack that leads there through CNAMEs, aliases and the origins of distributions. Children of calculated checks, and checks whose metric an alarm watches, are looked at too. A check with `ipAddress` is not concerned: its `fqdn` is only the Host header.",
  why: "As soon as such a check fails over, it probes the standby, finds it healthy and fails back to a primary that is still down, again and again; while both sides answer it says nothing about either. AWS calls the results unpredictable.",
  sources: [
    {
      title: "Route 53 API reference, HealthCheckConfig, FullyQualifiedDomainName",
      url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html",
    },
    {
      title: "Route 53 developer guide, values that you specify when you create or update health checks",
      url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html",
    },
  ],
  lever:
    "Set `fqdn` to a host name of the primary alone (a regional custom domain, the load balancer's own name, a record of its own); it changes in place. With a fixed address, `ipAddress` does as well and keeps `fqdn` as the Host header, but adding it to a check replaces the check.",
  whenUnknown:
    "A name that is not known at preview is joined to what it was computed from: from a record it is that record's name, from a load balancer, a distribution or another service a name of AWS's. What remains is reported as an advisory at preview and judged again at `pulumi up`; where nothing will ever tell it, it is refused at the rule's level. A record of a zone that is looked up may be named relative to it (`www`); until the provider tells the full name, its name is such a value, and so is a way that may lead over it.",
  limits: [
    "CNAMEs outside the stack are not followed; name those in `namesLeadingBack` that lead to a failover name.",
    "A check of another stack is not seen, so what it probes is not judged.",
    "A zone of another stack is taken for a public one. In a private zone that the stack shows the rule does not apply: health checkers ask public DNS.",
  ],
  whenNotToUse:
    "Where a check of the shared name only feeds an alarm and stands on no record; the rule does not look at it then.",
};
