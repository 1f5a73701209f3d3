import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { ensureBundle } from "../../../build/bundle";
import type * as AssistantModule from "../../../functions/assistant/index";
import { closedPort, listen, localServer } from "./local-server";
import { CREDENTIALS, type MemoryTable, memoryTable } from "./memory-table";

const TOKEN = "0123456789abcdef0123456789abcdef";
const MODEL_KEY = "model-key-abcdef";
const ENVIRONMENT = {
  AWS_REGION: "us-east-1",
  BUILD: "b1",
  TABLE_NAME: "assistant-memory",
  TOKEN_PARAMETER: "/assistant/token",
  PORT: "0",
};

/** A body of `/chat`: an answer or a refusal. */
interface ChatBody {
  readonly reply: string;
  readonly source: string;
  readonly error: { readonly code: string; readonly message: string; readonly requestId: string };
}

describe("functions/assistant/index (the bundle)", () => {
  let bundle: typeof AssistantModule;
  let file = "";
  let table: MemoryTable;
  const closers: (() => Promise<unknown>)[] = [];

  before(async function () {
    this.timeout(30_000);
    file = ensureBundle("assistant").file;
    bundle = require(file);
    table = await memoryTable();
  });
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });
  after(() => table.close());

  async function start(
    more: {
      environment?: Record<string, string>;
      dynamodbEndpoint?: string;
      readParameter?: (name: string) => Promise<string>;
    } = {},
  ) {
    const lines: string[] = [];
    const assistant = bundle.createAssistant(
      bundle.parseAssistantSettings({ ...ENVIRONMENT, ...more.environment }),
      {
        dynamodbEndpoint: more.dynamodbEndpoint ?? table.endpoint,
        credentials: CREDENTIALS,
        readParameter:
          more.readParameter ?? (async (name) => (name === "/assistant/token" ? TOKEN : MODEL_KEY)),
        write: (line) => lines.push(line),
      },
    );
    const url = await assistant.listen();
    closers.push(() => assistant.close());
    const chat = async (message: unknown, headers: Record<string, string> = {}) => {
      const response = await fetch(`${url}/chat`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${TOKEN}`, ...headers },
        body: typeof message === "string" ? JSON.stringify({ message }) : JSON.stringify(message),
      });
      return {
        status: response.status,
        headers: response.headers,
        body: (await response.json()) as ChatBody,
      };
    };
    const get = async (path: string, method = "GET") => {
      const response = await fetch(`${url}${path}`, { method });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
    };
    return { assistant, url, chat, get, lines, port: Number(new URL(url).port) };
  }

  /** Everything that a server says to raw bytes. */
  async function raw(port: number, bytes: string): Promise<string> {
    const socket = connect(port, "127.0.0.1");
    let said = "";
    socket.on("data", (data) => {
      said += data;
    });
    socket.on("error", () => {});
    socket.write(bytes);
    await once(socket, "close");
    return said;
  }

  it("says in /healthz that it can serve, with build and region, and writes nothing", async () => {
    const { get, lines } = await start();
    const { status, body, headers } = await get("/healthz");
    assert.equal(status, 200);
    assert.deepEqual(
      { ...body, memory: { ...body.memory, latencyMs: 0, checkedAt: "" } },
      {
        status: "ok",
        region: "us-east-1",
        build: "b1",
        memory: { reachable: true, latencyMs: 0, checkedAt: "" },
        token: "ready",
      },
    );
    assert.deepEqual(
      [headers.get("x-region"), headers.get("cache-control"), headers.get("content-type")],
      ["us-east-1", "no-store", "application/json"],
    );
    const head = await get("/healthz?from=checker", "HEAD");
    assert.deepEqual([head.status, head.body], [200, ""]);
    assert.equal(lines.length, 1, "only that it listens");
  });

  it("answers 503 in /healthz without the table or without the token, within 2 s", async () => {
    const sockets: Socket[] = [];
    const hanging = createServer((socket) => void sockets.push(socket));
    const { port } = await listen(hanging);
    const refused = `http://127.0.0.1:${await closedPort()}`;
    try {
      const cases = [
        [{ dynamodbEndpoint: `http://127.0.0.1:${port}` }, false, "ready"],
        [{ dynamodbEndpoint: refused }, false, "ready"],
        [{ readParameter: () => new Promise<string>(() => {}) }, true, "missing"],
        [{ readParameter: async () => "too-short" }, true, "missing"],
      ] as const;
      for (const [more, reachable, token] of cases) {
        const { get } = await start(more);
        const started = performance.now();
        const { status, body } = await get("/healthz");
        assert(performance.now() - started < 2_000);
        assert.deepEqual(
          [status, body.status, body.memory.reachable, body.token],
          [503, "unavailable", reachable, token],
        );
      }
    } finally {
      hanging.close();
      for (const socket of sockets) socket.destroy();
    }
  });

  it("chats over the shared memory", async () => {
    const { chat } = await start();
    assert.deepEqual((await chat("remember to buy ham")).body, {
      reply: "Noted as 1.",
      source: "memory",
      conversation: "default",
      region: "us-east-1",
      build: "b1",
    });
    const other = await start({ environment: { AWS_REGION: "us-west-2" } });
    const { status, body } = await other.chat({ message: "what did I say about ham", conversation: "watch" });
    assert.equal(status, 200);
    assert.match(body.reply, /^\d{4}-\d\d-\d\d: buy ham \(note 1\)$/);
  });

  it("lets nobody in without the token, and says no more than that", async () => {
    const { chat, url } = await start();
    for (const authorization of ["", `Bearer ${TOKEN}0`, `Bearer ${"f".repeat(32)}`, `Basic ${TOKEN}`]) {
      const { status, headers, body } = await chat("x", { authorization });
      assert.deepEqual([status, headers.get("www-authenticate")], [401, "Bearer"], authorization);
      const { requestId, ...error } = body.error;
      assert.match(requestId, /^[0-9a-f-]{36}$/);
      assert.deepEqual(error, {
        code: "unauthorized",
        message: "The header Authorization must hold the bearer token.",
      });
    }
    // Before the body is looked at.
    assert.equal((await fetch(`${url}/chat`, { method: "POST", body: "x".repeat(20_000) })).status, 401);
  });

  it("refuses by path, method, type, encoding, size and content, in JSON", async () => {
    const { url, chat } = await start();
    const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
    const post = async (body: string | ReadableStream, more: Record<string, string> = {}) => {
      const init = { method: "POST", headers: { ...headers, ...more }, body, duplex: "half" };
      const response = await fetch(`${url}/chat`, init as RequestInit);
      return [response.status, ((await response.json()) as { error?: { code: string } }).error?.code];
    };
    const padded = (bytes: number) => JSON.stringify({ message: "help" }).padEnd(bytes);
    const streamed = (bytes: number) => new Blob([padded(bytes)]).stream();
    assert.deepEqual(await post(padded(16_384)), [200, undefined]);
    assert.deepEqual(await post(padded(16_385)), [413, "body_too_large"]);
    assert.deepEqual(await post(streamed(16_384)), [200, undefined]);
    assert.deepEqual(await post(streamed(16_385)), [413, "body_too_large"]);
    assert.deepEqual(await post(padded(20), { "content-type": "text/plain" }), [
      415,
      "unsupported_media_type",
    ]);
    assert.deepEqual(await post(padded(20), { "content-encoding": "gzip" }), [415, "unsupported_encoding"]);
    assert.deepEqual(await post("{"), [400, "invalid_json"]);
    assert.deepEqual((await chat({ message: "" })).body.error.code, "invalid_request");
    for (const [method, path, status, allow] of [
      ["GET", "/chat", 405, "POST"],
      ["POST", "/healthz", 405, "GET, HEAD"],
      ["GET", "/", 404, null],
      ["GET", "/constructor", 404, null],
      ["GET", "/healthz/", 404, null],
    ] as const) {
      const response = await fetch(`${url}${path}`, { method });
      assert.deepEqual(
        [response.status, response.headers.get("allow")],
        [status, allow],
        `${method} ${path}`,
      );
      assert.equal(response.headers.get("content-type"), "application/json");
    }
  });

  it("does not wait for the end of a body that is too long already", async () => {
    const { port } = await start();
    const head = [
      "POST /chat HTTP/1.1",
      "host: a",
      `authorization: Bearer ${TOKEN}`,
      "content-type: application/json",
      "transfer-encoding: chunked",
    ].join("\r\n");
    const answer = await raw(port, `${head}\r\n\r\n${(16_385).toString(16)}\r\n${"x".repeat(16_385)}\r\n`);
    assert.match(answer, /^HTTP\/1\.1 413 [\s\S]*\r\nconnection: close\r\n/i);
  });

  it("answers in JSON also to what is hardly HTTP", async () => {
    const { port } = await start();
    const codeOf = (answer: string) => JSON.parse(answer.split("\r\n\r\n")[1] ?? "").error.code;
    assert.equal(codeOf(await raw(port, "what?\r\n\r\n")), "malformed_request");
    const header = (length: number) =>
      `GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\nx: ${"x".repeat(length)}\r\n\r\n`;
    assert.match(await raw(port, header(7_000)), /^HTTP\/1\.1 200 /);
    const long = await raw(port, header(9_000));
    assert.match(long, /^HTTP\/1\.1 431 /);
    assert.equal(codeOf(long), "headers_too_large");
  });

  it("answers 503 and when to come back while the memory is away, and keeps the reason to the log", async () => {
    const { chat, lines } = await start({ dynamodbEndpoint: `http://127.0.0.1:${await closedPort()}` });
    const { status, headers, body } = await chat("hello");
    assert.deepEqual([status, headers.get("retry-after"), body.error.code], [503, "2", "memory_unavailable"]);
    assert.doesNotMatch(JSON.stringify(body), /ECONNREFUSED|127\.0\.0\.1|at /);
    assert.match(lines.join("\n"), /ECONNREFUSED/);
    assert.doesNotMatch(lines.join("\n"), /stack|node_modules|\.js:/);
  });

  it("takes 16 chats at once and not a 17th", async () => {
    const model = await localServer(() => undefined);
    const { chat, get } = await start({
      environment: { MODEL_URL: model.url, MODEL_NAME: "m", MODEL_KEY_PARAMETER: "/assistant/model" },
    });
    const running = Array.from({ length: 16 }, () => chat("what now?"));
    while (model.received.length < 16) await new Promise((resolve) => setTimeout(resolve, 5));
    const { status, headers, body } = await chat("one more");
    assert.deepEqual([status, headers.get("retry-after"), body.error.code], [503, "1", "busy"]);
    assert.equal((await get("/healthz")).status, 200);
    await model.close();
    const answers = await Promise.all(running);
    assert.deepEqual([...new Set(answers.map(({ body }) => body.source))], ["memory-without-model"]);
    assert.equal((await chat("help")).status, 200);
  });

  it("shows token and key in no answer and no line, whatever the model and the requests do", async () => {
    const model = await localServer(({ headers }) => ({ status: 400, body: String(headers.authorization) }));
    closers.push(() => model.close());
    const { chat, get, lines } = await start({
      environment: { MODEL_URL: model.url, MODEL_NAME: "m", MODEL_KEY_PARAMETER: "/assistant/model" },
    });
    const answers = [
      await chat("hello"),
      await chat({ message: "x", [TOKEN]: 1 }),
      await chat("x", { authorization: `Bearer ${TOKEN} ${TOKEN}` }),
      await get(`/${TOKEN}?${MODEL_KEY}`),
      await get("/healthz"),
    ];
    const shown = JSON.stringify(answers.map(({ body }) => body)) + lines.join("\n");
    assert.match(shown, /the model answered 400/);
    assert.equal(shown.includes(TOKEN) || shown.includes(MODEL_KEY), false);
    for (const line of lines) assert.equal(typeof JSON.parse(line).message, "string");
  });

  it("lets a request in flight end, takes no new one, and says when it had to cut", async () => {
    const model = await localServer(() => undefined);
    const settings = { MODEL_URL: model.url, MODEL_NAME: "m", MODEL_KEY_PARAMETER: "/assistant/model" };
    const { assistant, chat, port } = await start({ environment: settings });
    const running = chat("what now?");
    while (model.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const closing = assistant.close();
    await assert.rejects(fetch(`http://127.0.0.1:${port}/healthz`));
    await model.close();
    const { status, headers } = await running;
    assert.deepEqual([status, headers.get("connection")], [200, "close"]);
    assert.equal(await closing, "drained");
    assert.equal(await assistant.close(), "drained");

    const stuck = await localServer(() => undefined);
    closers.push(() => stuck.close());
    const slow = await start({ environment: { ...settings, MODEL_URL: stuck.url, SHUTDOWN_SECONDS: "1" } });
    const cut = slow.chat("what now?").catch(() => "cut");
    while (stuck.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(await Promise.all([slow.assistant.close(), cut]), ["cut", "cut"]);
  });

  describe("as a program", () => {
    async function run(environment: Record<string, string>, untilLine?: RegExp) {
      const child = spawn(process.execPath, [file], {
        env: {
          PATH: process.env.PATH,
          AWS_ACCESS_KEY_ID: "local",
          AWS_SECRET_ACCESS_KEY: "hush",
          ...environment,
        },
      });
      let stdout = "";
      let stderr = "";
      child.stderr.on("data", (data) => {
        stderr += data;
      });
      child.stdout.on("data", (data) => {
        stdout += data;
        if (untilLine?.test(stdout)) child.emit("ready");
      });
      if (untilLine) await Promise.race([once(child, "ready"), once(child, "exit")]);
      const stop = async () => {
        if (child.exitCode === null) {
          child.kill("SIGTERM");
          await once(child, "exit");
        }
        return child.exitCode;
      };
      return { child, stop, output: () => ({ stdout, stderr }) };
    }

    it("serves with the token of Parameter Store until SIGTERM, and ends with 0", async function () {
      this.timeout(20_000);
      const ssm = await localServer(() => ({ status: 200, body: { Parameter: { Value: TOKEN } } }));
      closers.push(() => ssm.close());
      const environment = {
        ...ENVIRONMENT,
        AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
        AWS_ENDPOINT_URL_SSM: ssm.url,
      };
      const { stop, output } = await run(environment, /listening on/);
      const url = /listening on (http:[^"]+)/.exec(output().stdout)?.[1] ?? assert.fail(output().stderr);
      assert.equal((await fetch(`${url}/healthz`)).status, 200);
      const response = await fetch(`${url}/chat`, {
        method: "POST",
        headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
        body: JSON.stringify({ message: "help" }),
      });
      assert.equal(response.status, 200);
      assert.deepEqual(JSON.parse(ssm.received[0]?.body ?? ""), {
        Name: "/assistant/token",
        WithDecryption: true,
      });
      assert.equal(await stop(), 0);
      const { stdout, stderr } = output();
      assert.equal(stderr, "");
      assert.equal(JSON.parse(stdout.trim().split("\n").at(-1) ?? "").message, "stopped");
      assert.equal(stdout.includes(TOKEN) || stdout.includes("hush"), false);
    });

    it("ends with 2 and a line for each wrong variable, and with 1 when it cannot listen", async function () {
      this.timeout(20_000);
      const wrong = await run({ AWS_REGION: "us-east-1", BUILD: "b1", PORT: "x" });
      await once(wrong.child, "close");
      assert.equal(wrong.child.exitCode, 2);
      assert.deepEqual(
        wrong
          .output()
          .stderr.split("\n")
          .map((line) => line.split(" ")[0]),
        ["TABLE_NAME", "TOKEN_PARAMETER", "PORT", ""],
      );
      const taken = createServer();
      const { port } = await listen(taken);
      const blocked = await run({ ...ENVIRONMENT, PORT: String(port) });
      await once(blocked.child, "close");
      taken.close();
      assert.equal(blocked.child.exitCode, 1);
      assert.match(blocked.output().stderr, /^listen EADDRINUSE[^\n]*\n$/);
    });
  });
});
