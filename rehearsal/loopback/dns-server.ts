import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { createServer, type Server, type Socket } from "node:net";
import type { DnsAnswer } from "../simulation/answer";
import { type ConnectionLimits, serveConnection } from "./dns-connection";
import { type DnsQuestion, DnsResponder } from "./dns-message";

/** Attempts to find a port that is free for UDP and TCP alike. */
const PORT_ATTEMPTS = 20;
/** Room for the queries that arrive while this process does something else; systems may grant less. */
const UDP_RECEIVE_BYTES = 4 * 1024 * 1024;

export interface DnsServerLimits extends ConnectionLimits {
  /** When one more comes, the connection that has been silent for longest gives way. */
  readonly connections: number;
}

const LIMITS: DnsServerLimits = { connections: 100, idleRealMs: 10_000, messageRealMs: 10_000 };

/**
 * An authoritative DNS server for the rehearsed zone on 127.0.0.1, by UDP and TCP on one port:
 * `dig @127.0.0.1 -p PORT name` works while a rehearsal runs.
 */
export class DnsServer {
  private udp: UdpSocket | undefined;
  private tcp: Server | undefined;
  /** The one that has been silent for longest comes first. */
  private readonly connections = new Set<Socket>();
  private readonly responder: DnsResponder;

  /**
   * @param answer what `DnsResponder` asks for every query.
   * @param limits of the TCP side, for which there are defaults.
   */
  constructor(
    answer: (question: DnsQuestion) => DnsAnswer,
    private readonly limits: DnsServerLimits = LIMITS,
  ) {
    this.responder = new DnsResponder(answer);
  }

  /** @throws Error when no port is free for both. */
  async start(): Promise<number> {
    for (let attempt = 1; ; attempt++) {
      const udp = await bindUdp();
      const { port } = udp.address();
      try {
        this.tcp = await this.listenTcp(port);
        this.udp = udp;
        this.serveUdp(udp);
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

  private serveUdp(udp: UdpSocket): void {
    udp.on("message", (packet, from) => {
      const reply = this.responder.reply(packet, "udp");
      // Nobody can hear a reply at port 0. Without a callback the reply leaves at once, in this tick.
      if (reply && from.port !== 0) udp.send(reply, from.port, from.address);
    });
    // A visitor that is gone again is no error of ours.
    udp.on("error", () => undefined);
  }

  private listenTcp(port: number): Promise<Server> {
    const server = createServer({ noDelay: true }, (connection) => this.serveTcp(connection));
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        server.off("error", reject);
        server.on("error", () => undefined);
        resolve(server);
      });
    });
  }

  private serveTcp(connection: Socket): void {
    const { connections, responder, limits } = this;
    const [silent] = connections;
    if (silent && connections.size >= limits.connections) silent.destroy();
    connections.add(connection);
    connection.on("close", () => connections.delete(connection));
    connection.on("data", () => {
      connections.delete(connection);
      connections.add(connection);
    });
    serveConnection(connection, (message) => responder.reply(message, "tcp"), limits);
  }
}

function bindUdp(): Promise<UdpSocket> {
  const socket = createSocket({
    type: "udp4",
    recvBufferSize: UDP_RECEIVE_BYTES,
    // Visitors come by address only; the default would put off every reply to a later tick.
    lookup: (address, _options, found) => found(null, address, 4),
  });
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(0, "127.0.0.1", () => {
      socket.off("error", reject);
      resolve(socket);
    });
  });
}
