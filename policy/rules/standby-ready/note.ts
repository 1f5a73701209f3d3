import type { RuleNote } from "../../rule";

export const note: RuleNote = {
  refuses:
    "A standby that exists and cannot serve: a function with reserved concurrency 0, a scaling group, node group, fleet or service at zero, a stopped instance or database, an App Runner service that is paused, deleted, or failed to be created or deleted, a cluster without instances, a custom domain without certificate or without API mapping, an HTTP API without route, a disabled distribution, a load balancer without listener, one whose listeners answer everything with a fixed 4xx or 5xx, an internal one behind a failover record of a public zone, a target group without targets, a website without index document.",
  why: "DNS moves visitors to the standby within a minute or two; starting what was stopped takes longer, needs somebody to do it, and needs control planes that are busiest on that very day. AWS calls a standby that has to be switched on first a pilot light. The failover itself must create, change and call nothing.",
  sources: [
    {
      title: "Disaster recovery of workloads on AWS: pilot light and warm standby",
      url: "https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html",
    },
    {
      title: "Lambda developer guide, reserved concurrency: 0 stops all invocations",
      url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
    },
    {
      title:
        "API Gateway developer guide, routing mode: a custom domain sends traffic by its API mappings or routing rules only",
      url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-routing-mode.html",
    },
    {
      title: "Aurora user guide, headless clusters in a secondary region",
      url: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-attach.console.headless.html",
    },
  ],
  lever:
    "Keep one of each running at the smallest size, or let the standby be of things that cost nothing while idle (functions, HTTP APIs, on-demand tables, websites). What then bills by the hour is counted by `standby-idle-cost`.",
  whenUnknown:
    "A count, a state, a name or a certificate that is computed from a resource which does not exist yet is reported as an advisory at preview and judged again at `pulumi up`. So is a resource whose region is unknown, and everything while the SECONDARY's target is.",
  limits: [
    "To the standby belong what a SECONDARY leads to (with a cluster its instances, with a proxy the database behind it), what is tagged `role: standby`, and what is in a region where some name stands by without another role. Where the PRIMARY of another name is in that region too, what only that one leads to does not; what runs behind it needs `role: primary`. Where the one name of a region has both its sides there, what is behind an untagged load balancer is not seen.",
    "Targets, listeners and their rules, instances, API mappings, routing rules and routes are looked for in this stack. What another stack, a controller in a cluster or a console attaches is not seen; `acceptedTypes` lets such a type be.",
    "Read are: Lambda functions, Auto Scaling groups, ECS services, EKS node groups, EC2 fleets and instances, App Runner services, RDS instances and clusters, DocumentDB and Neptune clusters, custom domains and HTTP APIs of API Gateway, distributions, load balancers, target groups and websites. Other things that can be at zero or switched off (an event source mapping, a Spot Fleet request, a Fargate profile, a schedule) are not.",
    "Of a blue/green pair of target groups (an ECS service's alternate, CodeDeploy's two) both count as attached; which of them serves is not seen.",
    "An instance that was stopped by hand, or an App Runner service that was paused so, is seen where the state was refreshed since. A read replica that has to be promoted before it takes writes is not refused.",
    "A target group with a stopped target in it counts as attached; the target itself is judged by its own type.",
    "Whether a zone is public is told by the zone, so an internal load balancer behind a record of another stack's zone passes.",
    "Not read are security groups and network ACLs of an entrance that nothing probes, throttles of an API stage, a listener on another port than visitors use, and suspended processes of a scaling group.",
    "Quotas, a certificate that is not validated yet, and capacity that is not to be had on the day are out of sight.",
  ],
  whenNotToUse:
    "Where the objective is hours and a pilot light is what was chosen: name its types in `acceptedTypes`, so that the rest is still judged.",
};
