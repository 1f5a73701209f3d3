import assert from "node:assert/strict";
import fc from "fast-check";
import { answerSets } from "../../../../model/answer-sets";
import type { FailoverPlan, HealthCheck } from "../../../../model/failover-plan";
import { type ClientProfile, profileByName } from "../../../../rehearsal/simulation/profile";
import {
  type Scenario,
  type ScriptedBehaviour,
  scenarioByName,
  scenarioNames,
} from "../../../../rehearsal/simulation/scenario";
import { type Simulation, simulate } from "../../../../rehearsal/simulation/simulate";
import type { SimulatedSample } from "../../../../rehearsal/simulation/simulated-sample";
import {
  aliasTo,
  dualStack,
  failoverPlan,
  healthCheck,
  NAME,
  PRIMARY_CHECK,
  PRIMARY_ENDPOINT,
  planOf,
  record,
  SECONDARY_CHECK,
  STANDBY_ENDPOINT,
} from "../plan-fixture";

/** What resolvers keep of an alias. */
const TTL_SECONDS = 60;

interface Played {
  readonly simulation: Simulation;
  readonly samples: readonly Omit<SimulatedSample, "profiles">[];
}

/** A scenario whose clients all have this profile, for the first set of the plan. */
function play(
  scenario: Scenario,
  profile: string,
  plan: FailoverPlan,
  numbers: { cutovers?: number; resolvers?: number; seed?: number } = {},
): Played {
  const [set] = answerSets(plan);
  const samples: Omit<SimulatedSample, "profiles">[] = [];
  const simulation = simulate({
    plan,
    set: set ?? assert.fail("no set"),
    scenario: { ...scenario, clients: [{ profile: profileByName(profile) as ClientProfile, weight: 1 }] },
    cutovers: 2,
    resolvers: 10,
    seed: 1,
    onSample: ({ profiles: _, ...sample }) => samples.push(sample),
    ...numbers,
  });
  return { simulation, samples };
}

function named(name: string): Scenario {
  return scenarioByName(name) ?? assert.fail(`no scenario ${name}`);
}

/** The primary does this from the fault on. */
function behaving(behaviour: ScriptedBehaviour): Scenario {
  return {
    ...named("primary-refuses"),
    happenings: [{ atSeconds: 0, do: "behave", endpoint: "primary", behaviour }],
  };
}

function both(scenario: Scenario, plan: FailoverPlan, numbers: Parameters<typeof play>[3] = {}) {
  return {
    raced: play(scenario, "happy-eyeballs", plan, numbers),
    compliant: play(scenario, "compliant", plan, numbers),
  };
}

const clientTimes = ({ samples }: Played) => samples.flatMap(({ cutover }) => cutover.clientSeconds);
const DUAL = dualStack(failoverPlan());
const MANY = { cutovers: 60, resolvers: 30 };

/** Two members of equal weight, each an alias with a check of its own, in both families. */
function dualWeights(): FailoverPlan {
  const member = (side: "primary" | "standby", endpointUrn: string, check: string) =>
    record({
      urn: `urn:${side}`,
      setIdentifier: side,
      routing: { kind: "weighted", weight: 1 },
      target: aliasTo(`${side}.aws.example.com`),
      healthCheck: { kind: "check", urn: check },
      endpoint: endpointUrn,
    });
  const check = (changes: Partial<HealthCheck>) => healthCheck(changes);
  return dualStack(
    planOf(
      [
        member("primary", PRIMARY_ENDPOINT, PRIMARY_CHECK),
        member("standby", STANDBY_ENDPOINT, SECONDARY_CHECK),
      ],
      [check({}), check({ urn: SECONDARY_CHECK, fqdn: `standby.${NAME}` })],
    ),
  );
}

describe("happy eyeballs, of a primary that no connection stands at", () => {
  it("come over with the first of two answers to be renewed: the lesser of two even draws from the TTL", () => {
    const { raced, compliant } = both(named("primary-refuses"), DUAL, MANY);
    const racedTimes = clientTimes(raced);
    const saved = clientTimes(compliant).map((seconds, index) => {
      const earlier = racedTimes[index];
      return seconds === null || earlier === null || earlier === undefined
        ? assert.fail("somebody never came over")
        : seconds - earlier;
    });
    assert.equal(saved.length, 1_800);
    const mean = saved.reduce((sum, seconds) => sum + seconds, 0) / saved.length;
    // 1/2 of the TTL on average for one draw, 1/3 for the lesser of two; the standard error is 0.33 s.
    assert.ok(Math.abs(mean - TTL_SECONDS / 6) < 1, `${mean} s earlier on average`);
    // The other answer is the first for every second client, and in one of 60 both fall on the same request.
    const share = saved.filter((seconds) => seconds > 0).length / saved.length;
    assert.ok(Math.abs(share - (1 - 1 / 60) / 2) < 0.035, `${share} of the clients are earlier`);
    const [early, late] = [raced, compliant].map(
      ({ simulation }) => simulation.cutover.clientSeconds.summary()?.p50 ?? Number.NaN,
    ) as [number, number];
    assert.ok(late - early > 8 && late - early < 15, `${early} s and ${late} s`);
  });

  it("are never later than a compliant client of the same draws", () => {
    const settings = fc.record({
      seed: fc.integer({ min: 1, max: 1_000_000 }),
      requestIntervalSeconds: fc.constantFrom(10, 30),
      failureThreshold: fc.integer({ min: 1, max: 5 }),
      scenario: fc.constantFrom("primary-refuses", "primary-down", "primary-hangs", "drill-gateway-away"),
    });
    fc.assert(
      fc.property(settings, ({ seed, scenario, ...primaryCheck }) => {
        const plan = dualStack(failoverPlan({ primaryCheck }));
        const { raced, compliant } = both(named(scenario), plan, { seed });
        const late = clientTimes(compliant);
        for (const [index, seconds] of clientTimes(raced).entries()) {
          assert.ok((seconds ?? Number.POSITIVE_INFINITY) <= (late[index] ?? Number.POSITIVE_INFINITY));
        }
        assert.deepEqual(raced.simulation.violations, []);
      }),
      { seed: 1, numRuns: 15 },
    );
  });

  it("come over so, too, when it is silent or stops", () => {
    for (const behaviour of [{ kind: "silent" }, { kind: "stops", afterSeconds: 30 }] as const) {
      const { raced, compliant } = both(behaving(behaviour), DUAL, MANY);
      const p50 = ({ simulation }: Played) => simulation.cutover.clientSeconds.summary()?.p50 ?? Number.NaN;
      assert.ok(p50(compliant) - p50(raced) > 8, `${p50(raced)} s`);
    }
  });
});

describe("happy eyeballs, where a connection stands", () => {
  it("do what a compliant client does: an error answer, silence and slowness end the race", () => {
    for (const name of ["primary-down", "primary-hangs", "primary-slows", "primary-partial", "health-lies"]) {
      const { raced, compliant } = both(named(name), DUAL);
      assert.deepEqual(raced.samples, compliant.samples, name);
      // What serves one request and not the next shows its end with the first question after it, asked twice as often.
      if (name === "primary-down" || name === "primary-hangs")
        assert.deepEqual(raced.simulation.requests, compliant.simulation.requests, name);
    }
  });

  it("so do those of a set that draws, with the preferred family's draws", () => {
    const { raced, compliant } = both(named("primary-down"), dualWeights(), { cutovers: 5 });
    assert.deepEqual(
      raced.samples.map(({ cutover }) => cutover),
      compliant.samples.map(({ cutover }) => cutover),
    );
  });
});

describe("happy eyeballs, of a name with one answer", () => {
  it("do what a compliant client does, to the byte, in every scenario", () => {
    const plans: [what: string, plan: FailoverPlan][] = [
      ["A alone", failoverPlan()],
      ["a CNAME", failoverPlan({ mode: "cname" })],
      ["an AAAA set that differs", dualStack(failoverPlan(), () => ({ healthCheck: { kind: "none" } }))],
    ];
    for (const [what, plan] of plans) {
      for (const name of scenarioNames()) {
        const { raced, compliant } = both(named(name), plan, { cutovers: 1, resolvers: 6 });
        assert.equal(JSON.stringify(raced.samples), JSON.stringify(compliant.samples), `${what}, ${name}`);
        assert.deepEqual(raced.simulation.requests, compliant.simulation.requests, `${what}, ${name}`);
      }
    }
  });
});

describe("happy eyeballs, requests", () => {
  const failed = ({ simulation }: Played) => simulation.requests.failed;

  it("fail half as often where half of the connections, or of the addresses, are refused: each family has its own", () => {
    for (const [behaviour, tolerance] of [
      [{ kind: "partial", as: "refuse", share: 0.5 }, 0.02],
      [{ kind: "zone-lost", share: 0.5 }, 0.06],
    ] as const) {
      // A check that never turns, so that both play for as long.
      const plan = dualStack(failoverPlan({ primaryCheck: { failureThreshold: 10, disabled: true } }));
      const { raced, compliant } = both(behaving(behaviour), plan, { cutovers: 30, resolvers: 20 });
      const ratio = failed(raced) / failed(compliant);
      assert.ok(Math.abs(ratio - 0.5) < tolerance, `${behaviour.kind}: ${ratio}`);
    }
  });

  it("are all served or failed, and break no other invariant, in any scenario of any set", () => {
    for (const plan of [DUAL, dualWeights()]) {
      for (const name of scenarioNames()) {
        const { simulation } = play(named(name), "happy-eyeballs", plan, { resolvers: 6 });
        const { sent, served, failed: lost } = simulation.requests;
        assert.deepEqual(simulation.violations, [], name);
        assert.ok(sent > 0 && sent === served + lost, name);
      }
    }
  });

  it("are not led to a lost member where the other family's answer is another: more are never touched", () => {
    const { raced, compliant } = both(named("primary-refuses"), dualWeights(), MANY);
    assert.ok(raced.simulation.cutover.untouched > 1.2 * compliant.simulation.cutover.untouched);
    assert.equal(raced.simulation.cutover.stranded, 0);
    assert.ok(failed(raced) < 0.7 * failed(compliant));
  });

  it("do not touch the clients beside them", () => {
    const counts = (plan: FailoverPlan) => {
      const [set] = answerSets(plan);
      const scenario = named("mixed-clients");
      const numbers = { cutovers: 5, resolvers: 40, seed: 1 };
      const { profiles } = simulate({ plan, set: set ?? assert.fail("no set"), scenario, ...numbers });
      return profiles.map(
        ({ profile, cutover }) => [profile.name, [...cutover.clientSeconds.counts()]] as const,
      );
    };
    const differing = (one: FailoverPlan, other: FailoverPlan) => {
      const there = counts(other);
      return counts(one)
        .filter((each, index) => JSON.stringify(each) !== JSON.stringify(there[index]))
        .map(([name]) => name);
    };
    assert.deepEqual(differing(DUAL, failoverPlan()), ["happy-eyeballs"]);
  });
});
