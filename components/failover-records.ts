import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "./child-options";

/** One side of the pair: what an alias points at, and the host name that a CNAME points at. */
export interface FailoverSide {
  readonly aliasTarget: { readonly dnsName: pulumi.Input<string>; readonly zoneId: pulumi.Input<string> };
  readonly hostName: string;
  /** Tells the two records apart in Route 53; changing it replaces the record. */
  readonly setIdentifier: string;
}

/**
 * DNS has no CNAME beside other records of a name, and Pulumi creates before it deletes: to change the kind of a
 * live pair, delete it first (`pulumi destroy --target '**::failover-*'`); the name is unanswered until `up`.
 */
export type FailoverRecordKind =
  /** A and AAAA to AWS's own names: free queries, cached for 60 s whatever one does. */
  | { readonly kind: "alias" }
  /** Below the zone's apex only: billed queries, and a TTL of one's own. */
  | { readonly kind: "cname"; readonly ttlSeconds: number };

export interface FailoverRecordsArgs {
  readonly zoneId: pulumi.Input<string>;
  /** The full name that fails over. */
  readonly name: string;
  readonly records: FailoverRecordKind;
  readonly primary: FailoverSide;
  readonly standby: FailoverSide;
  /** Check of the primary. The standby has none: it is the last resort and is always answered. */
  readonly healthCheckId: pulumi.Input<string>;
}

/** A record of the pair, for readers of the outputs. */
export interface FailoverRecordName {
  readonly name: string;
  readonly type: "A" | "AAAA" | "CNAME";
  readonly role: "PRIMARY" | "SECONDARY";
  readonly setIdentifier: string;
}

/** Which records a name needs, in the order of their creation; the component adds only values of AWS. */
export function failoverRecordNames(
  args: Pick<FailoverRecordsArgs, "name"> & {
    readonly records: FailoverRecordKind;
    readonly primary: Pick<FailoverSide, "setIdentifier">;
    readonly standby: Pick<FailoverSide, "setIdentifier">;
  },
): FailoverRecordName[] {
  const types = args.records.kind === "alias" ? (["A", "AAAA"] as const) : (["CNAME"] as const);
  return types.flatMap((type) => [
    { name: args.name, type, role: "PRIMARY" as const, setIdentifier: args.primary.setIdentifier },
    { name: args.name, type, role: "SECONDARY" as const, setIdentifier: args.standby.setIdentifier },
  ]);
}

/** PRIMARY and SECONDARY of one name. Nothing here is called at failover: Route 53's data plane does it. */
export class FailoverRecords extends pulumi.ComponentResource {
  readonly records: readonly FailoverRecordName[];

  constructor(name: string, args: FailoverRecordsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:FailoverRecords", name, {}, opts);
    this.records = failoverRecordNames(args);
    for (const record of this.records) {
      const primary = record.role === "PRIMARY";
      new route53.Record(
        `${name}-${primary ? "primary" : "standby"}-${record.type.toLowerCase()}`,
        {
          zoneId: args.zoneId,
          name: record.name,
          type: record.type,
          setIdentifier: record.setIdentifier,
          failoverRoutingPolicies: [{ type: record.role }],
          allowOverwrite: false,
          ...targetOf(primary ? args.primary : args.standby, args.records),
          ...(primary ? { healthCheckId: args.healthCheckId } : {}),
        },
        childOptions(this, opts),
      );
    }
    this.registerOutputs({ records: this.records });
  }
}

function targetOf(side: FailoverSide, records: FailoverRecordKind): Partial<route53.RecordArgs> {
  if (records.kind === "cname") return { records: [side.hostName], ttl: records.ttlSeconds };
  const { dnsName, zoneId } = side.aliasTarget;
  // EvaluateTargetHealth is no detection on API Gateway (Route 53 API reference); the health check is.
  return { aliases: [{ name: dnsName, zoneId, evaluateTargetHealth: false }] };
}
