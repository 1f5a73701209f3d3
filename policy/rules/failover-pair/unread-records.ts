import type { StackResource } from "../../../model/stack-resource";
import { TRAFFIC_POLICY, unreadFailovers } from "../../../model/unread-failover";
import { fail, resourceTitle, unknown } from "../../judgement";
import { policyRecordPriceText } from "../../prices/route53-price";
import type { Judgement, Phase } from "../../rule";

/**
 * Failover records that no rule of the pack reads. Passing over them would say of a failover that nobody looked at
 * that nothing is wrong with it.
 */
export function judgeUnread(resources: readonly StackResource[], phase: Phase): Judgement[] {
  return unreadFailovers(resources).map(({ resource: { urn, type }, path, isCertain }) => {
    const title = resourceTitle(urn);
    if (!isCertain) return unknown(urn, path, title, phase);
    const saved =
      type === TRAFFIC_POLICY ? `saves ${policyRecordPriceText()} for each policy record` : "free";
    return fail(
      urn,
      path,
      `${title} keeps failover records where no rule reads them, so nothing is known of that failover; allowed: ` +
        `aws.route53.Record; declare each of them as one (${saved})`,
    );
  });
}
