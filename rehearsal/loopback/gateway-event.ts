import { isUtf8 } from "node:buffer";

/** One request as it arrived at an HTTP API; `headers` as Node.js gives them, lower case. */
export interface GatewayRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly sourceIp: string;
  /** Milliseconds since 1970. */
  readonly timeEpoch: number;
  readonly requestId: string;
  readonly apiId: string;
}

/** Payload format 2.0 of an HTTP API's Lambda integration (API Gateway developer guide, "Payload format version"). */
export interface GatewayEvent {
  readonly version: "2.0";
  readonly routeKey: string;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: string[];
  readonly headers: Record<string, string>;
  readonly queryStringParameters?: Record<string, string>;
  readonly pathParameters?: Record<string, string>;
  readonly requestContext: {
    readonly accountId: string;
    readonly apiId: string;
    readonly domainName: string;
    readonly domainPrefix: string;
    readonly http: {
      readonly method: string;
      readonly path: string;
      readonly protocol: string;
      readonly sourceIp: string;
      readonly userAgent: string;
    };
    readonly requestId: string;
    readonly routeKey: string;
    readonly stage: "$default";
    readonly time: string;
    readonly timeEpoch: number;
  };
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

export interface GatewayResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

/** What API Gateway itself answers: `{"message":"Forbidden"}` and the like. */
export function gatewayMessage(status: number, message: string): GatewayResponse {
  return {
    status,
    headers: { "content-type": "application/json" },
    cookies: [],
    body: Buffer.from(JSON.stringify({ message })),
  };
}

/**
 * Picks the route, `GET /profiles/{id}`, that a method and a path match. Every segment of a path counts, and a
 * parameter takes exactly one segment that is not empty.
 */
export function matchRoute(
  routeKeys: readonly string[],
  method: string,
  path: string,
): { routeKey: string; pathParameters: Record<string, string> } | undefined {
  const segments = path.split("/");
  for (const routeKey of routeKeys) {
    const [routeMethod, routePath = ""] = routeKey.split(" ");
    const pattern = routePath.split("/");
    if (routeMethod !== method || pattern.length !== segments.length) continue;
    const pathParameters: Record<string, string> = {};
    const matches = pattern.every((part, index) => {
      const segment = segments[index] ?? "";
      const parameter = /^\{(\w+)\}$/.exec(part)?.[1];
      if (parameter === undefined) return part === segment;
      pathParameters[parameter] = segment;
      return segment !== "";
    });
    if (matches) return { routeKey, pathParameters };
  }
  return undefined;
}

/**
 * The event that the function gets, or what API Gateway answers without calling it: 404 without a route, 400 for
 * a path that cannot be decoded.
 */
export function gatewayEvent(
  routeKeys: readonly string[],
  request: GatewayRequest,
): { kind: "event"; event: GatewayEvent } | { kind: "answered"; response: GatewayResponse } {
  const { pathname, search } = splitUrl(request.url);
  const route = matchRoute(routeKeys, request.method, pathname);
  if (!route) return { kind: "answered", response: gatewayMessage(404, "Not Found") };
  const pathParameters = decodeAll(route.pathParameters);
  const rawPath = decode(pathname);
  if (pathParameters === undefined || rawPath === undefined) {
    return { kind: "answered", response: gatewayMessage(400, "Bad Request") };
  }
  const { cookies, headers } = splitCookies(request.headers);
  const query = queryParameters(search);
  const domainName = hostNameOf(request.headers.host);
  const isText = isUtf8(request.body);
  return {
    kind: "event",
    event: {
      version: "2.0",
      routeKey: route.routeKey,
      rawPath,
      rawQueryString: search,
      ...(cookies.length > 0 ? { cookies } : {}),
      headers,
      ...(Object.keys(query).length > 0 ? { queryStringParameters: query } : {}),
      ...(Object.keys(pathParameters).length > 0 ? { pathParameters } : {}),
      requestContext: {
        accountId: "123456789012",
        apiId: request.apiId,
        domainName,
        domainPrefix: domainName.split(".")[0] ?? "",
        http: {
          method: request.method,
          path: rawPath,
          protocol: "HTTP/1.1",
          sourceIp: request.sourceIp,
          userAgent: headers["user-agent"] ?? "",
        },
        requestId: request.requestId,
        routeKey: route.routeKey,
        stage: "$default",
        time: gatewayTime(new Date(request.timeEpoch)),
        timeEpoch: request.timeEpoch,
      },
      ...(request.body.length > 0 ? { body: request.body.toString(isText ? "utf8" : "base64") } : {}),
      isBase64Encoded: request.body.length > 0 && !isText,
    },
  };
}

/**
 * What the visitor gets for a function's result (same guide, "Lambda function response for format 2.0"): a result
 * without `statusCode` is the body itself, as JSON with status 200.
 */
export function gatewayResponse(result: unknown): GatewayResponse {
  if (typeof result !== "object" || result === null || !("statusCode" in result)) {
    return { ...gatewayMessage(200, ""), body: Buffer.from(JSON.stringify(result ?? null)) };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = result as Record<string, unknown>;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    return gatewayMessage(500, "Internal Server Error");
  }
  const text = body === undefined || body === null ? "" : String(body);
  return {
    status,
    headers: Object.fromEntries(
      Object.entries((headers ?? {}) as Record<string, unknown>).map(([name, value]) => [
        name.toLowerCase(),
        String(value),
      ]),
    ),
    cookies: Array.isArray(cookies) ? cookies.map(String) : [],
    body: Buffer.from(text, isBase64Encoded === true ? "base64" : "utf8"),
  };
}

/** A Host header without its port, lower case. */
export function hostNameOf(host: string | string[] | undefined): string {
  return String(host ?? "")
    .toLowerCase()
    .replace(/:\d*$/, "")
    .replace(/\.$/, "");
}

function splitUrl(url: string): { pathname: string; search: string } {
  const at = url.indexOf("?");
  return at < 0 ? { pathname: url, search: "" } : { pathname: url.slice(0, at), search: url.slice(at + 1) };
}

function splitCookies(sent: GatewayRequest["headers"]): {
  cookies: string[];
  headers: Record<string, string>;
} {
  const headers: Record<string, string> = {};
  let cookies: string[] = [];
  for (const [name, value] of Object.entries(sent)) {
    if (value === undefined) continue;
    const text = Array.isArray(value) ? value.join(",") : value;
    if (name === "cookie") cookies = text.split(/;\s*/).filter((cookie) => cookie !== "");
    else headers[name] = text;
  }
  return { cookies, headers };
}

/** Values of a repeated parameter are joined by commas. */
function queryParameters(search: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const before = parameters[name];
    parameters[name] = before === undefined ? value : `${before},${value}`;
  }
  return parameters;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function decodeAll(parameters: Record<string, string>): Record<string, string> | undefined {
  const decoded: Record<string, string> = {};
  for (const [name, value] of Object.entries(parameters)) {
    const text = decode(value);
    if (text === undefined) return undefined;
    decoded[name] = text;
  }
  return decoded;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `12/Mar/2020:19:03:58 +0000`, as in an access log. */
function gatewayTime(time: Date): string {
  const day = String(time.getUTCDate()).padStart(2, "0");
  return `${day}/${MONTHS[time.getUTCMonth()]}/${time.getUTCFullYear()}:${time.toISOString().slice(11, 19)} +0000`;
}
