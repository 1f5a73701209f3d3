import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import { RegionalApi } from "../../components/regional-api";
import { lines, named, type Registration, record } from "./registrations";

describe("components/regional-api", () => {
  const build = () =>
    record(() => {
      const provider = new Provider("standby", { region: "us-west-2" });
      return new RegionalApi(
        "api",
        {
          environment: "dev",
          failoverName: "profiles.example.com",
          regionalName: "us-west-2.profiles.example.com",
          zoneId: "Z1",
          certificateArn: "arn:certificate:standby",
          routes: { "get-profile": "GET /profiles/{id}", health: "GET /healthz" },
          code: { directory: "functions/dist/profile-api", buildId: "0123456789ab" },
          table: {
            name: "profiles-1",
            arn: "arn:aws:dynamodb:us-west-2:123456789012:table/profiles-1",
            actions: ["dynamodb:GetItem"],
          },
          throttling: { ratePerSecond: 100, burst: 200 },
          logRetentionDays: 7,
          memoryMb: 512,
          concurrency: { kind: "reserved", executions: 3 },
        },
        { provider },
      );
    });
  let registrations: readonly Registration[];
  const inputsOf = (name: string) => named(registrations, name).inputs;
  before(async () => {
    ({ registrations } = await build());
  });

  it("is made of these resources, all of its own region's provider", () => {
    assert.deepEqual(lines(registrations), [
      "aws:apigatewayv2/api:Api api-http <- api @standby",
      "aws:apigatewayv2/apiMapping:ApiMapping api-failover-domain-mapping <- api-failover-domain @standby",
      "aws:apigatewayv2/apiMapping:ApiMapping api-regional-domain-mapping <- api-regional-domain @standby",
      "aws:apigatewayv2/domainName:DomainName api-failover-domain-name <- api-failover-domain @standby",
      "aws:apigatewayv2/domainName:DomainName api-regional-domain-name <- api-regional-domain @standby",
      "aws:apigatewayv2/integration:Integration api-integration <- api @standby",
      "aws:apigatewayv2/route:Route api-route-get-profile <- api @standby",
      "aws:apigatewayv2/route:Route api-route-health <- api @standby",
      "aws:apigatewayv2/stage:Stage api-stage <- api @standby",
      "aws:cloudwatch/logGroup:LogGroup api-access-logs <- api @standby",
      "aws:cloudwatch/logGroup:LogGroup api-function-logs <- api-function @standby",
      "aws:iam/role:Role api-function-role <- api-function @standby",
      "aws:iam/rolePolicy:RolePolicy api-function-policy <- api-function @standby",
      "aws:lambda/function:Function api-function-handler <- api-function @standby",
      "aws:lambda/permission:Permission api-permission <- api @standby",
      "aws:route53/record:Record api-record-a <- api @standby",
      "aws:route53/record:Record api-record-aaaa <- api @standby",
      "pulumi:providers:aws standby <- - @-",
      "warm-standby:components:ApiDomain api-failover-domain <- api @-",
      "warm-standby:components:ApiDomain api-regional-domain <- api @-",
      "warm-standby:components:ApiFunction api-function <- api @-",
      "warm-standby:components:RegionalApi api <- - @-",
    ]);
  });

  it("is reachable by its own names only", () => {
    assert.deepEqual(inputsOf("api-http"), {
      protocolType: "HTTP",
      disableExecuteApiEndpoint: true,
      ipAddressType: "dualstack",
    });
    for (const [name, domainName] of [
      ["failover", "profiles.example.com"],
      ["regional", "us-west-2.profiles.example.com"],
    ]) {
      assert.deepEqual(inputsOf(`api-${name}-domain-name`), {
        domainName,
        domainNameConfiguration: {
          certificateArn: "arn:certificate:standby",
          endpointType: "REGIONAL",
          securityPolicy: "TLS_1_2",
          ipAddressType: "dualstack",
        },
      });
      assert.deepEqual(inputsOf(`api-${name}-domain-mapping`), {
        apiId: "api-http-id",
        domainName: `api-${name}-domain-name-id`,
        stage: "$default",
      });
    }
  });

  it("sends each route to the function and gives it time for a cold start", () => {
    assert.deepEqual(inputsOf("api-route-health"), {
      apiId: "api-http-id",
      routeKey: "GET /healthz",
      target: "integrations/api-integration-id",
    });
    assert.deepEqual(inputsOf("api-integration"), {
      apiId: "api-http-id",
      integrationType: "AWS_PROXY",
      integrationMethod: "POST",
      integrationUri: "arn:invoke:api-function-handler",
      payloadFormatVersion: "2.0",
      timeoutMilliseconds: 6_000,
    });
  });

  it("throttles, and logs each request as JSON without the caller's address", () => {
    const { accessLogSettings, ...stage } = inputsOf("api-stage");
    assert.deepEqual(stage, {
      apiId: "api-http-id",
      name: "$default",
      autoDeploy: true,
      defaultRouteSettings: { throttlingRateLimit: 100, throttlingBurstLimit: 200 },
    });
    const { destinationArn, format } = accessLogSettings as { destinationArn: string; format: string };
    const group = "/aws/vendedlogs/http-api/dev-api";
    assert.equal(destinationArn, `arn:aws:logs:us-east-1:123456789012:log-group:${group}`);
    assert.deepEqual(Object.keys(JSON.parse(format)), [
      "requestId",
      "time",
      "domainName",
      "route",
      "status",
      "responseLatencyMs",
      "integrationStatus",
      "integrationLatencyMs",
      "error",
      "integrationError",
    ]);
    assert.equal(format.includes("sourceIp"), false);
    assert.deepEqual(inputsOf("api-access-logs"), { name: group, retentionInDays: 7 });
  });

  it("deploys the stage when its routes are there", () => {
    assert.deepEqual(named(registrations, "api-stage").waitsFor, [
      "api-access-logs",
      "api-http",
      "api-route-get-profile",
      "api-route-health",
    ]);
  });

  it("lets this API's stage and nothing else call the function", () => {
    assert.deepEqual(inputsOf("api-permission"), {
      action: "lambda:InvokeFunction",
      function: "api-function-handler-1",
      principal: "apigateway.amazonaws.com",
      sourceArn: "arn:execute-api:api-http/$default/*",
    });
  });

  it("answers for its regional name with A and AAAA aliases, which have no TTL", () => {
    for (const type of ["A", "AAAA"]) {
      assert.deepEqual(inputsOf(`api-record-${type.toLowerCase()}`), {
        zoneId: "Z1",
        name: "us-west-2.profiles.example.com",
        type,
        aliases: [
          {
            name: "d-api-regional-domain-name.execute-api.example.com",
            zoneId: "Z-api-regional-domain-name",
            evaluateTargetHealth: false,
          },
        ],
        allowOverwrite: false,
      });
    }
  });

  it("hands size, retention and concurrency to the function", () => {
    const { memorySize, reservedConcurrentExecutions } = inputsOf("api-function-handler");
    assert.deepEqual(
      { memorySize, reservedConcurrentExecutions },
      {
        memorySize: 512,
        reservedConcurrentExecutions: 3,
      },
    );
    assert.deepEqual(inputsOf("api-function-logs"), {
      name: "/aws/lambda/dev-api",
      retentionInDays: 7,
    });
  });
});
