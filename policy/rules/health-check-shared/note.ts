import { checkPriceText } from "../../prices/route53-price";
import type { RuleNote } from "../../rule";

export const note: RuleNote = {
  refuses:
    "One health check on the PRIMARY and on the SECONDARY of a name, or on members of a weighted, multivalue or other set that answer with different targets; also where calculated checks of the two follow the same child. Advice: a health check that no record, calculated check or alarm uses.",
  why: "A shared check turns both sides unhealthy together. Route 53 then answers the PRIMARY, or every member of the set, as if all were healthy: the check is paid for, shows red, and moves no client. A check attached to nothing is paid for as well.",
  sources: [
    {
      title: "Route 53 developer guide, how Route 53 chooses records when health checking is configured",
      url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html",
    },
    {
      title: "Route 53 API reference, ResourceRecordSet, HealthCheckId and Failover",
      url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html",
    },
  ],
  lever: `Remove \`healthCheckId\` from the SECONDARY, which is free: it is then the last resort that is always answered. Or give each side a check of its own host name; an HTTPS check at 10 s costs ${checkPriceText("aws", 2)} for an endpoint in AWS and ${checkPriceText("other", 2)} for another. A and AAAA records of one side may share theirs.`,
  whenUnknown:
    "At the first preview a check of the same stack has no id; it is joined by what `healthCheckId` was computed from. An id from elsewhere that is not known is reported as an advisory at preview and judged again at `pulumi up`, where the other side has a check too. Where nothing will ever tell it, it is refused at the rule's level.",
  limits: [
    "Two checks that probe the same endpoint are two checks here.",
    "A check that another stack uses, through an output of this one, looks attached to nothing; that is advice only.",
    "Records of other stacks that use the same check are not seen.",
  ],
  whenNotToUse:
    "Where a calculated check on each side rightly counts one common check; name that one in `sharedOnPurpose` rather than disabling the rule.",
};
