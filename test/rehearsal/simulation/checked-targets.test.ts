import assert from "node:assert/strict";
import { type AnswerSet, answerSets } from "../../../model/answer-sets";
import type { FailoverPlan, HealthCheck, RecordSet, Routing } from "../../../model/failover-plan";
import { type Bound, recoveryBound, sumBound } from "../../../model/recovery-bound";
import { UNKNOWN } from "../../../model/unknown";
import { ASSUMPTIONS } from "../../../rehearsal/simulation/assumptions";
import { playableSystem } from "../../../rehearsal/simulation/played-system";
import { type Scenario, scenarioByName, scenarioNames } from "../../../rehearsal/simulation/scenario";
import { simulate } from "../../../rehearsal/simulation/simulate";
import { aliasTo, NAME, planOf, record } from "./plan-fixture";
import { addressOf, checkOf, member, regions, weights } from "./set-fixture";

const PRIMARY: Routing = { kind: "failover", role: "PRIMARY" };
const SECONDARY: Routing = { kind: "failover", role: "SECONDARY" };
const NONE = { kind: "none" } as const;
const FAST = { requestIntervalSeconds: 10, failureThreshold: 2 } as const;
const SLOW = { requestIntervalSeconds: 30, failureThreshold: 3 } as const;
/** Detection by a check at 10 s x 2, and at 30 s x 3, of which each request may take 4 s and 2 s. */
const FAST_SECONDS = 38;
const SLOW_SECONDS = 114;

const nameOf = (number: number) => `one${number}.${NAME}`;

/** A simple record of the zone with an address, and a check of that unless it says otherwise. */
function one(number: number, changes: Partial<RecordSet> = {}): RecordSet {
  return record({
    urn: `urn:one${number}`,
    name: nameOf(number),
    target: { kind: "values", values: [addressOf(number)], ttlSeconds: 20 },
    healthCheck: { kind: "check", urn: `urn:c${number}` },
    ...changes,
  });
}

/** An alias of the set to such a record, without a check of its own. */
function aliasMember(
  number: number,
  routing: Routing,
  evaluates: boolean | typeof UNKNOWN = true,
  changes: Partial<RecordSet> = {},
): RecordSet {
  const target: RecordSet["target"] = {
    kind: "alias",
    dnsName: nameOf(number),
    zoneId: "Z1",
    evaluateTargetHealth: evaluates,
  };
  return member(number, routing, { target, healthCheck: NONE, ...changes });
}

const plainSecondary = member(2, SECONDARY, { healthCheck: NONE });

/** A PRIMARY alias to a checked record, a SECONDARY with an address alone. */
const primaryAlias = (evaluates: boolean | typeof UNKNOWN = true) =>
  planOf([aliasMember(1, PRIMARY, evaluates), one(1), plainSecondary], [checkOf(1, FAST)]);

/** The PRIMARY has a check too, of which `own` says what it asks and how fast. */
function doubleChecked(own: Partial<HealthCheck>, target: Partial<HealthCheck> = FAST): FailoverPlan {
  const primary = aliasMember(1, PRIMARY, true, { healthCheck: { kind: "check", urn: "urn:own" } });
  return planOf(
    [primary, one(1), plainSecondary],
    [checkOf(1, { urn: "urn:own", ...own }), checkOf(1, target)],
  );
}

/** The PRIMARY leads to weighted aliases, each to a checked record. */
function groupOfAliases(): FailoverPlan {
  const group = `group.${NAME}`;
  const members = weights(1, 1).map((routing, index) =>
    aliasMember(index + 3, routing, true, { name: group }),
  );
  const primary = member(1, PRIMARY, { target: aliasTo(group, true), healthCheck: NONE });
  return planOf([primary, ...members, one(3), one(4), plainSecondary], [checkOf(3, FAST), checkOf(4, FAST)]);
}

const latencyAliases = (evaluates = true) =>
  planOf(
    [
      ...regions("us-east-1", "eu-west-1").map((routing, index) =>
        aliasMember(index + 1, routing, evaluates),
      ),
      one(1),
      one(2),
    ],
    [checkOf(1, FAST), checkOf(2, FAST)],
  );

/** A plain PRIMARY with a check of its own, a SECONDARY alias to a checked record. */
const secondaryAlias = (evaluates = true) =>
  planOf(
    [member(1, PRIMARY), aliasMember(2, SECONDARY, evaluates), one(2)],
    [checkOf(1, FAST), checkOf(2, FAST)],
  );

function setOf(plan: FailoverPlan): AnswerSet {
  return answerSets(plan).find(({ name }) => name === NAME) ?? assert.fail("no set");
}

const boundOf = (plan: FailoverPlan): Bound => recoveryBound(plan, setOf(plan));

function play(plan: FailoverPlan, scenario = "primary-down", cutovers = 10) {
  return simulate({
    plan,
    set: setOf(plan),
    scenario: scenarioByName(scenario) as Scenario,
    cutovers,
    resolvers: 20,
    seed: 1,
    assumptions: ASSUMPTIONS,
  });
}

/** What fails with the set's primary and with the others, and what each check watches. */
function watched(plan: FailoverPlan) {
  const playable = playableSystem(plan, setOf(plan));
  if (playable.kind === "refused") return assert.fail(playable.why);
  const { endpoints, primary, standby, hasSides, checks } = playable.system;
  return {
    primary: primary.map((index) => endpoints[index]),
    standby: standby.map((index) => endpoints[index]),
    hasSides,
    checks: checks.map((check) => [check.urn, check.kind === "endpoint" && endpoints[check.endpoint]]),
  };
}

describe("an alias that evaluates a checked simple record", () => {
  it("is left by that record's check, within a bound that counts the record's TTL", () => {
    const plan = primaryAlias();
    assert.deepEqual(boundOf(plan), sumBound(FAST_SECONDS, 20));
    assert.deepEqual(watched(plan), {
      primary: ["urn:one1"],
      standby: ["urn:m2"],
      hasSides: true,
      checks: [["urn:c1", "urn:one1"]],
    });
  });

  const bounded: [what: string, plan: FailoverPlan, ttlSeconds: number][] = [
    ["a PRIMARY", primaryAlias(), 20],
    ["behind weighted aliases of a PRIMARY", groupOfAliases(), 20],
    ["members by latency", latencyAliases(), 20],
    ["a SECONDARY", secondaryAlias(), 60],
  ];
  for (const [what, plan, ttlSeconds] of bounded) {
    it(`fails over and back within the bound, and no invariant is broken: ${what}`, () => {
      assert.deepEqual(boundOf(plan), sumBound(FAST_SECONDS, ttlSeconds));
      const { outlook, cutover, failback, violations } = play(plan);
      assert.deepEqual([outlook.kind, violations], ["fails-over", []]);
      assert.deepEqual([cutover.stranded, failback.stranded], [0, 0]);
      const { p50 = 0, max = 0 } = cutover.clientSeconds.summary() ?? {};
      assert.ok(p50 > 20 && p50 < max && max <= FAST_SECONDS + 30 + ttlSeconds, `${p50} ${max} s`);
      assert.ok(failback.clientSeconds.count > 0);
    });
  }

  it("breaks no invariant in any scenario, evaluated or not", () => {
    const plans = [
      ...bounded.map(([, plan]) => plan),
      primaryAlias(false),
      secondaryAlias(false),
      doubleChecked(SLOW),
    ];
    for (const [index, plan] of plans.entries()) {
      for (const scenario of scenarioNames()) {
        assert.deepEqual(play(plan, scenario, 2).violations, [], `${index} ${scenario}`);
      }
    }
  });

  it("decides nothing through an alias that does not evaluate it, on either side", () => {
    assert.deepEqual(boundOf(primaryAlias(false)), {
      kind: "unbounded",
      why: "the PRIMARY record has no health check and does not evaluate its target's health",
      change: "set evaluateTargetHealth to true (in place, no price)",
      path: "aliases[0].evaluateTargetHealth",
    });
    assert.equal(play(primaryAlias(false)).outlook.kind, "stays");
    // Nobody's health decides there, so it is no failover at all.
    assert.deepEqual(answerSets(latencyAliases(false)), []);
    assert.deepEqual(boundOf(primaryAlias(UNKNOWN)), {
      kind: "unknown",
      urn: "urn:m1",
      path: "aliases[0].evaluateTargetHealth",
    });
  });

  it("keeps clients off a SECONDARY that is down already, which one that evaluates nothing does not", () => {
    const down = (evaluates: boolean) => {
      const { outlook, cutover } = play(secondaryAlias(evaluates), "standby-down-first");
      return [outlook.kind, cutover.stranded, cutover.authoritativeSeconds.count];
    };
    assert.deepEqual(down(true), ["open", 200, 0]);
    assert.deepEqual(down(false), ["fails-over", 200, 10 * ASSUMPTIONS.nameServers]);
    const both = play(secondaryAlias(), "both-down");
    assert.deepEqual([both.outlook.kind, both.failback.stranded, both.violations], ["open", 0, []]);
  });

  it("has no bound where that check follows the failover, or takes the SECONDARY with it", () => {
    const asksForName = checkOf(1, { ...FAST, ipAddress: undefined, fqdn: NAME });
    assert.deepEqual(boundOf({ ...primaryAlias(), healthChecks: [asksForName] }), {
      kind: "unbounded",
      why: `the health check probes ${NAME}, the name whose answers it decides, so its result follows the failover`,
      change: "set its fqdn to the record's own host name (in place, no price)",
    });
    const tied = (ipAddress: string) => {
      const plan = planOf(
        [aliasMember(1, PRIMARY), one(1), aliasMember(2, SECONDARY), one(2)],
        [checkOf(1, FAST), checkOf(2, { ...FAST, ipAddress })],
      );
      const bound = boundOf(plan);
      return [bound.kind === "unbounded" ? bound.why : bound.kind, play(plan).outlook.kind];
    };
    assert.deepEqual(tied(addressOf(2)), ["bound", "fails-over"]);
    assert.deepEqual(tied(addressOf(1)), [
      `the urn:one2 record's health check probes ${addressOf(1)}, the PRIMARY record's endpoint, so it fails with that ` +
        "and Route 53 answers PRIMARY",
      "open",
    ]);
  });

  it("names the SECONDARY where the PRIMARY's target has a check of that", () => {
    const plan = planOf(
      [aliasMember(1, PRIMARY), one(1), aliasMember(2, SECONDARY), one(2)],
      [checkOf(1, { ...FAST, ipAddress: addressOf(2) }), checkOf(2, FAST)],
    );
    const bound = boundOf(plan);
    assert.match(
      bound.kind === "unbounded" ? bound.why : bound.kind,
      /^the health check probes 198\.51\.100\.2, the SECONDARY record's endpoint, so it stays healthy/,
    );
    assert.deepEqual(watched(plan).checks, [
      ["urn:c1", "urn:one2"],
      ["urn:c2", "urn:one2"],
    ]);
    assert.equal(play(plan).outlook.kind, "stays");
  });

  it("is seen through a chain of aliases that all evaluate, and through no CNAME", () => {
    const chain = (evaluates: boolean) =>
      planOf(
        [
          member(1, PRIMARY, { target: aliasTo(nameOf(3), true), healthCheck: NONE }),
          one(3, { target: aliasTo(nameOf(1), evaluates), healthCheck: NONE }),
          one(1),
          plainSecondary,
        ],
        [checkOf(1, FAST)],
      );
    assert.deepEqual(boundOf(chain(true)), sumBound(FAST_SECONDS, 20));
    assert.deepEqual(watched(chain(true)).primary, ["urn:one1"]);
    assert.equal(boundOf(chain(false)).kind, "unbounded");
    assert.deepEqual(watched(chain(false)).primary, ["urn:m1"]);
    const toGroup = groupOfAliases();
    const unasked = toGroup.recordSets.map((each) =>
      each.urn === "urn:m1" ? { ...each, target: aliasTo(nameOf(1)) } : each,
    );
    const passing = one(1, { target: aliasTo(`group.${NAME}`, true), healthCheck: NONE });
    assert.equal(boundOf({ ...toGroup, recordSets: [...unasked, passing] }).kind, "unbounded");
    const cname = (number: number, values: string[], role: Routing) =>
      member(number, role, {
        type: "CNAME",
        target: { kind: "values", values, ttlSeconds: 60 },
        healthCheck: NONE,
      });
    const cnames = planOf(
      [cname(1, [nameOf(1)], PRIMARY), cname(2, [nameOf(2)], SECONDARY), one(1), one(2)],
      [checkOf(1, FAST), checkOf(2, FAST)],
    );
    assert.deepEqual(boundOf(cnames), { kind: "unbounded", why: "the PRIMARY record has no health check" });
    assert.equal(play(cnames).outlook.kind, "stays");
  });
});

describe("an alias with a check of its own that evaluates a checked record", () => {
  it("breaks no promise where the faster check is deleted and the slower is left", () => {
    const left = { requestIntervalSeconds: 30, failureThreshold: 10 } as const;
    const { outlook, cutover, violations } = play(doubleChecked(FAST, left), "check-deleted");
    assert.deepEqual([outlook.kind, cutover.stranded, violations], ["fails-over", 0, []]);
    const { max = 0 } = cutover.clientSeconds.summary() ?? {};
    assert.ok(max > sumBound(FAST_SECONDS, 20).rtoSeconds, `${max} s: the slower one decides`);
  });

  const stranger = { ipAddress: undefined, fqdn: "monitor.example.net" };

  it("counts the faster of two checks that both see the whole fault, and one that does against one that may not", () => {
    const seconds = (own: Partial<HealthCheck>, target: Partial<HealthCheck>) => {
      const bound = boundOf(doubleChecked(own, target));
      return bound.kind === "bound" ? bound.detectionSeconds : bound.kind;
    };
    assert.equal(seconds(SLOW, FAST), FAST_SECONDS);
    assert.equal(seconds(FAST, SLOW), FAST_SECONDS);
    assert.equal(seconds({ ...SLOW, ...stranger }, FAST), FAST_SECONDS);
    assert.equal(seconds(FAST, { ...SLOW, ...stranger }), FAST_SECONDS);
    assert.equal(seconds({ ...FAST, ...stranger }, SLOW), SLOW_SECONDS);
    assert.equal(seconds(SLOW, { ...FAST, ...stranger }), SLOW_SECONDS);
    assert.equal(seconds({ ...SLOW, ...stranger }, { ...FAST, ...stranger }), SLOW_SECONDS);
    assert.equal(seconds({ ...FAST, disabled: true }, SLOW), SLOW_SECONDS);
    assert.equal(seconds({ ...FAST, inverted: true }, SLOW), "unbounded");
  });

  it("is left by the faster, and comes back by the slower", () => {
    const plan = doubleChecked(SLOW);
    const { cutover, failback, violations } = play(plan);
    assert.deepEqual([cutover.stranded, failback.stranded, violations], [0, 0, []]);
    const { p50 = 0, max = 0 } = cutover.clientSeconds.summary() ?? {};
    assert.ok(p50 > 20 && p50 < 45 && max <= FAST_SECONDS + 30 + 20, `${p50} ${max} s`);
    assert.ok((cutover.unhealthySeconds.summary()?.max ?? 99) <= FAST_SECONDS);
    assert.deepEqual(recoveryBound(plan, setOf(plan), "failback"), sumBound(SLOW_SECONDS, 60));
    assert.deepEqual(watched(plan).checks, [
      ["urn:own", "urn:one1"],
      ["urn:c1", "urn:one1"],
    ]);
  });

  it("is left by the other where its own is deleted", () => {
    const { cutover, violations } = play(doubleChecked(SLOW), "check-deleted");
    assert.deepEqual([cutover.stranded, violations], [0, []]);
    const { p50 = 0 } = cutover.clientSeconds.summary() ?? {};
    assert.ok(p50 > 20 && p50 < 45, `${p50} s`);
  });
});
