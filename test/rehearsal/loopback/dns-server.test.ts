import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import * as dnsPacket from "dns-packet";
import { queryDns } from "../../../rehearsal/loopback/dns-query";
import { DnsServer } from "../../../rehearsal/loopback/dns-server";
import type { DnsAnswer } from "../../../rehearsal/simulation/answer";
import { stream } from "../../../rehearsal/simulation/random";

const never = new AbortController().signal;

function answer({ name, type }: { name: string; type: string }): DnsAnswer {
  const count = name.startsWith("long") ? 200 : 1;
  const records = Array.from({ length: count }, (_, index) => ({
    name,
    type,
    ttlSeconds: 60,
    data: `192.0.2.${index}`,
  }));
  return { rcode: "NOERROR", records, authority: [] };
}

const framed = (message: Buffer) =>
  Buffer.concat([Buffer.from([message.length >> 8, message.length & 0xff]), message]);

const question = (id: number, name: string) =>
  dnsPacket.encode({ type: "query", id, questions: [{ name, type: "A" }] });

/** Reads so many messages from a connection, then leaves it open. */
async function readMessages(connection: Socket, count: number): Promise<dnsPacket.DecodedPacket[]> {
  const messages: dnsPacket.DecodedPacket[] = [];
  let received: Buffer = Buffer.alloc(0);
  while (messages.length < count) {
    const [chunk] = (await once(connection, "data")) as [Buffer];
    received = Buffer.concat([received, chunk]);
    while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      const end = 2 + received.readUInt16BE(0);
      messages.push(dnsPacket.decode(received.subarray(2, end)));
      received = received.subarray(end);
    }
  }
  return messages;
}

describe("rehearsal/loopback/dns-server", () => {
  let server: DnsServer;
  let port: number;

  beforeEach(async () => {
    server = new DnsServer(answer);
    port = await server.start();
  });

  afterEach(() => server.close());

  it("answers by UDP", async () => {
    const reply = await queryDns(port, { name: "a.example.com", type: "A" }, never);
    assert.equal(reply.rcode, "NOERROR");
    assert.deepEqual(
      reply.answers.map((record) => (record as dnsPacket.StringAnswer).data),
      ["192.0.2.0"],
    );
  });

  it("answers by TCP on the same port what is too long for UDP", async () => {
    const reply = await queryDns(port, { name: "long.example.com", type: "A" }, never);
    assert.equal(reply.answers.length, 200);
  });

  it("takes several messages of one connection, cut anywhere", async () => {
    const connection = connect(port, "127.0.0.1");
    const sent = Buffer.concat([framed(question(1, "a.example.com")), framed(question(2, "b.example.com"))]);
    const messages = readMessages(connection, 2);
    for (const [from, to] of [
      [0, 1],
      [1, 10],
      [10, 40],
      [40, sent.length],
    ]) {
      connection.write(sent.subarray(from, to));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    assert.deepEqual(
      (await messages).map(({ id }) => id),
      [1, 2],
    );
    connection.destroy();
  });

  it("answers others while one connection stands half open and another sends rubbish", async () => {
    const half = connect(port, "127.0.0.1");
    half.write(Buffer.from([0xff]));
    const rubbish = connect(port, "127.0.0.1");
    rubbish.on("error", () => undefined);
    rubbish.write(framed(Buffer.from("short")));
    await once(rubbish, "close");
    const reply = await queryDns(port, { name: "a.example.com", type: "A" }, never);
    assert.equal(reply.answers.length, 1);
    half.destroy();
  });

  it("outlives 2,000 packets of noise by UDP (seed 7)", async () => {
    const random = stream(7, "dns-server/fuzz");
    const socket = createSocket("udp4");
    for (let round = 0; round < 2_000; round++) {
      const noise = Buffer.from(Array.from({ length: random.below(64) }, () => random.below(256)));
      await new Promise<void>((resolve) => socket.send(noise, port, "127.0.0.1", () => resolve()));
    }
    const reply = await queryDns(port, { name: "a.example.com", type: "A" }, never);
    assert.equal(reply.answers.length, 1);
    socket.close();
  });

  it("leaves the port to others once it is closed, whoever is still connected", async () => {
    const idle = connect(port, "127.0.0.1");
    idle.on("error", () => undefined);
    await once(idle, "connect");
    await Promise.all([server.close(), once(idle, "close")]);
    const udp = createSocket("udp4");
    udp.bind(port, "127.0.0.1");
    await once(udp, "listening");
    udp.close();
    const tcp = createServer().listen(port, "127.0.0.1");
    await once(tcp, "listening");
    tcp.close();
  });

  it("stops asking at once when it is told to", async () => {
    await server.close();
    const ending = new AbortController();
    const asking = queryDns(port, { name: "a.example.com", type: "A" }, ending.signal);
    setTimeout(() => ending.abort(new Error("enough")), 20);
    const before = performance.now();
    await assert.rejects(asking, { message: "enough" });
    assert.ok(performance.now() - before < 500);
  });
});
