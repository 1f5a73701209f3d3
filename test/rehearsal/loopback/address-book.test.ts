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

  it("leads a knock to the port that stands for the door, once the endpoint listens", () => {
    const book = new AddressBook([endpoint("a", "us-east-1")]);
    const knock = (speaks: "http" | "https" | "tcp", port: number, address = "192.0.2.10") => {
      const reached = book.reach(address, { speaks, port, sendsServerName: true });
      return reached.kind === "reached" ? reached.port : reached.kind === "failed" ? reached.why : "silent";
    };
    assert.equal(knock("http", 80), "nothing answers at 192.0.2.10");
    const doors = { http: [80], https: [443], needsServerName: false };
    book.listensAt("a", { doors, ports: { http: 4_000, https: 4_001 } });
    assert.deepEqual([knock("http", 80), knock("https", 443)], [4_000, 4_001]);
    assert.deepEqual([knock("tcp", 80), knock("tcp", 443)], [4_000, 4_001]);
    assert.equal(knock("http", 443), "port 443 speaks HTTPS only");
    assert.equal(knock("tcp", 22), "nothing listens on port 22");
    assert.equal(knock("http", 80, "192.0.2.11"), "nothing answers at 192.0.2.11");
  });

  it("gives no address away that another endpoint has of its own", () => {
    const book = new AddressBook([
      endpoint("a", "us-east-1"),
      endpoint("b", "us-east-1", ["192.0.2.10"]),
      endpoint("c", "us-east-1"),
    ]);
    const addresses = ["a", "b", "c"].flatMap((urn) => book.addressesOf(urn, "A"));
    assert.deepEqual(addresses, ["192.0.2.11", "192.0.2.10", "192.0.2.13"]);
    assert.deepEqual(
      addresses.map((address) => book.endpointAt(address)),
      ["a", "b", "c"],
    );
  });

  it("holds 240 endpoints of a region and refuses one more", () => {
    const endpoints = Array.from({ length: 241 }, (_, index) => endpoint(`e${index}`, "us-east-1"));
    assert.deepEqual(new AddressBook(endpoints.slice(1)).addressesOf("e240", "A"), ["192.0.2.249"]);
    assert.throws(() => new AddressBook(endpoints), {
      message: "more than 240 endpoints share 192.0.2.0/24",
    });
  });
});
