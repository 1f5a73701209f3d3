import assert from "node:assert/strict";
import { MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import { API, INTEGRATION, ROUTE, STAGE } from "../../../../rehearsal/standin/aws/apigatewayv2";
import { made, reasonsOf, refusal } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

describe("standin/aws/apigatewayv2", () => {
  it("makes an API with its host name", () => {
    const { id, outputs } = made(API, { protocolType: "HTTP" }, { region: "us-west-2" });
    assert.match(id, /^[a-z0-9]{10}$/);
    assert.equal(outputs.apiEndpoint, `https://${id}.execute-api.us-west-2.amazonaws.com`);
    assert.equal(outputs.executionArn, `arn:aws:execute-api:us-west-2:123456789012:${id}`);
    assert.equal(outputs.arn, `arn:aws:apigateway:us-west-2::/apis/${id}`);
    assert.equal(outputs.ipAddressType, "ipv4");
    assert.equal(outputs.disableExecuteApiEndpoint, false);
    assert.equal(outputs.routeSelectionExpression, "$request.method $request.path");
    assert.match(String(made(API, { protocolType: "WEBSOCKET" }).outputs.apiEndpoint), /^wss:/);
    assert.deepEqual(reasonsOf(API, { protocolType: "REST" }), [
      'protocolType: AWS takes HTTP or WEBSOCKET, got "REST"',
    ]);
  });

  it("makes an integration with the provider's defaults", () => {
    const { id, outputs } = made(INTEGRATION, MINIMAL[INTEGRATION] ?? {});
    assert.match(id, /^[a-z0-9]{7}$/);
    assert.equal(outputs.payloadFormatVersion, "1.0");
    assert.equal(outputs.connectionType, "INTERNET");
    assert.equal(outputs.timeoutMilliseconds, 30_000);
    const reasons = (change: object) => reasonsOf(INTEGRATION, { ...MINIMAL[INTEGRATION], ...change });
    assert.deepEqual(reasons({ timeoutMilliseconds: 49 }).length, 1);
    assert.deepEqual(reasons({ timeoutMilliseconds: 50 }), []);
    assert.deepEqual(reasons({ integrationUri: undefined }), [
      "integrationUri is missing, and it names what the integration calls",
    ]);
    assert.deepEqual(reasons({ payloadFormatVersion: "3.0" }).length, 1);
  });

  it("makes a stage that answers at the API's root or under its name", () => {
    const { id, outputs } = made(STAGE, { apiId: "abc123def4", name: "$default" });
    assert.equal(id, "$default");
    assert.equal(outputs.invokeUrl, "https://abc123def4.execute-api.us-east-1.amazonaws.com/");
    assert.equal(outputs.executionArn, "arn:aws:execute-api:us-east-1:123456789012:abc123def4/$default");
    assert.equal(outputs.arn, "arn:aws:apigateway:us-east-1::/apis/abc123def4/stages/$default");
    assert.match(String(outputs.deploymentId), /^[a-z0-9]{6}$/);
    assert.equal(outputs.autoDeploy, false);
    assert.equal(
      made(STAGE, { apiId: "abc123def4", name: "v1" }).outputs.invokeUrl,
      "https://abc123def4.execute-api.us-east-1.amazonaws.com/v1",
    );
  });

  it("refuses a stage whose access log has no format, or whose limit is negative", () => {
    const stage = (change: object) => reasonsOf(STAGE, { apiId: "abc123def4", ...change });
    assert.deepEqual(stage({ accessLogSettings: { destinationArn: "arn" } }), [
      "accessLogSettings.format is missing, and AWS cannot do without it",
    ]);
    assert.deepEqual(stage({ defaultRouteSettings: { throttlingBurstLimit: 0 } }), []);
    assert.deepEqual(stage({ defaultRouteSettings: { throttlingBurstLimit: -1 } }), [
      "defaultRouteSettings: AWS takes limits of 0 or more, got -1",
    ]);
  });

  it("refuses a route with an odd key", () => {
    const route = (routeKey: string) => reasonsOf(ROUTE, { apiId: "abc123def4", routeKey });
    assert.deepEqual(route("$default"), []);
    assert.deepEqual(route("GET /profiles/{id}"), []);
    assert.deepEqual(route("GET profiles"), [
      'routeKey: AWS takes $default or a method and a path such as GET /healthz, got "GET profiles"',
    ]);
    assert.deepEqual(reasonsOf(ROUTE, { ...MINIMAL[ROUTE], target: "abc" }).length, 1);
  });

  it("refuses parts of an API that is not there, and one key twice", () => {
    const account = new MemoryAccount(true);
    const { id: apiId } = made(API, { protocolType: "HTTP" }, { account });
    const route = (change: object, name: string) =>
      made(ROUTE, { apiId, routeKey: "GET /healthz", ...change }, { account, name });
    const lines = (act: () => unknown) => refusal(act).map((line) => line.replace(/^.*?": /, ""));
    assert.deepEqual(
      lines(() => route({ apiId: "gone" }, "a")),
      ["API gone does not exist in us-east-1 (NotFound); point apiId at one there"],
    );
    assert.deepEqual(
      lines(() => route({ target: "integrations/gone" }, "a")),
      [`integration gone does not exist in API ${apiId} (NotFound)`],
    );
    const { id } = made(INTEGRATION, { ...MINIMAL[INTEGRATION], apiId }, { account });
    route({ target: `integrations/${id}` }, "a");
    assert.deepEqual(
      lines(() => route({}, "b")),
      [`route GET /healthz already exists in API ${apiId} (Conflict); give each route its own key`],
    );
    assert.deepEqual(lines(() => made(STAGE, { apiId: "gone" }, { account })).length, 1);
  });
});
