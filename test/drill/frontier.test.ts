import assert from "node:assert/strict";
import { rehearsedFrontier, runFrontier } from "../../drill/frontier";
import { type AnswerSet, answerSets } from "../../model/answer-sets";
import { planFromResources } from "../../model/plan-from-resources";
import type { StackResource } from "../../model/stack-resource";
import type { Scenario } from "../../rehearsal/simulation/scenario";
import { primaryDown } from "../../rehearsal/simulation/scenarios/primary-down";
import { primaryHangs } from "../../rehearsal/simulation/scenarios/primary-hangs";
import { readStack } from "../../rehearsal/standin/deployment";
import { pythonServers } from "../cli/foreign-stacks";

function stack(): StackResource[] {
  return readStack(JSON.parse(pythonServers().export())).resources;
}

function anySet(): AnswerSet {
  const [set] = answerSets(planFromResources(stack()));
  return set ?? assert.fail();
}

function frontier(resources: readonly StackResource[]) {
  return rehearsedFrontier(resources, anySet(), primaryDown, 1);
}

describe("drill/frontier", function () {
  // It plays thirty settings, twice; a busy machine takes its time.
  this.timeout(60_000);

  it("plays the grid of a stack's own records, the current setting among it, twice the same", async () => {
    const first = frontier(stack());
    assert.ok(first.kind === "swept");
    assert.deepEqual([first.settings.length, first.cutovers, first.resolvers], [30, 20, 40]);
    const current = first.settings.filter(({ isCurrent }) => isCurrent);
    assert.deepEqual(
      current.map(({ intervalSeconds, failureThreshold, ttlSeconds }) => [
        intervalSeconds,
        failureThreshold,
        ttlSeconds,
      ]),
      [[30, 2, 60]],
    );
    // The second time in the thread of its own, where what is not known yet must arrive as that.
    const order = { resources: stack(), set: anySet(), scenario: primaryDown, seed: 1 };
    const again = await runFrontier(order, new AbortController().signal);
    assert.equal(JSON.stringify(again), JSON.stringify(first));
  });

  it("plays the scenario that it is given, and names it", () => {
    const of = (scenario: Scenario) => {
      const found = rehearsedFrontier(stack(), anySet(), scenario, 1);
      assert.ok(found.kind === "swept");
      return found;
    };
    const [down, hangs] = [of(primaryDown), of(primaryHangs)];
    assert.deepEqual([down.scenario, hangs.scenario], ["primary-down", "primary-hangs"]);
    assert.notDeepEqual(hangs.settings, down.settings);
  });

  it("says why there is none", () => {
    const many = Array.from({ length: 1_501 }, () => stack()[0] as StackResource);
    assert.deepEqual(frontier(many), {
      kind: "absent",
      why: 'the stack has 1501 resources, and each setting prices them all; see "warm-standby sweep"',
    });
    assert.deepEqual(frontier([]), {
      kind: "absent",
      why: "the stack has no failover pair to play",
    });
  });

  it("ends at once where it is interrupted, in the middle or before", async () => {
    const interrupted = new Error("interrupted");
    const order = { resources: stack(), set: anySet(), scenario: primaryDown, seed: 1 };
    const controller = new AbortController();
    const run = runFrontier(order, controller.signal);
    setTimeout(() => controller.abort(interrupted), 50);
    await assert.rejects(run, interrupted);
    await assert.rejects(runFrontier(order, controller.signal), interrupted);
  });
});
