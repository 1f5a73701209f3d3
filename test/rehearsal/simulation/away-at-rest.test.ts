import assert from "node:assert/strict";
import { answerSets } from "../../../model/answer-sets";
import type { FailoverPlan, HealthCheck } from "../../../model/failover-plan";
import { recoveryBound } from "../../../model/recovery-bound";
import { AnswerBook } from "../../../rehearsal/simulation/answer-book";
import { isAwayAtRest } from "../../../rehearsal/simulation/outlook";
import { type Scenario, scenarioByName, scenarioNames } from "../../../rehearsal/simulation/scenario";
import { simulate } from "../../../rehearsal/simulation/simulate";
import { aliasTo, healthCheck, NAME, planOf, record } from "./plan-fixture";
import {
  addressOf,
  checkOf,
  member,
  pairOfWeights,
  regionsOfPairs,
  routedPlan,
  weights,
} from "./set-fixture";
import { calculatedPlan, systemOf } from "./system-fixture";

const SIZE = { cutovers: 3, resolvers: 20 };
const ALL = SIZE.cutovers * SIZE.resolvers;

function play(plan: FailoverPlan, scenario: string) {
  const set = answerSets(plan).find(({ name }) => name === NAME) ?? assert.fail("no set");
  const bound = recoveryBound(plan, set);
  return {
    bound,
    ...simulate({ plan, set, scenario: scenarioByName(scenario) as Scenario, seed: 1, ...SIZE }),
  };
}

/** Two addresses; the PRIMARY's check is this one. */
function pairWith(check: Partial<HealthCheck>): FailoverPlan {
  return planOf(
    [
      member(1, { kind: "failover", role: "PRIMARY" }),
      member(2, { kind: "failover", role: "SECONDARY" }, { healthCheck: { kind: "none" } }),
    ],
    [checkOf(1, check)],
  );
}

describe("a check that watches something else than its record", () => {
  it("stays, and nobody comes over, as its bound says", () => {
    for (const ipAddress of [addressOf(2), "192.0.2.99"]) {
      const { bound, outlook, cutover, violations } = play(pairWith({ ipAddress }), "primary-down");
      assert.deepEqual([bound.kind, outlook.kind], ["unbounded", "stays"]);
      assert.deepEqual([cutover.stranded, violations], [ALL, []]);
    }
    const own = play(pairWith({}), "primary-down");
    assert.deepEqual([own.bound.kind, own.outlook.kind, own.cutover.stranded], ["bound", "fails-over", 0]);
  });

  it("turns by the loss of what it watches: the standby's leads to a standby that is down", () => {
    const shared = play(pairWith({ ipAddress: addressOf(2) }), "standby-down-first");
    const elsewhere = play(pairWith({ ipAddress: "192.0.2.99" }), "standby-down-first");
    const lost = ({ requests }: typeof shared) => requests.failed / requests.sent;
    assert.ok(lost(shared) > 1.5 * lost(elsewhere), `${lost(shared)} ${lost(elsewhere)}`);
  });
});

describe("a pair that rests at its standby", () => {
  const AWAY: [what: string, plan: FailoverPlan][] = [
    ["an inverted check", pairWith({ inverted: true })],
    ["a disabled and inverted one", pairWith({ inverted: true, disabled: true })],
    ["a threshold that no children reach", calculatedPlan(4)],
    ["a weighted member with an inverted check", routedPlan(weights(1, 1), { check: { inverted: true } })],
  ];

  it("is told from one that does not", () => {
    const isAway = (plan: FailoverPlan) => {
      const system = systemOf(plan);
      return isAwayAtRest(system, new AnswerBook(system));
    };
    // When nothing is healthy, everything counts as healthy: the weighted members all serve.
    assert.deepEqual(
      [...AWAY.map(([, plan]) => plan), pairWith({}), pairWith({ disabled: true })].map(isAway),
      [true, true, true, false, false, false],
    );
  });

  it("has no cutover and no failback to measure, in any scenario, and tells what fails", () => {
    for (const [what, plan] of AWAY.slice(0, 2)) {
      for (const name of scenarioNames()) {
        const { cutover, failback, outlook, violations, requests } = play(plan, name);
        assert.equal(outlook.kind, "open", `${what} ${name}`);
        for (const { clientSeconds, authoritativeSeconds, stranded, untouched } of [cutover, failback]) {
          assert.deepEqual(
            [clientSeconds.count, authoritativeSeconds.count, stranded, untouched],
            [0, 0, 0, ALL],
            `${what} ${name}`,
          );
        }
        assert.deepEqual([cutover.unhealthySeconds.count, failback.healthySeconds.count], [0, 0]);
        assert.deepEqual(violations, []);
        assert.equal(requests.sent, requests.served + requests.failed);
      }
    }
  });

  it("is led to the primary once that has failed, unless the check is disabled too", () => {
    const failedLast = (plan: FailoverPlan) => {
      const { sent, failed } = play(plan, "primary-down").failedShare.at(-2) ?? assert.fail("no outage");
      return failed / sent;
    };
    assert.equal(failedLast(pairWith({ inverted: true })), 1);
    assert.equal(failedLast(pairWith({ inverted: true, disabled: true })), 0);
  });
});

describe("what happens to the checks of a tree", () => {
  it("happens to those that its records rest on, a simple one behind an alias too", () => {
    const name = `end.${NAME}`;
    const aliasToSimple = planOf(
      [
        record({ urn: "urn:end", name, healthCheck: { kind: "check", urn: "urn:c1" } }),
        record({
          urn: "urn:alias",
          routing: { kind: "failover", role: "PRIMARY" },
          target: aliasTo(name, true),
        }),
        member(2, { kind: "failover", role: "SECONDARY" }, { healthCheck: { kind: "none" } }),
      ],
      [healthCheck({ urn: "urn:c1", fqdn: name })],
    );
    for (const plan of [pairOfWeights(), regionsOfPairs(), aliasToSimple]) {
      const inverted = play(plan, "check-inverted");
      assert.deepEqual([inverted.outlook.kind, inverted.cutover.stranded], ["fails-over", 0]);
      const deleted = play(plan, "check-deleted");
      assert.deepEqual([deleted.outlook.kind, deleted.cutover.authoritativeSeconds.count], ["open", 0]);
      assert.deepEqual([...inverted.violations, ...deleted.violations], []);
    }
  });

  it("finds nothing, and breaks nothing, where no check decides", () => {
    const plan = pairOfWeights();
    const without = {
      ...plan,
      recordSets: plan.recordSets.map((each) => ({ ...each, healthCheck: { kind: "none" as const } })),
    };
    for (const name of ["check-inverted", "check-deleted", "control-plane-gone"]) {
      const { violations, outlook } = play(without, name);
      assert.deepEqual([violations, outlook.kind], [[], "stays"], name);
    }
  });
});
