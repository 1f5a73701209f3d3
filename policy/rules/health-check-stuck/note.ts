import type { RuleNote } from "../../rule";

export const note: RuleNote = {
  refuses:
    "A health check that cannot turn both ways by what it measures: disabled (always healthy), inverted (healthy while its endpoint is down), both (always unhealthy), a CLOUDWATCH_METRIC check that calls missing data healthy, one that follows an alarm which Route 53 does not support (a period under 60 seconds, an `extendedStatistic`, a `datapointsToAlarm` other than its `evaluationPeriods`, `metricQueries`), a CALCULATED check with a `childHealthThreshold` of 0 (always healthy), above the number of its children (never healthy) or not set. Advice: a CLOUDWATCH_METRIC check that keeps its last known status.",
  why: "The switches are thrown by hand during maintenance and forgotten, and nothing shows it until the day of the failure. A region that is gone sends no metrics, so a check that takes no data for health stays healthy just then; the last known status does so too when the region goes at once. Route 53 reads an alarm's data itself, one metric of standard resolution by one of five statistics, and knows neither metric math nor M out of N; CloudWatch takes such an alarm, it may turn while the check does not, and no time to the failover follows from it.",
  sources: [
    {
      title: "Route 53 API reference, UpdateHealthCheck, Disabled, Inverted and HealthThreshold",
      url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateHealthCheck.html",
    },
    {
      title: "Route 53 API reference, AlarmIdentifier: resolution and statistics of the alarm",
      url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_AlarmIdentifier.html",
    },
    {
      title: "Route 53 developer guide, values that you specify when you create or update health checks",
      url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html",
    },
  ],
  lever:
    "Set `disabled` and `invertHealthcheck` to false, `insufficientDataHealthStatus` to Unhealthy, `childHealthThreshold` to the number of children that must be healthy. Give the alarm behind a check one metric of its own with `period` 60 or more, one of the five values of `statistic` and no `datapointsToAlarm`; a check takes its alarm's settings over when it is made or updated, so change its `triggers` with them. All change in place, and none raises the price: a disabled check is billed like any other, an alarm of standard resolution costs less than one of high. To take traffic away on purpose, invert the check, do not disable it.",
  whenUnknown:
    "A switch or threshold that is computed from a resource which does not exist yet is reported as an advisory at preview and judged again at `pulumi up`. Children that do not exist yet are counted. Where nothing will ever tell the value, it is refused at the rule's level.",
  limits: [
    "Switches thrown in the console are seen after `pulumi refresh` only.",
    "Of the alarm behind a CLOUDWATCH_METRIC check only those settings are judged, in this stack: whether its metric and threshold ever turn it is not, and a metric of high resolution with a period of 60 or more is not recognised.",
    "A RECOVERY_CONTROL check is meant to be turned by a person and passes.",
  ],
  whenNotToUse:
    "Where a person moves the traffic with an inverted check on an object in the standby's region; name that check in `invertedOnPurpose`, here and in `failover-rto`, rather than disabling the rule.",
};
