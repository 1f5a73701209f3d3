import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Problem } from "../shared/problem";
import type { TableHealthCheck } from "../shared/table-health";
import { isAuthorized } from "./bearer-auth";
import { BODY_BYTES_MAX, parseChatRequest, refuseByHeaders, tooLarge } from "./chat-request";
import type { Converse } from "./conversation";
import { errorChain, type Log } from "./log";
import { MemoryUnavailable } from "./memory-log";
import { type SecretCache, SecretUnavailable } from "./secret-cache";

export interface ServerSettings {
  readonly converse: Converse;
  readonly token: SecretCache;
  readonly memoryHealth: TableHealthCheck;
  readonly region: string;
  readonly build: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
  /** Whether the server is shutting down. */
  readonly isDraining: () => boolean;
}

interface Answer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** More at once than one person asks for; each may wait for a model. */
const CHATS_MAX = 16;
const CONNECTIONS_MAX = 200;
const HEADER_BYTES_MAX = 8 * 1024;
const METHODS: Readonly<Record<string, readonly string[]>> = {
  "/healthz": ["GET", "HEAD"],
  "/chat": ["POST"],
};

/** The HTTP side of the assistant; it does not listen yet. Caddy stands before it and speaks TLS. */
export function createHttpServer(settings: ServerSettings): Server {
  const { converse, token, memoryHealth, region, build, now, log, isDraining } = settings;
  let chats = 0;

  async function answerHealth(requestId: string): Promise<Answer> {
    const [memory, hasToken] = await Promise.all([
      memoryHealth((error) => {
        log("error", { message: "the memory table does not answer", requestId, errors: errorChain(error) });
      }),
      // Without the token nobody can be let in, so the standby could not serve.
      token.get().then(
        () => true,
        () => false,
      ),
    ]);
    const state = isDraining() ? "draining" : memory.reachable && hasToken ? "ok" : "unavailable";
    const body = { status: state, region, build, memory, token: hasToken ? "ready" : "missing" };
    return { status: state === "ok" ? 200 : 503, body };
  }

  async function answerChat(request: IncomingMessage, requestId: string): Promise<Answer> {
    if (!(await isAuthorized(request.headers.authorization, token))) {
      const message = "The header Authorization must hold the bearer token.";
      const answer = refusal({ status: 401, code: "unauthorized", message }, requestId);
      return { ...answer, headers: { "www-authenticate": "Bearer" } };
    }
    const { "content-type": contentType, "content-length": contentLength } = request.headers;
    const contentEncoding = request.headers["content-encoding"];
    const headers = refuseByHeaders({ contentType, contentEncoding, contentLength });
    if (headers.kind === "refused") return refusal(headers.problem, requestId);
    if (chats >= CHATS_MAX) return busy(requestId);
    chats++;
    try {
      const body = await readBody(request);
      const parsed = body === undefined ? tooLarge() : parseChatRequest(body);
      if (parsed.kind === "refused") return refusal(parsed.problem, requestId);
      const { reply, source } = await converse(parsed.value);
      const { conversation } = parsed.value;
      return { status: 200, body: { reply, source, conversation, region, build } };
    } finally {
      chats--;
    }
  }

  async function answer(request: IncomingMessage, path: string, requestId: string): Promise<Answer> {
    const methods = Object.hasOwn(METHODS, path) ? METHODS[path] : undefined;
    if (!methods)
      return refusal({ status: 404, code: "not_found", message: "There is nothing here." }, requestId);
    if (!methods.includes(request.method ?? "")) {
      const allow = methods.join(", ");
      const problem = { status: 405, code: "method_not_allowed", message: `Methods here are ${allow}.` };
      return { ...refusal(problem, requestId), headers: { allow } };
    }
    return path === "/healthz" ? answerHealth(requestId) : answerChat(request, requestId);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedMs = now();
    const requestId = randomUUID();
    const path = (request.url ?? "").split("?")[0] ?? "";
    const given = await answer(request, path, requestId).catch((error: unknown) => {
      log("error", { message: "the request failed", requestId, errors: errorChain(error) });
      return failure(error, requestId);
    });
    send(request, response, given);
    // Checkers ask every few seconds; only what they should not hear is worth a line.
    if (path === "/healthz" && given.status === 200) return;
    const route = Object.hasOwn(METHODS, path) ? `${request.method} ${path}` : "other";
    const { status } = given;
    log("info", { message: "request", requestId, route, status, tookMs: now() - startedMs });
  }

  function send(request: IncomingMessage, response: ServerResponse, { status, body, headers }: Answer): void {
    if (response.destroyed) return;
    const text = JSON.stringify(body);
    // A body that was not read to its end would be taken for the next request.
    const isLast = isDraining() || !request.complete;
    response.writeHead(status, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-region": region,
      ...(isLast ? { connection: "close" } : {}),
      ...headers,
    });
    response.end(request.method === "HEAD" ? undefined : text);
  }

  const server = createServer(
    {
      maxHeaderSize: HEADER_BYTES_MAX,
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 1_000,
    },
    (request, response) => void serve(request, response),
  );
  server.maxConnections = CONNECTIONS_MAX;
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === "ECONNRESET") return socket.destroy();
    socket.end(malformedAnswer(error.code));
  });
  return server;
}

/** The body, or undefined when it is longer than allowed; the rest of it is not read then. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What cannot be read as HTTP has no request id to lead to. */
function malformedAnswer(code: string | undefined): string {
  const [status, reason, name, message] =
    code === "HPE_HEADER_OVERFLOW"
      ? ["431", "Request Header Fields Too Large", "headers_too_large", "The headers are too long."]
      : code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? ["408", "Request Timeout", "request_timeout", "The request did not arrive in time."]
        : ["400", "Bad Request", "malformed_request", "This is not HTTP as expected."];
  const body = JSON.stringify({ error: { code: name, message } });
  return `HTTP/1.1 ${status} ${reason}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

function busy(requestId: string): Answer {
  const message = `More than ${CHATS_MAX} requests at once; try again.`;
  return { ...refusal({ status: 503, code: "busy", message }, requestId), headers: { "retry-after": "1" } };
}

function failure(error: unknown, requestId: string): Answer {
  const away = (code: string, message: string) => ({
    ...refusal({ status: 503, code, message }, requestId),
    headers: { "retry-after": "2" },
  });
  if (error instanceof MemoryUnavailable) {
    return away("memory_unavailable", "The memory cannot be reached right now; try again.");
  }
  if (error instanceof SecretUnavailable) {
    return away("token_unavailable", "The token cannot be checked right now; try again.");
  }
  const message = "The request failed; the request id leads to the reason in the log.";
  return refusal({ status: 500, code: "internal_error", message }, requestId);
}

function refusal({ status, code, message }: Problem, requestId: string): Answer {
  return { status, body: { error: { code, message, requestId } } };
}
