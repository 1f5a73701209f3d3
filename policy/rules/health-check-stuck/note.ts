import type { RuleNote } from "../../rule";

export const note: RuleNote = {
  refuses:
    "A health check that cannot turn both ways by what it measures: disabled (always healthy), inverted (healthy while its endpoint is down), both (always unhealthy), a CLOUDWATCH_METRIC check that calls missing data healthy, a CALCULATED check with a `childHealthThreshold` of 0 (always healthy), above the number of its children (never healthy) or not set. Advice: a CLOUDWATCH_METRIC check that keeps its last known status.",
  why: "The switches are thrown by hand during maintenance and forgotten, and nothing shows it until the day of the failure. A region that is gone sends no metrics, so a check that takes no data for health stays healthy just then; the last known status does so too when the region goes at once.",
  sources: [
    {
      title: "Route 53 API reference, UpdateHealthCheck, Disabled, Inverted and HealthThreshold",
      url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateHealthCheck.html",
    },
    {
      title: "Route 53 developer guide, values that you specify when you create or update health checks",
      url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html",
    },
  ],
  lever:
    "Set `disabled` and `invertHealthcheck` to false, `insufficientDataHealthStatus` to Unhealthy, `childHealthThreshold` to the number of children that must be healthy. All change in place, and none changes the price: a disabled check is billed like any other. To take traffic away on purpose, invert the check, do not disable it.",
  whenUnknown:
    "A switch or threshold that is computed from a resource which does not exist yet is reported as an advisory at preview and judged again at `pulumi up`. Children that do not exist yet are counted. Where nothing will ever tell the value, it is refused at the rule's level.",
  limits: [
    "Switches thrown in the console are seen after `pulumi refresh` only.",
    "Whether an alarm behind a CLOUDWATCH_METRIC check can turn at all is not judged.",
    "A RECOVERY_CONTROL check is meant to be turned by a person and passes.",
  ],
  whenNotToUse:
    "Where a person moves the traffic with an inverted check on an object in the standby's region; name that check in `invertedOnPurpose` rather than disabling the rule.",
};
