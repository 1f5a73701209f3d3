import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { StringAnswer } from "dns-packet";
import { queryDns } from "../../../rehearsal/loopback/dns-query";
import { DnsServer } from "../../../rehearsal/loopback/dns-server";
import { ZoneAnswers } from "../../../rehearsal/loopback/zone-answers";
import { stream } from "../../../rehearsal/simulation/random";
import { CHECK, NAME, PRIMARY_NAME, profilePlan, STANDBY_NAME } from "./plan-fixture";
import { programPath, RealResolver } from "./real-resolvers";

const TTL_SECONDS = 2;
const ASK_EVERY_REAL_MS = 40;
const PATIENCE_REAL_MS = 20_000;
/** Asked to see whether a resolver is there, so that the failover name enters its cache when a test asks for it. */
const PROBE = PRIMARY_NAME;

const never = new AbortController().signal;
const dig = programPath("dig");
const unbound = programPath("unbound");
const dnsmasq = programPath("dnsmasq");

const missing = (programs: Record<string, string | undefined>) => {
  const names = Object.entries(programs).flatMap(([name, found]) => (found === undefined ? [name] : []));
  return names.length === 0 ? "" : ` (skipped: ${names.join(" and ")} not installed)`;
};

/** The rehearsed zone with a short TTL, and a check that the test decides. */
class Rehearsed {
  healthy = true;
  /** When the failover name was asked for, in real milliseconds. */
  readonly askedMs: number[] = [];
  private readonly server: DnsServer;

  constructor() {
    const plan = profilePlan();
    const recordSets = plan.recordSets.map((record) =>
      record.name === NAME && record.target.kind === "values"
        ? { ...record, target: { ...record.target, ttlSeconds: TTL_SECONDS } }
        : record,
    );
    const zone = {
      plan: { ...plan, recordSets },
      addressesOf: (_: string, type: "A" | "AAAA") => (type === "A" ? ["192.0.2.10"] : []),
    };
    const answers = new ZoneAnswers(
      zone,
      (check) => check !== CHECK || this.healthy,
      stream(1, "real-clients"),
    );
    this.server = new DnsServer((question) => {
      if (question.name === NAME) this.askedMs.push(performance.now());
      return answers.answer(question);
    });
  }

  start = () => this.server.start();
  close = () => this.server.close();
}

/** One question to a resolver: when it was sent, when the reply came, and where the CNAME led. */
interface Asked {
  readonly sentMs: number;
  readonly repliedMs: number;
  readonly target: string | undefined;
}

async function ask(port: number): Promise<Asked> {
  const sentMs = performance.now();
  const { answers } = await queryDns(port, { name: NAME, type: "A" }, never);
  const alias = answers.find(({ type }) => type === "CNAME") as StringAnswer | undefined;
  return { sentMs, repliedMs: performance.now(), target: alias?.data };
}

/** Asks on and on from a fresh answer, behind which the zone changes, until the resolver leads to `to`. */
async function cutover(rehearsed: Rehearsed, port: number, first: Asked, to: string): Promise<Asked[]> {
  rehearsed.healthy = to === PRIMARY_NAME;
  const asked = [first];
  const deadlineMs = performance.now() + PATIENCE_REAL_MS;
  while (asked.at(-1)?.target !== to && performance.now() < deadlineMs) {
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_REAL_MS));
    asked.push(await ask(port));
  }
  return asked;
}

interface Played {
  readonly over: readonly Asked[];
  readonly back: readonly Asked[];
  readonly askedMs: readonly number[];
}

/** A cutover and a failback as this resolver shows them; its last answer of the one is the first of the other. */
async function played(rehearsed: Rehearsed, port: number): Promise<Played> {
  const over = await cutover(rehearsed, port, await ask(port), STANDBY_NAME);
  const back = await cutover(rehearsed, port, over.at(-1) as Asked, PRIMARY_NAME);
  return { over, back, askedMs: rehearsed.askedMs };
}

/**
 * Resolvers count whole seconds, so each keeps an answer for up to a second less or more than its TTL. That is
 * judged from when a question was sent and when its reply came, so a slow machine cannot fail it.
 */
function assertFollows(asked: readonly Asked[], from: string, to: string, caches: number): void {
  const [first] = asked;
  assert.ok(first);
  const expiresMsMin = first.sentMs + (TTL_SECONDS - 1) * 1_000;
  const expiresMsMax = first.repliedMs + (TTL_SECONDS + caches) * 1_000;
  const early = asked.filter(({ repliedMs, target }) => repliedMs < expiresMsMin && target !== from);
  const late = asked.filter(({ sentMs, target }) => sentMs > expiresMsMax && target !== to);
  assert.deepEqual({ early, late }, { early: [], late: [] });
  assert.equal(asked.at(-1)?.target, to);
}

describe("rehearsal/loopback: real clients in front of the DNS server", () => {
  const open: { stop: () => Promise<void> }[] = [];

  async function rehearse(): Promise<{ rehearsed: Rehearsed; port: number }> {
    const rehearsed = new Rehearsed();
    const port = await rehearsed.start();
    open.push({ stop: rehearsed.close });
    return { rehearsed, port };
  }

  async function opened(starting: Promise<RealResolver>): Promise<RealResolver> {
    const resolver = await starting;
    open.push(resolver);
    return resolver;
  }

  async function closeAll(): Promise<void> {
    for (const one of open.splice(0).reverse()) await one.stop();
  }

  function assertCutoverAndBack({ over, back, askedMs }: Played, caches: number): void {
    assertFollows(over, PRIMARY_NAME, STANDBY_NAME, caches);
    assertFollows(back, STANDBY_NAME, PRIMARY_NAME, caches);
    assert.ok(over.length > 5, `${over.length} questions say little`);
    // Meanwhile the cache answered: the server was asked for the first answer only.
    const [first] = over;
    const expiresMsMin = (first?.sentMs ?? 0) + (TTL_SECONDS - 1) * 1_000;
    const between = askedMs.filter((ms) => ms > (first?.repliedMs ?? 0) && ms < expiresMsMin);
    assert.deepEqual(between, []);
  }

  describe("all at once", () => {
    const playing = new Map<string, Promise<Played>>();

    async function playUnbound(program: string): Promise<Played> {
      const { rehearsed, port } = await rehearse();
      return played(rehearsed, (await opened(RealResolver.unbound(program, port, PROBE))).port);
    }

    async function playDnsmasq(program: string): Promise<Played> {
      const { rehearsed, port } = await rehearse();
      return played(rehearsed, (await opened(RealResolver.dnsmasq(program, port, PROBE))).port);
    }

    async function playBoth(near: string, far: string): Promise<Played> {
      const { rehearsed, port } = await rehearse();
      const behind = await opened(RealResolver.unbound(far, port, PROBE));
      return played(rehearsed, (await opened(RealResolver.dnsmasq(near, behind.port, PROBE))).port);
    }

    // They wait for their TTLs together, each with a server of its own.
    before(() => {
      if (unbound !== undefined) playing.set("unbound", playUnbound(unbound));
      if (dnsmasq !== undefined) playing.set("dnsmasq", playDnsmasq(dnsmasq));
      if (unbound !== undefined && dnsmasq !== undefined) playing.set("both", playBoth(dnsmasq, unbound));
      for (const one of playing.values()) one.catch(() => undefined);
    });

    it(`unbound comes over when its answer has expired, and back${missing({ unbound })}`, async function () {
      this.timeout(60_000);
      const play = playing.get("unbound");
      if (!play) return this.skip();
      assertCutoverAndBack(await play, 1);
    });

    it(`dnsmasq comes over when its answer has expired, and back${missing({ dnsmasq })}`, async function () {
      this.timeout(60_000);
      const play = playing.get("dnsmasq");
      if (!play) return this.skip();
      assertCutoverAndBack(await play, 1);
    });

    it(`dnsmasq behind unbound adds no TTL of its own${missing({ unbound, dnsmasq })}`, async function () {
      this.timeout(60_000);
      const play = playing.get("both");
      if (!play) return this.skip();
      assertCutoverAndBack(await play, 2);
    });

    after(closeAll);
  });

  it(`unbound believes in a missing name and a missing type${missing({ unbound })}`, async function () {
    if (unbound === undefined) return this.skip();
    this.timeout(30_000);
    const { port } = await rehearse();
    const resolver = await opened(RealResolver.unbound(unbound, port, PROBE));
    const asked = async (name: string, type: "A" | "TXT") => {
      const { rcode, answers, authorities } = await queryDns(resolver.port, { name, type }, never);
      const [soa] = authorities as unknown as { type: string; ttl?: number }[];
      return [rcode, answers.map((record) => record.type), soa?.type, (soa?.ttl ?? Infinity) <= 900];
    };
    assert.deepEqual(await asked("missing.example.com", "A"), ["NXDOMAIN", [], "SOA", true]);
    assert.deepEqual(await asked(PRIMARY_NAME, "TXT"), ["NOERROR", [], "SOA", true]);
    assert.deepEqual(await asked(NAME, "TXT"), ["NOERROR", ["CNAME"], "SOA", true]);
  });

  describe(`dig${missing({ dig })}`, () => {
    /** The lines that say something, without the comments that dig adds about itself. */
    async function dug(
      port: number,
      ...argv: string[]
    ): Promise<{ head: string; records: string[]; all: string }> {
      const { stdout: all } = await promisify(execFile)(dig ?? "", [
        "@127.0.0.1",
        "-p",
        `${port}`,
        "+tries=1",
        ...argv,
      ]);
      const head = `${/status: (\w+)/.exec(all)?.[1]} ${/flags: ([a-z ]*);/.exec(all)?.[1]}`;
      const records = all.split("\n").filter((line) => line !== "" && !line.startsWith(";"));
      return { head, records: records.map((line) => line.replace(/\s+/g, " ")), all };
    }

    beforeEach(function () {
      if (dig === undefined) this.skip();
    });

    it("follows a cutover at once: nothing is between it and the server", async () => {
      const { rehearsed, port } = await rehearse();
      assert.deepEqual((await dug(port, NAME, "A")).records, [
        `${NAME}. ${TTL_SECONDS} IN CNAME ${PRIMARY_NAME}.`,
        `${PRIMARY_NAME}. 60 IN A 192.0.2.10`,
      ]);
      rehearsed.healthy = false;
      const { head, records } = await dug(port, "+tcp", NAME, "A");
      assert.equal(head, "NOERROR qr aa rd");
      assert.deepEqual(records, [
        `${NAME}. ${TTL_SECONDS} IN CNAME ${STANDBY_NAME}.`,
        `${STANDBY_NAME}. 60 IN A 192.0.2.10`,
      ]);
    });

    it("gets what the standards promise, and nothing that it would complain about", async () => {
      const { port } = await rehearse();
      const heads = async (...argv: string[]) => (await dug(port, ...argv)).head;
      assert.equal(await heads("+norecurse", NAME, "A"), "NOERROR qr aa");
      assert.equal(await heads("missing.example.com", "A"), "NXDOMAIN qr aa rd");
      assert.equal(await heads("example.net", "A"), "REFUSED qr rd");
      assert.equal(await heads("+edns=1", "+noednsneg", NAME, "A"), "BADVERS qr rd");
      assert.equal(await heads("+opcode=STATUS", NAME, "A"), "NOTIMP qr rd");
      assert.equal(await heads("-c", "CH", "version.bind", "TXT"), "REFUSED qr rd");
      assert.deepEqual((await dug(port, "+notcp", "example.com", "ANY")).records, [
        'example.com. 3600 IN HINFO "RFC8482" ""',
      ]);
      assert.match((await dug(port, "example.com", "AXFR")).all, /Transfer failed/);
      const { all } = await dug(port, "+dnssec", "+bufsize=4096", "PROFILES.example.COM", "A");
      assert.match(all, /EDNS: version: 0, flags: do; udp: 1232/);
      assert.match(all, /PROFILES\.example\.COM\.\s+2\s+IN\s+CNAME/);
      assert.doesNotMatch(all, /malformed|mismatch|Warning: (?!recursion)/i);
    });
  });

  after(closeAll);
});
