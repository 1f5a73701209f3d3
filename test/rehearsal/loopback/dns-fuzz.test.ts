import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as dnsPacket from "dns-packet";
import { DnsResponder } from "../../../rehearsal/loopback/dns-message";
import { queryDns } from "../../../rehearsal/loopback/dns-query";
import { DnsServer } from "../../../rehearsal/loopback/dns-server";
import { ZoneAnswers } from "../../../rehearsal/loopback/zone-answers";
import { stream } from "../../../rehearsal/simulation/random";
import { goodQueries, oddPacket } from "./odd-packets";
import { CHECK, NAME, PRIMARY_NAME, profilePlan, STANDBY_NAME } from "./plan-fixture";

const SEED = 20_265;
const PACKETS = 100_000;
const SOCKET_PACKETS = 4_000;
/** Far above what the caches may hold, and far below what keeping anything of every packet would cost. */
const HEAP_GROWTH_BYTES_MAX = 24_000_000;

const never = new AbortController().signal;
const NAMES = [NAME, PRIMARY_NAME, "example.com", "missing.example.com", "example.net", "."];

describe(`rehearsal/loopback: the DNS server among odd packets (seed ${SEED})`, () => {
  let healthy: boolean;

  beforeEach(() => {
    healthy = true;
  });

  function zoneAnswers(): ZoneAnswers {
    const zone = { plan: profilePlan(), addressesOf: () => ["192.0.2.10"] };
    return new ZoneAnswers(zone, (check) => check !== CHECK || healthy, stream(SEED, "fuzz/answers"));
  }

  it(`replies to ${PACKETS.toLocaleString("en-US")} of them as a server that remembers nothing, and stays right`, function () {
    this.timeout(60_000);
    const random = stream(SEED, "fuzz/packets");
    const good = goodQueries(NAMES);
    const answers = zoneAnswers();
    const responder = new DnsResponder(answers.answer);
    const failover = good.find(
      (packet) => packet.includes(Buffer.from("\x08profiles")) && packet.length < 40,
    );
    assert.ok(failover);
    const heapBytes = heapAfterCollection();
    const counts: Record<string, number> = {};
    for (let round = 0; round < PACKETS; round++) {
      if (round % 1_000 === 0) healthy = !healthy;
      const packet = oddPacket(good, random);
      const transport = random.below(4) === 0 ? "tcp" : "udp";
      const reply = responder.reply(packet, transport);
      const kind = reply === undefined ? "dropped" : `rcode ${(reply[3] ?? 0) & 0x0f}`;
      counts[kind] = (counts[kind] ?? 0) + 1;
      if (reply !== undefined) {
        assert.ok(packet.length >= 12 && (packet[2] ?? 0) < 0x80, "a response was answered");
        assert.equal(reply.readUInt16BE(0), packet.readUInt16BE(0));
        assert.ok((reply[2] ?? 0) >= 0x80 && reply.length <= (transport === "udp" ? 1232 : 65_535));
      }
      if (round % 10 !== 0) continue;
      // What the caches gave is what a fresh server gives, and what a decoder can read.
      const fresh = new DnsResponder(answers.answer).reply(packet, transport);
      assert.deepEqual(reply, fresh, packet.toString("hex"));
      if (reply !== undefined) dnsPacket.decode(reply);
      const between = dnsPacket.decode(responder.reply(failover, "udp") as Buffer);
      const [alias] = between.answers as dnsPacket.StringAnswer[];
      assert.equal(alias?.data, healthy ? PRIMARY_NAME : STANDBY_NAME);
    }
    // The packets must reach every branch, not only the first check.
    for (const kind of ["dropped", ...[0, 1, 3, 4, 5].map((rcode) => `rcode ${rcode}`)]) {
      assert.ok((counts[kind] ?? 0) > PACKETS / 500, `${kind}: ${JSON.stringify(counts)}`);
    }
    assert.equal(counts["rcode 2"], undefined);
    const growthBytes = heapAfterCollection() - heapBytes;
    assert.ok(growthBytes < HEAP_GROWTH_BYTES_MAX, `the heap grew by ${growthBytes} bytes`);
  });

  it(`outlives ${SOCKET_PACKETS.toLocaleString("en-US")} of them over UDP and TCP, and leaves nothing open`, async function () {
    this.timeout(30_000);
    const random = stream(SEED, "fuzz/socket");
    const good = goodQueries(NAMES);
    const before = openHandles();
    const server = new DnsServer(zoneAnswers().answer);
    const port = await server.start();
    const isRight = async () => {
      const { answers } = await queryDns(port, { name: NAME, type: "A" }, never);
      assert.equal((answers[0] as dnsPacket.StringAnswer).data, healthy ? PRIMARY_NAME : STANDBY_NAME);
    };
    const udp = createSocket("udp4");
    try {
      for (let round = 0; round < SOCKET_PACKETS; round++) {
        const packet = oddPacket(good, random);
        await new Promise<void>((resolve) => udp.send(packet, port, "127.0.0.1", () => resolve()));
        if (round % 40 === 0) await leaveOverTcp(port, packet);
        if (round % 400 !== 0) continue;
        healthy = !healthy;
        await isRight();
      }
      await isRight();
    } finally {
      await new Promise<void>((resolve) => udp.close(resolve));
      await server.close();
    }
    // A handle is listed until its close has been heard of.
    for (let turn = 0; turn < 100 && openHandles().length > before.length; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.deepEqual(openHandles(), before);
  });
});

/** A visitor that sends a length, right or wrong, and rubbish, and is gone. */
async function leaveOverTcp(port: number, packet: Buffer): Promise<void> {
  const connection = connect(port, "127.0.0.1");
  connection.on("error", () => undefined);
  const closed = once(connection, "close");
  connection.write(Buffer.concat([Buffer.from([0, packet.length % 256]), packet]), () =>
    connection.destroy(),
  );
  await closed;
}

function openHandles(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter((kind) => /UDP|TCP/.test(kind))
    .sort();
}

function heapAfterCollection(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
}
