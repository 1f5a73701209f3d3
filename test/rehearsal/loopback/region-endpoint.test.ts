import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { visit } from "../../../rehearsal/loopback/http-visit";
import {
  type EndpointReply,
  type EndpointRequest,
  RegionEndpoint,
  type RequestHandler,
} from "../../../rehearsal/loopback/region-endpoint";

const HOST = "profiles.example.com";
const never = new AbortController().signal;

describe("rehearsal/loopback/region-endpoint", () => {
  let endpoint: RegionEndpoint;
  let port: number;
  let handler: RequestHandler;
  let requests: EndpointRequest[];

  const get = (path = "/healthz", host = HOST, timeoutMs = 2_000) =>
    visit({ port, host }, { method: "GET", path }, timeoutMs, never);

  beforeEach(async () => {
    requests = [];
    handler = async (request) => {
      requests.push(request);
      return { status: 200, headers: { "x-region": "us-east-1", "x-none": undefined }, body: "fine" };
    };
    endpoint = new RegionEndpoint({ schemes: ["https"], handle: (request) => handler(request) });
    port = (await endpoint.start()).https ?? 0;
  });

  afterEach(() => endpoint.close());

  it("gives a request to the handler and the handler's reply to the visitor", async () => {
    const reply = await get("/a?b=c", `${HOST.toUpperCase()}:443`);
    assert.deepEqual([reply.status, reply.body, reply.headers["x-region"]], [200, "fine", "us-east-1"]);
    assert.equal(reply.headers.connection, "close");
    await visit({ port, host: HOST }, { method: "PUT", path: "/profiles/a", body: "{}" }, 2_000, never);
    assert.deepEqual(
      requests.map(({ headers: _, ...request }) => ({ ...request, body: request.body.toString() })),
      [
        { method: "GET", url: "/a?b=c", scheme: "https", host: HOST, body: "", sourceIp: "127.0.0.1" },
        { method: "PUT", url: "/profiles/a", scheme: "https", host: HOST, body: "{}", sourceIp: "127.0.0.1" },
      ],
    );
  });

  it("listens at a port of its own for each scheme, and its switch is for both", async () => {
    const both = new RegionEndpoint({
      schemes: ["https", "http"],
      handle: ({ scheme }) => ({ status: 200, body: scheme }),
    });
    const ports = await both.start();
    const ask = async (scheme: "http" | "https") => {
      const to = { port: ports[scheme] ?? 0, host: HOST };
      return (await visit(to, { method: "GET", path: "/" }, 2_000, never)).body;
    };
    assert.deepEqual([await ask("http"), await ask("https")], ["http", "https"]);
    await both.inject("refuse");
    await assert.rejects(ask("http"), { code: "ECONNREFUSED" });
    await assert.rejects(ask("https"), { code: "ECONNREFUSED" });
    await both.heal();
    assert.deepEqual([await ask("http"), await ask("https")], ["http", "https"]);
    await both.close();
  });

  it("answers itself where the body is too large, and sends none to a HEAD request", async () => {
    const put = (bytes: number) =>
      visit({ port, host: HOST }, { method: "PUT", path: "/a", body: "x".repeat(bytes) }, 5_000, never);
    assert.equal((await put(10 * 1024 * 1024)).status, 200);
    assert.equal(requests[0]?.body.length, 10 * 1024 * 1024);
    const refused = await put(10 * 1024 * 1024 + 1);
    assert.deepEqual([refused.status, refused.body], [413, '{"message":"Request Too Long"}']);
    assert.equal(requests.length, 1);
    const head = await visit({ port, host: HOST }, { method: "HEAD", path: "/" }, 2_000, never);
    assert.deepEqual([head.status, head.body, head.headers["content-length"]], [200, "", "4"]);
  });

  it("breaks the connection off where a handler fails or replies what HTTP cannot carry", async () => {
    handler = () => Promise.reject(new Error("secret"));
    await assert.rejects(get());
    handler = async () => ({ status: 200, headers: { "x-bad": "a\nb" } });
    await assert.rejects(get());
    handler = () => ({ status: 204, headers: { "set-cookie": ["a=1", "b=2"] } });
    const reply = await get();
    assert.deepEqual([reply.status, reply.headers["set-cookie"]], [204, ["a=1", "b=2"]]);
  });

  it("answers 503 without calling the handler, until it is healed", async () => {
    await endpoint.inject("http-503");
    const reply = await get();
    assert.deepEqual([reply.status, reply.body], [503, '{"message":"Service Unavailable"}']);
    assert.equal(requests.length, 0);
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
    assert.equal(requests.length, 0);
    assert.equal((await get()).status, 200);
  });

  it("refuses: cuts what is under way and closes the port, and has the same port when it is healed", async () => {
    let release: ((reply: EndpointReply) => void) | undefined;
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
    release?.({ status: 200 });
    handler = async () => ({ status: 200 });
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
