import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { type ProbeRequest, probeOnce } from "../../../rehearsal/loopback/loopback-probe";
import { SystemClock } from "../../../rehearsal/loopback/system-clock";
import { judgeProbe } from "../../../rehearsal/simulation/probe";

const SPEED = 20;

describe("rehearsal/loopback/loopback-probe", () => {
  let server: Server;
  let port: number;
  let sockets: Socket[];
  let requests: string[];
  /** What the server does once it has read a request. */
  let onRequest: (socket: Socket) => void;

  const clock = new SystemClock(SPEED);
  const never = new AbortController().signal;
  const probe = (changes: Partial<ProbeRequest> = {}, signal = never) =>
    probeOnce(
      { type: "HTTPS", port, hostHeader: "a.example.com", path: "/healthz", ...changes },
      clock,
      signal,
    );
  const respond = (text: string) => (socket: Socket) => void socket.end(text);

  beforeEach(async () => {
    sockets = [];
    requests = [];
    onRequest = respond("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbody");
    server = createServer((socket) => {
      sockets.push(socket);
      socket.on("error", () => undefined);
      socket.once("data", (data) => {
        requests.push(data.toString());
        onRequest(socket);
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  });

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  });

  it("asks as a checker does and sees connection and status", async () => {
    const seen = await probe();
    assert.equal(seen.status, 200);
    assert.ok(typeof seen.connectMs === "number" && seen.responseMs !== undefined);
    assert.equal(seen.body, undefined);
    const [request = ""] = requests;
    assert.match(request, /^GET \/healthz HTTP\/1\.1\r\n/);
    assert.match(request, /\r\nhost: a\.example\.com\r\n/i);
    assert.match(request, /\r\nuser-agent: Amazon-Route53-Health-Check-Service\r\n/i);
  });

  it("sees every status as it is and follows no redirect", async () => {
    onRequest = respond("HTTP/1.1 301 Moved\r\nlocation: /elsewhere\r\n\r\n");
    assert.equal((await probe()).status, 301);
    onRequest = respond("HTTP/1.1 503 Unavailable\r\n\r\n");
    assert.equal((await probe()).status, 503);
    assert.equal(requests.length, 2);
  });

  it("gives up two system seconds after the connection, not two real ones", async () => {
    onRequest = () => undefined;
    const slow = new SystemClock(4);
    const before = performance.now();
    const seen = await probeOnce(
      { type: "HTTPS", port, hostHeader: "a.example.com", path: "/" },
      slow,
      new AbortController().signal,
    );
    const tookMs = performance.now() - before;
    // Four seconds, the limit for the connection, would be 1,000 ms.
    assert.ok(tookMs >= 2_000 / 4 - 2 && tookMs < 950, `${tookMs} ms`);
    assert.ok(typeof seen.connectMs === "number");
    assert.equal(seen.responseMs, undefined);
    assert.equal(judgeProbe({ type: "HTTPS" }, seen).why, "no response within 2 s");
  });

  it("sees the body of a string match, in pieces, and gives up on one that does not come", async () => {
    onRequest = (socket) => {
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nall ");
      setTimeout(() => socket.end("well"), 10);
    };
    const seen = await probe({ type: "HTTPS_STR_MATCH" });
    assert.equal(String(seen.body), "all well");
    assert.equal(judgeProbe({ type: "HTTPS_STR_MATCH", searchString: "all well" }, seen).passed, true);
    onRequest = (socket) => void socket.write("HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nall ");
    const cut = await probe({ type: "HTTPS_STR_MATCH" });
    assert.equal(cut.status, 200);
    assert.equal(judgeProbe({ type: "HTTPS_STR_MATCH", searchString: "all" }, cut).why, "no body within 2 s");
  });

  it("reads of an endless body what is searched and no more", async () => {
    onRequest = (socket) => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      const timer = setInterval(() => socket.write("x".repeat(2_000)), 1);
      socket.on("close", () => clearInterval(timer));
    };
    const seen = await probe({ type: "HTTP_STR_MATCH" });
    const bytes = (seen.body as Buffer).length;
    assert.ok(bytes >= 5_120 && bytes < 200_000, `${bytes} bytes`);
    assert.ok(seen.bodyMs !== undefined);
  });

  it("tells a refused connection from one that breaks without an answer", async () => {
    onRequest = (socket) => socket.destroy();
    const broken = await probe();
    assert.ok(typeof broken.connectMs === "number");
    assert.equal(broken.status, undefined);
    onRequest = respond("no http at all\r\n\r\n");
    assert.equal((await probe()).status, undefined);
    server.close();
    await once(server, "close");
    assert.deepEqual(await probe(), { connectMs: "refused" });
    assert.deepEqual(await probe({ type: "TCP" }), { connectMs: "refused" });
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  });

  it("is content with a connection where the check is TCP", async () => {
    onRequest = () => undefined;
    const seen = await probe({ type: "TCP" });
    assert.deepEqual(Object.keys(seen), ["connectMs"]);
    assert.equal(judgeProbe({ type: "TCP" }, seen).passed, true);
    assert.deepEqual(requests, []);
  });

  it("ends at once when it is told to, and closes its socket", async () => {
    onRequest = () => undefined;
    for (const type of ["HTTPS", "HTTPS_STR_MATCH"] as const) {
      const ending = new AbortController();
      const probing = probe({ type }, ending.signal);
      while (sockets.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      const closed = new Promise((resolve) => sockets.at(-1)?.once("close", resolve));
      ending.abort(new Error("enough"));
      await assert.rejects(probing, { message: "enough" });
      await closed;
      sockets = [];
    }
    await assert.rejects(probe({}, AbortSignal.abort(new Error("before"))), { message: "before" });
  });
});
