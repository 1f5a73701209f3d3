import { AnsweringPlaces, meet } from "../../../model/answering-places";
import type { FailoverPlan, HealthCheck, RecordSet } from "../../../model/failover-plan";
import { isEndpointCheck } from "../../../model/health-check";
import { isPrivateZone, recordGroups, zoneOfRecord } from "../../../model/record-groups";
import type { StackJoins } from "../../../model/stack-joins";
import { isUnknown } from "../../../model/unknown";

/** Tells whether the check of a PRIMARY watches the SECONDARY's side; every index is made once. */
export class ProbedSides {
  private readonly secondaries = new Map<string, RecordSet>();
  private readonly checks: ReadonlyMap<string, HealthCheck>;
  private readonly places: AnsweringPlaces;

  constructor(plan: FailoverPlan, joins: StackJoins) {
    this.checks = new Map(plan.healthChecks.map((check) => [check.urn, check]));
    // Checkers and visitors ask public zones only.
    const asked = plan.recordSets.filter((record) => !isPrivateZone(zoneOfRecord(record, joins), joins));
    this.places = new AnsweringPlaces(plan.endpoints, asked);
    for (const { records } of recordGroups(plan, joins).groups) {
      const primary = records.find((record) => hasRole(record, "PRIMARY"));
      const secondary = records.find((record) => hasRole(record, "SECONDARY"));
      if (primary && secondary) this.secondaries.set(primary.urn, secondary);
    }
  }

  /**
   * The host name or address that the check probes, where it surely leads to the SECONDARY and not to the
   * PRIMARY. An inverted check may watch the standby on purpose: there, what appears starts the failover.
   */
  standbysName(primary: RecordSet): string | undefined {
    const secondary = this.secondaries.get(primary.urn);
    if (secondary === undefined || primary.healthCheck.kind !== "check") return undefined;
    const check = this.checks.get(primary.healthCheck.urn);
    if (check === undefined || check.inverted !== false) return undefined;
    if (isUnknown(check.type) || !isEndpointCheck(check.type)) return undefined;
    const probed = check.ipAddress ?? check.fqdn;
    if (probed === undefined || isUnknown(probed)) return undefined;
    const own = this.places.ofRecord(primary);
    if (own.size === 0) return undefined;
    const places = this.places.ofName(probed);
    if (meet(places, own) || !meet(places, this.places.ofRecord(secondary))) return undefined;
    return probed;
  }
}

function hasRole({ routing }: RecordSet, role: string): boolean {
  return routing.kind === "failover" && routing.role === role;
}
