import { runInNewContext } from "node:vm";
import { behaviorsFor } from "../../model/cache-behavior";
import { at, booleanAt, listAt, numberAt, stringAt, stringListAt } from "../../model/property";
import type { StackResource } from "../../model/stack-resource";
import { isUnknown, type PropertyValue } from "../../model/unknown";
import type { EndpointReply, EndpointRequest, RequestHandler } from "./region-endpoint";

const FUNCTION = "aws:cloudfront/function:Function";
const HEADERS_POLICY = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy";

/**
 * What answers at an origin's host name; undefined where nothing does. Asked once per origin. A handler that throws is
 * a connection that fails.
 */
export type OriginOf = (domainName: string) => RequestHandler | undefined;

/**
 * A distribution as its resource describes it (CloudFront developer guide): names, redirect to HTTPS, methods, default
 * root object, behaviours by path, functions that change a visitor's path, origin groups, error pages and the security
 * headers. Caches, compression and the waiting for an origin that hangs are not played: every request reaches an origin,
 * and one that fails does so at once.
 */
export function cloudFront(
  distribution: StackResource,
  resources: readonly StackResource[],
  originOf: OriginOf,
): RequestHandler {
  const { properties } = distribution;
  const names = new Set([...knownTexts(stringListAt(properties, "aliases")), text(properties, "domainName")]);
  const headersOf = securityHeaders(resources);
  const functionsOf = viewerFunctions(resources);
  // Made once: an origin may read files.
  const handlers = new Map(
    items(properties, "origins").map((origin) => {
      const domainName = text(origin, "domainName");
      return [domainName, originOf(domainName)];
    }),
  );
  const originAt: OriginOf = (domainName) => handlers.get(domainName);
  return async (request) => {
    if (!names.has(request.host)) return failure(403, "the distribution has no such name");
    const behaviour = behaviorsFor(properties, request.url)[0];
    const policy = text(behaviour, "viewerProtocolPolicy");
    if (request.scheme === "http" && policy === "redirect-to-https") {
      // Real ones carry no Cache-Control either, so that browsers keep them.
      return { status: 301, headers: { location: `https://${request.host}${request.url}` } };
    }
    if (request.scheme === "http" && policy === "https-only") return failure(403, "HTTPS only");
    if (!knownTexts(stringListAt(behaviour, "allowedMethods")).includes(request.method)) {
      return failure(403, "the behaviour takes no such method");
    }
    const path = rooted(pathAfter(functionsOf(behaviour), request), properties.defaultRootObject);
    const reply = await asked({ ...request, url: path }, behaviour, properties, originAt);
    const shown = await errorPage(reply, request, properties, originAt);
    return { ...shown, headers: { ...shown.headers, ...headersOf(behaviour, request.scheme) } };
  };
}

/** What a function makes of a visitor's request. */
type ViewerFunction = (event: { readonly request: { readonly uri: string } }) => { readonly uri: string };

/** The functions that a behaviour runs before anything else, from their real code. */
function viewerFunctions(resources: readonly StackResource[]) {
  const functions = new Map(
    resources
      .filter(({ type }) => type === FUNCTION)
      .map(({ properties }): [string, ViewerFunction] => [
        text(properties, "arn"),
        runInNewContext(`${text(properties, "code")}\n;handler`),
      ]),
  );
  return (behaviour: PropertyValue): ViewerFunction[] =>
    items(behaviour, "functionAssociations")
      .filter((association) => text(association, "eventType") === "viewer-request")
      .flatMap((association) => functions.get(text(association, "functionArn")) ?? []);
}

/** Hands the functions what CloudFront would, and takes the path that they want. */
function pathAfter(
  functions: readonly ViewerFunction[],
  { method, url, headers, sourceIp }: EndpointRequest,
): string {
  const [uri = "", ...query] = url.split("?");
  const event = { version: "1.0", context: { eventType: "viewer-request" }, viewer: { ip: sourceIp } };
  const viewed = { method, uri, querystring: {}, headers: named(headers), cookies: {} };
  const changed = functions.reduce<{ readonly uri: string }>(
    (request, run) => run({ ...event, request } as Parameters<ViewerFunction>[0]),
    viewed,
  );
  return [changed.uri, ...query].join("?");
}

/** Headers in the form of a function's event. */
function named(headers: EndpointRequest["headers"]): Record<string, { value: string }> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value: String(value) }]));
}

/** The default root object stands for `/` only, not for folders below it. */
function rooted(url: string, root: PropertyValue): string {
  const [path = "", ...query] = url.split("?");
  if (path !== "/" || typeof root !== "string" || root === "") return url;
  return ["/", root, ...(query.length > 0 ? ["?", query.join("?")] : [])].join("");
}

/** Asks the behaviour's origin; of a group the second one where the first fails in a way that the group names. */
async function asked(
  request: EndpointRequest,
  behaviour: PropertyValue,
  properties: PropertyValue,
  originOf: OriginOf,
): Promise<EndpointReply> {
  const target = text(behaviour, "targetOriginId");
  const group = items(properties, "originGroups").find((each) => text(each, "originId") === target);
  const members = group ? items(group, "members").map((member) => text(member, "originId")) : [target];
  const codes = listAt(group, "failoverCriteria", "statusCodes");
  const failing: readonly PropertyValue[] = codes === undefined || isUnknown(codes) ? [] : codes;
  let reply = failure(502, "no origin");
  for (const [index, member] of members.entries()) {
    reply = await askedOf(member, request, properties, originOf);
    const isLast = index === members.length - 1;
    if (isLast || !failing.includes(reply.status)) return reply;
  }
  return reply;
}

async function askedOf(
  originId: string,
  request: EndpointRequest,
  properties: PropertyValue,
  originOf: OriginOf,
): Promise<EndpointReply> {
  const origin = items(properties, "origins").find((each) => text(each, "originId") === originId);
  const domainName = text(origin, "domainName");
  const handle = originOf(domainName);
  if (!handle) return failure(502, `no origin answers at ${domainName}`);
  try {
    return await handle({ ...request, host: domainName });
  } catch {
    // Of a group the next origin is asked after this as well (developer guide, "Optimize high availability").
    return failure(502, `${domainName} does not answer`);
  }
}

/** The page that the distribution has for an error, with the status that it gives it. */
async function errorPage(
  reply: EndpointReply,
  request: EndpointRequest,
  properties: PropertyValue,
  originOf: OriginOf,
): Promise<EndpointReply> {
  const own = items(properties, "customErrorResponses").find(
    (each) => numberAt(each, "errorCode") === reply.status,
  );
  const path = text(own, "responsePagePath");
  if (path === "") return reply;
  const get = { ...request, method: request.method === "HEAD" ? "HEAD" : "GET", url: path };
  const page = await asked(get, behaviorsFor(properties, path)[0], properties, originOf);
  if (page.status !== 200) return reply;
  const status = numberAt(own, "responseCode");
  return { ...page, status: typeof status === "number" && status > 0 ? status : reply.status };
}

/** The headers that a behaviour's policy puts on every answer. */
function securityHeaders(resources: readonly StackResource[]) {
  const configs = new Map(
    resources.flatMap(({ type, id, properties }): [string, PropertyValue][] =>
      type === HEADERS_POLICY && typeof id === "string"
        ? [[id, at(properties, "securityHeadersConfig")]]
        : [],
    ),
  );
  return (behaviour: PropertyValue, scheme: "http" | "https"): Record<string, string> => {
    const config = configs.get(text(behaviour, "responseHeadersPolicyId"));
    const seconds = numberAt(config, "strictTransportSecurity", "accessControlMaxAgeSec");
    const below = booleanAt(config, "strictTransportSecurity", "includeSubdomains") === true;
    const values: Record<string, string> = {
      "strict-transport-security":
        scheme === "https" && typeof seconds === "number"
          ? `max-age=${seconds}${below ? "; includeSubDomains" : ""}`
          : "",
      "content-security-policy": text(config, "contentSecurityPolicy", "contentSecurityPolicy"),
      "x-content-type-options": at(config, "contentTypeOptions") === undefined ? "" : "nosniff",
      "x-frame-options": text(config, "frameOptions", "frameOption"),
      "referrer-policy": text(config, "referrerPolicy", "referrerPolicy"),
    };
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
  };
}

/** What CloudFront answers by itself. */
function failure(status: number, why: string): EndpointReply {
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: `<html><head><title>${status}</title></head><body><h1>${status}</h1><p>${why}</p></body></html>\n`,
  };
}

function items(value: PropertyValue, key: string): readonly PropertyValue[] {
  const found = listAt(value, key);
  return found === undefined || isUnknown(found) ? [] : found;
}

function text(value: PropertyValue, ...path: string[]): string {
  const found = stringAt(value, ...path);
  return typeof found === "string" ? found : "";
}

function knownTexts(values: ReturnType<typeof stringListAt>): string[] {
  if (values === undefined || isUnknown(values)) return [];
  return values.flatMap((value) => (typeof value === "string" && value !== "" ? [value] : []));
}
