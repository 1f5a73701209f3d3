import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { createServer, type Server, type Socket } from "node:net";
import type { DnsAnswer } from "../simulation/answer";
import { type DnsQuestion, replyTo } from "./dns-message";

/** Attempts to find a port that is free for UDP and TCP alike. */
const PORT_ATTEMPTS = 20;
const TCP_CONNECTIONS_MAX = 100;
const TCP_IDLE_REAL_MS = 10_000;

/**
 * An authoritative DNS server for the rehearsed zone on 127.0.0.1, by UDP and TCP on one port:
 * `dig @127.0.0.1 -p PORT name` works while a rehearsal runs.
 */
export class DnsServer {
  private udp: UdpSocket | undefined;
  private tcp: Server | undefined;
  private readonly connections = new Set<Socket>();

  constructor(private readonly answer: (question: DnsQuestion) => DnsAnswer) {}

  /** @throws Error when no port is free for both. */
  async start(): Promise<number> {
    for (let attempt = 1; ; attempt++) {
      const udp = await bindUdp();
      const { port } = udp.address();
      try {
        this.tcp = await this.listenTcp(port);
        this.udp = udp;
        udp.on("message", (packet, { port: from, address }) => {
          const reply = replyTo(packet, "udp", this.answer);
          // A visitor that is gone again is no error of ours.
          if (reply) udp.send(reply, from, address, () => undefined);
        });
        udp.on("error", () => undefined);
        return port;
      } catch (error) {
        udp.close();
        const taken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
        if (!taken || attempt >= PORT_ATTEMPTS) throw error;
      }
    }
  }

  async close(): Promise<void> {
    const { udp, tcp } = this;
    this.udp = undefined;
    this.tcp = undefined;
    if (udp) await new Promise<void>((resolve) => udp.close(resolve));
    if (!tcp) return;
    const closed = new Promise<void>((resolve) => tcp.close(() => resolve()));
    for (const connection of this.connections) connection.destroy();
    await closed;
  }

  private listenTcp(port: number): Promise<Server> {
    const server = createServer((connection) => this.serveTcp(connection));
    server.maxConnections = TCP_CONNECTIONS_MAX;
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        server.off("error", reject);
        server.on("error", () => undefined);
        resolve(server);
      });
    });
  }

  /** Messages come with their length in front, several on one connection, cut anywhere (RFC 7766). */
  private serveTcp(connection: Socket): void {
    this.connections.add(connection);
    connection.on("close", () => this.connections.delete(connection));
    connection.on("error", () => connection.destroy());
    connection.setTimeout(TCP_IDLE_REAL_MS, () => connection.destroy());
    let received: Buffer = Buffer.alloc(0);
    connection.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
        const end = 2 + received.readUInt16BE(0);
        const reply = replyTo(received.subarray(2, end), "tcp", this.answer);
        received = received.subarray(end);
        if (!reply) return connection.destroy();
        connection.write(Buffer.concat([Buffer.from([reply.length >> 8, reply.length & 0xff]), reply]));
      }
    });
  }
}

function bindUdp(): Promise<UdpSocket> {
  const socket = createSocket("udp4");
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(0, "127.0.0.1", () => {
      socket.off("error", reject);
      resolve(socket);
    });
  });
}
