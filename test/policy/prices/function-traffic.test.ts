import assert from "node:assert/strict";
import { CACHING_DISABLED, CACHING_OPTIMIZED } from "../../../model/cache-behavior";
import { planFromResources } from "../../../model/plan-from-resources";
import type { StackResource } from "../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../model/unknown";
import { idleCost } from "../../../policy/prices/idle-cost";
import { type FixtureOptions, resource } from "../../model/stack-fixture";

const ARN = "arn:aws:lambda:us-east-1:123456789012:function:handler";
const inEast = (type: string, name: string, properties: Properties, options: FixtureOptions = {}) =>
  resource(type, name, { region: "us-east-1", ...properties }, options);
const handler = inEast("aws:lambda/function:Function", "handler", { name: "handler" });
const check = (fqdn: PropertyValue, from: string[] = []) =>
  resource(
    "aws:route53/healthCheck:HealthCheck",
    "check",
    { type: "HTTPS", fqdn, resourcePath: "/healthz", requestInterval: 30 },
    { id: UNKNOWN, from: { fqdn: from } },
  );

/** `resource: item` of what the probes bill, and `resource kind path` of what cannot be told. */
function bills(...stack: StackResource[]): readonly string[] {
  const report = idleCost([handler, ...stack], planFromResources([handler, ...stack]));
  const name = (urn: string) => urn.split("::").at(-1);
  return [
    ...report.lines
      .filter(({ item }) => item.includes(" probes"))
      .map(({ urn, item }) => `${name(urn)}: ${item.split(" of ")[0]}`),
    ...report.unpriced.map(({ urn, kind, path }) => `${name(urn)} ${kind} ${path}`),
  ];
}

const FUNCTION_LINES = ["handler: function requests", "handler: function time"];
/** Where no API counts the log lines of its own and of its functions together. */
const LOGGED_LINES = ["handler: log lines", ...FUNCTION_LINES];
const httpLines = ["api: HTTP API requests", "api: log lines", "api: data out"];
const restLines = ["api: REST API requests", "api: log lines", "api: data out"];

const httpApi = (properties: Properties = {}, options: FixtureOptions = {}) =>
  inEast(
    "aws:apigatewayv2/api:Api",
    "api",
    { protocolType: "HTTP", apiEndpoint: "https://api1.execute-api.us-east-1.amazonaws.com", ...properties },
    options,
  );
const API_HOST = "api1.execute-api.us-east-1.amazonaws.com";
const integration = (properties: Properties, from: string[] = []) =>
  inEast(
    "aws:apigatewayv2/integration:Integration",
    "integration",
    { apiId: "api-id", integrationType: "AWS_PROXY", ...properties },
    { id: UNKNOWN, from: { integrationUri: from } },
  );
const functionUrl = (properties: Properties = {}) =>
  inEast("aws:lambda/functionUrl:FunctionUrl", "url", {
    functionName: "handler",
    authorizationType: "NONE",
    functionUrl: "https://u1.lambda-url.us-east-1.on.aws/",
    ...properties,
  });
const URL_HOST = "u1.lambda-url.us-east-1.on.aws";

describe("policy/prices/function-traffic", () => {
  it("charges the function of an alias, of a literal ARN, and of an API's own target", () => {
    const alias = inEast("aws:lambda/alias:Alias", "live", { functionName: "handler" }, { id: UNKNOWN });
    const of = (...stack: StackResource[]) => bills(...stack, check(API_HOST));
    const expected = [...httpLines, ...FUNCTION_LINES];
    assert.deepEqual(of(httpApi(), alias, integration({ integrationUri: UNKNOWN }, [alias.urn])), expected);
    assert.deepEqual(of(httpApi(), integration({ integrationUri: ARN })), expected);
    assert.deepEqual(of(httpApi({ target: ARN })), expected);
  });

  it("charges the function of a REST API by its integration or its OpenAPI text", () => {
    const api = (properties: Properties = {}, from: Record<string, string[]> = {}) =>
      inEast("aws:apigateway/restApi:RestApi", "api", properties, { id: "a1", from });
    const literal = inEast("aws:apigateway/integration:Integration", "integration", {
      restApi: "a1",
      type: "AWS_PROXY",
      uri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${ARN}/invocations`,
    });
    const host = "a1.execute-api.us-east-1.amazonaws.com";
    const expected = [...restLines, ...FUNCTION_LINES];
    assert.deepEqual(bills(api(), literal, check(host)), expected);
    assert.deepEqual(bills(api({ body: UNKNOWN }, { body: [handler.urn] }), check(host)), expected);
  });

  it("refuses a function that it cannot find, by the property that names it", () => {
    const of = (properties: Properties) => bills(httpApi(), integration(properties), check(API_HOST));
    assert.deepEqual(of({ integrationUri: UNKNOWN }), [...httpLines, "integration input integrationUri"]);
    assert.deepEqual(of({ integrationUri: ARN.replace("handler", "gone") }), [
      ...httpLines,
      "integration price integrationUri",
    ]);
    assert.deepEqual(of({ integrationType: "HTTP_PROXY", integrationUri: UNKNOWN }), httpLines);
    assert.deepEqual(bills(httpApi(), integration({ integrationUri: UNKNOWN })), []);
  });

  it("says why, and lets a declared amount stand for it", () => {
    const lost = integration({ integrationUri: ARN.replace("handler", "gone") });
    const stack = [httpApi(), lost, check(API_HOST)];
    const plan = planFromResources(stack);
    assert.deepEqual(
      idleCost(stack, plan).unpriced.map(({ why }) => why),
      ["health checks run a function through it, which is not in this stack"],
    );
    const declared = idleCost(stack, plan, { allowMonthlyUsd: { [lost.type]: 2 } });
    assert.deepEqual(declared.unpriced, []);
    assert.ok(
      declared.lines.some(({ urn, monthlyMicroUsd }) => urn === lost.urn && monthlyMicroUsd === 2_000_000),
    );
  });

  it("charges a check of a function URL, by its name or before it has one", () => {
    const expected = ["url: data out", ...LOGGED_LINES];
    assert.deepEqual(bills(functionUrl(), check(URL_HOST)), expected);
    const url = functionUrl({ functionUrl: UNKNOWN });
    assert.deepEqual(bills(url, check(UNKNOWN, [url.urn])), expected);
    assert.deepEqual(bills(functionUrl({ functionName: "gone" }), check(URL_HOST)), [
      "url: data out",
      "url price functionName",
    ]);
    assert.deepEqual(bills(functionUrl(), check("u2.lambda-url.us-east-1.on.aws")), []);
  });

  it("charges a check of an API whose URL a stage tells before there is one", () => {
    const api = httpApi({ apiEndpoint: UNKNOWN, target: ARN }, { id: UNKNOWN });
    const stage = inEast(
      "aws:apigatewayv2/stage:Stage",
      "stage",
      { apiId: UNKNOWN },
      { id: UNKNOWN, from: { apiId: [api.urn] } },
    );
    assert.deepEqual(bills(api, stage, check(UNKNOWN, [stage.urn])), [...httpLines, ...FUNCTION_LINES]);
  });

  it("charges the function that a load balancer has for a target", () => {
    const stack = [
      inEast("aws:lb/loadBalancer:LoadBalancer", "balancer", { dnsName: "lb.example.com", internal: true }),
      inEast("aws:lb/listener:Listener", "listener", {
        loadBalancerArn: "balancer-id",
        defaultActions: [{ type: "forward", targetGroupArn: "group-id" }],
      }),
      inEast("aws:lb/targetGroup:TargetGroup", "group", { targetType: "lambda" }),
    ];
    const attachment = (targetId: PropertyValue) =>
      inEast("aws:lb/targetGroupAttachment:TargetGroupAttachment", "attachment", {
        targetGroupArn: "group-id",
        targetId,
      });
    const of = (targetId: PropertyValue) => bills(...stack, attachment(targetId), check("lb.example.com"));
    const lines = ["balancer: capacity units", "balancer: data out"];
    assert.deepEqual(of(ARN), [...lines, ...LOGGED_LINES]);
    assert.deepEqual(of(UNKNOWN), [...lines, "attachment input targetId"]);
  });

  it("charges the log lines of a probe once, however many functions may answer it", () => {
    const other = inEast("aws:lambda/function:Function", "other", { name: "other" });
    const attach = (name: string, targetId: string) =>
      inEast("aws:lb/targetGroupAttachment:TargetGroupAttachment", name, {
        targetGroupArn: `${name}-group-id`,
        targetId,
      });
    const forward = (name: string) =>
      inEast("aws:lb/listener:Listener", name, {
        loadBalancerArn: "balancer-id",
        defaultActions: [{ type: "forward", targetGroupArn: `${name}-group-id` }],
      });
    const group = (name: string) =>
      inEast("aws:lb/targetGroup:TargetGroup", `${name}-group`, { targetType: "lambda" });
    const balancer = inEast("aws:lb/loadBalancer:LoadBalancer", "balancer", {
      dnsName: "lb.example.com",
      internal: true,
    });
    const sides = [group("one"), attach("one", ARN), forward("one")];
    const two = [group("two"), attach("two", ARN.replace("handler", "other")), forward("two")];
    assert.deepEqual(bills(other, balancer, ...sides, ...two, check("lb.example.com")), [
      "balancer: capacity units",
      "balancer: data out",
      ...LOGGED_LINES,
      "other: function requests",
      "other: function time",
    ]);
  });

  it("says what the log lines of a function cost and how to be rid of them", () => {
    const stack = [handler, functionUrl(), check(URL_HOST)];
    const line = idleCost(stack, planFromResources(stack), { probeLogBytes: 1000 }).lines.find(({ item }) =>
      item.startsWith("log lines"),
    );
    // 1,401,600 probes of 1,000 bytes at 0.50 a GB.
    assert.equal(line?.item, "log lines of 1401600 probes, 1000 bytes each assumed");
    assert.equal(line?.monthlyMicroUsd, 700_800);
    assert.match(line?.lever ?? "", /systemLogLevel/);
  });

  describe("of an authorizer", () => {
    const guard = inEast("aws:lambda/function:Function", "guard", { name: "guard" });
    const guardArn = ARN.replace("handler", "guard");
    const authorizer = (properties: Properties, from: string[] = []) =>
      inEast(
        "aws:apigatewayv2/authorizer:Authorizer",
        "authorizer",
        { apiId: "api-id", authorizerType: "REQUEST", ...properties },
        { id: UNKNOWN, from: { authorizerUri: from } },
      );
    const of = (...stack: StackResource[]) =>
      bills(guard, httpApi({ target: ARN }), ...stack, check(API_HOST));
    const guardLines = ["guard: function requests", "guard: function time"];

    it("charges its function for every probe, and the log lines of the API once", () => {
      const expected = [...httpLines, ...FUNCTION_LINES, ...guardLines];
      assert.deepEqual(of(authorizer({ authorizerUri: guardArn })), expected);
      assert.deepEqual(of(authorizer({ authorizerUri: UNKNOWN }, [guard.urn])), expected);
      assert.deepEqual(of(), [...httpLines, ...FUNCTION_LINES]);
    });

    it("charges a function once that both answers and authorizes", () => {
      assert.deepEqual(of(authorizer({ authorizerUri: ARN })), [...httpLines, ...FUNCTION_LINES]);
    });

    it("refuses one that it cannot find, and leaves out those that run none", () => {
      const lines = [...httpLines, ...FUNCTION_LINES];
      assert.deepEqual(of(authorizer({ authorizerUri: UNKNOWN })), [
        ...lines,
        "authorizer input authorizerUri",
      ]);
      assert.deepEqual(of(authorizer({ authorizerUri: ARN.replace("handler", "gone") })), [
        ...lines,
        "authorizer price authorizerUri",
      ]);
      assert.deepEqual(of(authorizer({ authorizerType: "JWT" })), lines);
    });
  });

  describe("behind a distribution", () => {
    const site = (domainName: PropertyValue, cachePolicyId: string, from: string[] = []) =>
      resource(
        "aws:cloudfront/distribution:Distribution",
        "site",
        {
          domainName: "d1.cloudfront.net",
          origins: [{ originId: "one", domainName }],
          defaultCacheBehavior: { targetOriginId: "one", cachePolicyId },
        },
        { id: UNKNOWN, from: { origins: from } },
      );
    const edge = ["site: CloudFront requests", "site: data out"];
    const of = (...stack: StackResource[]) => bills(...stack, check("d1.cloudfront.net"));
    const api = httpApi({ target: ARN });
    const behindApi = [...edge, "api: HTTP API requests", "api: log lines", ...FUNCTION_LINES];

    it("charges an API and its function where nothing is cached", () => {
      assert.deepEqual(of(api, site(API_HOST, CACHING_DISABLED)), behindApi);
      assert.deepEqual(of(api, site(API_HOST, CACHING_OPTIMIZED)), edge);
      assert.deepEqual(of(api, site("other.example.com", CACHING_DISABLED)), edge);
    });

    it("finds the API by what the origins were computed from, and through a simple record", () => {
      const unborn = httpApi({ apiEndpoint: UNKNOWN, target: ARN }, { id: UNKNOWN });
      assert.deepEqual(of(unborn, site(UNKNOWN, CACHING_DISABLED, [unborn.urn])), behindApi);
      const record = resource("aws:route53/record:Record", "origin", {
        name: "origin.example.com",
        type: "CNAME",
        ttl: 60,
        records: [API_HOST],
      });
      assert.deepEqual(of(api, record, site("origin.example.com", CACHING_DISABLED)), behindApi);
    });

    it("charges a function URL, by name or by what the origins were computed from", () => {
      const expected = [...edge, ...LOGGED_LINES];
      assert.deepEqual(of(functionUrl(), site(URL_HOST, CACHING_DISABLED)), expected);
      const url = functionUrl({ functionUrl: UNKNOWN });
      assert.deepEqual(of(url, site(UNKNOWN, CACHING_DISABLED, [url.urn])), expected);
      assert.deepEqual(of(functionUrl(), site(URL_HOST, CACHING_OPTIMIZED)), edge);
    });

    it("says that caching would save it", () => {
      const stack = [handler, api, site(API_HOST, CACHING_DISABLED), check("d1.cloudfront.net")];
      const line = idleCost(stack, planFromResources(stack)).lines.find(({ item }) =>
        item.startsWith("HTTP"),
      );
      assert.match(line?.lever ?? "", /let CloudFront cache/);
    });
  });
});
