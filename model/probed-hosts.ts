import type { FailoverPlan, HealthCheck, RecordSet } from "./failover-plan";
import { isEndpointCheck } from "./health-check";
import { stringAt, stringListAt } from "./property";
import { mayAnswer } from "./relative-name";
import type { StackJoins } from "./stack-joins";
import type { StackResource } from "./stack-resource";
import { isUnknown, type MaybeUnknown } from "./unknown";

const INSTANCE = "aws:ec2/instance:Instance";
const ELASTIC_IP = "aws:ec2/eip:Eip";
const ASSOCIATION = "aws:ec2/eipAssociation:EipAssociation";

/** What a health check of the stack probes, as far as it is an instance or a load balancer of the stack. */
export type ProbedHost =
  | { readonly kind: "host"; readonly check: HealthCheck; readonly host: StackResource }
  /** It may be one; the first value that is not known, and which host it may be where that is told. */
  | {
      readonly kind: "untold";
      readonly check: HealthCheck;
      readonly urn: string;
      readonly path: string;
      readonly host?: StackResource;
    };

type Found =
  | { readonly host: StackResource }
  | { readonly urn: string; readonly path: string; readonly host?: StackResource };

/** Every check of the stack that probes, or may probe, an instance or a load balancer of it, in the checks' order. */
export function probedHosts(plan: FailoverPlan, joins: StackJoins): ProbedHost[] {
  const hosts = new Hosts(plan, joins);
  return plan.healthChecks.flatMap((check): ProbedHost[] => {
    if (!isUnknown(check.type) && !isEndpointCheck(check.type)) return [];
    const found = hosts.behind(check);
    if (found === undefined) return [];
    return "urn" in found ? [{ kind: "untold", check, ...found }] : [{ kind: "host", check, ...found }];
  });
}

/** Finds a host by address, by name, or by what an unknown one was computed from. */
class Hosts {
  private readonly byAddress = new Map<string, StackResource>();
  private readonly byName = new Map<string, Found>();
  private readonly bySource = new Map<string, Found>();
  /** Records that lead to a host, of names that only their zones' names would complete. */
  private readonly nameless: { readonly record: RecordSet; readonly found: Found }[] = [];

  constructor(
    plan: FailoverPlan,
    private readonly joins: StackJoins,
  ) {
    for (const instance of joins.ofType(INSTANCE)) this.addInstance(instance);
    this.addElasticIps();
    for (const { urn, kind, hostNames, dnsTargets } of plan.endpoints) {
      const host = joins.byUrn.get(urn);
      if (!host || (kind !== "instance" && kind !== "load-balancer")) continue;
      this.bySource.set(urn, { host });
      for (const name of [...hostNames, ...dnsTargets]) this.byName.set(name, { host });
    }
    for (const record of plan.recordSets) this.addRecord(record);
  }

  behind({ urn, ipAddress, fqdn }: HealthCheck): Found | undefined {
    // With an address, Route 53 probes the address, and the name is only the Host header.
    if (ipAddress !== undefined) {
      if (isUnknown(ipAddress)) return this.computedFrom(urn, "ipAddress");
      const host = this.byAddress.get(ipAddress.toLowerCase());
      return host && { host };
    }
    if (fqdn === undefined) return undefined;
    if (isUnknown(fqdn)) return this.computedFrom(urn, "fqdn");
    const named = this.byName.get(fqdn.toLowerCase());
    if (named) return named;
    const maybe = this.nameless.find(({ record }) => mayAnswer(record, fqdn));
    return (
      maybe && {
        urn: maybe.record.urn,
        path: "name",
        ...("host" in maybe.found && { host: maybe.found.host }),
      }
    );
  }

  private computedFrom(urn: string, property: string): Found | undefined {
    const sources = this.joins.byUrn.get(urn)?.propertyDependencies[property] ?? [];
    return sources.map((source) => this.bySource.get(source)).find((found) => found !== undefined);
  }

  /** A failover or weighted name leads to several hosts; only a simple record proves one. */
  private addRecord(record: RecordSet): void {
    const { urn, name, routing } = record;
    if (routing.kind !== "simple" || (!isUnknown(name) && this.byName.has(name))) return;
    const found = this.ledTo(record);
    if (!found) return;
    this.bySource.set(urn, found);
    if (!isUnknown(name)) this.byName.set(name, found);
    else if (record.relativeName !== undefined) this.nameless.push({ record, found });
  }

  private ledTo({ urn, endpoint, target }: RecordSet): Found | undefined {
    const joined = endpoint === undefined ? undefined : this.bySource.get(endpoint);
    if (joined) return joined;
    if (target.kind !== "values") return undefined;
    if (isUnknown(target.values)) return this.computedFrom(urn, "records");
    const host = target.values.map((value) => this.byAddress.get(value)).find((each) => each !== undefined);
    return host && { host };
  }

  private addInstance(instance: StackResource): void {
    this.bySource.set(instance.urn, { host: instance });
    const ipv6 = stringListAt(instance.properties, "ipv6Addresses");
    this.addAddress(stringAt(instance.properties, "publicIp"), instance);
    if (ipv6 !== undefined && !isUnknown(ipv6)) {
      for (const address of ipv6) this.addAddress(address, instance);
    }
  }

  private addElasticIps(): void {
    for (const address of this.joins.ofType(ELASTIC_IP)) {
      const [instance] = this.joins.references(address, "instance", INSTANCE).found;
      if (instance) this.addElasticIp(address, instance);
    }
    const loose: StackResource[] = [];
    for (const association of this.joins.ofType(ASSOCIATION)) {
      const [instance] = this.joins.references(association, "instanceId", INSTANCE).found;
      const addresses = this.joins.references(association, "allocationId", ELASTIC_IP);
      const [address] = addresses.found;
      if (instance && address) this.addElasticIp(address, instance);
      else if (address) this.addUntold(address, association, "instanceId");
      else if (addresses.outside.some(isUnknown)) loose.push(association);
    }
    const [any] = loose;
    if (!any) return;
    // An association whose address nothing tells may be of any that has no instance so far.
    for (const address of this.joins.ofType(ELASTIC_IP)) this.addUntold(address, any, "allocationId");
  }

  private addElasticIp(address: StackResource, instance: StackResource): void {
    this.bySource.set(address.urn, { host: instance });
    this.addAddress(stringAt(address.properties, "publicIp"), instance);
  }

  private addUntold(address: StackResource, { urn, properties }: StackResource, path: string): void {
    if (this.bySource.has(address.urn) || !isUnknown(properties[path])) return;
    this.bySource.set(address.urn, { urn, path });
  }

  private addAddress(address: MaybeUnknown<string> | undefined, host: StackResource): void {
    if (typeof address === "string" && address !== "") this.byAddress.set(address.toLowerCase(), host);
  }
}
