import assert from "node:assert/strict";
import { planFromResources } from "../../../model/plan-from-resources";
import { recoveryBound } from "../../../model/recovery-bound";
import { runLoopback } from "../../../rehearsal/loopback/loopback";
import { type PlainScenario, plainScenario, scenarioByName } from "../../../rehearsal/simulation/scenario";
import { readStack } from "../../../rehearsal/standin/deployment";
import { pythonServers } from "../../cli/foreign-stacks";
import { onlySet } from "../simulation/plan-fixture";

/** Servers that no program of ours stood up: stubs answer for them. */
describe("rehearsal/loopback, servers of another program", function () {
  this.timeout(30_000);

  it("fails over and back on real sockets", async () => {
    const { resources } = readStack(JSON.parse(pythonServers().export()));
    const plan = planFromResources(resources);
    const set = onlySet(plan);
    const scenario = plainScenario(scenarioByName("primary-down") as never) as PlainScenario;
    const result = await runLoopback({
      plan,
      set,
      scenario,
      speed: 100,
      seed: 1,
      replicationLagMs: 500,
      app: "",
      signal: new AbortController().signal,
      onSample: () => {},
    });
    const bound = recoveryBound(plan, set);
    assert.ok(bound.kind === "bound" && result.clientSeconds !== null && result.failbackSeconds !== null);
    // Two failures 30 s apart are never seen sooner than after one interval.
    assert.ok(
      result.clientSeconds > 30 && result.clientSeconds < 2 * bound.rtoSeconds,
      `${result.clientSeconds}`,
    );
    assert.ok(result.failed > 0 && result.requests > result.failed);
  });
});
