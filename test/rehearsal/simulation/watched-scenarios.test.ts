import assert from "node:assert/strict";
import fc from "fast-check";
import type { FailoverPlan } from "../../../model/failover-plan";
import { profileByName } from "../../../rehearsal/simulation/profile";
import { type Scenario, scenarioByName, scenarioNames } from "../../../rehearsal/simulation/scenario";
import { type Simulation, simulate } from "../../../rehearsal/simulation/simulate";
import type { SimulatedSample } from "../../../rehearsal/simulation/simulated-sample";
import { failoverPlan, onlySet } from "./plan-fixture";
import { calculatedPlan, metricPlan, watchedPlans } from "./system-fixture";

interface Run {
  readonly cutovers?: number;
  readonly resolvers?: number;
  readonly seed?: number;
  readonly epochMs?: number;
  readonly onSample?: (sample: SimulatedSample) => void;
}

function play(scenario: string, plan: FailoverPlan, run: Run = {}): Simulation {
  return simulate({
    plan,
    set: onlySet(plan),
    scenario: scenarioByName(scenario) as Scenario,
    cutovers: 4,
    resolvers: 20,
    seed: 1,
    ...run,
  });
}

/** Everything that a run tells, as text. */
function written(scenario: string, plan: FailoverPlan, run: Run = {}): string {
  const samples: SimulatedSample[] = [];
  const simulation = play(scenario, plan, { ...run, onSample: (sample) => samples.push(sample) });
  const plain = (_key: string, value: unknown) =>
    value instanceof Object && "counts" in value
      ? [...(value as { counts(): Iterable<unknown> }).counts()]
      : value;
  return JSON.stringify({ simulation, samples }, plain, 1);
}

describe("every scenario", () => {
  for (const [what, plan] of watchedPlans()) {
    it(`breaks no invariant with ${what}`, () => {
      for (const name of scenarioNames()) {
        const { violations, requests, cutover } = play(name, plan);
        assert.deepEqual(violations, [], name);
        assert.equal(requests.sent, requests.served + requests.failed);
        // Nobody has to come over where an inverted check has led everybody to the standby before.
        const { clientSeconds, stranded, untouched } = cutover;
        assert.equal(clientSeconds.count + stranded + untouched, 4 * 20, name);
        assert.equal(untouched, what === "an inverted check" ? 80 : 0, name);
      }
    });
  }

  it("breaks none whatever the seed", () => {
    fc.assert(
      fc.property(fc.constantFrom(...scenarioNames()), fc.integer(), (name, seed) => {
        assert.deepEqual(
          play(name, failoverPlan({ secondaryCheck: {} }), { seed, cutovers: 2 }).violations,
          [],
        );
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it("is the same to the byte when it is played again, at whatever date", () => {
    const epochs = fc.sample(fc.integer({ min: -8.64e15, max: 8.64e15 }), {
      seed: 1,
      numRuns: scenarioNames().length,
    });
    for (const [index, name] of scenarioNames().entries()) {
      const first = written(name, failoverPlan());
      assert.equal(written(name, failoverPlan(), { epochMs: epochs[index] }), first, name);
    }
  });

  it("is another with another seed", () => {
    for (const name of scenarioNames()) {
      assert.notEqual(written(name, failoverPlan(), { seed: 2 }), written(name, failoverPlan()), name);
    }
  });
});

describe("what comes of a scenario", () => {
  const plan = failoverPlan();
  const clients = (name: string, of = plan) => {
    const { cutover, failback } = play(name, of, { cutovers: 20 });
    return { max: cutover.clientSeconds.summary()?.max, stranded: cutover.stranded, back: failback.stranded };
  };

  it("strands nobody where the checks see the fault", () => {
    for (const name of ["primary-slows", "partition-majority", "control-plane-gone", "lag-growing"]) {
      const { max, stranded, back } = clients(name);
      assert.deepEqual([stranded, back], [0, 0], name);
      // A bound of 144 s, and 12 s until a slow answer is too slow.
      assert.ok((max ?? 0) > 30 && (max ?? 0) < 156, `${name}: ${max} s`);
    }
  });

  it("leaves everybody where they are when the checks see nothing", () => {
    for (const name of ["flapping-under", "partition-minority", "health-lies", "check-deleted"]) {
      assert.deepEqual(clients(name), { max: undefined, stranded: 400, back: 0 }, name);
    }
  });

  it("leaves everybody where they are when a check that adds others up is deleted", () => {
    const adding = calculatedPlan(3);
    assert.deepEqual(clients("check-deleted", adding), { max: undefined, stranded: 400, back: 0 });
    assert.equal(clients("primary-down", adding).stranded, 0);
  });

  it("fails requests in proportion: half of half failures, a third of flaps, none of a partition", () => {
    const failed = (name: string) => {
      const { requests } = play(name, plan, { cutovers: 20 });
      return requests.failed / requests.sent;
    };
    // The fault lasts 288 s of the 400 s or so that a cutover takes.
    const whole = failed("health-lies");
    assert.ok(Math.abs(failed("primary-partial") / whole - 0.5) < 0.02);
    assert.ok(Math.abs(failed("flapping-under") / whole - 20 / 60) < 0.04);
    assert.equal(failed("partition-minority"), 0);
  });

  it("fails the same half of the clients throughout where a zone is lost, and no try helps them", () => {
    const failedOf = (name: string, clients?: Scenario["clients"]) => {
      const scenario = { ...(scenarioByName(name) as Scenario), ...(clients && { clients }) };
      const set = onlySet(plan);
      const { requests, failedShare, cutover } = simulate({
        plan,
        set,
        scenario,
        cutovers: 1,
        resolvers: 400,
        seed: 1,
      });
      return { requests, shares: failedShare.map(({ failed, sent }) => failed / sent), cutover };
    };
    const { shares: all, cutover } = failedOf("primary-one-az");
    // The last stretch ends with the heal, before everybody has asked equally often.
    const shares = all.slice(0, -1);
    // Whoever fails at first fails until the heal: the share does not move; half, and six deviations of 400 coins.
    assert.deepEqual([...new Set(shares.map((share) => share.toFixed(3)))].length, 1, shares.join(" "));
    assert.ok(Math.abs((shares[0] ?? 0) - 0.5) < 0.15, `${shares[0]}`);
    assert.equal(cutover.stranded, 400);
    const retries = [{ profile: profileByName("retries"), weight: 1 }] as Scenario["clients"];
    assert.equal(failedOf("primary-one-az", retries).shares[0], shares[0]);
    assert.ok(new Set(failedOf("primary-partial").shares).size > 1);
  });

  it("goes over and back with a primary that flaps longer than the threshold", () => {
    const { cutover, failedShare, outlook } = play("flapping-over", plan, { cutovers: 20 });
    assert.equal(outlook.kind, "open");
    assert.equal(cutover.unhealthySeconds.count, 20);
    assert.ok((cutover.unhealthySeconds.summary()?.max ?? 0) <= 54);
    // Down from 0 to 40 s and from 80 to 120 s: whoever came back fails a second time.
    const failedFrom = (from: number, to: number) =>
      failedShare
        .filter(({ atSeconds }) => atSeconds >= from && atSeconds < to)
        .reduce((sum, { failed }) => sum + failed, 0);
    assert.ok(failedFrom(0, 30) > 0 && failedFrom(80, 120) > 0);
    assert.deepEqual([failedFrom(40, 80), failedFrom(120, 160)], [0, 0]);
  });

  it("serves nobody while both are down, whichever side is answered", () => {
    for (const name of ["both-down", "standby-down-first"]) {
      for (const each of [plan, failoverPlan({ secondaryCheck: {} })]) {
        assert.deepEqual(clients(name, each), { max: undefined, stranded: 400, back: 0 }, name);
      }
    }
  });

  it("answers with the primary throughout where the standby was known to be down before", () => {
    const before = play("standby-down-first", failoverPlan({ secondaryCheck: {} }));
    assert.equal(before.cutover.authoritativeSeconds.count, 0);
    assert.equal(play("standby-down-first", plan).cutover.authoritativeSeconds.count, 16);
  });

  it("fails over by a calculated check when too few of its children are left", () => {
    assert.equal(clients("primary-down", calculatedPlan(3)).stranded, 0);
    assert.equal(clients("primary-down", calculatedPlan(2)).stranded, 400);
    assert.equal(clients("primary-refuses", calculatedPlan(2)).stranded, 0);
    assert.equal(clients("primary-refuses", calculatedPlan(1)).stranded, 400);
  });

  it("fails over by an alarm within its periods, its delay, propagation and TTL", () => {
    const { cutover } = play("health-lies", metricPlan(), { cutovers: 50 });
    assert.equal(cutover.stranded, 0);
    const unhealthy = cutover.unhealthySeconds.summary();
    // Two periods, the first of them half bad at best; then up to a minute until the point is there.
    assert.ok(unhealthy && unhealthy.p5 >= 90 && unhealthy.max <= 240, JSON.stringify(unhealthy));
  });

  it("has the three meanings of missing data when a region is lost", () => {
    const stranded = ["Healthy", "Unhealthy", "LastKnownStatus"].map(
      (status) => clients("primary-refuses", metricPlan(status)).stranded,
    );
    assert.deepEqual(stranded, [400, 0, 400]);
  });

  it("loses the writes that were on their way, and more where the lag has grown", () => {
    const lost = (name: string) => play(name, plan).replication.lostSeconds.summary()?.max;
    assert.deepEqual([lost("primary-down"), lost("primary-refuses")], [0, 1]);
    // 358 s of lag reached over 180 s: a write made x s before the fault takes 1 + 357 (180 - x) / 180 s, which is x
    // where it arrives at the fault.
    const byArithmetic = (1 + 357) / (1 + 357 / 180);
    assert.equal(byArithmetic, 120);
    assert.equal(lost("lag-growing"), byArithmetic);
    assert.match(scenarioByName("lag-growing")?.title ?? "", /^replication falls behind to two minutes,/);
  });

  it("finds the primary far behind where the backlog drains slowly, and a second behind otherwise", () => {
    const behind = (name: string) => play(name, plan).replication.behindSeconds.summary()?.p50 ?? 0;
    assert.equal(behind("primary-refuses"), 1);
    assert.ok(behind("failback-draining") > 60, `${behind("failback-draining")} s`);
  });
});

describe("samples of a scenario", () => {
  const sampleOf = (name: string) => {
    let last: SimulatedSample | undefined;
    play(name, failoverPlan(), { cutovers: 1, onSample: (sample) => (last = sample) });
    return last ?? assert.fail("no sample");
  };

  it("say whose places are whose, and what became of the data, where a scenario has that", () => {
    const { profiles, replication } = sampleOf("mixed-clients");
    assert.deepEqual(profiles, [
      { name: "compliant", resolvers: 10 },
      { name: "clamps-ttl", resolvers: 1 },
      { name: "serves-stale", resolvers: 2 },
      { name: "jvm-30s", resolvers: 2 },
      { name: "jvm-for-ever", resolvers: 1 },
      { name: "kept-connection", resolvers: 2 },
      { name: "happy-eyeballs", resolvers: 1 },
      { name: "retries", resolvers: 1 },
    ]);
    assert.equal(replication?.lostSeconds, 1);
  });

  it("are as short as ever where it has not", () => {
    const keys = Object.keys(sampleOf("primary-down"));
    assert.deepEqual(keys.slice(-2), ["cutover", "failback"]);
  });
});
