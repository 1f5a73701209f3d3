import { asWritten } from "./as-written";
import { at, isPresent, stringAt } from "./property";
import type { StackJoins } from "./stack-joins";
import type { StackResource } from "./stack-resource";
import { targetGroupsOf } from "./target-group";
import { isUnknown, type PropertyValue } from "./unknown";

export const FUNCTION = "aws:lambda/function:Function";
export const FUNCTION_URL = "aws:lambda/functionUrl:FunctionUrl";
const ALIAS = "aws:lambda/alias:Alias";
const ATTACHMENTS = [
  "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  "aws:alb/targetGroupAttachment:TargetGroupAttachment",
];

/** The functions that answer for a resource, and the properties that may name one more. */
export interface FunctionsBehind {
  /** URNs. */
  readonly functions: readonly string[];
  readonly untold: readonly UntoldFunction[];
}

/** A property that names a function which cannot be found among the stack's resources. */
export interface UntoldFunction {
  /** Of the resource that has the property. */
  readonly urn: string;
  readonly path: string;
  /** `unknown`: the property is not known yet; `outside`: the stack does not hold what it names. */
  readonly why: "unknown" | "outside";
}

/** Where one generation of API Gateway says what answers. */
interface Integrations {
  readonly type: string;
  /** Property of an integration that holds the API's id. */
  readonly api: string;
  readonly kind: string;
  readonly uri: string;
}

const INTEGRATIONS: Readonly<Record<string, Integrations>> = {
  "aws:apigatewayv2/api:Api": {
    type: "aws:apigatewayv2/integration:Integration",
    api: "apiId",
    kind: "integrationType",
    uri: "integrationUri",
  },
  "aws:apigateway/restApi:RestApi": {
    type: "aws:apigateway/integration:Integration",
    api: "restApi",
    kind: "type",
    uri: "uri",
  },
};

/** Properties of an API itself that can name functions: an OpenAPI text, and the quick create of HTTP APIs. */
const API_PROPERTIES = ["body", "target"];
/** Kinds of integration that lead to no function (API Gateway API reference, `Integration`). */
const OTHER_KINDS: readonly PropertyValue[] = ["HTTP", "HTTP_PROXY", "MOCK"];

/** Where one generation says what runs before an integration. */
const AUTHORIZERS: Readonly<Record<string, { readonly type: string; readonly api: string }>> = {
  "aws:apigatewayv2/api:Api": { type: "aws:apigatewayv2/authorizer:Authorizer", api: "apiId" },
  "aws:apigateway/restApi:RestApi": { type: "aws:apigateway/authorizer:Authorizer", api: "restApi" },
};
/** Kinds of authorizer that run no function (API Gateway API reference, `Authorizer`). */
const OTHER_AUTHORIZERS: readonly PropertyValue[] = ["JWT", "COGNITO_USER_POOLS"];

const NONE: FunctionsBehind = { functions: [], untold: [] };

/** Whether a resource is an API of either generation, a route of which may run a function. */
export function isGateway({ type }: StackResource): boolean {
  return Object.hasOwn(INTEGRATIONS, type);
}

/** What answers for an API, a load balancer or a function URL by running a function; none for anything else. */
export function functionsBehind(resource: StackResource, joins: StackJoins): FunctionsBehind {
  if (isGateway(resource)) return behindGateway(resource, joins);
  if (resource.type === FUNCTION_URL) return functionsNamed(resource, "functionName", joins);
  return resource.type.endsWith(":LoadBalancer") ? behindBalancer(resource, joins) : NONE;
}

function behindGateway(api: StackResource, joins: StackJoins): FunctionsBehind {
  const types = INTEGRATIONS[api.type];
  if (!types) return NONE;
  const region = joins.regionOf(api);
  const integrations = joins
    .referring(api, types.api, types.type)
    .filter((one) => joins.regionOf(one) === region && !isOther(one, types));
  return together([
    ...integrations.map((one) => functionsNamed(one, types.uri, joins)),
    ...API_PROPERTIES.map((property) => functionsNamed(api, property, joins)),
  ]);
}

/** What decides for an API who may ask it, by running a function; none for anything else. */
export function authorizersBehind(api: StackResource, joins: StackJoins): FunctionsBehind {
  const types = AUTHORIZERS[api.type];
  if (!types) return NONE;
  const region = joins.regionOf(api);
  const authorizers = joins
    .referring(api, types.api, types.type)
    .filter((one) => joins.regionOf(one) === region && !runsNothing(one));
  return together(authorizers.map((one) => functionsNamed(one, "authorizerUri", joins)));
}

/** An authorizer of a REST API that says no kind is one of the kinds that run a function. */
function runsNothing(authorizer: StackResource): boolean {
  const { authorizerType, type } = asWritten(authorizer).properties;
  return OTHER_AUTHORIZERS.includes(authorizerType) || OTHER_AUTHORIZERS.includes(type);
}

/** An integration with a subtype calls another service of AWS. */
function isOther(integration: StackResource, { kind }: Integrations): boolean {
  const { properties } = asWritten(integration);
  return OTHER_KINDS.includes(properties[kind]) || isPresent(properties.integrationSubtype);
}

/** Only an Application Load Balancer has functions for targets (ELBv2 API reference, CreateTargetGroup). */
function behindBalancer(balancer: StackResource, joins: StackJoins): FunctionsBehind {
  const { loadBalancerType } = asWritten(balancer).properties;
  if (loadBalancerType === "network" || loadBalancerType === "gateway") return NONE;
  const groups = targetGroupsOf(balancer, joins);
  if (isUnknown(groups)) {
    return { functions: [], untold: [{ urn: balancer.urn, path: "defaultActions", why: "unknown" }] };
  }
  return together(
    groups.flatMap(({ urn }) => {
      const group = joins.byUrn.get(urn);
      return group ? [behindGroup(asWritten(group), joins)] : [];
    }),
  );
}

function behindGroup(group: StackResource, joins: StackJoins): FunctionsBehind {
  const targetType = stringAt(group.properties, "targetType");
  if (targetType !== "lambda" && !isUnknown(targetType)) return NONE;
  const attached = ATTACHMENTS.flatMap((type) => joins.referring(group, "targetGroupArn", type));
  if (attached.length > 0) return together(attached.map((one) => functionsNamed(one, "targetId", joins)));
  const why = isUnknown(targetType) ? "unknown" : "outside";
  return { functions: [], untold: [{ urn: group.urn, path: "targetType", why }] };
}

/** By the ARNs or the name that it holds, else by what it was computed from; an alias stands for its function. */
export function functionsNamed(holder: StackResource, property: string, joins: StackJoins): FunctionsBehind {
  const value = asWritten(holder).properties[property];
  if (!isPresent(value)) return NONE;
  const named = typeof value === "string" ? namesIn(value, property === "functionName") : [];
  const found = named.flatMap((name) => functionCalled(name, holder, joins) ?? []);
  const isTold = typeof value === "string" && found.length === named.length && named.length > 0;
  if (isTold) return { functions: unique(found), untold: [] };
  const sources = together(
    (holder.propertyDependencies[property] ?? []).map((urn) => behindSource(joins.byUrn.get(urn), joins)),
  );
  const functions = unique([...found, ...sources.functions]);
  const missing = isUnknown(value) ? Number(functions.length === 0) : named.length - functions.length;
  if (missing <= 0) return { functions, untold: [] };
  if (sources.untold.length > 0) return { functions, untold: sources.untold };
  const why = isUnknown(value) ? "unknown" : "outside";
  return { functions, untold: [{ urn: holder.urn, path: property, why }] };
}

function behindSource(source: StackResource | undefined, joins: StackJoins): FunctionsBehind {
  if (source?.type === FUNCTION) return { functions: [source.urn], untold: [] };
  return source?.type === ALIAS ? functionsNamed(source, "functionName", joins) : NONE;
}

/** A function as a text names it; the region is that of its ARN. */
interface FunctionName {
  readonly name: string;
  readonly region?: string;
  /** Without a version or an alias. */
  readonly arn?: string;
}

const FUNCTION_ARN = /arn:[\w-]+:lambda:([^:/]*):[^:/]*:function:(\$\{[^}]*\}|[^:/"'\s\\]+)/g;

/** Every function that a text names by ARN. An address of Lambda's API without one names one that nothing tells. */
function namesIn(text: string, isName: boolean): FunctionName[] {
  const byArn = new Map(
    [...text.matchAll(FUNCTION_ARN)].map(([arn, region, name = ""]) => [arn, { name, region, arn }]),
  );
  if (byArn.size > 0) return [...byArn.values()];
  // A name may have its account before it, and an alias or a version behind it.
  if (isName) return [{ name: text.replace(/^.*function:/, "").split(":")[0] ?? text }];
  return text.includes(":lambda:path/") ? [{ name: "" }] : [];
}

function functionCalled(
  { name, region, arn }: FunctionName,
  holder: StackResource,
  joins: StackJoins,
): string | undefined {
  const byName = joins.grouped("functions by region and name", FUNCTION, (one) =>
    [one.properties.name, one.id].flatMap((key) =>
      typeof key === "string" ? [`${String(joins.regionOf(one))} ${key}`] : [],
    ),
  );
  const candidates = byName.get(`${String(region ?? joins.regionOf(holder))} ${name}`) ?? [];
  // Another account may have a function of this name.
  return candidates.find((one) => {
    const own = at(one.properties, "arn");
    return arn === undefined || typeof own !== "string" || own === arn;
  })?.urn;
}

function together(parts: readonly FunctionsBehind[]): FunctionsBehind {
  return {
    functions: unique(parts.flatMap(({ functions }) => functions)),
    untold: parts.flatMap(({ untold }) => untold),
  };
}

function unique(urns: readonly string[]): string[] {
  return [...new Set(urns)];
}
