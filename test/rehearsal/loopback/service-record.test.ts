import assert from "node:assert/strict";
import { serviceData } from "../../../rehearsal/loopback/service-record";

const FOO = "03666f6f076578616d706c6503636f6d00";

/** The test vectors of RFC 9460, appendix D: presentation format, and what it is on the wire. */
const VECTORS: readonly [data: string, hex: string][] = [
  ["0 foo.example.com.", `0000 ${FOO}`],
  ["1 .", "0001 00"],
  ["16 foo.example.com. port=53", `0010 ${FOO} 0003 0002 0035`],
  ["1 foo.example.com. key667=hello", `0001 ${FOO} 029b 0005 68656c6c6f`],
  [
    '1 foo.example.com. ipv6hint="2001:db8::1,2001:db8::53:1"',
    `0001 ${FOO} 0006 0020 20010db8000000000000000000000001 20010db8000000000000000000530001`,
  ],
  [
    "16 foo.example.org. alpn=h2,h3-19 mandatory=ipv4hint,alpn ipv4hint=192.0.2.1",
    "0010 03666f6f076578616d706c65036f726700 0000 0004 00010004 0001 0009 02683205 68332d3139 0004 0004 c0000201",
  ],
];

describe("rehearsal/loopback/service-record", () => {
  for (const [data, hex] of VECTORS) {
    it(`writes ${data}`, () => assert.equal(serviceData(data).toString("hex"), hex.replaceAll(" ", "")));
  }

  it("writes an empty value for a key without one, and quotes of a whole list", () => {
    assert.equal(
      serviceData('1 . alpn="h2,h3" no-default-alpn').toString("hex"),
      "000100" + "00010006" + "026832026833" + "00020000",
    );
  });

  it("refuses what is no data of this type", () => {
    for (const data of [
      "",
      "1",
      "65536 .",
      "one .",
      "1 a..b",
      "1 . colour=blue",
      "1 . key65536=a",
      "1 . port=65536",
      "1 . port=1 port=2",
      "1 . port=1 key3=2",
      "1 . ipv4hint=2001:db8::1",
      "1 . ipv6hint=192.0.2.1",
      "1 . alpn=",
      "1 . alpn=h2,",
      `1 . alpn=${"x".repeat(256)}`,
      "1 . no-default-alpn=1",
      "1 . mandatory=colour",
    ]) {
      assert.throws(() => serviceData(data), Error, data);
    }
    assert.equal(serviceData("65535 . key65535=a").length, 2 + 1 + 4 + 1);
    assert.equal(serviceData(`1 . alpn=${"x".repeat(255)}`).length, 2 + 1 + 4 + 256);
  });
});
