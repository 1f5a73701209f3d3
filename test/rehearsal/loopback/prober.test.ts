import assert from "node:assert/strict";
import { AddressBook } from "../../../rehearsal/loopback/address-book";
import { doorsOf } from "../../../rehearsal/loopback/doors";
import { type PlayedCheck, readPlay } from "../../../rehearsal/loopback/play";
import { Prober } from "../../../rehearsal/loopback/prober";
import { RegionEndpoint } from "../../../rehearsal/loopback/region-endpoint";
import { RunScope } from "../../../rehearsal/loopback/run-scope";
import { SystemClock } from "../../../rehearsal/loopback/system-clock";
import type { Sample } from "../../../rehearsal/simulation/sample";
import { onlySet } from "../simulation/plan-fixture";
import { CHECK, PRIMARY, PRIMARY_NAME, profilePlan } from "./plan-fixture";

type Of<Kind extends Sample["kind"]> = Extract<Sample, { kind: Kind }>;

const plan = profilePlan();
const play = readPlay(plan, onlySet(plan));
const SPEED = 40;

describe("rehearsal/loopback/prober", () => {
  let scope: RunScope;
  let clock: SystemClock;
  let endpoint: RegionEndpoint;
  let samples: Sample[];
  let reports: boolean[];

  async function start(changes: Partial<PlayedCheck> = {}): Promise<Prober> {
    scope = new RunScope(new AbortController().signal);
    clock = new SystemClock(SPEED);
    samples = [];
    reports = [];
    endpoint = scope.own(
      new RegionEndpoint({
        schemes: ["https"],
        handle: ({ host }) => ({ status: host === PRIMARY_NAME ? 200 : 403 }),
      }),
    );
    const book = new AddressBook(plan.endpoints);
    book.listensAt(PRIMARY, { doors: doorsOf({ kind: "api-gateway" }), ports: await endpoint.start() });
    const prober = new Prober(
      { ...(play.checks[0] as PlayedCheck), ...changes },
      {
        book,
        answer: ({ name }) => ({
          rcode: "NOERROR",
          records: [{ name, type: "A", ttlSeconds: 60, data: "192.0.2.10" }],
          authority: [],
        }),
        clock,
        seed: 1,
        emit: (observation) => {
          const atSeconds = clock.nowSeconds();
          samples.push({ atSeconds, ...observation });
          return atSeconds;
        },
        onHealth: (check, healthy) => {
          assert.equal(check, CHECK);
          reports.push(healthy);
        },
      },
    );
    scope.spawn((signal) => prober.run(signal));
    return prober;
  }

  const ofKind = <Kind extends Sample["kind"]>(kind: Kind) =>
    samples.filter((sample): sample is Of<Kind> => sample.kind === kind);
  const until = async (isDone: () => boolean, limitSeconds: number) => {
    const deadline = clock.nowSeconds() + limitSeconds;
    while (!isDone() && clock.nowSeconds() < deadline) await clock.sleep(200, scope.signal);
  };

  afterEach(() => scope.close());

  it("probes from sixteen places, each in a phase of its own, and shows sixteen healthy", async () => {
    const prober = await start();
    assert.equal(prober.isSettled, false);
    await until(() => prober.isSettled, 15);
    assert.equal(prober.isSettled, true);
    const probes = ofKind("probe").slice(0, 16);
    assert.equal(new Set(probes.map(({ checker }) => checker)).size, 16);
    assert.ok(probes.every(({ passed, why }) => passed && why === "status 200"));
    assert.deepEqual(
      ofKind("health").map(({ healthy, healthyCheckers, checkers }) => [healthy, healthyCheckers, checkers]),
      [[true, 16, 16]],
    );
    // One after the other over the interval of 10 s, not in a burst.
    const [first, last] = [probes[0]?.atSeconds ?? 0, probes[15]?.atSeconds ?? 0];
    assert.ok(last - first > 5, `${first} to ${last} s`);
    assert.deepEqual(reports, []);
  });

  it("waits the interval from a response to the next request, so a hang makes every round longer", async () => {
    await start();
    await endpoint.inject("hang");
    await until(() => ofKind("probe").length >= 40, 40);
    const rounds = new Map<string, number[]>();
    for (const { checker, atSeconds } of ofKind("probe")) {
      rounds.set(checker, [...(rounds.get(checker) ?? []), atSeconds]);
    }
    const gaps = [...rounds.values()].flatMap((at) =>
      at.slice(1).map((end, index) => end - (at[index] ?? 0)),
    );
    assert.ok(gaps.length >= 16, `${gaps.length} gaps`);
    // 10 s of interval and the 2 s that a response may take; timers may fire a little early or late.
    assert.ok(Math.min(...gaps) > 11.8, `least ${Math.min(...gaps)} s`);
    assert.ok(ofKind("probe").every(({ passed, why }) => !passed && why === "no response within 2 s"));
  });

  it("turns unhealthy with the fourteenth of sixteen checkers, and healthy with the third", async () => {
    const prober = await start();
    await until(() => prober.isSettled, 15);
    await endpoint.inject("http-503");
    await until(() => ofKind("health").at(-1)?.healthyCheckers === 0, 20);
    await endpoint.heal();
    await until(() => ofKind("health").at(-1)?.healthyCheckers === 16, 20);
    for (const { healthy, healthyCheckers } of ofKind("health")) {
      assert.equal(healthy, healthyCheckers >= 3, `${healthyCheckers} healthy checkers`);
    }
    const counts = ofKind("health").map(({ healthyCheckers }) => healthyCheckers);
    assert.ok(counts.includes(3) && counts.lastIndexOf(3) > counts.indexOf(2), counts.join());
    assert.deepEqual(reports, [false, true]);
  });

  it("needs the threshold in a row from every checker", async () => {
    const prober = await start({ failureThreshold: 2 });
    await until(() => prober.isSettled, 15);
    const before = ofKind("probe").length;
    await endpoint.inject("http-503");
    // Fourteen checkers have failed once, and none is believed yet.
    await until(() => ofKind("probe").length >= before + 14, 15);
    assert.deepEqual(reports, []);
    await until(() => reports.length > 0, 20);
    assert.deepEqual(reports, [false]);
  });

  it("reports the opposite where the check is inverted", async () => {
    const prober = await start({ inverted: true });
    await until(() => prober.isSettled, 15);
    assert.equal(ofKind("health")[0]?.healthy, false);
    await endpoint.inject("http-503");
    await until(() => reports.length > 0, 20);
    assert.deepEqual(reports, [true]);
  });

  it("fails a probe whose name leads nowhere, without a socket", async () => {
    const prober = await start({ ipAddress: "203.0.113.99" });
    await until(() => prober.isSettled, 15);
    assert.ok(ofKind("probe").every(({ why }) => why === "nothing answers at 203.0.113.99"));
  });
});
