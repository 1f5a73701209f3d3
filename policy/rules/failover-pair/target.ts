import { normalizeDnsName } from "../../../model/dns-name";
import type { FailoverPlan, RecordSet } from "../../../model/failover-plan";
import { holdsAddresses, sharedAddress } from "../../../model/record-addresses";
import { parseUrn } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import { fail, recordTitle } from "../../judgement";
import type { Judgement } from "../../rule";
import type { FailoverMember } from "./side";

/** Two sides with one target are one side: whichever record is answered, clients go to the same place. */
export function judgeTargets(members: readonly FailoverMember[], plan: FailoverPlan): Judgement[] {
  const primary = members.find(({ role }) => role === "PRIMARY")?.record;
  const secondary = members.find(({ role }) => role === "SECONDARY")?.record;
  if (primary === undefined || secondary === undefined) return [];
  // A SECONDARY of some of the PRIMARY's addresses may be what is left of them.
  const isHeld = holdsAddresses(plan, primary, secondary);
  const shared =
    sharedTarget(primary, secondary) ?? (isHeld ? sharedAddress(plan, primary, secondary) : undefined);
  if (shared === undefined) return [];
  return [
    fail(
      secondary.urn,
      secondary.target.kind === "alias" ? "aliases[0].name" : "records",
      `${recordTitle(secondary)} leads where its PRIMARY does: both sides lead to ${shared}, so a failover changes ` +
        "nothing; allowed: a target of its own for each side; lead the SECONDARY to the standby (a record costs " +
        "nothing while idle)",
    ),
  ];
}

/** What both lead to, as far as either the names or the stack's own endpoints tell it. */
function sharedTarget(primary: RecordSet, secondary: RecordSet): string | undefined {
  const names = targetNames(primary);
  if (names !== undefined && names === targetNames(secondary)) return names;
  const { endpoint } = primary;
  if (endpoint === undefined || endpoint !== secondary.endpoint) return undefined;
  const { type, name } = parseUrn(endpoint);
  return `${name} (${type})`;
}

function targetNames({ target }: RecordSet): string | undefined {
  if (target.kind === "alias") return isUnknown(target.dnsName) ? undefined : target.dnsName;
  if (isUnknown(target.values) || target.values.length === 0) return undefined;
  return [...new Set(target.values.map(normalizeDnsName))].sort().join(", ");
}
