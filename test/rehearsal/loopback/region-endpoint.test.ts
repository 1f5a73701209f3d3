import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import type { GatewayEvent } from "../../../rehearsal/loopback/gateway-event";
import { visit } from "../../../rehearsal/loopback/http-visit";
import { type Handler, RegionEndpoint } from "../../../rehearsal/loopback/region-endpoint";

const HOST = "profiles.example.com";
const never = new AbortController().signal;

describe("rehearsal/loopback/region-endpoint", () => {
  let endpoint: RegionEndpoint;
  let port: number;
  let handler: Handler;
  let events: GatewayEvent[];

  const get = (path = "/healthz", host = HOST, timeoutMs = 2_000) =>
    visit({ port, host }, { method: "GET", path }, timeoutMs, never);

  beforeEach(async () => {
    events = [];
    handler = async (event) => {
      events.push(event);
      return { statusCode: 200, headers: { "x-region": "us-east-1" }, body: "fine" };
    };
    endpoint = new RegionEndpoint({
      hostNames: [HOST, `us-east-1.${HOST}`],
      routeKeys: ["GET /healthz", "PUT /profiles/{id}"],
      handler: (event) => handler(event),
    });
    port = await endpoint.start();
  });

  afterEach(() => endpoint.close());

  it("gives a request to the handler and the handler's response to the visitor", async () => {
    const reply = await get();
    assert.deepEqual([reply.status, reply.body, reply.headers["x-region"]], [200, "fine", "us-east-1"]);
    assert.equal(reply.headers.connection, "close");
    assert.deepEqual(
      events.map(({ routeKey }) => routeKey),
      ["GET /healthz"],
    );
    await visit({ port, host: HOST }, { method: "PUT", path: "/profiles/a", body: "{}" }, 2_000, never);
    assert.deepEqual([events[1]?.body, events[1]?.pathParameters], ["{}", { id: "a" }]);
  });

  it("forbids every host name but its own, as API Gateway does", async () => {
    assert.equal((await get("/healthz", `us-east-1.${HOST}:443`)).status, 200);
    for (const host of ["other.example.com", "127.0.0.1", `us-west-2.${HOST}`]) {
      const reply = await get("/healthz", host);
      assert.deepEqual([reply.status, reply.body], [403, '{"message":"Forbidden"}'], host);
    }
    assert.equal(events.length, 1);
  });

  it("answers itself where no route matches or the body is too large", async () => {
    assert.deepEqual((await get("/nowhere")).body, '{"message":"Not Found"}');
    const put = (bytes: number) =>
      visit(
        { port, host: HOST },
        { method: "PUT", path: "/profiles/a", body: "x".repeat(bytes) },
        5_000,
        never,
      );
    assert.equal((await put(10 * 1024 * 1024)).status, 200);
    assert.equal(events[0]?.body?.length, 10 * 1024 * 1024);
    const refused = await put(10 * 1024 * 1024 + 1);
    assert.deepEqual([refused.status, refused.body], [413, '{"message":"Request Too Long"}']);
    assert.equal(events.length, 1);
  });

  it("tells a visitor nothing about a handler that fails", async () => {
    handler = () => Promise.reject(new Error("secret"));
    const reply = await get();
    assert.deepEqual([reply.status, reply.body], [500, '{"message":"Internal Server Error"}']);
    handler = async () => ({ statusCode: 200, headers: { "x-bad": "a\nb" } });
    await assert.rejects(get());
    handler = async () => ({ statusCode: 204 });
    assert.equal((await get()).status, 204);
  });

  it("answers 503 without calling the handler, until it is healed", async () => {
    await endpoint.inject("http-503");
    const reply = await get();
    assert.deepEqual([reply.status, reply.body], [503, '{"message":"Service Unavailable"}']);
    assert.equal(events.length, 0);
    await endpoint.heal();
    assert.equal((await get()).status, 200);
  });

  it("hangs: accepts, never answers, and drops what hung when it is healed", async () => {
    await endpoint.inject("hang");
    const hanging = connect(port, "127.0.0.1");
    hanging.write(`GET /healthz HTTP/1.1\r\nhost: ${HOST}\r\n\r\n`);
    await once(hanging, "connect");
    await assert.rejects(get("/healthz", HOST, 60), { message: "no answer in time" });
    const dropped = once(hanging, "close");
    await endpoint.heal();
    await dropped;
    assert.equal(hanging.bytesRead, 0);
    assert.equal(events.length, 0);
    assert.equal((await get()).status, 200);
  });

  it("refuses: cuts what is under way and closes the port, and has the same port when it is healed", async () => {
    let release: ((result: object) => void) | undefined;
    const called = new Promise<void>((resolve) => {
      handler = () => {
        resolve();
        return new Promise((answer) => {
          release = answer;
        });
      };
    });
    const underWay = assert.rejects(get(), { code: "ECONNRESET" });
    await called;
    await endpoint.inject("refuse");
    await underWay;
    assert.equal(endpoint.isIdle, false);
    await assert.rejects(get(), { code: "ECONNREFUSED" });
    release?.({ statusCode: 200 });
    handler = async () => ({ statusCode: 200 });
    await endpoint.heal();
    assert.equal(endpoint.isIdle, true);
    assert.equal((await get()).status, 200);
  });

  it("has its port back even if another program borrowed it for a moment", async () => {
    await endpoint.inject("refuse");
    const { createServer } = await import("node:net");
    const borrower = createServer().listen(port, "127.0.0.1");
    await once(borrower, "listening");
    setTimeout(() => borrower.close(), 50);
    await endpoint.heal();
    assert.equal((await get()).status, 200);
  });

  it("closes in every state, more than once, and leaves nobody connected", async () => {
    await endpoint.inject("hang");
    const hanging = connect(port, "127.0.0.1");
    hanging.on("error", () => undefined);
    hanging.write(`GET /healthz HTTP/1.1\r\nhost: ${HOST}\r\n\r\n`);
    await once(hanging, "connect");
    const closed = new Promise((resolve) => hanging.once("close", resolve));
    await Promise.all([endpoint.close(), closed]);
    await endpoint.close();
    await assert.rejects(get(), { code: "ECONNREFUSED" });
  });

  it("waits half a second for a running handler when it closes, and no longer", async () => {
    handler = () => new Promise(() => undefined);
    const visiting = assert.rejects(get());
    await new Promise((resolve) => setTimeout(resolve, 30));
    const before = performance.now();
    await endpoint.close();
    const tookMs = performance.now() - before;
    assert.ok(tookMs >= 490 && tookMs < 900, `${tookMs} ms`);
    await visiting;
  });
});
