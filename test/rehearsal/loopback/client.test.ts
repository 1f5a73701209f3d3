import assert from "node:assert/strict";
import { AddressBook } from "../../../rehearsal/loopback/address-book";
import { emptyMemory } from "../../../rehearsal/loopback/browser-memory";
import { Client, type Place, visitByName } from "../../../rehearsal/loopback/client";
import { DnsServer } from "../../../rehearsal/loopback/dns-server";
import { doorsOf } from "../../../rehearsal/loopback/doors";
import { FirstSeen } from "../../../rehearsal/loopback/first-seen";
import { type EndpointReply, RegionEndpoint } from "../../../rehearsal/loopback/region-endpoint";
import { RunScope } from "../../../rehearsal/loopback/run-scope";
import { StubResolver } from "../../../rehearsal/loopback/stub-resolver";
import { type Emit, SystemClock } from "../../../rehearsal/loopback/system-clock";
import type { Sample } from "../../../rehearsal/simulation/sample";
import { memoryVisitors } from "./memory-app";
import { NAME, PRIMARY, profilePlan } from "./plan-fixture";

const SPEED = 40;
const visitHealth = { scheme: "https" as const, method: "GET", path: "/items/a" };
const FINE: EndpointReply = { status: 200, headers: { "x-region": "us-east-1" }, body: "fine" };

describe("rehearsal/loopback/client", () => {
  let scope: RunScope;
  let clock: SystemClock;
  let endpoint: RegionEndpoint;
  let place: Place;
  let address: string;
  let ttlSeconds: number;
  let samples: Sample[];
  let handled: string[];
  let redirect: string;
  const emit: Emit = (observation) => {
    const atSeconds = clock.nowSeconds();
    samples.push({ atSeconds, ...observation });
    return atSeconds;
  };

  beforeEach(async () => {
    scope = new RunScope(new AbortController().signal);
    clock = new SystemClock(SPEED);
    samples = [];
    handled = [];
    redirect = "";
    address = "192.0.2.10";
    ttlSeconds = 6_000;
    const book = new AddressBook(profilePlan().endpoints);
    endpoint = scope.own(
      new RegionEndpoint({
        schemes: ["https", "http"],
        handle: ({ scheme, host, method, url }) => {
          handled.push(`${method} ${scheme}://${host}${url}`);
          const to = scheme === "http" || url.startsWith("/loop") ? redirect : "";
          return to === ""
            ? FINE
            : { status: url.startsWith("/keep") ? 308 : 301, headers: { location: to } };
        },
      }),
    );
    const doors = doorsOf({ kind: "cloudfront" });
    book.listensAt(PRIMARY, { doors, ports: await endpoint.start() });
    const dns = scope.own(
      new DnsServer(({ name }) => ({
        rcode: address === "" ? "REFUSED" : "NOERROR",
        records: address === "" ? [] : [{ name, type: "A", ttlSeconds, data: address }],
        authority: [],
      })),
    );
    const port = await dns.start();
    const resolver = new StubResolver({ port, clock, keeps: true });
    place = { name: NAME, addressType: "A", resolver, book, clock };
  });

  afterEach(() => scope.close());

  it("reaches the endpoint that the name leads to, and shows each new answer of its resolver", async () => {
    const answers: object[] = [];
    const outcome = await visitByName(place, visitHealth, scope.signal, (answer) => answers.push(answer));
    assert.equal(outcome.kind, "reply");
    assert.equal(outcome.endpoint, PRIMARY);
    assert.equal(outcome.kind === "reply" && outcome.reply.body, "fine");
    await visitByName(place, visitHealth, scope.signal, (answer) => answers.push(answer));
    assert.deepEqual(answers, [
      {
        kind: "answer",
        server: "resolver",
        name: NAME,
        type: "A",
        endpoint: PRIMARY,
        addresses: ["192.0.2.10"],
        ttlSeconds: 6_000,
      },
    ]);
  });

  it("says why a visit fails: no DNS answer, nothing at the address, refused, no answer in time", async () => {
    const failure = async () => {
      const outcome = await visitByName(place, visitHealth, scope.signal);
      return outcome.kind === "failed" ? [outcome.endpoint, outcome.error] : [outcome.reply.status];
    };
    ttlSeconds = 0;
    address = "";
    assert.deepEqual(await failure(), [null, `DNS answered REFUSED for ${NAME} A`]);
    address = "198.51.100.99";
    assert.deepEqual(await failure(), [null, "nothing answers at 198.51.100.99"]);
    address = "198.51.100.10";
    assert.match(String((await failure())[1]), /^nothing answers at 198\.51\.100\.10$/);
    address = "192.0.2.10";
    await endpoint.inject("hang");
    const before = performance.now();
    assert.deepEqual(await failure(), [PRIMARY, "no answer in time"]);
    assert.ok(performance.now() - before >= 5_000 / SPEED - 2);
    await endpoint.inject("refuse");
    assert.match(String((await failure())[1]), /ECONNREFUSED/);
  });

  it("follows a redirect from HTTP to HTTPS through DNS again, and gives up on a loop", async () => {
    redirect = `https://${NAME}/items/a`;
    const outcome = await visitByName(place, { ...visitHealth, scheme: "http" }, scope.signal);
    assert.deepEqual([outcome.kind, outcome.endpoint], ["reply", PRIMARY]);
    assert.deepEqual(handled, [`GET http://${NAME}/items/a`, `GET https://${NAME}/items/a`]);
    handled = [];
    redirect = "/loop";
    const loop = await visitByName(place, { ...visitHealth, path: "/loop" }, scope.signal);
    assert.deepEqual(loop, { kind: "failed", endpoint: PRIMARY, error: "more than 5 redirects" });
    assert.equal(handled.length, 6);
  });

  it("repeats a POST that is redirected with 308, and makes a GET of it with 301", async () => {
    redirect = `https://${NAME}/kept`;
    const post = { scheme: "http" as const, method: "POST", path: "/keep", body: "{}" };
    await visitByName(place, post, scope.signal);
    await visitByName(place, { ...post, path: "/drop" }, scope.signal);
    assert.deepEqual(handled, [
      `POST http://${NAME}/keep`,
      `POST https://${NAME}/kept`,
      `POST http://${NAME}/drop`,
      `GET https://${NAME}/kept`,
    ]);
  });

  it("remembers a permanent redirect of a GET where it is a browser, and asks nobody again", async () => {
    redirect = `https://${NAME}/items/a`;
    const browser = { ...place, memory: emptyMemory() };
    const get = { ...visitHealth, scheme: "http" as const };
    await visitByName(browser, get, scope.signal);
    handled = [];
    await visitByName(browser, get, scope.signal);
    assert.deepEqual(handled, [`GET https://${NAME}/items/a`]);
    // Nobody else, no other method and no other page.
    handled = [];
    await visitByName(place, get, scope.signal);
    await visitByName(browser, { ...get, method: "HEAD" }, scope.signal);
    await visitByName(browser, { ...get, path: "/items/b" }, scope.signal);
    assert.deepEqual(
      handled.filter((line) => line.includes("http://")),
      [`GET http://${NAME}/items/a`, `HEAD http://${NAME}/items/a`, `GET http://${NAME}/items/b`],
    );
  });

  it("fails by HTTPS with a redirect that a browser kept, where others are served by HTTP", async () => {
    redirect = `https://${NAME}/items/a`;
    const browser = { ...place, memory: emptyMemory() };
    const get = { ...visitHealth, scheme: "http" as const };
    await visitByName(browser, get, scope.signal);
    place.book.listensAt(PRIMARY, { doors: doorsOf({ kind: "s3-website" }), ports: { http: 9 } });
    const failed = await visitByName(browser, get, scope.signal);
    assert.deepEqual([failed.kind, failed.endpoint], ["failed", PRIMARY]);
    assert.doesNotMatch(String(failed.kind === "failed" && failed.error), /ECONNREFUSED/);
    const other = await visitByName(place, get, scope.signal);
    assert.match(String(other.kind === "failed" && other.error), /ECONNREFUSED/);
  });

  it("gives up on a loop of redirects that it kept", async () => {
    const memory = emptyMemory();
    const moved = { status: 301, headers: {} };
    memory.redirects.note(`https://${NAME}/a`, moved, new URL(`https://${NAME}/b`), 0);
    memory.redirects.note(`https://${NAME}/b`, moved, new URL(`https://${NAME}/a`), 0);
    assert.deepEqual(await visitByName({ ...place, memory }, { ...visitHealth, path: "/a" }, scope.signal), {
      kind: "failed",
      endpoint: null,
      error: "more than 5 redirects",
    });
    assert.deepEqual(handled, []);
  });

  it("cannot connect by HTTPS where only HTTP is spoken, and counts that as led there", async () => {
    place.book.listensAt(PRIMARY, { doors: doorsOf({ kind: "s3-website" }), ports: { http: 9 } });
    assert.deepEqual(await visitByName(place, visitHealth, scope.signal), {
      kind: "failed",
      endpoint: PRIMARY,
      error: "nothing listens on port 443",
    });
  });

  it("throws when it is told to end", async () => {
    await endpoint.inject("hang");
    const ending = new AbortController();
    // In real time the visit would take five seconds to give up.
    const visiting = visitByName({ ...place, clock: new SystemClock(1) }, visitHealth, ending.signal);
    setTimeout(() => ending.abort(new Error("enough")), 20);
    const before = performance.now();
    await assert.rejects(visiting, { message: "enough" });
    assert.ok(performance.now() - before < 2_000);
  });

  it("sends at a steady rate whatever became of the requests before, and counts them", async () => {
    const served = new FirstSeen();
    const client = new Client({ ...place, group: memoryVisitors, intervalMs: 2_000, served, emit });
    served.lookFor(PRIMARY, 0);
    scope.spawn((signal) => client.run(signal, scope.spawn));
    while (client.requests < 3) await clock.sleep(500, scope.signal);
    assert.ok((served.afterSeconds ?? 99) < 5);
    assert.equal(client.failed, 0);
    await endpoint.inject("hang");
    const hangAt = clock.nowSeconds();
    const before = client.requests;
    while (client.failed < 8) await clock.sleep(500, scope.signal);
    // One every two seconds, each given up after five: waiting for each other would take 40 s.
    assert.ok(clock.nowSeconds() - hangAt < 36, `${clock.nowSeconds() - hangAt} s`);
    assert.ok(client.requests >= before + 8);
    const requests = samples.filter((sample) => sample.kind === "request");
    assert.equal(requests.length, client.requests);
    const { atSeconds: _, latencyMs: __, ...first } = requests[0] as Extract<Sample, { kind: "request" }>;
    assert.deepEqual(first, {
      kind: "request",
      ok: true,
      status: 200,
      endpoint: PRIMARY,
      region: "us-east-1",
    });
    const { atSeconds: ___, latencyMs, ...last } = requests.at(-1) as Extract<Sample, { kind: "request" }>;
    assert.deepEqual(last, {
      kind: "request",
      ok: false,
      status: null,
      endpoint: PRIMARY,
      region: null,
      error: "no answer in time",
    });
    assert.ok(latencyMs >= 4_900, `${latencyMs} ms`);
  });

  it("does not call an answer of 503 served", async () => {
    await endpoint.inject("http-503");
    const served = new FirstSeen();
    const client = new Client({ ...place, group: memoryVisitors, intervalMs: 2_000, served, emit });
    served.lookFor(PRIMARY, 0);
    scope.spawn((signal) => client.run(signal, scope.spawn));
    while (client.requests < 2) await clock.sleep(500, scope.signal);
    assert.equal(served.afterSeconds, null);
    assert.equal(client.failed, client.requests);
  });
});
