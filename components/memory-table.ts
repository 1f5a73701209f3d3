import * as dynamodb from "@pulumi/aws/dynamodb";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "./child-options";
import { protectedCopies, protectedTable, replicaArn } from "./global-table";

export interface MemoryTableArgs {
  /**
   * Region of a copy to read from while the table's own region is away. Writers stay in the table's region:
   * conditional writes do not hold across regions.
   * @default no copy
   */
  readonly replicaRegion?: string;
  /** Refuses to delete the table and its copy while it is on. @default true */
  readonly deletionProtection?: boolean;
}

/** Keys and expiry of the logs that `functions/assistant` keeps; a test holds them against the code. */
export const MEMORY_KEYS = { hashKey: "log", rangeKey: "sequence", expiry: "expiresAt" } as const;

/**
 * The one memory of an assistant that answers now from the closet and now from the cloud: a DynamoDB table of logs,
 * on demand, restorable to any second of the last 35 days. Both sides use the same table, so nothing has to be
 * copied at a failover, and nothing is lost when either is away.
 */
export class MemoryTable extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly replicaArn: pulumi.Output<string> | undefined;

  constructor(name: string, args: MemoryTableArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:MemoryTable", name, {}, opts);
    const { replicaRegion } = args;
    const protection = { pointInTimeRecovery: true, deletionProtection: args.deletionProtection ?? true };
    const table = new dynamodb.Table(
      `${name}-table`,
      {
        billingMode: "PAY_PER_REQUEST",
        hashKey: MEMORY_KEYS.hashKey,
        rangeKey: MEMORY_KEYS.rangeKey,
        attributes: [
          { name: MEMORY_KEYS.hashKey, type: "S" },
          { name: MEMORY_KEYS.rangeKey, type: "N" },
        ],
        ttl: { attributeName: MEMORY_KEYS.expiry, enabled: true },
        ...(replicaRegion === undefined
          ? protectedTable(protection)
          : protectedCopies(protection, replicaRegion)),
      },
      childOptions(this, opts),
    );

    this.name = table.name;
    this.arn = table.arn;
    this.replicaArn =
      replicaRegion === undefined ? undefined : table.arn.apply((arn) => replicaArn(arn, replicaRegion));
    this.registerOutputs({ name: this.name, arn: this.arn, replicaArn: this.replicaArn });
  }
}
