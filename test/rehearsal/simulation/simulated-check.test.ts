import assert from "node:assert/strict";
import { ASSUMPTIONS } from "../../../rehearsal/simulation/assumptions";
import { SERVES } from "../../../rehearsal/simulation/behaviour";
import type { EndpointCheck } from "../../../rehearsal/simulation/played-check";
import { SimulatedCheck } from "../../../rehearsal/simulation/simulated-check";
import { endpointCheck } from "./plan-fixture";

const SETTINGS = endpointCheck({ failureThreshold: 1 });

function simulated(changes: Partial<EndpointCheck> = {}, seed = 1): SimulatedCheck {
  const check = new SimulatedCheck({ ...SETTINGS, ...changes }, seed, ASSUMPTIONS);
  check.reset(0);
  return check;
}

/** What the check reports once this many of its checkers have failed. */
function reportedAfter(failed: number, changes: Partial<EndpointCheck> = {}): boolean {
  const check = simulated(changes);
  for (let checker = 0; checker < failed; checker++) check.observe(checker, false);
  return check.reported;
}

describe("SimulatedCheck", () => {
  it("has two checkers in every region", () => {
    assert.equal(simulated().checkerCount, 16);
    assert.equal(simulated({ regions: ["us-east-1", "us-west-1", "us-west-2"] }).checkerCount, 6);
  });

  it("is healthy while more than 18 % of its checkers are: 3 of 16 yes, 2 of 16 no", () => {
    assert.equal(reportedAfter(13), true);
    assert.equal(reportedAfter(14), false);
  });

  it("is healthy while more than 18 % of its checkers are: 2 of 6 yes, 1 of 6 no", () => {
    const regions = ["us-east-1", "us-west-1", "us-west-2"];
    assert.equal(reportedAfter(4, { regions }), true);
    assert.equal(reportedAfter(5, { regions }), false);
  });

  it("turns healthy again with the third of 16", () => {
    const check = simulated();
    for (let checker = 0; checker < 16; checker++) check.observe(checker, false);
    check.observe(0, true);
    check.observe(1, true);
    assert.equal(check.reported, false);
    check.observe(2, true);
    assert.equal(check.reported, true);
  });

  it("reports the opposite when inverted, from the start", () => {
    assert.equal(reportedAfter(0, { inverted: true }), false);
    assert.equal(reportedAfter(14, { inverted: true }), true);
  });

  it("reports healthy when disabled, and unhealthy when disabled and inverted", () => {
    assert.equal(reportedAfter(16, { disabled: true }), true);
    assert.equal(reportedAfter(16, { disabled: true, inverted: true }), false);
  });

  it("meets either address with each probe by name, and one for all by address", () => {
    const lost = { kind: "zone-lost", share: 0.5 } as const;
    const results = (changes: Partial<EndpointCheck>, cutover: number) => {
      const check = simulated(changes);
      check.reset(cutover);
      return Array.from({ length: 16 * 20 }, (_, probe) => check.probe(probe % 16, lost, 0).passed);
    };
    const byName = results({}, 0);
    const passed = byName.filter(Boolean).length / byName.length;
    // Four deviations of so many coins; every checker meets both.
    assert.ok(Math.abs(passed - 0.5) < 4 * Math.sqrt(0.25 / byName.length), `${passed}`);
    for (let checker = 0; checker < 16; checker++)
      assert.equal(new Set(byName.filter((_, probe) => probe % 16 === checker)).size, 2);
    const pinned = Array.from(
      { length: 100 },
      (_, cutover) => new Set(results({ byAddress: true }, cutover)),
    );
    assert.ok(pinned.every(({ size }) => size === 1));
    const alive = pinned.filter((each) => each.has(true)).length;
    assert.ok(alive > 30 && alive < 70, `${alive}`);
  });

  it("waits for the failure threshold of each checker", () => {
    const check = simulated({ failureThreshold: 2 });
    for (let checker = 0; checker < 16; checker++) check.observe(checker, false);
    assert.equal(check.reported, true);
    for (let checker = 0; checker < 14; checker++) check.observe(checker, false);
    assert.equal(check.reported, false);
  });

  it("forgets the last cutover when it is reset", () => {
    const check = simulated();
    for (let checker = 0; checker < 16; checker++) check.observe(checker, false);
    check.reset(1);
    assert.equal(check.reported, true);
  });

  it("starts each checker anywhere in its round of interval and healthy probe", () => {
    const check = simulated();
    for (let cutover = 0; cutover < 200; cutover++) {
      check.reset(cutover);
      for (let checker = 0; checker < 16; checker++) {
        const roundMs = 10_000 + check.probe(checker, SERVES, 0).tookMs;
        const firstMs = check.firstRequestMs(checker);
        assert.ok(firstMs >= 0 && firstMs < roundMs, `${firstMs} is outside [0, ${roundMs})`);
      }
    }
  });

  it("keeps the round trips within the assumption, and reaches both ends of it", () => {
    const narrow = new SimulatedCheck(SETTINGS, 1, { ...ASSUMPTIONS, probeRoundTripMs: { min: 5, max: 7 } });
    const seen = new Set<number>();
    for (let cutover = 0; cutover < 20; cutover++) {
      narrow.reset(cutover);
      for (let checker = 0; checker < 16; checker++) seen.add(narrow.probe(checker, SERVES, 0).tookMs / 2);
    }
    assert.deepEqual([...seen].sort(), [5, 6, 7]);
  });

  it("draws for a checker whatever other checkers there are", () => {
    const all = simulated();
    const last = simulated({ regions: ["sa-east-1"] });
    const phases = (check: SimulatedCheck, from: number) => {
      check.reset(3);
      return [check.firstRequestMs(from), check.firstRequestMs(from + 1)];
    };
    assert.deepEqual(phases(last, 0), phases(all, 14));
    assert.notDeepEqual(phases(all, 12), phases(all, 14));
  });

  it("cuts regions off in their order, both checkers of each", () => {
    const check = simulated();
    const cutOff = { kind: "cut-off", checkerRegionsShare: 0.5 } as const;
    const passed = Array.from({ length: 16 }, (_, checker) => check.probe(checker, cutOff, 0).passed);
    assert.deepEqual(passed, [...new Array(8).fill(false), ...new Array(8).fill(true)]);
  });

  it("draws the fate of each probe anew, the same in the same cutover", () => {
    const partial = { kind: "partial", as: "http-503", share: 0.5 } as const;
    const fates = (cutover: number) => {
      const check = simulated();
      check.reset(cutover);
      return Array.from({ length: 1_000 }, () => check.probe(0, partial, 0).passed);
    };
    const passed = fates(0).filter(Boolean).length;
    assert.ok(passed > 437 && passed < 563, `${passed} of 1,000 passed`);
    assert.deepEqual(fates(0), fates(0));
    assert.notDeepEqual(fates(0), fates(1));
  });
});
