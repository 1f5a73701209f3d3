import assert from "node:assert/strict";
import type { HealthCheck } from "../../../model/failover-plan";
import { HealthTable } from "../../../rehearsal/loopback/health-table";
import { RunScope } from "../../../rehearsal/loopback/run-scope";
import { SystemClock } from "../../../rehearsal/loopback/system-clock";
import { ASSUMPTIONS } from "../../../rehearsal/simulation/assumptions";
import { profilePlan } from "./plan-fixture";

const [CHECK] = profilePlan().healthChecks as [HealthCheck];

describe("rehearsal/loopback/health-table", () => {
  let scope: RunScope;
  let clock: SystemClock;

  const table = (checks: Partial<HealthCheck>[], seed = 1) =>
    new HealthTable(
      checks.map((changes) => ({ ...CHECK, urn: "check", ...changes })),
      { clock, seed, spawn: scope.spawn },
    );
  const untilBelieved = async (health: HealthTable, healthy: boolean) => {
    const fromMs = clock.nowMs();
    while (health.isHealthy("check") !== healthy) await clock.sleep(25, scope.signal);
    return clock.nowMs() - fromMs;
  };

  beforeEach(() => {
    scope = new RunScope(new AbortController().signal);
    clock = new SystemClock(25);
  });

  afterEach(() => scope.close());

  it("begins with what a check reports before its first probe", () => {
    assert.equal(table([{}]).isHealthy("check"), true);
    assert.equal(table([{ inverted: true }]).isHealthy("check"), false);
    assert.equal(table([{ disabled: true }]).isHealthy("check"), true);
    assert.equal(table([{ disabled: true, inverted: true }]).isHealthy("check"), false);
    assert.equal(table([]).isHealthy("of another stack"), true);
  });

  it("believes a report after a delay within the assumption, the same for the same seed", async () => {
    const delays: number[] = [];
    for (const seed of [1, 1, 2, 3]) {
      const health = table([{}], seed);
      assert.equal(health.isCurrent, true);
      health.report("check", false);
      assert.deepEqual([health.isHealthy("check"), health.isCurrent], [true, false]);
      delays.push(await untilBelieved(health, false));
      assert.equal(health.isCurrent, true);
    }
    const [first = 0, again = 0] = delays;
    // The clock's own jitter is a few real milliseconds, and more on a busy machine.
    assert.ok(Math.abs(first - again) < 25 * 100, `${first} and ${again} ms`);
    const maxMs = ASSUMPTIONS.propagationSecondsMax * 1_000;
    for (const delay of delays) assert.ok(delay <= maxMs + 25 * 100, `${delay} ms`);
    assert.ok(Math.max(...delays) - Math.min(...delays) > 200, "the seed changes nothing");
  });

  it("never lets an earlier report undo a later one", async () => {
    const tables = Array.from({ length: 20 }, (_, seed) => table([{}], seed));
    for (const health of tables) for (const healthy of [false, true, false]) health.report("check", healthy);
    await clock.sleep((ASSUMPTIONS.propagationSecondsMax + 0.5) * 1_000, scope.signal);
    assert.deepEqual(
      tables.map((health) => health.isHealthy("check")),
      tables.map(() => false),
    );
  });

  it("counts the healthy children of a calculated check", async () => {
    const parent = { urn: "parent", type: "CALCULATED" as const, children: ["check", "other"] };
    const health = table([
      { ...parent, childHealthThreshold: 2 },
      { ...parent, urn: "any", childHealthThreshold: 1 },
      { ...parent, urn: "not any", childHealthThreshold: 1, inverted: true },
      { ...parent, urn: "off", childHealthThreshold: 3, disabled: true },
      { ...parent, urn: "off and not any", childHealthThreshold: 1, disabled: true, inverted: true },
      { ...parent, urn: "all and more", childHealthThreshold: 3 },
      {},
      { urn: "other" },
    ]);
    assert.deepEqual(["off", "off and not any", "all and more"].map(health.isHealthy), [true, false, false]);
    const all = () => ["parent", "any", "not any"].map(health.isHealthy);
    assert.deepEqual(all(), [true, true, false]);
    health.report("check", false);
    await untilBelieved(health, false);
    assert.deepEqual(all(), [false, true, false]);
    health.report("other", false);
    while (health.isHealthy("other")) await clock.sleep(25, scope.signal);
    assert.deepEqual(all(), [false, false, true]);
  });

  it("inverts a calculated check after the same delay, and each order takes back the last", async () => {
    const health = table([
      { urn: "parent", type: "CALCULATED", children: ["check"], childHealthThreshold: 1 },
      {},
    ]);
    assert.deepEqual(["parent", "check"].map(health.isCalculated, health), [true, false]);
    health.switchInversion("parent");
    assert.deepEqual([health.isHealthy("parent"), health.isCurrent], [true, false]);
    while (!health.isCurrent) await clock.sleep(25, scope.signal);
    assert.deepEqual(["parent", "check"].map(health.isHealthy), [false, true]);
    health.switchInversion("parent");
    while (!health.isCurrent) await clock.sleep(25, scope.signal);
    assert.equal(health.isHealthy("parent"), true);
  });
});
