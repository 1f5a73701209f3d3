import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "./child-options";

/** Where a record of either side leads. */
export type RecordLead =
  /** To AWS's own name: free queries, cached for 60 s whatever one does. */
  | { readonly kind: "alias"; readonly dnsName: pulumi.Input<string>; readonly zoneId: pulumi.Input<string> }
  /** To addresses, or for a CNAME to one host name: billed queries, and a TTL of one's own. */
  | {
      readonly kind: "values";
      readonly values: readonly pulumi.Input<string>[];
      readonly ttlSeconds: number;
    };

export interface FailoverSide {
  readonly lead: RecordLead;
  /** Tells the two records apart in Route 53; changing it replaces the record. */
  readonly setIdentifier: string;
}

export type RecordType = "A" | "AAAA" | "CNAME";

export interface FailoverRecordsArgs {
  readonly zoneId: pulumi.Input<string>;
  /** The full name that fails over. */
  readonly name: string;
  /**
   * A pair for each. DNS has no CNAME beside other records of a name, and Pulumi creates before it deletes: to
   * change the types of a live pair, delete it first (`pulumi destroy --target '**::failover-*'`); the name is
   * unanswered until `up`.
   */
  readonly types: readonly RecordType[];
  readonly primary: FailoverSide;
  readonly standby: FailoverSide;
  /** Check of the primary. The standby has none: it is the last resort and is always answered. */
  readonly healthCheckId: pulumi.Input<string>;
}

/** A record of the pair, for readers of the outputs. */
export interface FailoverRecordName {
  readonly name: string;
  readonly type: RecordType;
  readonly role: "PRIMARY" | "SECONDARY";
  readonly setIdentifier: string;
}

/** Which records a name needs, in the order of their creation; the component adds only values of AWS. */
export function failoverRecordNames(
  args: Pick<FailoverRecordsArgs, "name" | "types"> & {
    readonly primary: Pick<FailoverSide, "setIdentifier">;
    readonly standby: Pick<FailoverSide, "setIdentifier">;
  },
): FailoverRecordName[] {
  return args.types.flatMap((type) => [
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
          ...leadArgs((primary ? args.primary : args.standby).lead),
          ...(primary ? { healthCheckId: args.healthCheckId } : {}),
        },
        childOptions(this, opts),
      );
    }
    this.registerOutputs({ records: this.records });
  }
}

/** The part of a record that says where it leads. */
export function leadArgs(lead: RecordLead): Partial<route53.RecordArgs> {
  if (lead.kind === "values") return { records: [...lead.values], ttl: lead.ttlSeconds };
  // EvaluateTargetHealth is no detection on any target that AWS itself keeps up; the health check is.
  return { aliases: [{ name: lead.dnsName, zoneId: lead.zoneId, evaluateTargetHealth: false }] };
}
