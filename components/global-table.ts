import * as dynamodb from "@pulumi/aws/dynamodb";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "./child-options";

export interface GlobalTableArgs {
  /** Name of the partition key, a string. */
  readonly hashKey: string;
  /** Region of the second copy; the first is in the provider's region. */
  readonly replicaRegion: string;
  /** Continuous backups of the last 35 days, on both copies. @default true */
  readonly pointInTimeRecovery?: boolean;
  /** Refuses to delete either copy while it is on. @default true */
  readonly deletionProtection?: boolean;
}

/**
 * What both copies have alike. DynamoDB replicates none of it ("How global tables work": deletion protection,
 * PITR and tags are never synchronised), so both are written from this one value.
 */
interface CopyProtection {
  readonly pointInTimeRecovery: boolean;
  readonly deletionProtection: boolean;
}

/** The arguments of the table and its replica; whatever protects one copy protects the other. */
export function protectedCopies(protection: CopyProtection, replicaRegion: string) {
  return {
    ...protectedTable(protection),
    // Replication reads the stream; both images are what it needs.
    streamEnabled: true,
    streamViewType: "NEW_AND_OLD_IMAGES",
    replicas: [
      {
        regionName: replicaRegion,
        pointInTimeRecovery: protection.pointInTimeRecovery,
        deletionProtectionEnabled: protection.deletionProtection,
        propagateTags: true,
      },
    ],
  } satisfies Partial<dynamodb.TableArgs>;
}

/** The same for a table that has no replica. */
export function protectedTable(protection: CopyProtection) {
  return {
    pointInTimeRecovery: { enabled: protection.pointInTimeRecovery },
    deletionProtectionEnabled: protection.deletionProtection,
  } satisfies Partial<dynamodb.TableArgs>;
}

/**
 * ARN of a table's copy in another region: the same but for the region, its fourth part.
 *
 * @throws Error when `tableArn` is not a table's ARN.
 */
export function replicaArn(tableArn: string, replicaRegion: string): string {
  const parts = tableArn.split(":");
  if (parts.length !== 6 || parts[2] !== "dynamodb" || !parts[5]?.startsWith("table/")) {
    throw new Error(`${tableArn} is not the ARN of a DynamoDB table`);
  }
  return parts.with(3, replicaRegion).join(":");
}

/**
 * A DynamoDB global table (version 2019.11.21) with two copies. Replication is asynchronous, last writer wins,
 * usually within a second; on demand, so that the idle copy costs its storage only.
 */
export class GlobalTable extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly replicaArn: pulumi.Output<string>;

  constructor(name: string, args: GlobalTableArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:GlobalTable", name, {}, opts);
    const protection = {
      pointInTimeRecovery: args.pointInTimeRecovery ?? true,
      deletionProtection: args.deletionProtection ?? true,
    };
    const table = new dynamodb.Table(
      `${name}-table`,
      {
        billingMode: "PAY_PER_REQUEST",
        hashKey: args.hashKey,
        attributes: [{ name: args.hashKey, type: "S" }],
        ...protectedCopies(protection, args.replicaRegion),
      },
      childOptions(this, opts),
    );

    this.name = table.name;
    this.arn = table.arn;
    this.replicaArn = table.arn.apply((arn) => replicaArn(arn, args.replicaRegion));
    this.registerOutputs({ name: this.name, arn: this.arn, replicaArn: this.replicaArn });
  }
}
