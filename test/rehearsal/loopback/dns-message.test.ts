import assert from "node:assert/strict";
import * as dnsPacket from "dns-packet";
import { type DnsQuestion, replyTo } from "../../../rehearsal/loopback/dns-message";
import type { DnsAnswer } from "../../../rehearsal/simulation/answer";
import { stream } from "../../../rehearsal/simulation/random";

type Decoded = dnsPacket.DecodedPacket & { rcode: string; opcode: string };

const SOA = {
  name: "example.com",
  type: "SOA",
  ttlSeconds: 900,
  data: "ns-0.awsdns-00.com awsdns-hostmaster.amazon.com 1 7200 900 1209600 86400",
};

/** A small zone: one address, one long text, and everything else outside. */
function answer({ name, type }: DnsQuestion): DnsAnswer {
  const here = name.toLowerCase();
  const records = (data: string[]) => data.map((one) => ({ name: here, type, ttlSeconds: 60, data: one }));
  if (here === "broken.example.com") throw new Error("broken");
  if (here === "odd.example.com") return { rcode: "NOERROR", records: records(["?"]), authority: [] };
  if (here === "a.example.com" && type === "A") {
    return { rcode: "NOERROR", records: records(["192.0.2.1"]), authority: [] };
  }
  if (here === "long.example.com" && type === "TXT") {
    const texts = Array.from({ length: 10 }, (_, index) => `"${String(index).repeat(100)}"`);
    return { rcode: "NOERROR", records: records(texts), authority: [] };
  }
  if (!here.endsWith("example.com")) return { rcode: "REFUSED", records: [], authority: [] };
  const exists = ["a.example.com", "example.com"].includes(here);
  return { rcode: exists ? "NOERROR" : "NXDOMAIN", records: [], authority: [SOA] };
}

function query(name: string, type: dnsPacket.RecordType, extra: dnsPacket.Packet = {}): Buffer {
  return dnsPacket.encode({
    type: "query",
    id: 4711,
    flags: dnsPacket.RECURSION_DESIRED,
    questions: [{ name, type }],
    ...extra,
  });
}

function opt(changes: Partial<dnsPacket.OptAnswer> = {}): dnsPacket.OptAnswer {
  return {
    type: "OPT",
    name: ".",
    udpPayloadSize: 4096,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [],
    ...changes,
  };
}

function ask(packet: Buffer, transport: "udp" | "tcp" = "udp"): Decoded {
  const reply = replyTo(packet, transport, answer);
  assert.ok(reply, "there is no reply");
  return dnsPacket.decode(reply) as Decoded;
}

/** Response code, AA, TC, answers and authorities: what a resolver acts on. */
function gist(reply: Decoded): [string, boolean, boolean, number, string[]] {
  const authorities = (reply.authorities ?? []).map(({ type }) => String(type));
  return [reply.rcode, reply.flag_aa, reply.flag_tc, reply.answers?.length ?? 0, authorities];
}

describe("rehearsal/loopback/dns-message", () => {
  it("answers with authority, the query's id, question and RD, and offers no recursion", () => {
    const reply = ask(query("a.example.com", "A"));
    assert.deepEqual(gist(reply), ["NOERROR", true, false, 1, []]);
    assert.equal(reply.id, 4711);
    assert.deepEqual([reply.flag_qr, reply.flag_rd, reply.flag_ra], [true, true, false]);
    assert.deepEqual(reply.questions, [{ name: "a.example.com", type: "A", class: "IN" }]);
    const [record] = (reply.answers ?? []) as dnsPacket.StringAnswer[];
    assert.ok(record);
    const { name, type, ttl, data } = record;
    assert.deepEqual(
      { name, type, ttl, data },
      { name: "a.example.com", type: "A", ttl: 60, data: "192.0.2.1" },
    );
    assert.deepEqual(reply.additionals, []);
  });

  it("tells no data, no name and not mine apart", () => {
    assert.deepEqual(gist(ask(query("a.example.com", "AAAA"))), ["NOERROR", true, false, 0, ["SOA"]]);
    assert.deepEqual(gist(ask(query("b.example.com", "A"))), ["NXDOMAIN", true, false, 0, ["SOA"]]);
    assert.deepEqual(gist(ask(query("a.example.org", "A"))), ["REFUSED", false, false, 0, []]);
  });

  it("has no data of types that nobody knows, and transfers no zone", () => {
    const unknown = "UNKNOWN_65280" as dnsPacket.RecordType;
    assert.deepEqual(gist(ask(query("a.example.com", unknown))), ["NOERROR", true, false, 0, ["SOA"]]);
    assert.deepEqual(gist(ask(query("example.com", "AXFR"), "tcp")), ["REFUSED", false, false, 0, []]);
  });

  it("echoes the question byte for byte, whatever its case and its octets", () => {
    for (const label of [Buffer.from("MiXeD"), Buffer.alloc(63, 0xff)]) {
      const packet = Buffer.concat([
        query("x", "A").subarray(0, 12),
        Buffer.from([label.length]),
        label,
        Buffer.from("\x07example\x03com\x00\x00\x01\x00\x01", "latin1"),
      ]);
      const reply = replyTo(packet, "udp", answer);
      assert.ok(reply);
      assert.deepEqual(reply.subarray(12, packet.length), packet.subarray(12));
      assert.equal((dnsPacket.decode(reply) as Decoded).rcode, "NXDOMAIN");
    }
  });

  it("cuts a long answer at 512 bytes of UDP, at what EDNS allows up to 1232, and never by TCP", () => {
    const plain = query("long.example.com", "TXT");
    assert.deepEqual(gist(ask(plain)), ["NOERROR", true, true, 0, []]);
    assert.deepEqual(gist(ask(plain, "tcp")), ["NOERROR", true, false, 10, []]);
    const large = replyTo(query("long.example.com", "TXT", { additionals: [opt()] }), "tcp", answer);
    const size = large?.length ?? 0;
    assert.ok(size > 1232, `${size} bytes`);
    const offering = (udpPayloadSize: number) =>
      gist(ask(query("long.example.com", "TXT", { additionals: [opt({ udpPayloadSize })] })));
    assert.deepEqual(offering(4096), ["NOERROR", true, true, 0, []]);
    assert.deepEqual(gist(ask(query("a.example.com", "A", { additionals: [opt({ udpPayloadSize: 16 })] }))), [
      "NOERROR",
      true,
      false,
      1,
      [],
    ]);
  });

  it("fits an answer of exactly the limit, and cuts one byte more", () => {
    // 12 header + 19 question + 11 OPT, then 19 + 8 + 2 for a TXT record and one length octet per text.
    const texts = (bytes: number) => {
      const data = `"${"x".repeat(255)}" "${"y".repeat(255)}" "${"z".repeat(bytes)}"`;
      const records = [{ name: "t.example.com", type: "TXT", ttlSeconds: 1, data }];
      const packet = query("t.example.com", "TXT", { additionals: [opt({ udpPayloadSize: 700 })] });
      return replyTo(packet, "udp", () => ({ rcode: "NOERROR", records, authority: [] }));
    };
    const whole = texts(10);
    assert.ok(whole);
    const spare = 700 - whole.length;
    assert.equal(texts(10 + spare)?.length, 700);
    assert.equal((dnsPacket.decode(texts(11 + spare) as Buffer) as Decoded).flag_tc, true);
  });

  it("answers EDNS with EDNS, and refuses a version that it does not know", () => {
    const reply = ask(query("a.example.com", "A", { additionals: [opt()] }));
    const [sent] = reply.additionals as dnsPacket.OptAnswer[];
    assert.deepEqual([sent?.type, sent?.udpPayloadSize, sent?.ednsVersion], ["OPT", 1232, 0]);
    const badVersion = ask(query("a.example.com", "A", { additionals: [opt({ ednsVersion: 1 })] }));
    assert.equal((badVersion.additionals as dnsPacket.OptAnswer[])[0]?.extendedRcode, 1);
    assert.deepEqual(gist(badVersion), ["NOERROR", false, false, 0, []]);
    const twice = ask(query("a.example.com", "A", { additionals: [opt(), opt()] }));
    assert.equal(twice.rcode, "FORMERR");
  });

  it("refuses other classes and other operations", () => {
    const chaos = query("a.example.com", "A", {
      questions: [{ name: "a.example.com", type: "A", class: "CH" }],
    });
    assert.equal(ask(chaos).rcode, "REFUSED");
    const update = query("a.example.com", "A");
    update.writeUInt16BE(5 << 11, 2);
    assert.deepEqual([ask(update).rcode, ask(update).opcode], ["NOTIMP", "UPDATE"]);
  });

  it("is never silent about its own trouble", () => {
    assert.deepEqual(gist(ask(query("broken.example.com", "A"))), ["SERVFAIL", false, false, 0, []]);
    assert.deepEqual(gist(ask(query("odd.example.com", "NAPTR"))), ["SERVFAIL", false, false, 0, []]);
  });

  it("says FORMERR to what is malformed, and nothing to a response or less than a header", () => {
    const good = query("a.example.com", "A");
    for (const length of [12, 13, good.length - 1]) {
      assert.equal(ask(good.subarray(0, length)).rcode, "FORMERR", `${length} bytes`);
    }
    assert.equal(ask(query("a.example.com", "A", { questions: [] })).rcode, "FORMERR");
    const two = { name: "a.example.com", type: "A" } as const;
    assert.equal(ask(query("a.example.com", "A", { questions: [two, two] })).rcode, "FORMERR");
    const pointing = Buffer.concat([good.subarray(0, 12), Buffer.from([0xc0, 4, 0, 1, 0, 1])]);
    assert.equal(ask(pointing).rcode, "FORMERR");
    assert.equal(replyTo(good.subarray(0, 11), "udp", answer), undefined);
    assert.equal(replyTo(Buffer.alloc(0), "udp", answer), undefined);
    const response = Buffer.from(good);
    response.writeUInt16BE(0x8000, 2);
    assert.equal(replyTo(response, "udp", answer), undefined);
  });

  const seed = 20261;
  it(`survives 4,000 malformed packets (seed ${seed})`, () => {
    const random = stream(seed, "dns-message/fuzz");
    const base = [
      query("a.example.com", "A"),
      query("long.example.com", "TXT", { additionals: [opt()] }),
      query("a.example.com", "SOA", { answers: [{ name: "a.example.com", type: "A", data: "192.0.2.1" }] }),
    ];
    const counts: Record<string, number> = {};
    for (let round = 0; round < 4_000; round++) {
      let packet = Buffer.from(base[random.below(base.length)] as Buffer);
      for (let change = random.below(6); change >= 0; change--) {
        // Never the bit that makes it a response: those are dropped unread.
        const at = random.below(packet.length);
        packet[at] = random.below(256) & (at === 2 ? 0x7f : 0xff);
      }
      if (random.below(3) === 0) packet = packet.subarray(0, random.below(packet.length + 1));
      if (random.below(10) === 0) packet = Buffer.from(Array.from({ length: 40 }, () => random.below(256)));
      for (const transport of ["udp", "tcp"] as const) {
        const reply = replyTo(packet, transport, answer);
        const kind = reply ? (dnsPacket.decode(reply) as Decoded).rcode : "dropped";
        counts[kind] = (counts[kind] ?? 0) + 1;
        if (!reply) continue;
        assert.equal(reply.readUInt16BE(0), packet.readUInt16BE(0));
        assert.equal(reply.readUInt16BE(2) & 0x8000, 0x8000);
        assert.ok(transport === "tcp" || reply.length <= 1232);
      }
    }
    // The fuzz must reach the parser's branches, not only its first check.
    for (const kind of ["FORMERR", "NOTIMP", "NXDOMAIN", "REFUSED", "NOERROR", "dropped"]) {
      assert.ok((counts[kind] ?? 0) > 50, `${kind}: ${counts[kind] ?? 0}`);
    }
  });
});
