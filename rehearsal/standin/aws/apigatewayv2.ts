import { at } from "../../../model/property";
import { isUnknown } from "../../../model/unknown";
import type { Account } from "./account";
import { arn } from "./arn";
import { characters, LOWER_ALPHANUMERIC } from "./identifier";
import { text } from "./known";
import { matches, oneOf, onPresent, requiredWhen, wholeNumber } from "./property-rules";
import { type Making, type ResourceType, words } from "./resource-type";

export const API = "aws:apigatewayv2/api:Api";
export const INTEGRATION = "aws:apigatewayv2/integration:Integration";
export const ROUTE = "aws:apigatewayv2/route:Route";
export const STAGE = "aws:apigatewayv2/stage:Stage";

const api: ResourceType = {
  token: API,
  inputs:
    words(`apiKeySelectionExpression body corsConfiguration credentialsArn description disableExecuteApiEndpoint
    failOnWarnings ipAddressType name protocolType region routeKey routeSelectionExpression tags target version`),
  required: ["protocolType"],
  replaceOn: words("protocolType region"),
  defaults: {
    apiKeySelectionExpression: "$request.header.x-api-key",
    disableExecuteApiEndpoint: false,
    routeSelectionExpression: "$request.method $request.path",
  },
  autoName: "name",
  computed: words("apiEndpoint arn executionArn ipAddressType"),
  rules: [
    oneOf("protocolType", ["HTTP", "WEBSOCKET"]),
    oneOf("ipAddressType", ["ipv4", "dualstack"]),
    matches("name", /^.{1,128}$/, "1 to 128 characters"),
  ],
  make: ({ inputs, accountId, region, seed }) => {
    const id = characters(seed, 10, LOWER_ALPHANUMERIC);
    const scheme = inputs.protocolType === "WEBSOCKET" ? "wss" : "https";
    return {
      id,
      outputs: {
        apiEndpoint: `${scheme}://${executeApiHost(id, region)}`,
        arn: arn("apigateway", region, "", `/apis/${id}`),
        executionArn: arn("execute-api", region, accountId, id),
        ipAddressType: inputs.ipAddressType ?? "ipv4",
      },
    };
  },
};

const integration: ResourceType = {
  token: INTEGRATION,
  inputs:
    words(`apiId connectionId connectionType contentHandlingStrategy credentialsArn description integrationMethod
    integrationSubtype integrationType integrationUri passthroughBehavior payloadFormatVersion region
    requestParameters requestTemplates responseParameters templateSelectionExpression timeoutMilliseconds tlsConfig`),
  required: ["apiId", "integrationType"],
  replaceOn: words("apiId integrationSubtype integrationType region"),
  defaults: { connectionType: "INTERNET", payloadFormatVersion: "1.0" },
  computed: words("integrationResponseSelectionExpression timeoutMilliseconds"),
  rules: [
    oneOf("integrationType", ["AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"]),
    oneOf("connectionType", ["INTERNET", "VPC_LINK"]),
    oneOf("payloadFormatVersion", ["1.0", "2.0"]),
    wholeNumber("timeoutMilliseconds", 50, 30_000),
    requiredWhen(
      "integrationUri",
      ({ integrationType, integrationSubtype }) =>
        integrationSubtype === undefined && String(integrationType) !== "MOCK" && !isUnknown(integrationType),
      "it names what the integration calls",
    ),
  ],
  make: ({ inputs, seed }) => ({
    id: characters(seed, 7, LOWER_ALPHANUMERIC),
    outputs: {
      integrationResponseSelectionExpression: "",
      timeoutMilliseconds: inputs.timeoutMilliseconds ?? 30_000,
    },
  }),
  admit: missingApi,
};

const route: ResourceType = {
  token: ROUTE,
  inputs:
    words(`apiId apiKeyRequired authorizationScopes authorizationType authorizerId modelSelectionExpression
    operationName region requestModels requestParameters routeKey routeResponseSelectionExpression target`),
  required: ["apiId", "routeKey"],
  replaceOn: words("apiId region"),
  defaults: { apiKeyRequired: false, authorizationType: "NONE" },
  computed: [],
  rules: [
    matches(
      "routeKey",
      /^(\$\w+|[A-Z]+ \/\S*|[\w-]+)$/,
      "$default or a method and a path such as GET /healthz",
    ),
    oneOf("authorizationType", ["NONE", "AWS_IAM", "CUSTOM", "JWT"]),
    matches("target", /^integrations\/\S+$/, "integrations/ and the id of an integration"),
  ],
  make: ({ seed }) => ({ id: characters(seed, 7, LOWER_ALPHANUMERIC), outputs: {} }),
  admit: (making) => missingApi(making) ?? missingIntegration(making) ?? takenRouteKey(making),
};

const stage: ResourceType = {
  token: STAGE,
  inputs:
    words(`accessLogSettings apiId autoDeploy clientCertificateId defaultRouteSettings deploymentId description
    name region routeSettings stageVariables tags`),
  required: words("apiId accessLogSettings.destinationArn accessLogSettings.format"),
  replaceOn: words("apiId name region"),
  defaults: { autoDeploy: false },
  autoName: "name",
  computed: words("arn deploymentId executionArn invokeUrl"),
  rules: [
    matches("name", /^(\$default|[\w-]{1,128})$/, "$default or 1 to 128 letters, digits, - and _"),
    onPresent("defaultRouteSettings", (value) => {
      const rate = at(value, "throttlingRateLimit");
      const burst = at(value, "throttlingBurstLimit");
      const wrong = [rate, burst].filter((limit) => typeof limit === "number").find((limit) => limit < 0);
      return wrong === undefined ? undefined : `AWS takes limits of 0 or more, got ${wrong}`;
    }),
  ],
  make: ({ inputs, accountId, region, seed }) => {
    const apiId = text(inputs, "apiId");
    const name = text(inputs, "name");
    return {
      id: name,
      outputs: {
        arn: arn("apigateway", region, "", `/apis/${apiId}/stages/${name}`),
        deploymentId: inputs.deploymentId ?? characters(`${seed} deployment`, 6, LOWER_ALPHANUMERIC),
        executionArn: arn("execute-api", region, accountId, `${apiId}/${name}`),
        invokeUrl: `https://${executeApiHost(apiId, region)}/${name === "$default" ? "" : name}`,
      },
    };
  },
  admit: missingApi,
};

function executeApiHost(apiId: string, region: string): string {
  return `${apiId}.execute-api.${region}.amazonaws.com`;
}

/** Whether the API is there, as far as the account can tell. */
export function apiExists(account: Account, apiId: string, region: string): boolean {
  return (
    !account.complete || account.list(API).some((found) => found.id === apiId && found.region === region)
  );
}

function missingApi({ inputs, account, region }: Making): string | undefined {
  const apiId = text(inputs, "apiId");
  return apiExists(account, apiId, region)
    ? undefined
    : `API ${apiId} does not exist in ${region} (NotFound); point apiId at one there`;
}

function missingIntegration({ inputs, account, region }: Making): string | undefined {
  const id = text(inputs, "target").replace(/^integrations\//, "");
  if (id === "" || !account.complete) return undefined;
  const exists = account
    .list(INTEGRATION)
    .some((found) => found.id === id && found.region === region && found.properties.apiId === inputs.apiId);
  return exists ? undefined : `integration ${id} does not exist in API ${text(inputs, "apiId")} (NotFound)`;
}

function takenRouteKey({ inputs, account, region, urn }: Making): string | undefined {
  const taken = account
    .list(ROUTE)
    .some(
      (other) =>
        other.urn !== urn &&
        other.region === region &&
        other.properties.apiId === inputs.apiId &&
        other.properties.routeKey === inputs.routeKey,
    );
  return taken
    ? `route ${text(inputs, "routeKey")} already exists in API ${text(inputs, "apiId")} (Conflict); give each route its own key`
    : undefined;
}

export const API_GATEWAY: readonly ResourceType[] = [api, integration, route, stage];
