import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "./child-options";
import { functionPolicy, LAMBDA_TRUST_POLICY, type PolicyStatement } from "./function-policy";

export type FunctionConcurrency =
  | { readonly kind: "unreserved" }
  /** At least 1; 0 would switch the function off. */
  | { readonly kind: "reserved"; readonly executions: number };

/** The built code and what identifies it. */
export interface FunctionCode {
  /** Directory of the bundle, relative to the project; its `index.js` exports `handler`. */
  readonly directory: string;
  /** Changes exactly when the code does. */
  readonly buildId: string;
}

export interface ApiFunctionArgs {
  readonly code: FunctionCode;
  /** Name of the DynamoDB table; the region's own copy is used. */
  readonly tableName: pulumi.Input<string>;
  /** ARN of the copy of the table in this region. */
  readonly tableArn: pulumi.Input<string>;
  /** DynamoDB actions that the code calls on the table. */
  readonly tableActions: readonly string[];
  /** Name of the log group; it is fixed so that a person finds it. */
  readonly logGroupName: pulumi.Input<string>;
  /** @default 14 */
  readonly logRetentionDays?: pulumi.Input<number>;
  /** In MB, 128 to 10,240. @default 256 */
  readonly memoryMb?: pulumi.Input<number>;
  /** @default unreserved: the account's shared pool. */
  readonly concurrency?: FunctionConcurrency;
  /** @default FUNCTION_TIMEOUT_SECONDS */
  readonly timeoutSeconds?: number;
  /** Environment besides TABLE_NAME and BUILD; nothing secret. @default none */
  readonly variables?: Readonly<Record<string, pulumi.Input<string>>>;
  /** What the code needs besides its table and its log. @default nothing */
  readonly permissions?: pulumi.Input<readonly PolicyStatement[]>;
}

/** A request that takes longer has failed for its client; `/healthz` bounds itself to less than the checkers' 2 s. */
export const FUNCTION_TIMEOUT_SECONDS = 5;

/** A Lambda function on arm64 with its own role, least-privilege policy and log group. */
export class ApiFunction extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  readonly invokeArn: pulumi.Output<string>;

  constructor(name: string, args: ApiFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:ApiFunction", name, {}, opts);
    const child = (own?: pulumi.CustomResourceOptions) => childOptions(this, opts, own);
    const concurrency = args.concurrency ?? { kind: "unreserved" };

    const logs = new cloudwatch.LogGroup(
      `${name}-logs`,
      { name: args.logGroupName, retentionInDays: args.logRetentionDays ?? 14 },
      child(),
    );
    const role = new iam.Role(
      `${name}-role`,
      { assumeRolePolicy: JSON.stringify(LAMBDA_TRUST_POLICY) },
      child(),
    );
    const policy = new iam.RolePolicy(
      `${name}-policy`,
      {
        role: role.name,
        policy: pulumi
          .all([args.tableArn, logs.arn, args.permissions ?? []])
          .apply(([tableArn, logGroupArn, also]) =>
            JSON.stringify(functionPolicy({ tableArn, tableActions: args.tableActions, logGroupArn, also })),
          ),
      },
      child(),
    );
    const handler = new lambda.Function(
      `${name}-handler`,
      {
        runtime: "nodejs22.x",
        architectures: ["arm64"],
        handler: "index.handler",
        code: new pulumi.asset.FileArchive(args.code.directory),
        sourceCodeHash: args.code.buildId,
        role: role.arn,
        memorySize: args.memoryMb ?? 256,
        timeout: args.timeoutSeconds ?? FUNCTION_TIMEOUT_SECONDS,
        environment: {
          variables: { TABLE_NAME: args.tableName, BUILD: args.code.buildId, ...args.variables },
        },
        loggingConfig: { logFormat: "JSON", logGroup: logs.name },
        ...(concurrency.kind === "reserved" ? { reservedConcurrentExecutions: concurrency.executions } : {}),
      },
      // Without its policy the first request after creation would be refused by DynamoDB.
      child({ dependsOn: [policy] }),
    );

    this.arn = handler.arn;
    this.name = handler.name;
    this.invokeArn = handler.invokeArn;
    this.registerOutputs({ arn: this.arn, name: this.name, invokeArn: this.invokeArn });
  }
}
