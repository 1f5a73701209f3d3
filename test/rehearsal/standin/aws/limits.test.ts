import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { reasonsOf } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

/** A property with the last values that AWS takes and the first that it refuses, by its API references. */
interface Limit {
  readonly token: string;
  readonly property: string;
  readonly taken: readonly unknown[];
  readonly refused: readonly unknown[];
}

const letters = (count: number, end = "") => "a".repeat(count) + end;

const LIMITS: readonly Limit[] = [
  {
    token: "aws:iam/rolePolicy:RolePolicy",
    property: "name",
    taken: [letters(128)],
    refused: [letters(129), "a b"],
  },
  {
    token: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    property: "policyArn",
    taken: ["arn:aws:iam::aws:policy/A", "arn:aws:iam::123456789012:policy/A"],
    refused: ["A", "arn:aws:iam::12345678901:policy/A", "arn:aws:iam::aws:role/A"],
  },
  {
    token: "aws:cloudwatch/logGroup:LogGroup",
    property: "name",
    taken: [letters(512), "/a.b_c-d#e"],
    refused: [letters(513), "a b"],
  },
  {
    token: "aws:cloudwatch/logGroup:LogGroup",
    property: "retentionInDays",
    taken: [
      0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
      3653,
    ],
    refused: [-1, 2, 364, 366, 3654],
  },
  {
    token: "aws:cloudwatch/metricAlarm:MetricAlarm",
    property: "statistic",
    taken: ["SampleCount", "Average", "Sum", "Minimum", "Maximum"],
    refused: ["p99", "average"],
  },
  {
    token: "aws:lambda/function:Function",
    property: "name",
    taken: [letters(64)],
    refused: [letters(65), "a.b"],
  },
  {
    token: "aws:cloudwatch/metricAlarm:MetricAlarm",
    property: "comparisonOperator",
    taken: [
      ...["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold"],
      ...["LessThanOrEqualToThreshold", "LessThanLowerOrGreaterThanUpperThreshold"],
      ...["LessThanLowerThreshold", "GreaterThanUpperThreshold"],
    ],
    refused: ["LessThan"],
  },
  {
    token: "aws:acm/certificate:Certificate",
    property: "keyAlgorithm",
    taken: [
      ...["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096"],
      ...["EC_prime256v1", "EC_secp384r1", "EC_secp521r1"],
    ],
    refused: ["RSA_512"],
  },
  {
    token: "aws:apigatewayv2/integration:Integration",
    property: "integrationType",
    taken: ["AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"],
    refused: ["LAMBDA"],
  },
  {
    token: "aws:apigatewayv2/route:Route",
    property: "authorizationType",
    taken: ["NONE", "AWS_IAM", "CUSTOM", "JWT"],
    refused: ["BASIC"],
  },
  {
    token: "aws:lambda/function:Function",
    property: "packageType",
    taken: ["Zip", "Image"],
    refused: ["Tar"],
  },
  {
    token: "aws:lambda/function:Function",
    property: "architectures",
    taken: [["arm64"], ["x86_64"]],
    refused: [["arm"], [], ["arm64", "x86_64"]],
  },
  {
    token: "aws:lambda/function:Function",
    property: "memorySize",
    taken: [128, 10_240, UNKNOWN],
    refused: [127, 10_241, 128.5],
  },
  { token: "aws:lambda/function:Function", property: "timeout", taken: [1, 900], refused: [0, 901] },
  {
    token: "aws:lambda/function:Function",
    property: "reservedConcurrentExecutions",
    taken: [-1, 0],
    refused: [-2],
  },
  {
    token: "aws:lambda/permission:Permission",
    property: "statementId",
    taken: [letters(100)],
    refused: [letters(101), "a b"],
  },
  {
    token: "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
    property: "provisionedConcurrentExecutions",
    taken: [1],
    refused: [0],
  },
  {
    token: "aws:apigatewayv2/api:Api",
    property: "name",
    taken: [letters(128)],
    refused: [letters(129)],
  },
  {
    token: "aws:apigatewayv2/integration:Integration",
    property: "timeoutMilliseconds",
    taken: [50, 30_000],
    refused: [49, 30_001],
  },
  {
    token: "aws:apigatewayv2/stage:Stage",
    property: "name",
    taken: ["$default", letters(128)],
    refused: [letters(129), "$other"],
  },
  {
    token: "aws:route53/healthCheck:HealthCheck",
    property: "resourcePath",
    taken: ["/healthz", `/${letters(254)}`],
    refused: [`/${letters(255)}`, "/a b"],
  },
  {
    token: "aws:route53/healthCheck:HealthCheck",
    property: "port",
    taken: [1, 65_535],
    refused: [0, 65_536],
  },
  {
    token: "aws:sqs/queue:Queue",
    property: "name",
    taken: [letters(80), letters(75, ".fifo")],
    refused: [letters(81), letters(76, ".fifo")],
  },
  {
    token: "aws:sqs/queue:Queue",
    property: "maxMessageSize",
    taken: [1024, 1_048_576],
    refused: [1023, 1_048_577],
  },
  { token: "aws:sqs/queue:Queue", property: "delaySeconds", taken: [0, 900], refused: [-1, 901] },
  { token: "aws:sqs/queue:Queue", property: "receiveWaitTimeSeconds", taken: [0, 20], refused: [-1, 21] },
  {
    token: "aws:sqs/queue:Queue",
    property: "messageRetentionSeconds",
    taken: [60, 1_209_600],
    refused: [59, 1_209_601],
  },
  {
    token: "aws:iam/instanceProfile:InstanceProfile",
    property: "name",
    taken: [letters(128)],
    refused: [letters(129), "a b"],
  },
  {
    token: "aws:cloudfront/originAccessControl:OriginAccessControl",
    property: "name",
    taken: [letters(64)],
    refused: [letters(65)],
  },
  {
    token: "aws:cloudfront/function:Function",
    property: "name",
    taken: [letters(64)],
    refused: [letters(65), "a.b"],
  },
  {
    token: "aws:ec2/securityGroup:SecurityGroup",
    property: "name",
    taken: [letters(255)],
    refused: [letters(256), "sg-a"],
  },
  {
    token: "aws:ec2/securityGroup:SecurityGroup",
    property: "description",
    taken: [letters(255)],
    refused: [letters(256), "a'b"],
  },
  {
    token: "aws:ec2/instance:Instance",
    property: "ami",
    taken: ["ami-0123456789abcdef0", "ami-01234567"],
    refused: ["ami-1", "ami-0123456789abcdefg", "al2023"],
  },
  {
    token: "aws:lambda/eventSourceMapping:EventSourceMapping",
    property: "maximumBatchingWindowInSeconds",
    taken: [0, 300],
    refused: [-1, 301],
  },
  {
    token: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    property: "maximumEventAgeInSeconds",
    taken: [60, 21_600],
    refused: [59, 21_601],
  },
];

describe("standin/aws limits, both sides", () => {
  for (const { token, property, taken, refused } of LIMITS) {
    const reasons = (value: unknown) =>
      reasonsOf(token, { ...MINIMAL[token], [property]: value } as Properties).length;

    it(`${token} ${property}`, () => {
      for (const value of taken) assert.equal(reasons(value), 0, `refused ${String(value)}`);
      for (const value of refused) assert.equal(reasons(value), 1, `took ${String(value)}`);
    });
  }
});
