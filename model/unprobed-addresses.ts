import { type AnswerSet, memberName, setMembers, setWords } from "./answer-sets";
import { leavesOf } from "./answer-tree";
import { decidingChecks } from "./deciding-check";
import type { FailoverPlan, RecordSet } from "./failover-plan";
import { ipAddress } from "./ip-address";
import { isUnknown } from "./unknown";
import { withUrn } from "./urn-index";

/**
 * One line for each record of a set that answers with several addresses of which its checks probe only some: bound
 * and play are of the loss of all, and the loss of another address leaves the answer as it is.
 */
export function unprobedAddresses(plan: FailoverPlan, set: AnswerSet): string[] {
  const lines = setMembers(set).flatMap((member) => {
    return leavesOf(plan, member, "all").flatMap((leaf) => {
      const checks = [member, leaf].flatMap((record) => decidingChecks(plan, record));
      const probed = checks.flatMap((check) => keyOf(check.ipAddress) ?? []);
      const addresses = addressesOf(plan, leaf);
      const seen = addresses.filter((address) => probed.includes(address)).length;
      if (seen === 0 || seen === addresses.length) return [];
      return [
        `${setWords(set)}: the health check probes ${seen === 1 ? "one" : seen} of ${addresses.length} addresses of ` +
          `the ${memberName(leaf)} record; the loss of another is not seen`,
      ];
    });
  });
  return [...new Set(lines)];
}

/** The addresses of a record, each in one spelling; none where all are those of one endpoint, which is lost whole. */
function addressesOf(plan: FailoverPlan, { endpoint, target }: RecordSet): string[] {
  if (target.kind !== "values" || isUnknown(target.values)) return [];
  const own = withUrn(plan.endpoints, endpoint)?.addresses ?? [];
  if (target.values.every((value) => own.includes(value))) return [];
  return [...new Set(target.values.flatMap((value) => keyOf(value) ?? []))];
}

function keyOf(text: unknown): string | undefined {
  const address = typeof text === "string" ? ipAddress(text) : undefined;
  return address && `${address.family} ${address.bits}`;
}
