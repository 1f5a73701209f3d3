import assert from "node:assert/strict";
import type { GatewayEvent } from "../../../rehearsal/loopback/gateway-event";
import { type Handler, httpApi } from "../../../rehearsal/loopback/http-api";

const HOST = "profiles.example.com";

describe("rehearsal/loopback/http-api", () => {
  let handler: Handler;
  let events: GatewayEvent[];

  const api = httpApi({
    hostNames: [HOST, `us-east-1.${HOST}`],
    routeKeys: ["GET /healthz", "PUT /profiles/{id}"],
    handler: (event) => handler(event),
  });
  const ask = async (method = "GET", url = "/healthz", host = HOST, body = "") => {
    const reply = await api({
      method,
      url,
      scheme: "https",
      host,
      headers: { host },
      body: Buffer.from(body),
      sourceIp: "127.0.0.1",
    });
    return { ...reply, body: String(reply.body) };
  };

  beforeEach(() => {
    events = [];
    handler = async (event) => {
      events.push(event);
      return { statusCode: 200, headers: { "x-region": "us-east-1" }, body: "fine" };
    };
  });

  it("gives a request to the handler and the handler's response to the visitor", async () => {
    assert.deepEqual(await ask(), { status: 200, headers: { "x-region": "us-east-1" }, body: "fine" });
    await ask("PUT", "/profiles/a", HOST, "{}");
    assert.deepEqual(
      events.map(({ routeKey, pathParameters, body }) => ({ routeKey, pathParameters, body })),
      [
        { routeKey: "GET /healthz", pathParameters: undefined, body: undefined },
        { routeKey: "PUT /profiles/{id}", pathParameters: { id: "a" }, body: "{}" },
      ],
    );
  });

  it("forbids every host name but its own, as API Gateway does", async () => {
    assert.equal((await ask("GET", "/healthz", `us-east-1.${HOST}`)).status, 200);
    for (const host of ["other.example.com", "127.0.0.1", `us-west-2.${HOST}`]) {
      const { status, body } = await ask("GET", "/healthz", host);
      assert.deepEqual([status, body], [403, '{"message":"Forbidden"}'], host);
    }
    assert.equal(events.length, 1);
  });

  it("answers itself where no route matches", async () => {
    const { status, body } = await ask("GET", "/nowhere");
    assert.deepEqual([status, body], [404, '{"message":"Not Found"}']);
    assert.equal(events.length, 0);
  });

  it("tells a visitor nothing about a handler that fails, and passes cookies on", async () => {
    handler = () => Promise.reject(new Error("secret"));
    const { status, body } = await ask();
    assert.deepEqual([status, body], [500, '{"message":"Internal Server Error"}']);
    handler = async () => ({ statusCode: 204, cookies: ["a=1", "b=2"] });
    assert.deepEqual(await ask(), { status: 204, headers: { "set-cookie": ["a=1", "b=2"] }, body: "" });
  });
});
