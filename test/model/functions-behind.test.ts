import assert from "node:assert/strict";
import {
  authorizersBehind,
  FUNCTION,
  FUNCTION_URL,
  functionsBehind,
  isGateway,
} from "../../model/functions-behind";
import { StackJoins } from "../../model/stack-joins";
import type { StackResource } from "../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../model/unknown";
import { type FixtureOptions, resource } from "./stack-fixture";

const ALIAS = "aws:lambda/alias:Alias";
const HTTP_API = "aws:apigatewayv2/api:Api";
const REST_API = "aws:apigateway/restApi:RestApi";
const LAMBDA_PATH = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions";
const ARN = "arn:aws:lambda:us-east-1:123456789012:function:handler";
const INVOKE_ARN = `${LAMBDA_PATH}/${ARN}/invocations`;

const inEast = (type: string, name: string, properties: Properties, options: FixtureOptions = {}) =>
  resource(type, name, { region: "us-east-1", ...properties }, options);
const handler = inEast(FUNCTION, "handler", { name: "handler" });
const unborn = inEast(FUNCTION, "unborn", { name: UNKNOWN }, { id: UNKNOWN });
const other = inEast(FUNCTION, "other", { name: "other" });
const alias = (functionName: PropertyValue, from: StackResource[] = []) =>
  inEast(
    ALIAS,
    "live",
    { functionName, name: "live" },
    { id: UNKNOWN, from: { functionName: from.map(({ urn }) => urn) } },
  );

/** Names of the functions found, and `name path why` of what is not. */
function behind(one: StackResource, ...others: StackResource[]): readonly string[] {
  const { functions, untold } = functionsBehind(
    one,
    new StackJoins([one, handler, unborn, other, ...others]),
  );
  const name = (urn: string) => urn.split("::").at(-1);
  return [
    ...functions.map((urn) => `${name(urn)}`),
    ...untold.map(({ urn, path, why }) => `${name(urn)} ${path} ${why}`),
  ];
}

/** An API with one integration of these properties. */
function httpApi(properties: Properties, from: StackResource[] = [], others: StackResource[] = []) {
  const integration = inEast(
    "aws:apigatewayv2/integration:Integration",
    "integration",
    { apiId: "api-id", integrationType: "AWS_PROXY", ...properties },
    { id: UNKNOWN, from: { integrationUri: from.map(({ urn }) => urn) } },
  );
  return behind(inEast(HTTP_API, "api", {}), integration, ...others);
}

function restApi(properties: Properties, from: StackResource[] = []) {
  const integration = inEast(
    "aws:apigateway/integration:Integration",
    "integration",
    { restApi: "api-id", type: "AWS_PROXY", ...properties },
    { id: UNKNOWN, from: { uri: from.map(({ urn }) => urn) } },
  );
  return behind(inEast(REST_API, "api", {}), integration);
}

describe("model/functions-behind", () => {
  it("finds a function that an integration was computed from, by itself or through an alias", () => {
    assert.deepEqual(httpApi({ integrationUri: UNKNOWN }, [unborn]), ["unborn"]);
    const byArn = alias(`${ARN}:7`);
    assert.deepEqual(httpApi({ integrationUri: UNKNOWN }, [byArn], [byArn]), ["handler"]);
    const byName = alias("handler");
    assert.deepEqual(httpApi({ integrationUri: UNKNOWN }, [byName], [byName]), ["handler"]);
    const byDependency = alias(UNKNOWN, [unborn]);
    assert.deepEqual(httpApi({ integrationUri: UNKNOWN }, [byDependency], [byDependency]), ["unborn"]);
    assert.deepEqual(restApi({ uri: UNKNOWN }, [unborn]), ["unborn"]);
  });

  it("says which property of an alias does not tell its function", () => {
    const outside = alias("elsewhere");
    assert.deepEqual(httpApi({ integrationUri: UNKNOWN }, [outside], [outside]), [
      "live functionName outside",
    ]);
    const unknown = alias(UNKNOWN);
    assert.deepEqual(httpApi({ integrationUri: UNKNOWN }, [unknown], [unknown]), [
      "live functionName unknown",
    ]);
  });

  it("finds a function by a literal ARN, with a qualifier or without", () => {
    for (const uri of [INVOKE_ARN, ARN, `${ARN}:live`, `${LAMBDA_PATH}/${ARN}:live/invocations`]) {
      assert.deepEqual(httpApi({ integrationUri: uri }), ["handler"], uri);
      assert.deepEqual(restApi({ uri }), ["handler"], uri);
    }
  });

  it("takes no function of another region, account or name for the one that an ARN names", () => {
    const known = inEast(FUNCTION, "known", { name: "known", arn: ARN.replace("handler", "known") });
    const uri = (text: string) => httpApi({ integrationUri: text }, [], [known]);
    assert.deepEqual(uri(ARN.replace("handler", "known")), ["known"]);
    for (const text of [
      ARN.replace("handler", "known").replace("123456789012", "210987654321"),
      ARN.replace("us-east-1", "us-west-2"),
      ARN.replace("handler", "handler2"),
      ARN.replace("handler", "$" + "{stageVariables.function}"),
    ]) {
      assert.deepEqual(uri(text), ["integration integrationUri outside"], text);
    }
  });

  it("does not know an integration that nothing tells", () => {
    assert.deepEqual(httpApi({ integrationUri: UNKNOWN }), ["integration integrationUri unknown"]);
    assert.deepEqual(restApi({ uri: UNKNOWN }), ["integration uri unknown"]);
    assert.deepEqual(restApi({ uri: UNKNOWN, type: "AWS" }), ["integration uri unknown"]);
    assert.deepEqual(restApi({ uri: UNKNOWN, type: UNKNOWN }), ["integration uri unknown"]);
  });

  it("leaves out integrations that lead to no function", () => {
    assert.deepEqual(httpApi({ integrationType: "HTTP_PROXY", integrationUri: UNKNOWN }), []);
    assert.deepEqual(
      httpApi({ integrationSubtype: "SQS-SendMessage", integrationUri: UNKNOWN }, [handler]),
      [],
    );
    assert.deepEqual(restApi({ type: "MOCK", uri: undefined }), []);
    assert.deepEqual(restApi({ type: "HTTP", uri: UNKNOWN }), []);
    assert.deepEqual(restApi({ type: "AWS", uri: "arn:aws:apigateway:us-east-1:sqs:path/queue" }), []);
    assert.deepEqual(restApi({ uri: "https://origin.example.com" }), []);
  });

  it("reads an API's own OpenAPI text and its target", () => {
    for (const type of [HTTP_API, REST_API]) {
      const api = (properties: Properties, from: Record<string, string[]> = {}) =>
        behind(inEast(type, "api", properties, { id: UNKNOWN, from }));
      const paths = (...uris: string[]) => JSON.stringify({ paths: uris.map((uri) => ({ uri })) });
      assert.deepEqual(api({ body: UNKNOWN }, { body: [unborn.urn, other.urn] }), ["unborn", "other"]);
      assert.deepEqual(api({ body: UNKNOWN }, { body: [] }), ["api body unknown"]);
      const second = INVOKE_ARN.replace("handler", "other");
      assert.deepEqual(api({ body: paths(INVOKE_ARN, INVOKE_ARN, second) }), ["handler", "other"]);
      assert.deepEqual(api({ body: paths(INVOKE_ARN, INVOKE_ARN.replace("handler", "gone")) }), [
        "handler",
        "api body outside",
      ]);
      assert.deepEqual(api({ body: paths("https://origin.example.com") }), []);
      assert.deepEqual(api({}), []);
    }
    const target = (value: PropertyValue, from: string[] = []) =>
      behind(inEast(HTTP_API, "api", { target: value }, { id: UNKNOWN, from: { target: from } }));
    assert.deepEqual(target(ARN), ["handler"]);
    assert.deepEqual(target(UNKNOWN, [unborn.urn]), ["unborn"]);
    assert.deepEqual(target(UNKNOWN), ["api target unknown"]);
    assert.deepEqual(target("https://origin.example.com"), []);
  });

  it("finds the function of a function URL by name, by ARN or by reference", () => {
    const url = (functionName: PropertyValue, from: string[] = []) =>
      behind(inEast(FUNCTION_URL, "url", { functionName }, { from: { functionName: from } }));
    assert.deepEqual(url("handler"), ["handler"]);
    assert.deepEqual(url("123456789012:function:handler"), ["handler"]);
    assert.deepEqual(url(`${ARN}:live`), ["handler"]);
    assert.deepEqual(url(UNKNOWN, [unborn.urn]), ["unborn"]);
    assert.deepEqual(url(UNKNOWN), ["url functionName unknown"]);
    assert.deepEqual(url("elsewhere"), ["url functionName outside"]);
  });

  const forward = (targetGroupArn: PropertyValue, balancer: Properties = {}) =>
    [
      inEast("aws:lb/loadBalancer:LoadBalancer", "balancer", balancer),
      inEast("aws:lb/listener:Listener", "listener", {
        loadBalancerArn: "balancer-id",
        defaultActions: [{ type: "forward", targetGroupArn }],
      }),
    ] as const;
  const group = (targetType: PropertyValue) =>
    inEast("aws:lb/targetGroup:TargetGroup", "group", { targetType });
  const attachment = (targetId: PropertyValue, from: string[] = []) =>
    inEast(
      "aws:lb/targetGroupAttachment:TargetGroupAttachment",
      "attachment",
      { targetGroupArn: "group-id", targetId },
      { id: UNKNOWN, from: { targetId: from } },
    );

  it("follows a load balancer to the function that its group has for a target", () => {
    const [balancer, listener] = forward("group-id");
    const of = (...others: StackResource[]) => behind(balancer, listener, ...others);
    assert.deepEqual(of(group("lambda"), attachment(ARN)), ["handler"]);
    assert.deepEqual(of(group("lambda"), attachment(UNKNOWN, [unborn.urn])), ["unborn"]);
    assert.deepEqual(of(group("lambda"), attachment(UNKNOWN)), ["attachment targetId unknown"]);
    assert.deepEqual(of(group("lambda")), ["group targetType outside"]);
    assert.deepEqual(of(group(UNKNOWN)), ["group targetType unknown"]);
    assert.deepEqual(of(group("ip"), attachment("198.51.100.1")), []);
    assert.deepEqual(of(group(undefined), attachment("i-1")), []);
  });

  it("does not know what a balancer forwards to outside, unless its kind has no functions", () => {
    const of = (balancer: Properties) => behind(...forward("elsewhere", balancer));
    assert.deepEqual(of({}), ["balancer defaultActions unknown"]);
    assert.deepEqual(of({ loadBalancerType: "network" }), []);
    assert.deepEqual(of({ loadBalancerType: "gateway" }), []);
  });

  it("finds none behind anything else, and takes absurd properties without falling over", () => {
    assert.deepEqual(behind(inEast("aws:s3/bucket:Bucket", "bucket", {})), []);
    for (const absurd of [null, 7, [], {}, [null]] as PropertyValue[]) {
      assert.doesNotThrow(() => httpApi({ integrationUri: absurd, integrationType: absurd }));
      assert.doesNotThrow(() => behind(inEast(HTTP_API, "api", { body: absurd, target: absurd })));
      assert.doesNotThrow(() => behind(inEast(FUNCTION_URL, "url", { functionName: absurd })));
    }
  });

  describe("of authorizers", () => {
    const authorized = (
      type: string,
      holder: string,
      api: string,
      properties: Properties,
      from: string[] = [],
    ) => {
      const own = inEast(type, "api", {});
      const authorizer = inEast(
        holder,
        "authorizer",
        { [api]: "api-id", ...properties },
        { id: UNKNOWN, from: { authorizerUri: from } },
      );
      const live = alias("handler");
      const stack = [own, handler, unborn, other, live, authorizer];
      const { functions, untold } = authorizersBehind(own, new StackJoins(stack));
      assert.deepEqual(functionsBehind(own, new StackJoins(stack)), { functions: [], untold: [] });
      return [
        ...functions.map((urn) => urn.split("::").at(-1)),
        ...untold.map(({ path, why }) => `${path} ${why}`),
      ];
    };
    const http = (properties: Properties, from: string[] = []) =>
      authorized(HTTP_API, "aws:apigatewayv2/authorizer:Authorizer", "apiId", properties, from);
    const rest = (properties: Properties, from: string[] = []) =>
      authorized(REST_API, "aws:apigateway/authorizer:Authorizer", "restApi", properties, from);

    it("finds their functions by ARN, through an alias, or by what the address was computed from", () => {
      for (const of of [http, rest]) {
        assert.deepEqual(of({ authorizerUri: INVOKE_ARN }), ["handler"]);
        assert.deepEqual(of({ authorizerUri: `${LAMBDA_PATH}/${ARN}:live/invocations` }), ["handler"]);
        assert.deepEqual(of({ authorizerUri: UNKNOWN }, [alias("handler").urn]), ["handler"]);
        assert.deepEqual(of({ authorizerUri: UNKNOWN }, [unborn.urn]), ["unborn"]);
        assert.deepEqual(of({ authorizerUri: UNKNOWN }), ["authorizerUri unknown"]);
        assert.deepEqual(of({ authorizerUri: INVOKE_ARN.replace("handler", "gone") }), [
          "authorizerUri outside",
        ]);
      }
    });

    it("leaves out kinds that run none", () => {
      assert.deepEqual(http({ authorizerType: "JWT", authorizerUri: INVOKE_ARN }), []);
      assert.deepEqual(rest({ type: "COGNITO_USER_POOLS", authorizerUri: INVOKE_ARN }), []);
      assert.deepEqual(http({ authorizerType: "REQUEST", authorizerUri: INVOKE_ARN }), ["handler"]);
      assert.deepEqual(rest({ type: "TOKEN", authorizerUri: INVOKE_ARN }), ["handler"]);
    });

    it("looks at APIs of the two generations only", () => {
      assert.deepEqual(
        [HTTP_API, REST_API, FUNCTION_URL].map((type) => isGateway(inEast(type, "x", {}))),
        [true, true, false],
      );
      assert.deepEqual(authorizersBehind(handler, new StackJoins([handler])), { functions: [], untold: [] });
    });
  });
});
