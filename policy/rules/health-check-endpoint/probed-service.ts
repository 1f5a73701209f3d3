import { CHAIN_MAX } from "../../../model/answering-places";
import { normalizeDnsName } from "../../../model/dns-name";
import type { Endpoint, FailoverPlan, RecordSet } from "../../../model/failover-plan";
import { isInPrivateZone } from "../../../model/public-records";
import { mayAnswer } from "../../../model/relative-name";
import { serviceEndpoints } from "../../../model/service-endpoints";
import { ServiceNames } from "../../../model/service-names";
import type { StackJoins } from "../../../model/stack-joins";
import { isUnknown } from "../../../model/unknown";

/** A database, cache, API or the like of the stack that a check probes. */
export interface ProbedService {
  readonly service: Endpoint;
  /** URN of a record that leads there, where its name is not known and only may be the probed one. */
  readonly untoldName?: string;
}

/** Finds the service behind a check's name: its own, or one of a simple record, which proves where it leads. */
export class ProbedServices {
  private readonly services: ServiceNames;
  private readonly byName = new Map<string, RecordSet[]>();
  private readonly byUrn = new Map<string, RecordSet>();
  private readonly nameless: RecordSet[] = [];

  constructor(
    plan: FailoverPlan,
    private readonly joins: StackJoins,
  ) {
    const apis = plan.endpoints.filter(({ kind }) => kind === "api-gateway");
    this.services = new ServiceNames([...serviceEndpoints(joins), ...apis]);
    for (const record of plan.recordSets) {
      // Checkers ask public DNS.
      if (record.routing.kind !== "simple" || isInPrivateZone(plan, record)) continue;
      this.byUrn.set(record.urn, record);
      if (record.relativeName !== undefined) this.nameless.push(record);
      if (isUnknown(record.name)) continue;
      const known = this.byName.get(record.name);
      if (known) known.push(record);
      else this.byName.set(record.name, [record]);
    }
  }

  behind(fqdn: string): ProbedService | undefined {
    const name = normalizeDnsName(fqdn);
    const named = found(this.ofName(name, 0));
    if (named) return named;
    for (const record of this.nameless) {
      const service = mayAnswer(record, name) ? this.ofRecord(record, 0) : undefined;
      if (service) return { service, untoldName: record.urn };
    }
    return undefined;
  }

  private ofName(name: string, depth: number): Endpoint | undefined {
    const own = this.services.named(name);
    if (own || depth === CHAIN_MAX) return own;
    for (const record of this.byName.get(name) ?? []) {
      const service = this.ofRecord(record, depth);
      if (service) return service;
    }
    return undefined;
  }

  private ofRecord({ urn, target }: RecordSet, depth: number): Endpoint | undefined {
    if (target.kind === "alias") {
      return isUnknown(target.dnsName)
        ? this.computedFrom(urn, "aliases", depth)
        : this.ofName(normalizeDnsName(target.dnsName), depth + 1);
    }
    if (isUnknown(target.values)) return this.computedFrom(urn, "records", depth);
    const [first] = target.values;
    return first === undefined ? undefined : this.ofName(normalizeDnsName(first), depth + 1);
  }

  private computedFrom(urn: string, property: string, depth: number): Endpoint | undefined {
    const sources = this.joins.byUrn.get(urn)?.propertyDependencies[property] ?? [];
    const service = this.services.soleSource(sources);
    if (service || sources.length !== 1 || depth === CHAIN_MAX) return service;
    const record = this.byUrn.get(sources[0] ?? "");
    return record && this.ofRecord(record, depth + 1);
  }
}

function found(service: Endpoint | undefined): ProbedService | undefined {
  return service && { service };
}
