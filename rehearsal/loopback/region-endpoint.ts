import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleepRealMs } from "node:timers/promises";
import type { FaultKind } from "../simulation/scenario";
import type { Scheme } from "./doors";
import { hostNameOf } from "./gateway-event";

/** One request as it arrived at an endpoint. */
export interface EndpointRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  /** What the visitor spoke; TLS itself is not played. */
  readonly scheme: Scheme;
  /** The Host header without its port, lower case; with HTTPS it stands for the server name too. */
  readonly host: string;
  /** As Node.js gives them, lower case. */
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly sourceIp: string;
}

export interface EndpointReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Left out for a HEAD request. */
  readonly body?: Buffer | string;
}

/** What an endpoint does with a request. One that throws breaks the connection off without a reply. */
export type RequestHandler = (request: EndpointRequest) => EndpointReply | Promise<EndpointReply>;

/** API Gateway refuses larger bodies (quotas: payload size 10 MB), and no other endpoint is sent any. */
const BODY_BYTES_MAX = 10 * 1024 * 1024;
/** How long a heal tries to get its port back, and how long an end waits for running handlers. */
const REOPEN_REAL_MS = 5_000;
const QUIESCE_REAL_MS = 500;

/** One real listener of an endpoint; its port is the operating system's choice and stays the same. */
interface Listener {
  readonly scheme: Scheme;
  port: number;
  server: Server | undefined;
}

/**
 * One endpoint as real HTTP servers on 127.0.0.1, one for what would be HTTP on the internet and one for HTTPS, with
 * a fault switch for both. TLS is not played.
 */
export class RegionEndpoint {
  private readonly listeners: readonly Listener[];
  private fault: FaultKind | undefined;
  /** The paths that the fault is about; every path unless some are named. */
  private faultPaths: readonly string[] | undefined;
  private closed = false;
  private readonly sockets = new Set<Socket>();
  private readonly hanging = new Set<Socket>();
  private readonly running = new Set<Promise<void>>();

  /** @param settings.schemes what it speaks; a listener is opened for each. */
  constructor(
    private readonly settings: { readonly schemes: readonly Scheme[]; readonly handle: RequestHandler },
  ) {
    this.listeners = settings.schemes.map((scheme) => ({ scheme, port: 0, server: undefined }));
  }

  /** The ports stay the same through faults and heals. */
  async start(): Promise<Partial<Record<Scheme, number>>> {
    for (const listener of this.listeners) await this.listen(listener);
    return Object.fromEntries(this.listeners.map(({ scheme, port }) => [scheme, port]));
  }

  /**
   * `http-503` answers 503, `hang` accepts and never answers, `refuse` closes the ports and every connection.
   * @param paths where the fault is about some paths only; there `refuse` breaks the connection off.
   */
  async inject(fault: FaultKind, paths?: readonly string[]): Promise<void> {
    this.fault = fault;
    this.faultPaths = paths;
    if (fault === "refuse" && !paths) await this.stopListening();
  }

  /** Requests that hang are cut off, so none outlives the fault. */
  async heal(): Promise<void> {
    this.fault = undefined;
    this.faultPaths = undefined;
    for (const socket of this.hanging) socket.destroy();
    await Promise.all(this.listeners.map((listener) => !listener.server && this.relisten(listener)));
  }

  /** Whether no request is being handled at the moment, not even for a visitor who has gone. */
  get isIdle(): boolean {
    return this.running.size === 0;
  }

  /** Waits a moment for handlers that run, so that none meets a store that is gone. */
  async close(): Promise<void> {
    this.closed = true;
    await this.stopListening();
    await Promise.race([Promise.all(this.running), sleepRealMs(QUIESCE_REAL_MS, undefined, { ref: false })]);
  }

  /** At the port that the listener has had before, if it has. */
  private async listen(listener: Listener): Promise<void> {
    const server = createServer((request, response) => {
      const run: Promise<void> = this.serve(listener.scheme, request, response)
        .catch(() => response.destroy())
        .then(() => void this.running.delete(run));
      this.running.add(run);
    });
    server.on("connection", (socket) => {
      this.sockets.add(socket);
      socket.once("close", () => {
        this.sockets.delete(socket);
        this.hanging.delete(socket);
      });
    });
    server.on("clientError", (_error, socket) => socket.destroy());
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(listener.port, "127.0.0.1", () => {
        server.off("error", reject);
        resolve();
      });
    });
    listener.server = server;
    listener.port = (server.address() as AddressInfo).port;
  }

  private async stopListening(): Promise<void> {
    const closing = this.listeners.map((listener) => {
      const { server } = listener;
      listener.server = undefined;
      return server && new Promise<void>((resolve) => server.close(() => resolve()));
    });
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(closing);
  }

  /** While the port was closed, an outgoing connection of any program may have borrowed it for a moment. */
  private async relisten(listener: Listener): Promise<void> {
    const giveUpAt = performance.now() + REOPEN_REAL_MS;
    while (!this.closed) {
      try {
        await this.listen(listener);
        if (this.closed) await this.stopListening();
        return;
      } catch (error) {
        const taken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
        if (!taken || performance.now() >= giveUpAt) throw error;
        await sleepRealMs(20);
      }
    }
  }

  private async serve(scheme: Scheme, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    const fault = this.faultPaths?.includes(path) === false ? undefined : this.fault;
    if (fault === "refuse") return void response.destroy();
    if (fault === "hang") {
      this.hanging.add(request.socket);
      request.resume();
      return;
    }
    const answer = fault === "http-503" ? unavailable(request) : await this.answer(scheme, request);
    if (response.destroyed) return;
    const body = Buffer.from(answer.body ?? "");
    response.statusCode = answer.status;
    for (const [name, value] of Object.entries(answer.headers ?? {})) {
      if (value !== undefined) response.setHeader(name, value);
    }
    response.setHeader("content-length", body.length);
    // One connection per request: a connection kept open would outlive the DNS answer that led to it.
    response.setHeader("connection", "close");
    response.end(request.method === "HEAD" ? undefined : body);
  }

  private async answer(scheme: Scheme, request: IncomingMessage): Promise<EndpointReply> {
    const body = await readBody(request);
    if (body === "aborted") return message(400, "Bad Request");
    if (body === "too large") return message(413, "Request Too Long");
    return this.settings.handle({
      method: request.method ?? "GET",
      url: request.url ?? "/",
      scheme,
      host: hostNameOf(request.headers.host),
      headers: request.headers,
      body,
      sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
    });
  }
}

function unavailable(request: IncomingMessage): EndpointReply {
  request.resume();
  return message(503, "Service Unavailable");
}

function message(status: number, text: string): EndpointReply {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify({ message: text }) };
}

async function readBody(request: IncomingMessage): Promise<Buffer | "too large" | "aborted"> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      // The rest is read and forgotten, so that the visitor can read the refusal.
      if (bytes <= BODY_BYTES_MAX) chunks.push(chunk);
    }
  } catch {
    return "aborted";
  }
  return bytes > BODY_BYTES_MAX ? "too large" : Buffer.concat(chunks);
}
