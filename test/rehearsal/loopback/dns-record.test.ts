import assert from "node:assert/strict";
import * as dnsPacket from "dns-packet";
import { wireRecord } from "../../../rehearsal/loopback/dns-record";

/** What a resolver reads after the record went over the wire. */
function overTheWire(type: string, data: string): unknown {
  const record = wireRecord({ name: "a.example.com", type, ttlSeconds: 60, data });
  if (!record) return undefined;
  const packet = dnsPacket.decode(dnsPacket.encode({ type: "response", answers: [record] }));
  const [answer] = packet.answers ?? [];
  assert.equal(answer?.name, "a.example.com");
  assert.equal((answer as { ttl?: number }).ttl, 60);
  return (answer as { data: unknown }).data;
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
  });

  it("splits a text at its quotes, and at 255 octets", () => {
    const texts = (data: string) => (overTheWire("TXT", data) as Buffer[]).map(String);
    assert.deepEqual(texts('"one" "two \\"2\\""'), ["one", 'two "2"']);
    assert.deepEqual(texts("bare words"), ["bare words"]);
    assert.deepEqual(texts('""'), [""]);
    assert.deepEqual(texts(`"${"x".repeat(256)}"`), ["x".repeat(255), "x"]);
  });

  it("has no form for a type that it does not know", () => {
    assert.equal(wireRecord({ name: "a.example.com", type: "NAPTR", ttlSeconds: 60, data: "" }), undefined);
  });
});
