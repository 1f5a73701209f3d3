import type { FailoverPlan, HealthCheck, RecordSet } from "../../../model/failover-plan";
import { stringAt } from "../../../model/property";
import type { StackJoins } from "../../../model/stack-joins";
import { isUnknown } from "../../../model/unknown";

const RECORD = "aws:route53/record:Record";
/** Its id, unknown before it exists, is the custom name that it answers on. */
const DOMAIN_NAMES: readonly string[] = [
  "aws:apigatewayv2/domainName:DomainName",
  "aws:apigateway/domainName:DomainName",
];
/** Types beside the plan's endpoints whose computed names are AWS's own, never one that a zone of ours holds. */
const AWS_NAMED: readonly string[] = [
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:apprunner/service:Service",
  "aws:ec2/eip:Eip",
  "aws:elasticbeanstalk/environment:Environment",
  "aws:elb/loadBalancer:LoadBalancer",
  "aws:globalaccelerator/accelerator:Accelerator",
  "aws:lambda/functionUrl:FunctionUrl",
];

/** The name behind which a check looks for its endpoint. */
export type ProbedName =
  /** It probes an address or nothing of its own. */
  | { readonly kind: "none" }
  | { readonly kind: "name"; readonly name: string }
  /** Computed from a resource whose names AWS gives out; the check's name is not known, and not one of ours. */
  | { readonly kind: "aws"; readonly urn: string }
  /** Computed from a custom domain: its own name, or the one that AWS gives it. */
  | { readonly kind: "either"; readonly name: string }
  | { readonly kind: "unknown" };

export class ProbedNames {
  private readonly recordNames: ReadonlyMap<string, string>;
  private readonly endpointSources: ReadonlySet<string>;

  constructor(
    plan: FailoverPlan,
    private readonly joins: StackJoins,
  ) {
    this.recordNames = new Map(
      plan.recordSets.flatMap(({ urn, name }) => (isUnknown(name) ? [] : [[urn, name]])),
    );
    this.endpointSources = new Set(plan.endpoints.flatMap(({ sources }) => sources));
  }

  of({ urn, fqdn, ipAddress }: HealthCheck): ProbedName {
    // With an address, `fqdn` is only the Host header (API reference, FullyQualifiedDomainName).
    if (ipAddress !== undefined || fqdn === undefined) return { kind: "none" };
    if (!isUnknown(fqdn)) return { kind: "name", name: fqdn };
    const sources = this.joins.byUrn.get(urn)?.propertyDependencies.fqdn ?? [];
    const [only] = sources;
    return only === undefined || sources.length > 1 ? { kind: "unknown" } : this.computedFrom(only);
  }

  private computedFrom(urn: string): ProbedName {
    const recordName = this.recordNames.get(urn);
    const source = this.joins.byUrn.get(urn);
    if (source?.type === RECORD && recordName !== undefined) return { kind: "name", name: recordName };
    if (source && DOMAIN_NAMES.includes(source.type)) {
      const custom = stringAt(source.properties, "domainName");
      return typeof custom === "string" ? { kind: "either", name: custom } : { kind: "unknown" };
    }
    return this.isAwsNamed(urn) ? { kind: "aws", urn } : { kind: "unknown" };
  }

  /** Whether a record's unknown target is a name of AWS's, which leads to no record of ours. */
  leadsToAws(record: RecordSet): boolean {
    const sources = this.sourcesOf(record);
    return (
      sources.length > 0 && sources.every((source) => this.isAwsNamed(source) || this.isDomainName(source))
    );
  }

  /** What a record's target was computed from. */
  sourcesOf({ urn, target }: RecordSet): readonly string[] {
    const property = target.kind === "alias" ? "aliases" : "records";
    return this.joins.byUrn.get(urn)?.propertyDependencies[property] ?? [];
  }

  private isAwsNamed(urn: string): boolean {
    return this.endpointSources.has(urn) || AWS_NAMED.includes(this.joins.byUrn.get(urn)?.type ?? "");
  }

  private isDomainName(urn: string): boolean {
    return DOMAIN_NAMES.includes(this.joins.byUrn.get(urn)?.type ?? "");
  }
}
