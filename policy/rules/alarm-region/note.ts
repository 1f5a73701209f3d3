import type { RuleNote } from "../../rule";

export const note: RuleNote = {
  refuses:
    "A CloudWatch metric alarm on AWS/Route53 or AWS/CloudFront metrics (its own metric, a metric query, or a Metrics Insights query that names them) in another region than us-east-1; a health check of type CLOUDWATCH_METRIC that looks for its alarm in another region than the alarm is in, or names none.",
  why: "Route 53 and CloudFront publish their metrics in us-east-1 only, wherever checks and visitors are. CloudWatch accepts the alarm in any region; there it has no data for ever, and nobody is told of the failover that it was made for. A health check that names the wrong region follows an alarm that does not exist.",
  sources: [
    {
      title: "Route 53 developer guide, monitoring health checks using CloudWatch: metrics in us-east-1 only",
      url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-health-checks.html",
    },
    {
      title: "CloudFront developer guide, types of metrics: us-east-1 must be used",
      url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html",
    },
    {
      title: "Route 53 API reference, AlarmIdentifier: region and name of the alarm",
      url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_AlarmIdentifier.html",
    },
  ],
  lever:
    "Give the alarm `region: us-east-1` or a provider there, with the SNS topics of its actions in the same region; set `cloudwatchAlarmRegion` to the region of the alarm. Neither has a price. An alarm about a failover away from us-east-1 is itself in the failing region: watch the standby's own metrics in its region too.",
  whenUnknown:
    "A namespace or a region that is computed from a resource which does not exist yet is an advisory at preview and judged again at `pulumi up`. A region that nothing tells (no provider, no ARN) is unknown, not us-east-1.",
  limits: [
    "Composite alarms are not judged: they combine alarms of their own region, each of which is judged where it is written.",
    "Other namespaces that one region holds, such as AWS/Billing, are judged only where usEast1Namespaces names them; AWS/Route53Resolver exists in every region.",
    "An alarm in another stack, and one made by hand, is not seen.",
    "Alarms in other partitions (AWS China, GovCloud and the like) are not judged: they have no us-east-1, and where these metrics are there is not known to the rule.",
    "Dashboards and metric streams on these metrics are not judged.",
  ],
  whenNotToUse:
    "Where Route 53 or CloudFront metrics are copied into another region under their own namespace; then disable it and watch that copy.",
};
