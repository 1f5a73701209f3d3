import assert from "node:assert/strict";
import { CHECKER_REGIONS, failuresToTurnUnhealthy } from "../../../model/health-check";
import { ASSUMPTIONS } from "../../../rehearsal/simulation/assumptions";
import { CutoverPlay } from "../../../rehearsal/simulation/cutover";
import { InvariantWatch } from "../../../rehearsal/simulation/invariants";
import { playableSystem } from "../../../rehearsal/simulation/played-system";
import { draws } from "../../../rehearsal/simulation/random";
import { type Scenario, scenarioByName } from "../../../rehearsal/simulation/scenario";
import { failoverPlan, onlySet, type PairOptions, PRIMARY_CHECK } from "./plan-fixture";

const SEED = 11;
const RESOLVERS = 20;
const CUTOVERS = 100;

function playOf(scenarioName: string, options: PairOptions = {}, resolvers = RESOLVERS): CutoverPlay {
  const plan = failoverPlan(options);
  const playable = playableSystem(plan, onlySet(plan));
  if (playable.kind === "refused") assert.fail(playable.why);
  const scenario = scenarioByName(scenarioName) as Scenario;
  const watch = new InvariantWatch({ scenario: scenarioName, seed: SEED, resolvers });
  return new CutoverPlay(playable.system, scenario, resolvers, SEED, ASSUMPTIONS, watch);
}

interface Expectation {
  readonly checkMs: number;
  readonly authoritativeMs: number[];
  readonly clientMs: number[];
}

/**
 * The same cutover by arithmetic alone, from the same draws, with no clock and no state: each checker's third
 * failure, the 14th of 16, each server's delay, each resolver's first question after that.
 */
function byArithmetic(
  cutover: number,
  check: { intervalMs: number; threshold: number; ttlMs: number; failureMs: (roundTripMs: number) => number },
): Expectation {
  const { intervalMs, threshold, ttlMs } = check;
  const faultMs = intervalMs + draws(SEED, "fault/at").below(intervalMs, cutover);
  const turnsMs = CHECKER_REGIONS.flatMap((region) =>
    [1, 2].map((number) => {
      const name = `check/${PRIMARY_CHECK}/checker/${region}/${number}`;
      const { min, max } = ASSUMPTIONS.probeRoundTripMs;
      const roundTripMs = min + draws(SEED, `${name}/round-trip`).below(max - min + 1, cutover);
      const roundMs = intervalMs + 2 * roundTripMs;
      const phaseMs = draws(SEED, `${name}/phase`).below(roundMs, cutover);
      const firstFailedMs = phaseMs + Math.max(0, Math.ceil((faultMs - phaseMs) / roundMs)) * roundMs;
      return firstFailedMs + threshold * check.failureMs(roundTripMs) + (threshold - 1) * intervalMs;
    }),
  );
  const unhealthyMs = turnsMs.sort((a, b) => a - b)[failuresToTurnUnhealthy(16) - 1] ?? Number.NaN;
  const serversMs = Array.from({ length: ASSUMPTIONS.nameServers }, (_, server) => {
    const delay = draws(SEED, `name-server/${server + 1}/check/${PRIMARY_CHECK}/propagation`);
    return unhealthyMs + delay.below(ASSUMPTIONS.propagationSecondsMax * 1_000 + 1, cutover, 0);
  });
  const clientMs = Array.from({ length: RESOLVERS }, (_, resolver) => {
    const drawn = (what: string) => draws(SEED, `resolver/${resolver + 1}/${what}`);
    const lifeMs = Math.ceil(ttlMs / 1_000) * 1_000;
    const firstAskMs =
      drawn("request-phase").below(1_000, cutover) +
      drawn("cache-age").below(lifeMs / 1_000, cutover) * 1_000;
    const switchedMs = serversMs[drawn("name-server").below(ASSUMPTIONS.nameServers, cutover)] ?? Number.NaN;
    return firstAskMs + Math.max(0, Math.ceil((switchedMs - firstAskMs) / lifeMs)) * lifeMs;
  });
  const since = (ms: number) => ms - faultMs;
  return {
    checkMs: since(unhealthyMs),
    authoritativeMs: serversMs.map(since),
    clientMs: clientMs.map(since),
  };
}

describe("CutoverPlay", () => {
  const cases: [scenario: string, options: PairOptions, Parameters<typeof byArithmetic>[1]][] = [
    [
      "primary-down",
      {},
      { intervalMs: 10_000, threshold: 3, ttlMs: 60_000, failureMs: (roundTripMs) => 2 * roundTripMs },
    ],
    [
      "primary-hangs",
      {},
      { intervalMs: 10_000, threshold: 3, ttlMs: 60_000, failureMs: (roundTripMs) => roundTripMs + 2_000 },
    ],
    [
      "primary-refuses",
      { mode: "cname", ttlSeconds: 10, primaryCheck: { requestIntervalSeconds: 30, failureThreshold: 2 } },
      { intervalMs: 30_000, threshold: 2, ttlMs: 10_000, failureMs: (roundTripMs) => roundTripMs },
    ],
  ];
  for (const [scenario, options, arithmetic] of cases) {
    it(`agrees with arithmetic to the millisecond: ${scenario}`, () => {
      const play = playOf(scenario, options);
      for (let cutover = 0; cutover < CUTOVERS; cutover++) {
        play.play(cutover, 0);
        const { checkMs, authoritativeMs, clientMs } = play.cutover;
        assert.deepEqual(
          { checkMs, authoritativeMs: [...authoritativeMs], clientMs: [...clientMs] },
          byArithmetic(cutover, arithmetic),
          `cutover ${cutover}`,
        );
      }
    });
  }

  it("plays a cutover alone as it does among others", () => {
    const among = playOf("primary-down");
    for (let cutover = 0; cutover <= 7; cutover++) among.play(cutover, 0);
    const alone = playOf("primary-down");
    alone.play(7, 0);
    assert.deepEqual(alone.cutover, among.cutover);
    assert.deepEqual(alone.failback, among.failback);
  });

  it("draws for a resolver whatever other resolvers there are", () => {
    const few = playOf("primary-down");
    const many = playOf("primary-down", {}, 3 * RESOLVERS);
    few.play(3, 0);
    many.play(3, 0);
    assert.deepEqual([...many.cutover.clientMs].slice(0, RESOLVERS), [...few.cutover.clientMs]);
  });

  it("turns healthy with the third checker, so a failback is sooner seen than a failure", () => {
    const play = playOf("primary-down");
    for (let cutover = 0; cutover < CUTOVERS; cutover++) {
      play.play(cutover, 0);
      // Two whole intervals and three probes; the first of them at once at best, an interval later at worst.
      assert.ok(play.failback.checkMs > 20_000 && play.failback.checkMs < 31_200);
    }
  });

  it("waits for a probe that was hanging when the primary was healed", () => {
    const slowest = (scenario: string) => {
      const play = playOf(scenario, { primaryCheck: { failureThreshold: 1 } });
      let worstMs = 0;
      for (let cutover = 0; cutover < CUTOVERS; cutover++) {
        play.play(cutover, 0);
        worstMs = Math.max(worstMs, play.failback.checkMs);
      }
      return worstMs;
    };
    assert.ok(slowest("primary-hangs") > slowest("primary-down"));
  });
});
