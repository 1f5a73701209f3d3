import { runSimulation, runSimulations } from "../drill/simulation-run";
import type { FailoverPair, FailoverPlan } from "../model/failover-plan";
import { planFromResources } from "../model/plan-from-resources";
import { asOfDay } from "../policy/as-of";
import { evaluate, idleCostIn } from "../policy/evaluate";
import { playableSystem } from "../rehearsal/simulation/played-system";
import type { RehearsalSteps, Unplayable } from "./rehearse";
import type { StackSource } from "./stack-source";
import { standUp } from "./stand-up";

/**
 * The real parts, over the stack that the arguments name. The two that take long to load are loaded when they are
 * needed: an interrupt is not heard meanwhile, and the program can start before.
 */
export function rehearsalSteps(source: StackSource): RehearsalSteps {
  return {
    standUp: (signal) => standUp(source, signal),
    plan: planFromResources,
    // The stack's own objectives are what its settings promise; the pack's defaults are for stacks without any.
    evaluate: (resources, { rtoSeconds, standbyMonthlyUsd }, phase) =>
      evaluate(
        resources,
        {
          "failover-rto": { rtoSecondsLimit: rtoSeconds },
          "standby-idle-cost": { monthlyUsdLimit: standbyMonthlyUsd },
        },
        { phase, asOf: asOfDay(process.env, new Date()) },
      ),
    idleCost: (resources) => idleCostIn(resources),
    simulate: async ({ plan, pair, scenario, cutovers, resolvers, seed, onProgress, onSample }, signal) => {
      const obstacle = unplayable(plan, pair);
      if (obstacle) return obstacle;
      return runSimulation({ plan, pair, scenario, cutovers, resolvers, seed, onProgress, onSample }, signal);
    },
    simulateEach: async ({ plan, pair, cutovers, resolvers, seed }, scenarios, signal, onDone) => {
      const obstacle = unplayable(plan, pair);
      if (obstacle) return obstacle;
      await runSimulations({ plan, pair, cutovers, resolvers, seed }, scenarios, signal, onDone);
      return undefined;
    },
    loopback: ({ plan, pair, scenario, speed, seed, replicationLagMs, signal, onSample }) =>
      loopback().runLoopback({ plan, pair, scenario, speed, seed, replicationLagMs, signal, onSample }),
    tearDown: (resources) => teardown().tearDown(resources),
  };
}

function unplayable(plan: FailoverPlan, pair: FailoverPair): Unplayable | undefined {
  const playable = playableSystem(plan, pair);
  return playable.kind === "refused"
    ? { unplayable: `the failure cannot be simulated: ${playable.why}` }
    : undefined;
}

const loopback = () =>
  require("../rehearsal/loopback/loopback") as typeof import("../rehearsal/loopback/loopback");
const teardown = () =>
  require("../rehearsal/standin/teardown") as typeof import("../rehearsal/standin/teardown");
