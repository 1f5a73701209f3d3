import assert from "node:assert/strict";
import fc from "fast-check";
import { answerSets } from "../../../model/answer-sets";
import type { FailoverPlan } from "../../../model/failover-plan";
import { recoveryBound } from "../../../model/recovery-bound";
import { AnswerBook } from "../../../rehearsal/simulation/answer-book";
import { ASSUMPTIONS } from "../../../rehearsal/simulation/assumptions";
import { EVENLY_SPREAD, placeBeside } from "../../../rehearsal/simulation/place";
import { playableSystem } from "../../../rehearsal/simulation/played-system";
import { type Scenario, scenarioByName, scenarioNames } from "../../../rehearsal/simulation/scenario";
import { type Simulation, type SimulationOptions, simulate } from "../../../rehearsal/simulation/simulate";
import type { SimulatedSample } from "../../../rehearsal/simulation/simulated-sample";
import { NAME, onlySet } from "./plan-fixture";
import {
  MULTIVALUE,
  pairOfWeights,
  regions,
  regionsOfPairs,
  routedPlan,
  routedPlans,
  weightedCnames,
  weights,
} from "./set-fixture";

const CUTOVERS = 3;
const RESOLVERS = 20;
/** Enough to tell a share from its neighbours. */
const DRAWN = { cutovers: 60, resolvers: 50 };
const DRAWS = DRAWN.cutovers * DRAWN.resolvers;

/** The set that is asked for by its name, of a plan that may have others behind it. */
function setOf(plan: FailoverPlan) {
  return answerSets(plan).find(({ name }) => name === NAME) ?? assert.fail("no set");
}

function play(plan: FailoverPlan, changes: Partial<SimulationOptions> & { named?: string } = {}): Simulation {
  const { named = "primary-down", ...rest } = changes;
  return simulate({
    plan,
    set: setOf(plan),
    scenario: scenarioByName(named) as Scenario,
    cutovers: CUTOVERS,
    resolvers: RESOLVERS,
    seed: 1,
    ...rest,
  });
}

/** Everything that a run tells, as text. */
function written(plan: FailoverPlan, changes: Parameters<typeof play>[1] = {}): string {
  const samples: SimulatedSample[] = [];
  const simulation = play(plan, { ...changes, onSample: (sample) => samples.push(sample) });
  return JSON.stringify({ simulation, samples }, (_key, value) =>
    value instanceof Object && "counts" in value ? [...value.counts()] : value,
  );
}

describe("every routing, in every scenario", () => {
  for (const [what, plan] of routedPlans()) {
    it(`breaks no invariant, loses no resolver and keeps the bound: ${what}`, () => {
      const bound = recoveryBound(plan, setOf(plan));
      if (bound.kind !== "bound") assert.fail(JSON.stringify(bound));
      for (const named of scenarioNames()) {
        const { violations, requests, cutover, failedShare, outlook } = play(plan, { named });
        assert.deepEqual(violations, [], named);
        assert.equal(requests.sent, requests.served + requests.failed);
        const { clientSeconds, stranded, untouched, authoritativeSeconds } = cutover;
        assert.equal(clientSeconds.count + stranded + untouched, CUTOVERS * RESOLVERS, named);
        for (const { failed, sent } of failedShare) assert.ok(failed >= 0 && failed <= sent, named);
        const isMixed = scenarioByName(named)?.clients !== undefined;
        // A SECONDARY that no check watches is answered with though it is down, and serves nobody.
        const isOthersDown = ["both-down", "standby-down-first"].includes(named);
        if (outlook.kind !== "fails-over" || isMixed || isOthersDown) continue;
        const max = clientSeconds.summary()?.max ?? assert.fail(`${named}: nobody came over`);
        assert.ok(max <= bound.rtoSeconds + outlook.afterMs / 1_000, `${named}: ${max} s`);
        assert.equal(stranded, 0, named);
        assert.equal(authoritativeSeconds.count, CUTOVERS * ASSUMPTIONS.nameServers, named);
      }
    });

    it(`is the same to the byte when it is played again, and another with another seed: ${what}`, () => {
      const first = written(plan);
      assert.equal(written(plan, { epochMs: 1_234_567_890_123 }), first);
      assert.notEqual(written(plan, { seed: 2 }), first);
    });
  }

  it("breaks none whatever the weights, the checks and the seed", () => {
    const settings = fc.record({
      all: fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 2, maxLength: 5 }),
      requestIntervalSeconds: fc.constantFrom(10, 30),
      failureThreshold: fc.integer({ min: 1, max: 5 }),
      ttlSeconds: fc.integer({ min: 0, max: 120 }),
      named: fc.constantFrom(...scenarioNames()),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(settings, ({ all, ttlSeconds, named, seed, ...check }) => {
        const made = routedPlan(weights(...all), { check });
        const recordSets = made.recordSets.map((each) =>
          each.target.kind === "values" ? { ...each, target: { ...each.target, ttlSeconds } } : each,
        );
        const plan = { ...made, recordSets };
        assert.deepEqual(play(plan, { named, seed, cutovers: 2, resolvers: 10 }).violations, []);
      }),
      { seed: 1, numRuns: 25 },
    );
  });
});

describe("a weighted set", function () {
  this.timeout(30_000);

  /** The share of failed requests in the first seconds, and four standard deviations of it. */
  function lostShare(plan: FailoverPlan, seconds = 20): [share: number, tolerance: number] {
    const { failedShare } = play(plan, DRAWN);
    const early = failedShare.filter(({ atSeconds }) => atSeconds < seconds);
    const failed = early.reduce((sum, each) => sum + each.failed, 0);
    const sent = early.reduce((sum, each) => sum + each.sent, 0);
    // Requests of a resolver share its answer; there are about as many draws as resolvers.
    return [failed / sent, 4 * Math.sqrt(0.25 / DRAWS)];
  }

  it("loses requests by the failed member's weight until it is withdrawn, and none in the end", () => {
    for (const [all, share] of [
      [[50, 50], 0.5],
      [[3, 1], 0.75],
      [[70, 30, 0], 0.7],
    ] as const) {
      const [lost, tolerance] = lostShare(routedPlan(weights(...all)));
      assert.ok(Math.abs(lost - share) < tolerance, `${lost} of ${share}`);
    }
    assert.equal(play(routedPlan(weights(1, 1))).failedShare.at(-1)?.failed, 0);
  });

  it("has no sample of resolvers that are never led to the failed member, and counts them", () => {
    // Withdrawn after half a minute of a TTL of twenty: about half hold the other one all the time.
    const plan = routedPlan(weights(1, 1));
    const recordSets = plan.recordSets.map((record) => ({
      ...record,
      target: { ...record.target, ttlSeconds: 1_200 },
    }));
    const sizes = { cutovers: 20, resolvers: 50 };
    const { cutover } = play({ ...plan, recordSets }, sizes);
    const draws = sizes.cutovers * sizes.resolvers;
    assert.ok(
      Math.abs(cutover.untouched / draws - 0.5) < 4 * Math.sqrt(0.25 / draws),
      `${cutover.untouched}`,
    );
    assert.equal(cutover.stranded, 0);
  });

  it("takes as long as a pair that is checked alike until it is withdrawn, and never longer to the client", () => {
    const { cutover } = play(routedPlan(weights(1, 1)), { cutovers: 100 });
    const authoritative = cutover.authoritativeSeconds.summary();
    assert.ok(Math.abs((authoritative?.p50 ?? 0) - 31.5) < 0.5, JSON.stringify(authoritative));
    // Who is led there draws anew each minute, so that the client can be over before the withdrawal.
    const client = cutover.clientSeconds.summary();
    assert.ok(client && client.p5 < 20 && client.max < 97, JSON.stringify(client));
  });

  it("answers with all when all are down, and fails their requests", () => {
    const { failedShare, cutover, failback } = play(routedPlan(weights(1, 1)), { named: "both-down" });
    for (const { failed, sent } of failedShare) assert.equal(failed, sent);
    assert.equal(cutover.clientSeconds.count, 0);
    assert.ok(failback.stranded === 0);
  });

  it("strands those who are led there where no check sees the fault", () => {
    const { cutover, outlook } = play(routedPlan(weights(1, 1)), { named: "health-lies" });
    assert.equal(outlook.kind, "stays");
    assert.equal(cutover.clientSeconds.count, 0);
    assert.equal(cutover.stranded + cutover.untouched, CUTOVERS * RESOLVERS);
    assert.ok(cutover.stranded > cutover.untouched);
  });

  it("answers with the healed member again, everywhere and to most", () => {
    const { failback } = play(routedPlan(weights(1, 1)), { cutovers: 40 });
    assert.equal(failback.authoritativeSeconds.count, 40 * ASSUMPTIONS.nameServers);
    assert.equal(failback.stranded, 0);
    assert.ok(failback.clientSeconds.count > 0.9 * 40 * RESOLVERS, `${failback.clientSeconds.count}`);
  });

  it("of CNAMEs is left when the CNAME expires, however long its target lives", () => {
    const plan = weightedCnames();
    const max = play(plan, { cutovers: 40 }).cutover.clientSeconds.summary()?.max ?? Number.NaN;
    assert.ok(max < 36 + 20 + 1, `${max} s`);
  });
});

describe("multivalue answers", () => {
  it("lead a client to the first address, each with equal chance", () => {
    const plan = routedPlan(new Array(4).fill(MULTIVALUE));
    const { failedShare } = play(plan, DRAWN);
    const [first] = failedShare;
    const lost = (first?.failed ?? 0) / (first?.sent ?? 1);
    assert.ok(Math.abs(lost - 0.25) < 4 * Math.sqrt(0.1875 / DRAWS), `${lost}`);
  });
});

describe("latency routing", () => {
  const plan = routedPlan(regions("us-east-1", "eu-west-1"));
  const standing = (...names: string[]): Scenario => ({
    ...(scenarioByName("primary-down") as Scenario),
    places: names.map((name) => ({ place: placeBeside(name) ?? assert.fail(name), weight: 1 })),
  });

  it("concerns those who stand nearest to the failed region, and only them", () => {
    const concerned = (...names: string[]) => {
      const { cutover, failback } = play(plan, { scenario: standing(...names) });
      return [cutover.clientSeconds.count, cutover.untouched, failback.clientSeconds.count];
    };
    assert.deepEqual(concerned("us-east-1"), [60, 0, 60]);
    assert.deepEqual(concerned("eu-west-1"), [0, 60, 0]);
    const [both = 0, none = 0, back] = concerned("us-east-1", "eu-west-1");
    assert.ok(both > 10 && none > 10 && back === both, `${both} and ${none}`);
  });

  it("spreads resolvers beside every region where a scenario says nothing", () => {
    const { cutover } = play(plan, { cutovers: 100 });
    const near = EVENLY_SPREAD.filter(({ place }) => {
      const view = new AnswerBook(systemAt(), [place]);
      return view.view(0b11).leadsToPrimary;
    }).length;
    const share = near / EVENLY_SPREAD.length;
    const seen = cutover.clientSeconds.count / 2_000;
    assert.ok(Math.abs(seen - share) < 4 * Math.sqrt((share * (1 - share)) / 2_000), `${seen} of ${share}`);
  });

  function systemAt() {
    const playable = playableSystem(plan, onlySet(plan));
    return playable.kind === "playable" ? playable.system : assert.fail(playable.why);
  }
});

describe("trees of records", () => {
  it("leave the failed half of a pair behind a latency alias by that pair's own check", () => {
    const { cutover, outlook } = play(regionsOfPairs(), { cutovers: 20 });
    assert.equal(outlook.kind, "fails-over");
    assert.equal(cutover.stranded, 0);
    assert.ok(cutover.clientSeconds.count > 0);
  });

  it("fail a whole weighted set behind a PRIMARY, which then answers with the SECONDARY", () => {
    const { cutover, outlook } = play(pairOfWeights());
    assert.deepEqual([outlook.kind, cutover.stranded, cutover.untouched], ["fails-over", 0, 0]);
    assert.equal(cutover.clientSeconds.count, CUTOVERS * RESOLVERS);
  });

  it("do not fail over where the alias does not evaluate its target", () => {
    const { cutover, outlook } = play(pairOfWeights(false));
    assert.deepEqual([outlook.kind, cutover.stranded], ["stays", CUTOVERS * RESOLVERS]);
  });
});

describe("an invariant notices, of a set that is no pair", () => {
  const names = (options: Partial<SimulationOptions> = {}) => [
    ...new Set(play(routedPlan(weights(1, 1)), options).violations.map(({ invariant }) => invariant)),
  ];

  it("health that travels slower than the bound allows, both ways", () => {
    const slow = { ...ASSUMPTIONS, propagationSecondsMax: 200 };
    assert.deepEqual(names({ assumptions: slow }).sort(), ["cutover-within-bound", "failback-within-bound"]);
    assert.deepEqual(names({ assumptions: { ...ASSUMPTIONS, propagationSecondsMax: 30 } }), []);
  });

  it("draws that favour one member", () => {
    const sound = AnswerBook.prototype.view;
    AnswerBook.prototype.view = function (belief, place) {
      const view = sound.call(this, belief, place);
      return { ...view, linksOf: (key) => view.linksOf(key, () => 0.1) };
    };
    try {
      assert.deepEqual(names(), ["drawn-by-share"]);
    } finally {
      AnswerBook.prototype.view = sound;
    }
  });

  it("an answer with a member that is not healthy", () => {
    const sound = AnswerBook.prototype.view;
    AnswerBook.prototype.view = function (belief, place) {
      return sound.call(this, belief === 0b10 ? 0b01 : belief, place);
    };
    try {
      assert.ok(names().includes("members-by-routing"));
    } finally {
      AnswerBook.prototype.view = sound;
    }
  });
});
