import { asWritten } from "./as-written";
import type { FailoverPlan, HealthCheck, RecordSet } from "./failover-plan";
import { isEndpointCheck } from "./health-check";
import { ADDRESS_TARGETS, hostOfAddress, hostOfInterface, NETWORK_INTERFACE } from "./interface-join";
import { isPresent, stringAt, stringListAt } from "./property";
import { mayAnswer } from "./relative-name";
import type { StackJoins } from "./stack-joins";
import type { StackResource } from "./stack-resource";
import { isUnknown, type MaybeUnknown } from "./unknown";

const INSTANCE = "aws:ec2/instance:Instance";
const ELASTIC_IP = "aws:ec2/eip:Eip";
const ASSOCIATION = "aws:ec2/eipAssociation:EipAssociation";

/**
 * What a health check of the stack probes, as far as it is an instance or a load balancer of the stack, or a network
 * interface with which none of its instances starts.
 */
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

/** Every check of the stack that probes, or may probe, such a host of it, in the checks' order. */
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
  private readonly byAddress = new Map<string, Found>();
  private readonly byName = new Map<string, Found>();
  private readonly bySource = new Map<string, Found>();
  /** Records that lead to a host, of names that only their zones' names would complete. */
  private readonly nameless: { readonly record: RecordSet; readonly found: Found }[] = [];

  constructor(
    plan: FailoverPlan,
    private readonly joins: StackJoins,
  ) {
    for (const instance of joins.ofType(INSTANCE)) this.addInstance(instance);
    for (const one of joins.ofType(NETWORK_INTERFACE)) this.addInterface(one);
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
      return this.byAddress.get(ipAddress.toLowerCase());
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
    return target.values.map((value) => this.byAddress.get(value)).find((each) => each !== undefined);
  }

  private addInstance(instance: StackResource): void {
    this.bySource.set(instance.urn, { host: instance });
    this.addAddress(stringAt(instance.properties, "publicIp"), { host: instance });
    this.addIpv6(instance, { host: instance });
  }

  private addInterface(one: StackResource): void {
    const found = { host: hostOfInterface(one, this.joins) };
    this.bySource.set(one.urn, found);
    this.addIpv6(one, found);
  }

  private addIpv6({ properties }: StackResource, found: Found): void {
    const addresses = stringListAt(properties, "ipv6Addresses");
    if (addresses === undefined || isUnknown(addresses)) return;
    for (const address of addresses) this.addAddress(address, found);
  }

  private addElasticIps(): void {
    for (const address of this.joins.ofType(ELASTIC_IP)) this.addElasticIp(address, address);
    const loose: StackResource[] = [];
    for (const association of this.joins.ofType(ASSOCIATION)) {
      const addresses = this.joins.references(association, "allocationId", ELASTIC_IP);
      const [address] = addresses.found;
      if (address) this.addElasticIp(address, association);
      else if (addresses.outside.some(isUnknown)) loose.push(association);
    }
    for (const address of this.joins.ofType(ELASTIC_IP)) {
      const path = untoldTarget(address);
      if (path !== undefined) this.addUntold(address, address, path);
    }
    const [any] = loose;
    if (!any) return;
    // An association whose address nothing tells may be of any that has no host so far.
    for (const address of this.joins.ofType(ELASTIC_IP)) this.addUntold(address, any, "allocationId");
  }

  /** @param told the address itself or an association of it, whichever says what the address is of. */
  private addElasticIp(address: StackResource, told: StackResource): void {
    const host = hostOfAddress(told, this.joins);
    if (host) {
      this.bySource.set(address.urn, { host });
      this.addAddress(stringAt(address.properties, "publicIp"), { host });
    } else if (told.type === ASSOCIATION) {
      const path = untoldTarget(told);
      if (path !== undefined) this.addUntold(address, told, path);
    }
  }

  private addUntold(address: StackResource, { urn }: StackResource, path: string): void {
    if (this.bySource.has(address.urn)) return;
    this.bySource.set(address.urn, { urn, path });
    const text = stringAt(address.properties, "publicIp");
    if (typeof text === "string" && !this.byAddress.has(text)) this.addAddress(text, { urn, path });
  }

  private addAddress(address: MaybeUnknown<string> | undefined, found: Found): void {
    if (typeof address === "string" && address !== "") this.byAddress.set(address.toLowerCase(), found);
  }
}

/**
 * The first property that does not tell yet what an address is of. An address may be of nothing, so one of its own
 * counts only where the program gave it; an association is of something in any case.
 */
function untoldTarget(told: StackResource): string | undefined {
  const { instance, networkInterface } = ADDRESS_TARGETS[told.type as keyof typeof ADDRESS_TARGETS];
  const readings = told.type === ASSOCIATION ? [asWritten(told), told] : [asWritten(told)];
  for (const { properties } of readings) {
    const path = [instance, networkInterface].find((name) => isUnknown(properties[name]));
    if (path !== undefined) return path;
    // What is written and known is of another stack, so what the provider fills in besides tells nothing more.
    if (isPresent(properties[instance]) || isPresent(properties[networkInterface])) return undefined;
  }
  return undefined;
}
