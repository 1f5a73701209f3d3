import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleepRealMs } from "node:timers/promises";
import type { FaultKind } from "../simulation/scenario";
import {
  type GatewayEvent,
  type GatewayResponse,
  gatewayEvent,
  gatewayMessage,
  gatewayResponse,
  hostNameOf,
} from "./gateway-event";

/** A Lambda handler behind an HTTP API; what it returns is read as payload format 2.0. */
export type Handler = (event: GatewayEvent) => Promise<unknown>;

/** API Gateway refuses larger bodies (quotas: payload size 10 MB). */
const BODY_BYTES_MAX = 10 * 1024 * 1024;
/** How long a heal tries to get its port back, and how long an end waits for running handlers. */
const REOPEN_REAL_MS = 5_000;
const QUIESCE_REAL_MS = 500;

/**
 * Plays API Gateway for one endpoint: a real HTTP server on 127.0.0.1 with a fault switch. TLS is not played:
 * what would be HTTPS on the internet is HTTP here.
 */
export class RegionEndpoint {
  private server: Server | undefined;
  private listeningPort = 0;
  private fault: FaultKind | undefined;
  private closed = false;
  private readonly sockets = new Set<Socket>();
  private readonly hanging = new Set<Socket>();
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly settings: {
      readonly hostNames: readonly string[];
      readonly routeKeys: readonly string[];
      readonly handler: Handler;
    },
  ) {}

  /** The port is the operating system's choice and stays the same through faults and heals. */
  async start(): Promise<number> {
    this.listeningPort = await this.listen(0);
    return this.listeningPort;
  }

  /** `http-503` answers 503, `hang` accepts and never answers, `refuse` closes the port and every connection. */
  async inject(fault: FaultKind): Promise<void> {
    this.fault = fault;
    if (fault === "refuse") await this.stopListening();
  }

  /** Requests that hang are cut off, so none outlives the fault. */
  async heal(): Promise<void> {
    this.fault = undefined;
    for (const socket of this.hanging) socket.destroy();
    if (!this.server) await this.relisten();
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

  private async listen(port: number): Promise<number> {
    const server = createServer((request, response) => {
      const run: Promise<void> = this.serve(request, response)
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
      server.listen(port, "127.0.0.1", () => {
        server.off("error", reject);
        resolve();
      });
    });
    this.server = server;
    return (server.address() as AddressInfo).port;
  }

  private async stopListening(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    const done = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await done;
  }

  /** While the port was closed, an outgoing connection of any program may have borrowed it for a moment. */
  private async relisten(): Promise<void> {
    const giveUpAt = performance.now() + REOPEN_REAL_MS;
    while (!this.closed) {
      try {
        await this.listen(this.listeningPort);
        if (this.closed) await this.stopListening();
        return;
      } catch (error) {
        const taken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
        if (!taken || performance.now() >= giveUpAt) throw error;
        await sleepRealMs(20);
      }
    }
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.fault === "hang") {
      this.hanging.add(request.socket);
      request.resume();
      return;
    }
    const answer = this.fault === "http-503" ? unavailable(request) : await this.answer(request);
    if (response.destroyed) return;
    response.statusCode = answer.status;
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
    if (answer.cookies.length > 0) response.setHeader("set-cookie", [...answer.cookies]);
    response.setHeader("content-length", answer.body.length);
    // One connection per request: a connection kept open would outlive the DNS answer that led to it.
    response.setHeader("connection", "close");
    response.end(request.method === "HEAD" ? undefined : answer.body);
  }

  private async answer(request: IncomingMessage): Promise<GatewayResponse> {
    if (!this.settings.hostNames.includes(hostNameOf(request.headers.host))) {
      request.resume();
      return gatewayMessage(403, "Forbidden");
    }
    const body = await readBody(request);
    if (body === "aborted") return gatewayMessage(400, "Bad Request");
    if (body === "too large") return gatewayMessage(413, "Request Too Long");
    const outcome = gatewayEvent(this.settings.routeKeys, {
      method: request.method ?? "GET",
      url: request.url ?? "/",
      headers: request.headers,
      body,
      sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
      timeEpoch: Date.now(),
      requestId: randomUUID(),
      apiId: "loopback",
    });
    if (outcome.kind === "answered") return outcome.response;
    try {
      return gatewayResponse(await this.settings.handler(outcome.event));
    } catch {
      // A visitor never learns why a function failed.
      return gatewayMessage(500, "Internal Server Error");
    }
  }
}

function unavailable(request: IncomingMessage): GatewayResponse {
  request.resume();
  return gatewayMessage(503, "Service Unavailable");
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
