import assert from "node:assert/strict";
import { reservedRange } from "../../model/reserved-address";

const network = (address: string) => reservedRange(address)?.network;

describe("model/reserved-address", () => {
  // First and last address of each block, with the public neighbours on both sides.
  for (const [block, before, first, last, after] of [
    ["0.0.0.0/8", undefined, "0.0.0.0", "0.255.255.255", "1.0.0.0"],
    ["10.0.0.0/8", "9.255.255.255", "10.0.0.0", "10.255.255.255", "11.0.0.0"],
    ["100.64.0.0/10", "100.63.255.255", "100.64.0.0", "100.127.255.255", "100.128.0.0"],
    ["127.0.0.0/8", "126.255.255.255", "127.0.0.0", "127.255.255.255", "128.0.0.0"],
    ["169.254.0.0/16", "169.253.255.255", "169.254.0.0", "169.254.255.255", "169.255.0.0"],
    ["172.16.0.0/12", "172.15.255.255", "172.16.0.0", "172.31.255.255", "172.32.0.0"],
    ["192.0.0.0/24", "191.255.255.255", "192.0.0.0", "192.0.0.255", "192.0.1.0"],
    ["192.0.2.0/24", "192.0.1.255", "192.0.2.0", "192.0.2.255", "192.0.3.0"],
    ["192.88.99.0/24", "192.88.98.255", "192.88.99.0", "192.88.99.255", "192.88.100.0"],
    ["192.168.0.0/16", "192.167.255.255", "192.168.0.0", "192.168.255.255", "192.169.0.0"],
    ["198.18.0.0/15", "198.17.255.255", "198.18.0.0", "198.19.255.255", "198.20.0.0"],
    ["198.51.100.0/24", "198.51.99.255", "198.51.100.0", "198.51.100.255", "198.51.101.0"],
    ["203.0.113.0/24", "203.0.112.255", "203.0.113.0", "203.0.113.255", "203.0.114.0"],
    ["224.0.0.0/4", "223.255.255.255", "224.0.0.0", "239.255.255.255", undefined],
    ["240.0.0.0/4", undefined, "240.0.0.0", "255.255.255.255", undefined],
    ["fe80::/10", "fe7f:ffff::1", "fe80::1", "febf:ffff::1", "fec0::1"],
    ["fc00::/7", "fbff:ffff::1", "fc00::1", "fdff:ffff::1", "fe00::1"],
    ["2001:db8::/32", "2001:db7:ffff::1", "2001:db8::", "2001:db8:ffff::1", "2001:db9::"],
    ["2001::/23", "2000:ffff::1", "2001::", "2001:1ff:ffff::1", "2001:200::"],
    ["2002::/16", "2001:ffff::1", "2002::", "2002:ffff::1", "2003::"],
    ["3ffe::/16", "3ffd:ffff::1", "3ffe::", "3ffe:ffff::1", "3fff::"],
    ["5f00::/8", "5eff:ffff::1", "5f00::", "5fff:ffff::1", "6000::"],
    ["ff00::/8", "feff:ffff::1", "ff00::", "ffff:ffff::1", undefined],
  ] as const) {
    it(`knows ${block} to the address`, () => {
      assert.deepEqual([network(first), network(last)], [block, block]);
      if (before) assert.equal(network(before), undefined);
      if (after) assert.equal(network(after), undefined);
    });
  }

  it("knows the special addresses of IPv6, however they are written", () => {
    assert.deepEqual(
      ["::", "::1", "0:0:0:0:0:0:0:1", "::ffff:52.0.0.1", "::ffff:3400:1", "::52.0.0.1", "fe80::1%eth0"].map(
        network,
      ),
      ["::/128", "::1/128", "::1/128", "::ffff:0:0/96", "::ffff:0:0/96", "::/96", "fe80::/10"],
    );
    assert.equal(network("2600:1f18::1"), undefined);
  });

  it("looks into NAT64, whose addresses are as public as the IPv4 address inside", () => {
    assert.deepEqual(reservedRange("64:ff9b::10.0.0.1"), {
      network: "64:ff9b::/96",
      what: "NAT64 of 10.0.0.0/8, private",
      documentation: false,
    });
    assert.deepEqual(
      ["64:ff9b::a00:1", "64:ff9b::9.255.255.255", "64:ff9b::192.0.2.1", "64:ff9b:0:0:0:1:a00:1"].map(
        network,
      ),
      ["64:ff9b::/96", undefined, "64:ff9b::/96", undefined],
    );
    assert.equal(reservedRange("64:ff9b::192.0.2.1")?.documentation, true);
  });

  it("tells the blocks for documentation from the rest", () => {
    assert.deepEqual(
      ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "10.0.0.1", "::1"].map(
        (address) => reservedRange(address)?.documentation,
      ),
      [true, true, true, true, false, false],
    );
  });

  it("says nothing about what is no address", () => {
    for (const other of ["", "localhost", "10.0.0", "010.0.0.1", "10.0.0.256", "::g", "%eth0"]) {
      assert.equal(reservedRange(other), undefined, other);
    }
  });
});
