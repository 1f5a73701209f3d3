import * as apigatewayv2 from "@pulumi/aws/apigatewayv2";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as lambda from "@pulumi/aws/lambda";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { ACCESS_LOG_FORMAT } from "./access-log";
import { ApiDomain } from "./api-domain";
import {
  ApiFunction,
  FUNCTION_TIMEOUT_SECONDS,
  type FunctionCode,
  type FunctionConcurrency,
} from "./api-function";
import { childOptions } from "./child-options";

export interface RegionalApiArgs {
  /** Shown in the names of the log groups, which live beside those of other stacks. */
  readonly environment: string;
  /** The name that both regions answer for. */
  readonly failoverName: string;
  /** The name that only this region answers for; checkers and people reach the region by it. */
  readonly regionalName: string;
  readonly zoneId: pulumi.Input<string>;
  /** A validated certificate of this region for both names. */
  readonly certificateArn: pulumi.Input<string>;
  /** Route keys by the suffix of their resource names; everything else is answered 404. */
  readonly routes: Readonly<Record<string, string>>;
  readonly code: FunctionCode;
  readonly table: {
    readonly name: pulumi.Input<string>;
    /** ARN of the copy in this region. */
    readonly arn: pulumi.Input<string>;
    readonly actions: readonly string[];
  };
  /** Limits of every single route. They must admit the health checkers: a 429 counts as a failed probe. */
  readonly throttling: {
    readonly ratePerSecond: pulumi.Input<number>;
    readonly burst: pulumi.Input<number>;
  };
  /** @default 14 */
  readonly logRetentionDays?: pulumi.Input<number>;
  /** In MB. @default 256 */
  readonly memoryMb?: pulumi.Input<number>;
  /** @default unreserved */
  readonly concurrency?: FunctionConcurrency;
}

const STAGE = "$default";

/** An HTTP API with its Lambda function in one region, reachable by the failover name and by a name of its own. */
export class RegionalApi extends pulumi.ComponentResource {
  readonly apiId: pulumi.Output<string>;
  readonly functionArn: pulumi.Output<string>;
  /** What the failover record of this side points at. */
  readonly failoverTarget: ApiDomain["target"];
  readonly regionalName: string;

  constructor(name: string, args: RegionalApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("warm-standby:components:RegionalApi", name, {}, opts);
    const child = (own?: pulumi.CustomResourceOptions) => childOptions(this, opts, own);
    const logRetentionDays = args.logRetentionDays ?? 14;

    const handler = new ApiFunction(
      `${name}-function`,
      {
        code: args.code,
        tableName: args.table.name,
        tableArn: args.table.arn,
        tableActions: args.table.actions,
        logGroupName: `/aws/lambda/${args.environment}-${name}`,
        logRetentionDays,
        memoryMb: args.memoryMb,
        concurrency: args.concurrency,
      },
      child(),
    );
    const api = new apigatewayv2.Api(
      `${name}-http`,
      {
        protocolType: "HTTP",
        // Only the names of this project lead to the API.
        disableExecuteApiEndpoint: true,
        ipAddressType: "dualstack",
      },
      child(),
    );
    const integration = new apigatewayv2.Integration(
      `${name}-integration`,
      {
        apiId: api.id,
        integrationType: "AWS_PROXY",
        integrationMethod: "POST",
        integrationUri: handler.invokeArn,
        payloadFormatVersion: "2.0",
        // One second more than the function has, for its cold start.
        timeoutMilliseconds: (FUNCTION_TIMEOUT_SECONDS + 1) * 1_000,
      },
      child(),
    );
    const routes = Object.entries(args.routes).map(
      ([suffix, routeKey]) =>
        new apigatewayv2.Route(
          `${name}-route-${suffix}`,
          { apiId: api.id, routeKey, target: pulumi.interpolate`integrations/${integration.id}` },
          child(),
        ),
    );
    const accessLogs = new cloudwatch.LogGroup(
      `${name}-access-logs`,
      {
        // The prefix keeps API Gateway from growing the account's log resource policy for every group.
        name: `/aws/vendedlogs/http-api/${args.environment}-${name}`,
        retentionInDays: logRetentionDays,
      },
      child(),
    );
    const stage = new apigatewayv2.Stage(
      `${name}-stage`,
      {
        apiId: api.id,
        name: STAGE,
        autoDeploy: true,
        defaultRouteSettings: {
          throttlingRateLimit: args.throttling.ratePerSecond,
          throttlingBurstLimit: args.throttling.burst,
        },
        accessLogSettings: { destinationArn: accessLogs.arn, format: ACCESS_LOG_FORMAT },
      },
      child({ dependsOn: routes }),
    );
    new lambda.Permission(
      `${name}-permission`,
      {
        action: "lambda:InvokeFunction",
        function: handler.name,
        principal: "apigateway.amazonaws.com",
        sourceArn: pulumi.interpolate`${api.executionArn}/${STAGE}/*`,
      },
      child(),
    );

    const mapping = { certificateArn: args.certificateArn, apiId: api.id, stageName: stage.name };
    const failoverDomain = new ApiDomain(
      `${name}-failover-domain`,
      { domainName: args.failoverName, ...mapping },
      child(),
    );
    const regionalDomain = new ApiDomain(
      `${name}-regional-domain`,
      { domainName: args.regionalName, ...mapping },
      child(),
    );
    for (const type of ["A", "AAAA"] as const) {
      new route53.Record(
        `${name}-record-${type.toLowerCase()}`,
        {
          zoneId: args.zoneId,
          name: args.regionalName,
          type,
          aliases: [
            {
              name: regionalDomain.target.dnsName,
              zoneId: regionalDomain.target.zoneId,
              // No operational benefit on API Gateway (Route 53 API reference, AliasTarget).
              evaluateTargetHealth: false,
            },
          ],
          allowOverwrite: false,
        },
        child(),
      );
    }

    this.apiId = api.id;
    this.functionArn = handler.arn;
    this.failoverTarget = failoverDomain.target;
    this.regionalName = args.regionalName;
    this.registerOutputs({
      apiId: this.apiId,
      functionArn: this.functionArn,
      failoverTarget: this.failoverTarget,
      regionalName: this.regionalName,
    });
  }
}
