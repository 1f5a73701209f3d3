import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import type * as pulumi from "@pulumi/pulumi";
import { ApiFunction, type FunctionConcurrency } from "../../components/api-function";
import { lines, named, record } from "./registrations";

describe("components/api-function", () => {
  const build = (concurrency?: FunctionConcurrency) =>
    record(() => {
      const provider = new Provider("standby", { region: "us-west-2" });
      return new ApiFunction(
        "api",
        {
          code: { directory: "functions/dist/profile-api", buildId: "0123456789ab" },
          tableName: "profiles-1",
          tableArn: "arn:aws:dynamodb:us-west-2:123456789012:table/profiles-1",
          tableActions: ["dynamodb:GetItem"],
          logGroupName: "/aws/lambda/dev-api",
          concurrency,
        },
        { provider },
      );
    });

  it("is a function with a role, a policy and a log group of its own", async () => {
    const { registrations } = await build();
    assert.deepEqual(lines(registrations), [
      "aws:cloudwatch/logGroup:LogGroup api-logs <- api @standby",
      "aws:iam/role:Role api-role <- api @standby",
      "aws:iam/rolePolicy:RolePolicy api-policy <- api @standby",
      "aws:lambda/function:Function api-handler <- api @standby",
      "pulumi:providers:aws standby <- - @-",
      "warm-standby:components:ApiFunction api <- - @-",
    ]);
  });

  it("runs the bundle on arm64, bounded in time, with nothing secret in its environment", async () => {
    const { registrations } = await build();
    const { code, ...inputs } = named(registrations, "api-handler").inputs;
    assert.equal(await (code as pulumi.asset.FileArchive).path, "functions/dist/profile-api");
    assert.deepEqual(inputs, {
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      sourceCodeHash: "0123456789ab",
      role: "arn:role:api-role",
      memorySize: 256,
      timeout: 5,
      environment: { variables: { TABLE_NAME: "profiles-1", BUILD: "0123456789ab" } },
      loggingConfig: { logFormat: "JSON", logGroup: "/aws/lambda/dev-api" },
    });
  });

  it("gets its permissions before its first request", async () => {
    const { registrations } = await build();
    assert.deepEqual(named(registrations, "api-handler").waitsFor, ["api-logs", "api-policy", "api-role"]);
  });

  it("may use its own table and its own log", async () => {
    const { registrations } = await build();
    const { role, policy } = named(registrations, "api-policy").inputs;
    assert.equal(role, "api-role-1");
    assert.deepEqual(
      JSON.parse(policy as string).Statement.map(({ Resource }: { Resource: string[] }) => Resource),
      [
        ["arn:aws:dynamodb:us-west-2:123456789012:table/profiles-1"],
        ["arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/dev-api"],
        ["arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/dev-api:log-stream:*"],
      ],
    );
  });

  it("keeps its logs for a while, not for ever", async () => {
    const { registrations } = await build();
    assert.deepEqual(named(registrations, "api-logs").inputs, {
      name: "/aws/lambda/dev-api",
      retentionInDays: 14,
    });
  });

  it("reserves executions only when told to", async () => {
    const { registrations } = await build({ kind: "reserved", executions: 7 });
    assert.equal(named(registrations, "api-handler").inputs.reservedConcurrentExecutions, 7);
  });
});
