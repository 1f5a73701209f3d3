import assert from "node:assert/strict";
import { isIP } from "node:net";
import fc from "fast-check";
import { addressText, ipAddress, ipNetwork, isInNetwork } from "../../model/ip-address";

describe("model/ip-address", () => {
  it("takes every spelling of an address for the same one", () => {
    for (const [one, other] of [
      ["2001:db8::1", "2001:0DB8:0:0:0:0:0:1"],
      ["::ffff:52.0.0.1", "::ffff:3400:1"],
      ["fe80::1%eth0", "fe80::1"],
      ["::", "0:0:0:0:0:0:0:0"],
      ["1::", "1:0:0:0:0:0:0:0"],
    ] as const) {
      assert.deepEqual(ipAddress(one), ipAddress(other), one);
      assert.notEqual(ipAddress(one), undefined, one);
    }
    assert.deepEqual(ipAddress("203.0.113.10"), { family: "ipv4", bits: 0xcb00710an });
    // The last address of IPv4 and the address of IPv6 with the same bits are two addresses.
    assert.notDeepEqual(ipAddress("0.0.0.1"), ipAddress("::1"));
  });

  it("writes an address so that it is read as the same", () => {
    const written = (text: string) => addressText(ipAddress(text) ?? assert.fail(text));
    assert.deepEqual(["192.0.2.1", "2001:db8::1", "::"].map(written), [
      "192.0.2.1",
      "2001:db8:0:0:0:0:0:1",
      "0:0:0:0:0:0:0:0",
    ]);
    const addresses = fc.oneof(fc.ipV4(), fc.ipV6());
    fc.assert(fc.property(addresses, (text) => assert.deepEqual(ipAddress(written(text)), ipAddress(text))));
  });

  it("takes for an address exactly what Node does", () => {
    const part = fc.constantFrom(
      "",
      "0",
      "1",
      "255",
      "256",
      "010",
      "db8",
      "ffff",
      "g",
      "10000",
      "1.2.3.4",
      "::",
    );
    const joined = fc
      .tuple(fc.array(part, { maxLength: 9 }), fc.constantFrom(":", "."))
      .map(([parts, by]) => parts.join(by));
    fc.assert(
      fc.property(fc.oneof(joined, fc.ipV4(), fc.ipV6()), (text) => {
        const family = { 0: undefined, 4: "ipv4", 6: "ipv6" }[isIP(text)];
        assert.equal(ipAddress(text)?.family, family, text);
      }),
      { numRuns: 2_000 },
    );
  });

  it("reads a block from its first to its last address", () => {
    const isIn = (address: string, cidr: string) => {
      const [read, network] = [ipAddress(address), ipNetwork(cidr)];
      return read !== undefined && network !== undefined && isInNetwork(read, network);
    };
    assert.deepEqual(
      ["192.0.1.255", "192.0.2.0", "192.0.2.255", "192.0.3.0"].map((it) => isIn(it, "192.0.2.0/24")),
      [false, true, true, false],
    );
    // A block may be named by any of its addresses.
    assert.ok(isIn("192.0.2.0", "192.0.2.77/24"));
    assert.deepEqual([isIn("::1", "0.0.0.0/0"), isIn("255.255.255.255", "0.0.0.0/0")], [false, true]);
    assert.deepEqual([isIn("::1", "::1/128"), isIn("::2", "::1/128")], [true, false]);
  });

  it("reads nothing else as a block", () => {
    for (const text of ["192.0.2.0", "192.0.2.0/33", "::/129", "x/8", "192.0.2.0/", "192.0.2.0/-1"]) {
      assert.equal(ipNetwork(text), undefined, text);
    }
  });
});
