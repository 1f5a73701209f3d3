import { answeringPlaces } from "../../../model/answering-places";
import { closedApiNames } from "../../../model/endpoints-from-resources";
import type { Endpoint, FailoverPlan } from "../../../model/failover-plan";
import type { EndpointCheckType } from "../../../model/health-check";
import { type ProbedHost, probedHosts } from "../../../model/probed-hosts";
import { publicPlan } from "../../../model/public-records";
import type { StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { type UnansweredName, unansweredName } from "../../../model/unanswered-name";
import { isUnknown, type Properties } from "../../../model/unknown";
import { advise, fail, resourceTitle, unknown } from "../../judgement";
import type { Judgement, Phase } from "../../rule";
import { ProbedServices } from "./probed-service";
import type { HealthCheckEndpointSettings } from "./rule";

/** What a stack tells about host names, indexed once for all checks. */
export interface StackNames {
  readonly endpointKinds: ReadonlyMap<string, Endpoint["kind"]>;
  /** Name -> the IPv4 addresses that the stack's own A records answer with; absent where any is unknown. */
  readonly addresses: ReadonlyMap<string, readonly string[]>;
  /** Where nothing of the stack answers for a name of a zone that the stack fills. */
  unanswered(fqdn: string): UnansweredName | undefined;
  /** Elastic IPs of the stack's instances: AWS gives them out, and every one of them is public. */
  readonly elasticAddresses: ReadonlySet<string>;
  /** By the check's URN: what it probes of the stack's instances and load balancers. */
  readonly probed: ReadonlyMap<string, ProbedHost>;
  readonly services: ProbedServices;
  /** By their own host names: APIs that have them turned off, or may. */
  readonly closedApis: ReadonlyMap<string, StackResource>;
  /** Where a name leads, itself among it, through simple records of public zones. */
  leadsTo(name: string): ReadonlySet<string>;
  readonly joins: StackJoins;
}

/** One endpoint check under judgement; every finding about it is made here, so that all bear the same title. */
export class CheckedResource {
  constructor(
    readonly urn: string,
    readonly name: string,
    readonly type: EndpointCheckType,
    readonly properties: Properties,
    readonly names: StackNames,
    readonly settings: HealthCheckEndpointSettings,
    private readonly phase: Phase,
  ) {}

  get title(): string {
    return `${this.type} health check "${this.name}"`;
  }

  get isHttps(): boolean {
    return this.type === "HTTPS" || this.type === "HTTPS_STR_MATCH";
  }

  get matchesString(): boolean {
    return this.type === "HTTP_STR_MATCH" || this.type === "HTTPS_STR_MATCH";
  }

  fail(path: string, what: string): Judgement[] {
    return [fail(this.urn, path, `${this.title} ${what}`)];
  }

  advise(path: string, what: string): Judgement[] {
    return [advise(this.urn, path, `${this.title} ${what}`)];
  }

  unknown(path: string): Judgement[] {
    return [unknown(this.urn, path, this.title, this.phase)];
  }

  /** Of what it probes. */
  unknownOf(urn: string, path: string): Judgement[] {
    return [unknown(urn, path, `${resourceTitle(urn)}, which ${this.title} probes`, this.phase)];
  }
}

export function namesOf(plan: FailoverPlan, joins: StackJoins): StackNames {
  const endpointKinds = new Map<string, Endpoint["kind"]>();
  for (const { kind, hostNames, dnsTargets } of plan.endpoints) {
    for (const name of [...hostNames, ...dnsTargets])
      if (!endpointKinds.has(name)) endpointKinds.set(name, kind);
  }
  const elasticAddresses = new Set(
    plan.endpoints.flatMap((endpoint) => (endpoint.kind === "instance" ? endpoint.addresses : [])),
  );
  const addresses = new Map<string, string[]>();
  const untold = new Set<string>();
  for (const { name, type, target } of plan.recordSets) {
    if (isUnknown(name)) continue;
    const told =
      type === "A" && target.kind === "values" && !isUnknown(target.values) ? target.values : undefined;
    const known = addresses.get(name);
    if (told && known) known.push(...told);
    else if (told) addresses.set(name, [...told]);
    else if (type !== "AAAA") untold.add(name);
  }
  for (const name of untold) addresses.delete(name);
  const probed = new Map(probedHosts(plan, joins).map((each) => [each.check.urn, each]));
  const unanswered = (fqdn: string) => unansweredName(plan, fqdn, "A");
  const services = new ProbedServices(plan, joins);
  const closedApis = closedApiNames(joins);
  const places = answeringPlaces(publicPlan(plan));
  const leadsTo = (name: string) => places.ofName(name);
  return {
    endpointKinds,
    addresses,
    unanswered,
    elasticAddresses,
    probed,
    services,
    closedApis,
    leadsTo,
    joins,
  };
}
