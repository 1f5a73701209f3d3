import { checkPriceText } from "../../prices/route53-price";
import type { RuleNote } from "../../rule";

export const note: RuleNote = {
  refuses:
    "A PRIMARY failover record without a health check, or with one that surely probes something else than the PRIMARY's own endpoint. EvaluateTargetHealth alone is accepted on a load balancer and on records that all have health checks, and nowhere else.",
  why: "Route 53 takes a record without a health check for healthy for ever, so the pair never fails over. EvaluateTargetHealth looks like a health check but gives no operational benefit on API Gateway and S3, where it fails only when the service itself is away in the region, and CloudFront does not take it.",
  sources: [
    {
      title: "Route 53 API reference, AliasTarget, EvaluateTargetHealth",
      url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html",
    },
    {
      title: "Route 53 developer guide, how Route 53 chooses records when health checking is configured",
      url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html",
    },
  ],
  lever: `Attach an HTTPS health check of the primary's own host name, never of the failover name, with \`healthCheckId\`. At 10 s x 3 it costs ${checkPriceText("aws", 2)} for an endpoint in AWS and ${checkPriceText("other", 2)} for another; at 30 s a dollar or two less.`,
  whenUnknown:
    "At the first preview a check of the same stack has no id yet; the record is joined to it by what its `healthCheckId` was computed from, so that is a pass and not an unknown. An id that is computed from elsewhere is reported as an advisory at preview and judged again at `pulumi up`. So is a name or an address to probe, unless it is computed from an endpoint or a record of the stack, which tells where it leads.",
  limits: [
    "A TCP check on port 80 or 443 is an advisory: it sees a connection that fails and no error that is answered over one. On other ports nothing says that a better check is to be had.",
    "A check of another stack is accepted by its id; `failover-rto` then refuses the pair, because its timing cannot be read.",
    "Whether the check probes something that tells the truth is judged only so far: where names, addresses or the stack's own endpoints show that it probes the SECONDARY, what another record leads to, an endpoint in the region of another side or an address at which the PRIMARY leads nobody, it is refused. A name that leads outside the stack may be the PRIMARY's own and passes, and so does an endpoint to which no record leads: it may stand behind the PRIMARY's, as an origin or a target does, or watch it. Calculated and inverted checks, and those of an alarm, are left to `failover-rto`.",
    "An empty target group behind a load balancer is documented as unhealthy and reported by users as healthy.",
  ],
  whenNotToUse:
    "Where a person switches the pair on purpose, through a recovery control; that control is a health check too, so the rule passes with it.",
};
