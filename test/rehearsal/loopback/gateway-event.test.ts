import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type GatewayRequest,
  gatewayEvent,
  gatewayMessage,
  gatewayResponse,
  hostNameOf,
  matchRoute,
} from "../../../rehearsal/loopback/gateway-event";

const ROUTES = ["GET /profiles/{id}", "PUT /profiles/{id}", "GET /healthz"];

function request(changes: Partial<GatewayRequest> = {}): GatewayRequest {
  return {
    method: "GET",
    url: "/healthz",
    headers: { host: "profiles.example.com", "user-agent": "test" },
    body: Buffer.alloc(0),
    sourceIp: "192.0.2.9",
    timeEpoch: Date.UTC(2026, 2, 5, 14, 3, 9),
    requestId: "request-1",
    apiId: "api-1",
    ...changes,
  };
}

function eventOf(changes: Partial<GatewayRequest>) {
  const outcome = gatewayEvent(ROUTES, request(changes));
  assert.equal(outcome.kind, "event");
  return (outcome as Extract<typeof outcome, { kind: "event" }>).event;
}

function answeredStatus(changes: Partial<GatewayRequest>): number | undefined {
  const outcome = gatewayEvent(ROUTES, request(changes));
  return outcome.kind === "answered" ? outcome.response.status : undefined;
}

describe("rehearsal/loopback/gateway-event", () => {
  it("builds the whole event of payload format 2.0", () => {
    const event = eventOf({
      method: "PUT",
      url: "/profiles/a%20b?x=1&y=2&x=3",
      headers: {
        host: "Profiles.Example.com:443",
        "user-agent": "test",
        cookie: "a=1; b=2",
        "x-many": ["1", "2"],
        absent: undefined,
      },
      body: Buffer.from('{"displayName":"Åsa"}'),
    });
    assert.deepEqual(event, {
      version: "2.0",
      routeKey: "PUT /profiles/{id}",
      rawPath: "/profiles/a b",
      rawQueryString: "x=1&y=2&x=3",
      cookies: ["a=1", "b=2"],
      headers: { host: "Profiles.Example.com:443", "user-agent": "test", "x-many": "1,2" },
      queryStringParameters: { x: "1,3", y: "2" },
      pathParameters: { id: "a b" },
      requestContext: {
        accountId: "123456789012",
        apiId: "api-1",
        domainName: "profiles.example.com",
        domainPrefix: "profiles",
        http: {
          method: "PUT",
          path: "/profiles/a b",
          protocol: "HTTP/1.1",
          sourceIp: "192.0.2.9",
          userAgent: "test",
        },
        requestId: "request-1",
        routeKey: "PUT /profiles/{id}",
        stage: "$default",
        time: "05/Mar/2026:14:03:09 +0000",
        timeEpoch: Date.UTC(2026, 2, 5, 14, 3, 9),
      },
      body: '{"displayName":"Åsa"}',
      isBase64Encoded: false,
    });
  });

  it("leaves out what a request does not have", () => {
    const event = eventOf({});
    for (const name of ["cookies", "queryStringParameters", "pathParameters", "body"]) {
      assert.equal(name in event, false, name);
    }
  });

  it("sends what is no text in base64", () => {
    const body = Buffer.from([0xff, 0x00]);
    const event = eventOf({ method: "PUT", url: "/profiles/a", body });
    assert.deepEqual([event.body, event.isBase64Encoded], ["/wA=", true]);
  });

  it("answers 404 without a route and 400 to a path that cannot be decoded", () => {
    assert.equal(answeredStatus({ url: "/" }), 404);
    assert.equal(answeredStatus({ url: "/healthz/" }), 404);
    assert.equal(answeredStatus({ method: "POST" }), 404);
    assert.equal(answeredStatus({ url: "/profiles/%zz" }), 400);
    assert.equal(answeredStatus({ url: "/healthz?x=%zz" }), undefined);
  });

  it("matches a parameter to one segment that is not empty", () => {
    const match = (path: string) => matchRoute(ROUTES, "GET", path)?.pathParameters;
    assert.deepEqual(match("/profiles/a"), { id: "a" });
    assert.deepEqual(match("/profiles/a.b~c"), { id: "a.b~c" });
    assert.equal(match("/profiles/"), undefined);
    assert.equal(match("/profiles"), undefined);
    assert.equal(match("/profiles/a/b"), undefined);
    assert.equal(match("/Profiles/a"), undefined);
  });

  it("gives any id back as it was before it was encoded", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (id) => {
        const event = eventOf({ url: `/profiles/${encodeURIComponent(id)}` });
        assert.equal(event.pathParameters?.id, id);
      }),
    );
  });

  it("turns a function's result into a response", () => {
    const full = gatewayResponse({
      statusCode: 201,
      headers: { "X-Region": "us-east-1", count: 3 },
      cookies: ["a=1"],
      body: "aGk=",
      isBase64Encoded: true,
    });
    assert.deepEqual(full, {
      status: 201,
      headers: { "x-region": "us-east-1", count: "3" },
      cookies: ["a=1"],
      body: Buffer.from("hi"),
    });
    assert.deepEqual(gatewayResponse({ statusCode: 304 }), {
      status: 304,
      headers: {},
      cookies: [],
      body: Buffer.alloc(0),
    });
    const bare = gatewayResponse({ hello: "world" });
    assert.deepEqual([bare.status, bare.body.toString()], [200, '{"hello":"world"}']);
    assert.equal(bare.headers["content-type"], "application/json");
  });

  it("makes an internal error of a result that is no response", () => {
    const broken = gatewayMessage(500, "Internal Server Error");
    for (const statusCode of ["ok", 99, 199, 600, 200.5, null]) {
      assert.deepEqual(gatewayResponse({ statusCode }), broken, String(statusCode));
    }
    assert.equal(gatewayResponse({ statusCode: "200" }).status, 200);
    assert.equal(gatewayResponse({ statusCode: 599 }).status, 599);
  });

  it("reads a host name without port, final dot and case", () => {
    assert.equal(hostNameOf("Profiles.Example.COM:8443"), "profiles.example.com");
    assert.equal(hostNameOf("profiles.example.com."), "profiles.example.com");
    assert.equal(hostNameOf(undefined), "");
  });
});
