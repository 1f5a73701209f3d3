import assert from "node:assert/strict";
import * as dnsPacket from "dns-packet";
import { encodeRecord, typeName } from "../../../rehearsal/loopback/dns-record";

const QUESTION = Buffer.from("\x01q\x07example\x03com\x00\x00\x01\x00\x01", "latin1");

function decoded(name: string, type: string, data: string): dnsPacket.Answer | undefined {
  const header = Buffer.from([0, 0, 0x80, 0, 0, 1, 0, 1, 0, 0, 0, 0]);
  const record = encodeRecord({ name, type, ttlSeconds: 60, data }, "q.example.com");
  return dnsPacket.decode(Buffer.concat([header, QUESTION, record])).answers?.[0];
}

/** What a resolver reads after the record went over the wire. */
function overTheWire(type: string, data: string): unknown {
  const answer = decoded("a.example.com", type, data) as { name: string; ttl: number; data: unknown };
  assert.deepEqual([answer.name, answer.ttl], ["a.example.com", 60]);
  return answer.data;
}

describe("rehearsal/loopback/dns-record", () => {
  it("puts every type that Route 53 texts name on the wire", () => {
    assert.equal(overTheWire("A", "192.0.2.1"), "192.0.2.1");
    assert.equal(overTheWire("AAAA", "2001:db8::1"), "2001:db8::1");
    assert.equal(overTheWire("CNAME", "b.example.com."), "b.example.com");
    assert.equal(overTheWire("NS", "ns.example.com"), "ns.example.com");
    assert.deepEqual(overTheWire("MX", "10 mail.example.com."), {
      preference: 10,
      exchange: "mail.example.com",
    });
    assert.deepEqual(overTheWire("SRV", "1 2 443 b.example.com"), {
      priority: 1,
      weight: 2,
      port: 443,
      target: "b.example.com",
    });
    assert.deepEqual(overTheWire("SOA", "ns.example.com. admin.example.com. 1 7200 900 1209600 86400"), {
      mname: "ns.example.com",
      rname: "admin.example.com",
      serial: 1,
      refresh: 7200,
      retry: 900,
      expire: 1209600,
      minimum: 86400,
    });
    const caa = overTheWire("CAA", '0 issue "amazon.com"') as { tag: string; value: string };
    assert.deepEqual([caa.tag, caa.value], ["issue", "amazon.com"]);
    const bare = overTheWire("CAA", "128 issuewild example.com") as { flags: number; value: string };
    assert.deepEqual([bare.flags, bare.value], [128, "example.com"]);
    assert.deepEqual(overTheWire("NAPTR", '100 50 "u" "E2U+sip" "!^.*$!sip:info@example.com!" .'), {
      order: 100,
      preference: 50,
      flags: "u",
      services: "E2U+sip",
      regexp: "!^.*$!sip:info@example.com!",
      replacement: ".",
    });
    assert.deepEqual(overTheWire("DS", "123 4 5 12 34567890ABCDEF"), {
      keyTag: 123,
      algorithm: 4,
      digestType: 5,
      digest: Buffer.from("1234567890abcdef", "hex"),
    });
    const fingerprint = "123456789ABCDEF67890123456789ABCDEF67890";
    assert.deepEqual(overTheWire("SSHFP", `4 1 ${fingerprint}`), { algorithm: 4, hash: 1, fingerprint });
    assert.deepEqual(overTheWire("TLSA", "3 1 255 0123ff"), {
      usage: 3,
      selector: 1,
      matchingType: 255,
      certificate: Buffer.from("0123ff", "hex"),
    });
    assert.deepEqual(overTheWire("SPF", '"v=spf1 " "-all"'), Buffer.from("\x07v=spf1 \x04-all", "latin1"));
  });

  it("names the types that the decoder knows by number only, and no others", () => {
    assert.deepEqual(["UNKNOWN_64", "UNKNOWN_65", "UNKNOWN_66", "A"].map(typeName), [
      "SVCB",
      "HTTPS",
      "UNKNOWN_66",
      "A",
    ]);
  });

  it("splits a text at its quotes, and at 255 octets", () => {
    const texts = (data: string) => (overTheWire("TXT", data) as Buffer[]).map(String);
    assert.deepEqual(texts('"one" "two \\"2\\""'), ["one", 'two "2"']);
    assert.deepEqual(texts("bare words"), ["bare words"]);
    assert.deepEqual(texts('""'), [""]);
    assert.deepEqual(texts(`"${"x".repeat(256)}"`), ["x".repeat(255), "x"]);
  });

  it("splits by octets, and reads the octal digits of Route 53", () => {
    const texts = (data: string) => overTheWire("TXT", data) as Buffer[];
    assert.deepEqual(
      texts(`"${"\u00e9".repeat(128)}"`).map(({ length }) => length),
      [255, 1],
    );
    assert.deepEqual(texts('"a\\052b\\377"'), [Buffer.from("a*b\xff", "latin1")]);
  });

  it("points to the name of the question instead of repeating it", () => {
    const [short, long] = ["q.example.com", "a.example.com"].map((name) =>
      encodeRecord({ name, type: "A", ttlSeconds: 60, data: "192.0.2.1" }, "q.example.com"),
    );
    assert.deepEqual([short?.length, long?.length], [16, 29]);
    assert.equal(decoded("q.example.com", "A", "192.0.2.1")?.name, "q.example.com");
  });

  it("has no form for a type that it does not know, nor for data that is none of its type", () => {
    for (const [type, data] of [
      ["LOC", "51 30 12.748 N 0 7 39.612 W 0.00m"],
      ["NAPTR", ""],
      ["NAPTR", '65536 50 "u" "" "" .'],
      ["CAA", '256 issue "amazon.com"'],
      ["DS", "123 4 256 12"],
      ["DS", "123 4 5 123"],
      ["DS", "123 4 5"],
      ["SSHFP", "4 1 123456"],
      ["TLSA", "3 1 1 xyz0"],
      ["A", "192.0.2"],
      ["AAAA", "nowhere"],
      ["CNAME", ""],
      ["CNAME", "a..example.com"],
      ["CNAME", `${"x".repeat(64)}.example.com`],
      ["NS", `${"x.".repeat(126)}example.com`],
      ["MX", "ten mail.example.com"],
      ["SOA", "a b 1 2 3"],
    ] as const) {
      assert.throws(() => overTheWire(type, data), Error, `${type} ${data}`);
    }
    assert.equal(overTheWire("CNAME", `${"x".repeat(63)}.example.com.`), `${"x".repeat(63)}.example.com`);
  });
});
