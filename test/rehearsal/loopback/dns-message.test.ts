import assert from "node:assert/strict";
import * as dnsPacket from "dns-packet";
import { type DnsQuestion, DnsResponder, type Transport } from "../../../rehearsal/loopback/dns-message";
import type { DnsAnswer } from "../../../rehearsal/simulation/answer";

type Decoded = dnsPacket.DecodedPacket & { rcode: string; opcode: string };

const SOA = {
  name: "example.com",
  type: "SOA",
  ttlSeconds: 900,
  data: "ns-0.awsdns-00.com awsdns-hostmaster.amazon.com 1 7200 900 1209600 86400",
};

/** A small zone: an address, an alias, a long text, and everything else outside. */
function answer({ name: here, type }: DnsQuestion): DnsAnswer {
  const records = (data: string[]) => data.map((one) => ({ name: here, type, ttlSeconds: 60, data: one }));
  if (here === "broken.example.com") throw new Error("broken");
  if (here === "odd.example.com") return { rcode: "NOERROR", records: records(["?"]), authority: [] };
  if (here === "a.example.com" && type === "A") {
    return { rcode: "NOERROR", records: records(["192.0.2.1"]), authority: [] };
  }
  if (here === "www.example.com") {
    const data = type === "A" ? ["a.example.com"] : ["b.example.com"];
    return {
      rcode: "NOERROR",
      records: records(data).map((one) => ({ ...one, type: "CNAME" })),
      authority: [],
    };
  }
  if (here === "long.example.com" && type === "TXT") {
    const texts = Array.from({ length: 10 }, (_, index) => `"${String(index).repeat(120)}"`);
    return { rcode: "NOERROR", records: records(texts), authority: [] };
  }
  if (!`.${here}`.endsWith(".example.com")) return { rcode: "REFUSED", records: [], authority: [] };
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

const replyTo = (packet: Buffer, transport: Transport, from = answer) =>
  new DnsResponder(from).reply(packet, transport);

function ask(packet: Buffer, transport: Transport = "udp"): Decoded {
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

  it("answers a query for every class from the one it has, without authority over the others", () => {
    const everyClass = (name: string) =>
      gist(ask(query(name, "A", { questions: [{ name, type: "A", class: "ANY" }] })));
    assert.deepEqual(everyClass("a.example.com"), ["NOERROR", false, false, 1, []]);
    assert.deepEqual(everyClass("b.example.com"), ["NXDOMAIN", false, false, 0, ["SOA"]]);
    assert.deepEqual(everyClass("a.example.org"), ["REFUSED", false, false, 0, []]);
    assert.equal(ask(query("a.example.com", "A")).flag_aa, true);
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

  it("answers ANY with one record, and keeps its promise on names that are not there", () => {
    const any = (name: string) => ask(query(name, "ANY" as dnsPacket.RecordType));
    const [hinfo, ...others] = (any("a.example.com").answers ?? []) as dnsPacket.HInfoAnswer[];
    assert.deepEqual([hinfo?.type, hinfo?.ttl, hinfo?.data], ["HINFO", 3600, { cpu: "RFC8482", os: "" }]);
    assert.deepEqual(others, []);
    const [alias] = any("www.example.com").answers as dnsPacket.StringAnswer[];
    assert.deepEqual([alias?.type, alias?.data], ["CNAME", "b.example.com"]);
    assert.deepEqual(gist(any("b.example.com")), ["NXDOMAIN", true, false, 0, ["SOA"]]);
    assert.deepEqual(gist(any("a.example.org")), ["REFUSED", false, false, 0, []]);
  });

  it("asks for every query, and encodes anew only what is another answer", () => {
    const first: DnsAnswer = {
      rcode: "NOERROR",
      records: [{ name: "a.example.com", type: "A", ttlSeconds: 1, data: "192.0.2.1" }],
      authority: [],
    };
    const second = { ...first, records: first.records.map((record) => ({ ...record, data: "192.0.2.2" })) };
    let now = first;
    const asked: DnsQuestion[] = [];
    const responder = new DnsResponder((question) => {
      asked.push(question);
      return now;
    });
    const address = (id: number, name: string) => {
      const reply = responder.reply(query(name, "A", { id }), "udp");
      const decoded = dnsPacket.decode(reply as Buffer);
      assert.deepEqual([decoded.id, decoded.questions?.[0]?.name], [id, name]);
      return (decoded.answers as dnsPacket.StringAnswer[]).map(({ data }) => data);
    };
    assert.deepEqual(address(1, "a.example.com"), ["192.0.2.1"]);
    assert.deepEqual(address(2, "A.eXample.com"), ["192.0.2.1"]);
    now = second;
    assert.deepEqual(address(3, "a.example.com"), ["192.0.2.2"]);
    assert.deepEqual(asked, Array(3).fill({ name: "a.example.com", type: "A" }));
  });

  it("serves EDNS, plain UDP and TCP from one answer, each by its own limit", () => {
    const responder = new DnsResponder(answer);
    const long = (transport: Transport, additionals: dnsPacket.Answer[]) => {
      const reply = responder.reply(query("long.example.com", "TXT", { additionals }), transport) as Buffer;
      const { answers, additionals: sent, flag_tc } = dnsPacket.decode(reply);
      return [flag_tc, answers?.length, sent?.length];
    };
    for (let round = 0; round < 2; round++) {
      assert.deepEqual(long("udp", []), [true, 0, 0]);
      assert.deepEqual(long("udp", [opt()]), [true, 0, 1]);
      assert.deepEqual(long("tcp", []), [false, 10, 0]);
      assert.deepEqual(long("tcp", [opt({ udpPayloadSize: 512 })]), [false, 10, 1]);
    }
  });

  it("repeats DO, ignores cookies, and refuses what is no type of data", () => {
    const doubtful = ask(query("a.example.com", "A", { additionals: [opt({ flags: dnsPacket.DNSSEC_OK })] }));
    assert.equal((doubtful.additionals as dnsPacket.OptAnswer[])[0]?.flag_do, true);
    const cookie = {
      code: 10,
      data: Buffer.from("0123456789abcdef", "hex"),
    } as unknown as dnsPacket.PacketOpt;
    const baked = ask(query("a.example.com", "A", { additionals: [opt({ options: [cookie] })] }));
    assert.deepEqual(gist(baked), ["NOERROR", true, false, 1, []]);
    assert.deepEqual((baked.additionals as dnsPacket.OptAnswer[])[0]?.options, []);
    const ofType = (code: number) => {
      const packet = query("a.example.com", "A");
      packet.writeUInt16BE(code, packet.length - 4);
      return ask(packet).rcode;
    };
    assert.deepEqual([41, 127, 128, 250, 251, 252, 254, 256].map(ofType), [
      "FORMERR",
      "NOERROR",
      "NOTIMP",
      "NOTIMP",
      "REFUSED",
      "REFUSED",
      "NOTIMP",
      "NOERROR",
    ]);
  });

  it("refers without authority, with the addresses that are needed to go on", () => {
    const name = "dev.example.com";
    const server = { name, type: "NS", ttlSeconds: 300, data: "ns.dev.example.com" };
    const glue = { name: "ns.dev.example.com", type: "A", ttlSeconds: 300, data: "192.0.2.53" };
    const referral = (): DnsAnswer => ({
      rcode: "NOERROR",
      records: [],
      authority: [server],
      referral: { glue: [glue] },
    });
    for (const additionals of [[], [opt()]]) {
      const packet = query(`app.${name}`, "A", { additionals });
      const reply = dnsPacket.decode(replyTo(packet, "udp", referral) as Buffer) as Decoded;
      assert.deepEqual(gist(reply), ["NOERROR", false, false, 0, ["NS"]]);
      const types = (reply.additionals ?? []).map(({ type }) => type);
      assert.deepEqual(types, additionals.length > 0 ? ["A", "OPT"] : ["A"]);
    }
    const any = replyTo(query(name, "ANY" as dnsPacket.RecordType), "udp", referral) as Buffer;
    assert.deepEqual(gist(dnsPacket.decode(any) as Decoded), ["NOERROR", false, false, 0, ["NS"]]);
  });

  it("asks for HTTPS and SVCB by their names, and answers with what they hold", () => {
    const asked: string[] = [];
    for (const [code, type] of [
      [64, "SVCB"],
      [65, "HTTPS"],
      [99, "SPF"],
      [35, "NAPTR"],
    ] as const) {
      const packet = query("a.example.com", "A");
      packet.writeUInt16BE(code, packet.length - 4);
      const data = { SVCB: "1 .", HTTPS: "1 . alpn=h2", SPF: '"x"', NAPTR: '1 2 "" "" "" .' }[type];
      const reply = replyTo(packet, "udp", (question) => {
        asked.push(question.type);
        const records = [{ name: "a.example.com", type, ttlSeconds: 60, data }];
        return { rcode: "NOERROR", records, authority: [] };
      }) as Buffer;
      // Behind the question stand the pointer to its name and the type.
      assert.equal(reply.readUInt16BE(packet.length + 2), code);
      assert.deepEqual(gist(dnsPacket.decode(reply) as Decoded), ["NOERROR", true, false, 1, []]);
    }
    assert.deepEqual(asked, ["SVCB", "HTTPS", "SPF", "NAPTR"]);
  });

  it("takes a dot inside a label for no separator", () => {
    const inOneLabel = Buffer.concat([
      query("x", "A").subarray(0, 12),
      Buffer.from("\x09a.example\x03com\x00\x00\x01\x00\x01", "latin1"),
    ]);
    assert.equal(ask(inOneLabel).rcode, "REFUSED");
  });
});
