import assert from "node:assert/strict";
import { DnsServer } from "../../../rehearsal/loopback/dns-server";
import { StubResolver } from "../../../rehearsal/loopback/stub-resolver";
import { SystemClock } from "../../../rehearsal/loopback/system-clock";
import type { DnsAnswer } from "../../../rehearsal/simulation/answer";

const never = new AbortController().signal;

type Zone = Record<string, { ttlSeconds: number; data: string }>;

describe("rehearsal/loopback/stub-resolver", () => {
  let zone: Zone;
  let queries: string[];
  let nowMs: number;
  let server: DnsServer;
  let port: number;

  /** Keys are `name type`; a CNAME is answered alone, as by a server that does not know where it leads. */
  function answer({ name, type }: { name: string; type: string }): DnsAnswer {
    queries.push(name);
    if (name === "refused.example.com") return { rcode: "REFUSED", records: [], authority: [] };
    const foundType = [type, "CNAME"].find((candidate) => zone[`${name} ${candidate}`]);
    const found = zone[`${name} ${foundType}`];
    const records = found && foundType ? [{ name, type: foundType, ...found }] : [];
    return { rcode: "NOERROR", records, authority: [] };
  }

  function resolver(settings: { keeps?: boolean; firstAnswerAge?: number } = {}) {
    const clock = new SystemClock(10, () => nowMs / 10);
    return new StubResolver({ port, clock, keeps: true, ...settings });
  }

  const resolve = async (stub: StubResolver, name = "a.example.com") =>
    (await stub.resolve(name, "A", never)).addresses;

  beforeEach(async () => {
    zone = { "a.example.com A": { ttlSeconds: 60, data: "192.0.2.1" } };
    queries = [];
    nowMs = 0;
    server = new DnsServer(answer);
    port = await server.start();
  });

  afterEach(() => server.close());

  it("keeps an answer for its TTL in system time: until just before, not at it", async () => {
    const stub = resolver();
    assert.deepEqual(await stub.resolve("A.Example.com.", "A", never), {
      addresses: ["192.0.2.1"],
      ttlSeconds: 60,
      asked: true,
    });
    zone["a.example.com A"] = { ttlSeconds: 60, data: "192.0.2.2" };
    nowMs = 59_999;
    assert.deepEqual(await stub.resolve("a.example.com", "A", never), {
      addresses: ["192.0.2.1"],
      ttlSeconds: 60,
      asked: false,
    });
    nowMs = 60_000;
    assert.deepEqual(await resolve(stub), ["192.0.2.2"]);
    assert.deepEqual(queries, ["a.example.com", "a.example.com"]);
  });

  it("keeps each link of a chain for its own TTL", async () => {
    zone = {
      "www.example.com CNAME": { ttlSeconds: 10, data: "a.example.com." },
      "a.example.com A": { ttlSeconds: 60, data: "192.0.2.1" },
      "b.example.com A": { ttlSeconds: 60, data: "192.0.2.2" },
    };
    const stub = resolver();
    const first = await stub.resolve("www.example.com", "A", never);
    assert.deepEqual([first.addresses, first.ttlSeconds], [["192.0.2.1"], 10]);
    assert.deepEqual(queries, ["www.example.com", "a.example.com"]);
    nowMs = 10_000;
    assert.deepEqual(await resolve(stub, "www.example.com"), ["192.0.2.1"]);
    assert.deepEqual(queries.slice(2), ["www.example.com"]);
    zone["www.example.com CNAME"] = { ttlSeconds: 10, data: "b.example.com." };
    nowMs = 20_000;
    assert.deepEqual(await resolve(stub, "www.example.com"), ["192.0.2.2"]);
  });

  it("does not outlive a long CNAME early because its target is short", async () => {
    zone = {
      "www.example.com CNAME": { ttlSeconds: 60, data: "a.example.com." },
      "a.example.com A": { ttlSeconds: 5, data: "192.0.2.1" },
      "b.example.com A": { ttlSeconds: 5, data: "192.0.2.2" },
    };
    const stub = resolver();
    await resolve(stub, "www.example.com");
    zone["www.example.com CNAME"] = { ttlSeconds: 60, data: "b.example.com." };
    nowMs = 59_000;
    assert.deepEqual(await resolve(stub, "www.example.com"), ["192.0.2.1"]);
  });

  it("begins with an answer of some age, and then keeps the full TTL", async () => {
    const stub = resolver({ firstAnswerAge: 0.75 });
    await resolve(stub);
    nowMs = 14_999;
    await resolve(stub);
    assert.equal(queries.length, 1);
    nowMs = 15_000;
    await resolve(stub);
    assert.equal(queries.length, 2);
    nowMs = 74_999;
    await resolve(stub);
    assert.equal(queries.length, 2);
  });

  it("uses an answer with a TTL of 0 once", async () => {
    zone["a.example.com A"] = { ttlSeconds: 0, data: "192.0.2.1" };
    const stub = resolver();
    assert.deepEqual(await resolve(stub), ["192.0.2.1"]);
    assert.deepEqual(await resolve(stub), ["192.0.2.1"]);
    assert.equal(queries.length, 2);
  });

  it("asks anew each time where it keeps nothing", async () => {
    const stub = resolver({ keeps: false });
    await resolve(stub);
    await resolve(stub);
    assert.equal(queries.length, 2);
  });

  it("finds no address where there is none, and fails where it is refused or led in circles", async () => {
    zone["x.example.com CNAME"] = { ttlSeconds: 1, data: "y.example.com" };
    zone["y.example.com CNAME"] = { ttlSeconds: 1, data: "x.example.com" };
    assert.deepEqual(await resolve(resolver(), "nothing.example.com"), []);
    await assert.rejects(resolve(resolver(), "refused.example.com"), {
      message: "DNS answered REFUSED for refused.example.com A",
    });
    await assert.rejects(resolve(resolver(), "x.example.com"), {
      message: "x.example.com leads through more than 8 names",
    });
  });
});
