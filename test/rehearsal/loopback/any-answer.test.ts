import assert from "node:assert/strict";
import { minimalAnyAnswer } from "../../../rehearsal/loopback/any-answer";
import type { DnsAnswer } from "../../../rehearsal/simulation/answer";

const SOA = { name: "example.com", type: "SOA", ttlSeconds: 900, data: "a b 1 2 3 4 5" };
const CNAMES = ["b", "c"].map((to) => ({ name: "a.example.com", type: "CNAME", ttlSeconds: 5, data: to }));

describe("rehearsal/loopback/any-answer", () => {
  it("stands for what is there, shows a CNAME alone, and leaves refusals and missing names", () => {
    const refused: DnsAnswer = { rcode: "REFUSED", records: [], authority: [] };
    const missing: DnsAnswer = { rcode: "NXDOMAIN", records: [], authority: [SOA] };
    assert.equal(minimalAnyAnswer("a.example.com", refused), refused);
    assert.equal(minimalAnyAnswer("a.example.com", missing), missing);
    assert.deepEqual(minimalAnyAnswer("a.example.com", { rcode: "NOERROR", records: [], authority: [SOA] }), {
      rcode: "NOERROR",
      records: [{ name: "a.example.com", type: "HINFO", ttlSeconds: 3_600, data: '"RFC8482" ""' }],
      authority: [],
    });
  });

  it("says nothing about the end of a CNAME's chain, not even that it is missing", () => {
    for (const rcode of ["NOERROR", "NXDOMAIN"] as const) {
      const chain: DnsAnswer = { rcode, records: CNAMES, authority: [SOA] };
      assert.deepEqual(minimalAnyAnswer("a.example.com", chain), {
        rcode: "NOERROR",
        records: CNAMES.slice(0, 1),
        authority: [],
      });
    }
  });
});
