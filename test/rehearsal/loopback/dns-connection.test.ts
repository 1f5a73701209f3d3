import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import * as dnsPacket from "dns-packet";
import { DnsServer, type DnsServerLimits } from "../../../rehearsal/loopback/dns-server";

const framed = (message: Buffer) =>
  Buffer.concat([Buffer.from([message.length >> 8, message.length & 0xff]), message]);

const question = (id: number, name = "a.example.com") =>
  framed(dnsPacket.encode({ type: "query", id, questions: [{ name, type: "TXT" }] }));

const pause = (realMs: number) => new Promise((resolve) => setTimeout(resolve, realMs));

/** What a connection says until `count` messages came. */
async function repliesOf(connection: Socket, count: number): Promise<number[]> {
  const ids: number[] = [];
  let received: Buffer = Buffer.alloc(0);
  for await (const chunk of connection.iterator({ destroyOnReturn: false })) {
    received = Buffer.concat([received, chunk as Buffer]);
    while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      ids.push(received.readUInt16BE(2));
      received = received.subarray(2 + received.readUInt16BE(0));
    }
    if (ids.length >= count) break;
  }
  return ids;
}

describe("rehearsal/loopback/dns-connection", () => {
  let server: DnsServer;
  let port: number;
  let answered: number;
  const visitors: Socket[] = [];

  async function serve(changes: Partial<DnsServerLimits> = {}, bytes = 200): Promise<void> {
    answered = 0;
    const data = `"${"x".repeat(bytes)}"`;
    const records = [{ name: "a.example.com", type: "TXT", ttlSeconds: 1, data }];
    const found = { rcode: "NOERROR", records, authority: [] } as const;
    server = new DnsServer(
      () => {
        answered += 1;
        return found;
      },
      { connections: 3, idleRealMs: 5_000, messageRealMs: 5_000, ...changes },
    );
    port = await server.start();
  }

  async function visitor(): Promise<Socket> {
    const connection = connect(port, "127.0.0.1");
    connection.on("error", () => undefined);
    visitors.push(connection);
    await once(connection, "connect");
    return connection;
  }

  afterEach(async () => {
    for (const connection of visitors.splice(0)) connection.destroy();
    await server.close();
  });

  it("answers queries that come in one piece in their order", async () => {
    await serve();
    const connection = await visitor();
    connection.write(Buffer.concat(Array.from({ length: 50 }, (_, id) => question(id))));
    assert.deepEqual(
      await repliesOf(connection, 50),
      Array.from({ length: 50 }, (_, id) => id),
    );
  });

  it("answers a query that comes octet by octet, its length included", async () => {
    await serve();
    const connection = await visitor();
    connection.setNoDelay(true);
    for (const octet of Buffer.concat([question(1), question(2)])) {
      connection.write(Buffer.from([octet]));
      await pause(0);
    }
    assert.deepEqual(await repliesOf(connection, 2), [1, 2]);
  });

  it("answers a visitor that says nothing more after its question", async () => {
    await serve();
    const connection = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    visitors.push(connection);
    connection.end(Buffer.concat([question(1), question(2)]));
    assert.deepEqual(await repliesOf(connection, 2), [1, 2]);
  });

  it("closes what says nothing, and what never ends its message", async () => {
    await serve({ idleRealMs: 60, messageRealMs: 5_000 });
    await once(await visitor(), "close");
    await server.close();
    await serve({ idleRealMs: 5_000, messageRealMs: 150 });
    const slow = await visitor();
    // A write that crosses the close is answered with a reset, which is a close as well.
    const closed = new Promise((resolve) => slow.once("close", resolve));
    slow.on("error", () => undefined);
    const startedMs = performance.now();
    const drip = setInterval(() => slow.write(Buffer.from([0])), 10);
    slow.write(Buffer.from([0x7f, 0xff]));
    try {
      await closed;
    } finally {
      clearInterval(drip);
    }
    assert.ok(performance.now() - startedMs < 3_000);
  });

  it("lets whoever has been silent for longest go when one more comes", async () => {
    await serve();
    const [first, second, third] = [await visitor(), await visitor(), await visitor()];
    first.write(question(1));
    await repliesOf(first, 1);
    const gone = once(second, "close");
    const fourth = await visitor();
    await gone;
    for (const [id, connection] of [first, third, fourth].entries()) {
      connection.write(question(id));
      assert.deepEqual(await repliesOf(connection, 1), [id]);
    }
  });

  it("reads no further from a visitor that does not read, and goes on when it does", async () => {
    // The queries fit into one chunk, the replies to them into no buffer of the system.
    await serve({}, 60_000);
    const connection = await visitor();
    const count = 1_500;
    connection.pause();
    connection.write(Buffer.concat(Array.from({ length: count }, (_, id) => question(id))));
    let before = -1;
    while (answered !== before) {
      before = answered;
      await pause(100);
    }
    assert.ok(answered > 0 && answered < count / 2, `${answered} of ${count} were answered to nobody`);
    const ids = await repliesOf(connection, count);
    assert.deepEqual([ids.length, ids.every((id, index) => id === index)], [count, true]);
  });

  it("takes no more from a visitor that asks on and on and does not read", async () => {
    await serve({}, 60_000);
    const connection = await visitor();
    connection.pause();
    // More than what the system's own buffers may take.
    connection.write(Buffer.concat(Array<Buffer>(480_000).fill(question(1))));
    await pause(1_500);
    assert.ok(connection.writableLength > 0, "everything was taken in");
  });

  it("cuts off what deserves no reply", async () => {
    await serve();
    const connection = await visitor();
    const closed = once(connection, "close");
    connection.write(framed(Buffer.from("short")));
    await closed;
  });
});
