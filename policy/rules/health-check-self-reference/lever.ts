import { normalizeDnsName } from "../../../model/dns-name";
import type { RecordSet } from "../../../model/failover-plan";
import { isUnknown } from "../../../model/unknown";

/**
 * What to probe instead: the host name or the address that the record itself points at.
 * @param follows whether a host name leads back to the record's own name.
 */
export function leverText(record: RecordSet, follows: (hostName: string) => boolean): string {
  const { target, routing } = record;
  const side = routing.kind === "failover" && !isUnknown(routing.role) ? routing.role : "record";
  const own = `set fqdn to the ${side}'s own host name`;
  const targets = target.kind === "values" && !isUnknown(target.values) ? target.values : [];
  if (record.type === "A" && targets[0] !== undefined) {
    return `${own} (in place), or probe its address: ipAddress ${targets[0]} (replaces the check)`;
  }
  const hostName = targets.map(normalizeDnsName).find((candidate) => !follows(candidate));
  return record.type === "CNAME" && hostName !== undefined
    ? `${own}, ${hostName} (in place)`
    : `${own} (in place)`;
}
