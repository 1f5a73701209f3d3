import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Server } from "node:net";

/** A request as a server of a test got it. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface LocalServer {
  readonly url: string;
  readonly port: number;
  readonly received: Received[];
  close(): Promise<void>;
}

/** Listens on a free port of this machine. */
export async function listen(server: {
  listen: Server["listen"];
  address: Server["address"];
}): Promise<AddressInfo> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return server.address() as AddressInfo;
}

/** An HTTP server that answers with what `reply` says, and remembers what it got; undefined never answers. */
export async function localServer(
  reply: (
    request: Received,
    count: number,
  ) => { status: number; body: string | object; location?: string } | undefined,
): Promise<LocalServer> {
  const received: Received[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString("utf8") };
      received.push(one);
      const answer = reply(one, received.length);
      if (!answer) return;
      const location = answer.location === undefined ? {} : { location: answer.location };
      response.writeHead(answer.status, { "content-type": "application/json", ...location });
      response.end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body));
    });
  });
  const { port } = await listen(server);
  return {
    url: `http://127.0.0.1:${port}/`,
    port,
    received,
    async close() {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  const { port } = await listen(server);
  await once(server.close(), "close");
  return port;
}
