import type { FailoverPlan, HealthCheck } from "../../../model/failover-plan";
import { isEndpointCheck } from "../../../model/health-check";
import { stringAt, stringListAt } from "../../../model/property";
import type { StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown } from "../../../model/unknown";

const INSTANCE = "aws:ec2/instance:Instance";
const ELASTIC_IP = "aws:ec2/eip:Eip";
const ASSOCIATION = "aws:ec2/eipAssociation:EipAssociation";

/** A health check and the thing behind security groups that it probes. */
export interface ProbedHost {
  readonly check: HealthCheck;
  readonly host: StackResource;
}

/** Every check of the stack that probes an instance or a load balancer of the stack, in the checks' order. */
export function probedHosts(plan: FailoverPlan, joins: StackJoins): ProbedHost[] {
  const hosts = new Hosts(plan, joins);
  return plan.healthChecks.flatMap((check) => {
    if (!isUnknown(check.type) && !isEndpointCheck(check.type)) return [];
    const host = hosts.behind(check);
    return host ? [{ check, host }] : [];
  });
}

/** Finds a host by address, by name, or by what an unknown one was computed from. */
class Hosts {
  private readonly byAddress = new Map<string, StackResource>();
  private readonly byName = new Map<string, StackResource>();
  private readonly bySource = new Map<string, StackResource>();

  constructor(
    plan: FailoverPlan,
    private readonly joins: StackJoins,
  ) {
    this.addInstances();
    this.addElasticIps();
    const endpointHosts = new Map<string, StackResource>();
    for (const { urn, kind, hostNames, dnsTargets } of plan.endpoints) {
      const host = joins.byUrn.get(urn);
      if (!host || (kind !== "instance" && kind !== "load-balancer")) continue;
      endpointHosts.set(urn, host);
      this.bySource.set(urn, host);
      for (const name of [...hostNames, ...dnsTargets]) this.byName.set(name, host);
    }
    for (const { name, routing, endpoint, target } of plan.recordSets) {
      // A failover or weighted name leads to several hosts; only a simple record proves one.
      if (isUnknown(name) || routing.kind !== "simple" || this.byName.has(name)) continue;
      const values = target.kind === "values" && !isUnknown(target.values) ? target.values : [];
      const host =
        endpointHosts.get(endpoint ?? "") ??
        values.map((value) => this.byAddress.get(value)).find((found) => found !== undefined);
      if (host) this.byName.set(name, host);
    }
  }

  behind({ urn, ipAddress, fqdn }: HealthCheck): StackResource | undefined {
    // With an address, Route 53 probes the address, and the name is only the Host header.
    if (ipAddress !== undefined) return this.find(this.byAddress, ipAddress, urn, "ipAddress");
    return fqdn === undefined ? undefined : this.find(this.byName, fqdn, urn, "fqdn");
  }

  private find(
    known: ReadonlyMap<string, StackResource>,
    key: MaybeUnknown<string>,
    checkUrn: string,
    property: string,
  ): StackResource | undefined {
    if (!isUnknown(key)) return known.get(key.toLowerCase());
    const sources = this.joins.byUrn.get(checkUrn)?.propertyDependencies[property] ?? [];
    return sources.map((source) => this.bySource.get(source)).find((host) => host !== undefined);
  }

  private addInstances(): void {
    for (const instance of this.joins.ofType(INSTANCE)) {
      this.bySource.set(instance.urn, instance);
      const ipv6 = stringListAt(instance.properties, "ipv6Addresses");
      this.addAddress(stringAt(instance.properties, "publicIp"), instance);
      if (ipv6 !== undefined && !isUnknown(ipv6)) {
        for (const address of ipv6) this.addAddress(address, instance);
      }
    }
  }

  private addElasticIps(): void {
    for (const address of this.joins.ofType(ELASTIC_IP)) {
      const [instance] = this.joins.references(address, "instance", INSTANCE).found;
      if (instance) this.addElasticIp(address, instance);
    }
    for (const association of this.joins.ofType(ASSOCIATION)) {
      const [instance] = this.joins.references(association, "instanceId", INSTANCE).found;
      const [address] = this.joins.references(association, "allocationId", ELASTIC_IP).found;
      if (instance && address) this.addElasticIp(address, instance);
    }
  }

  private addElasticIp(address: StackResource, instance: StackResource): void {
    this.bySource.set(address.urn, instance);
    this.addAddress(stringAt(address.properties, "publicIp"), instance);
  }

  private addAddress(address: MaybeUnknown<string> | undefined, host: StackResource): void {
    if (address !== undefined && !isUnknown(address) && address !== "") {
      this.byAddress.set(address.toLowerCase(), host);
    }
  }
}
