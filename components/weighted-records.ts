import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "./child-options";
import { leadArgs, type RecordLead, type RecordType } from "./failover-records";

export interface WeightedMember {
  /** Tells the records of the set apart in Route 53; changing it replaces the record. */
  readonly setIdentifier: string;
  /** 0 to 255, its share of the sum. 0 is answered only while every member above 0 is unhealthy. */
  readonly weight: number;
  /** All members have one TTL, or all are aliases. */
  readonly lead: RecordLead;
  /** Its own: one check on several members would take them out together. */
  readonly healthCheckId: pulumi.Input<string>;
}

export interface WeightedRecordsArgs {
  readonly zoneId: pulumi.Input<string>;
  /** The full name of the set. */
  readonly name: string;
  readonly type: RecordType;
  /** Up to 100, Route 53's quota for one name and type. */
  readonly members: readonly WeightedMember[];
}

/** A record of the set, for readers of the outputs. */
export interface WeightedRecordName {
  readonly name: string;
  readonly type: RecordType;
  readonly role: "MEMBER";
  readonly setIdentifier: string;
}

/**
 * One name that several endpoints answer by weight. A member leaves the answers while its check fails; when all fail,
 * Route 53 answers as if all were healthy (developer guide, how Route 53 chooses records).
 */
export class WeightedRecords extends pulumi.ComponentResource {
  readonly records: readonly WeightedRecordName[];

  constructor(name: string, args: WeightedRecordsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:WeightedRecords", name, {}, opts);
    this.records = args.members.map(({ setIdentifier }) => ({
      name: args.name,
      type: args.type,
      role: "MEMBER",
      setIdentifier,
    }));
    for (const { setIdentifier, weight, lead, healthCheckId } of args.members) {
      new route53.Record(
        `${name}-${setIdentifier}`,
        {
          zoneId: args.zoneId,
          name: args.name,
          type: args.type,
          setIdentifier,
          weightedRoutingPolicies: [{ weight }],
          allowOverwrite: false,
          ...leadArgs(lead),
          healthCheckId,
        },
        childOptions(this, opts),
      );
    }
    this.registerOutputs({ records: this.records });
  }
}
