import assert from "node:assert/strict";
import type { Endpoint } from "../../../model/failover-plan";
import { UNKNOWN } from "../../../model/unknown";
import { AddressBook } from "../../../rehearsal/loopback/address-book";

const endpoint = (urn: string, region: Endpoint["region"], addresses: string[] = []): Endpoint => ({
  urn,
  kind: "instance",
  region,
  hostNames: [],
  dnsTargets: [],
  addresses,
  functions: [],
  sources: [urn],
});

describe("rehearsal/loopback/address-book", () => {
  it("gives every endpoint documentation addresses, one network per region", () => {
    const book = new AddressBook([
      endpoint("a", "us-east-1"),
      endpoint("b", "us-west-2"),
      endpoint("c", "us-east-1"),
      endpoint("d", UNKNOWN),
    ]);
    const all = ["a", "b", "c", "d"].map((urn) => [
      ...book.addressesOf(urn, "A"),
      ...book.addressesOf(urn, "AAAA"),
    ]);
    assert.deepEqual(all, [
      ["192.0.2.10", "2001:db8:1::10"],
      ["198.51.100.10", "2001:db8:2::10"],
      ["192.0.2.11", "2001:db8:1::11"],
      ["203.0.113.10", "2001:db8:3::10"],
    ]);
    assert.deepEqual(book.addressesOf("nobody", "A"), []);
  });

  it("leads from an address back to the endpoint, however IPv6 is spelt", () => {
    const book = new AddressBook([endpoint("a", "us-east-1")]);
    assert.equal(book.endpointAt("192.0.2.10"), "a");
    assert.equal(book.endpointAt("2001:db8:1::10"), "a");
    assert.equal(book.endpointAt("2001:0DB8:1:0:0:0:0:10"), "a");
    assert.equal(book.endpointAt("192.0.2.11"), undefined);
    assert.equal(book.endpointAt("no address"), undefined);
  });

  it("keeps the literal addresses of an endpoint that has some", () => {
    const book = new AddressBook([endpoint("a", "us-east-1", ["203.0.113.7"])]);
    assert.deepEqual(book.addressesOf("a", "A"), ["203.0.113.7"]);
    assert.deepEqual(book.addressesOf("a", "AAAA"), []);
    assert.equal(book.endpointAt("203.0.113.7"), "a");
    assert.equal(book.endpointAt("192.0.2.10"), undefined);
  });

  it("knows the port once the endpoint listens", () => {
    const book = new AddressBook([endpoint("a", "us-east-1")]);
    assert.equal(book.portOf("a"), undefined);
    book.listensAt("a", 4_000);
    assert.equal(book.portOf("a"), 4_000);
  });

  it("holds 240 endpoints of a region and refuses one more", () => {
    const endpoints = Array.from({ length: 241 }, (_, index) => endpoint(`e${index}`, "us-east-1"));
    assert.deepEqual(new AddressBook(endpoints.slice(1)).addressesOf("e240", "A"), ["192.0.2.249"]);
    assert.throws(() => new AddressBook(endpoints), {
      message: "more than 240 endpoints share 192.0.2.0/24",
    });
  });
});
