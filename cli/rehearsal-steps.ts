import { runFrontier } from "../drill/frontier";
import { runSimulation, runSimulations } from "../drill/simulation-run";
import { rehearsablePlan } from "../model/taken-addresses";
import { asOfDay } from "../policy/as-of";
import { evaluate, idleCostIn } from "../policy/evaluate";
import { playableSystem } from "../rehearsal/simulation/played-system";
import { findResourceType } from "../rehearsal/standin/aws/catalogue";
import { withObjectives } from "./policy-config";
import type { RehearsalSteps } from "./rehearse";
import type { StackSource } from "./stack-source";
import { standUp } from "./stand-up";

/**
 * The real parts, over the stack that the arguments name. The two that take long to load are loaded when they are
 * needed: an interrupt is not heard meanwhile, and the program can start before.
 */
export function rehearsalSteps(source: StackSource): RehearsalSteps {
  return {
    standUp: (signal) => standUp(source, signal),
    plan: (resources) => rehearsablePlan(resources),
    evaluate: (resources, objectives, phase) =>
      evaluate(resources, withObjectives({}, objectives), { phase, asOf: today() }),
    idleCost: (resources) => idleCostIn(resources, {}, undefined, today()),
    obstacle: (plan, set) => {
      const playable = playableSystem(plan, set);
      return playable.kind === "refused" ? `the failure cannot be simulated: ${playable.why}` : undefined;
    },
    simulate: ({ plan, set, scenario, cutovers, resolvers, seed, onProgress, onSample }, signal) =>
      runSimulation({ plan, set, scenario, cutovers, resolvers, seed, onProgress, onSample }, signal),
    simulateEach: async ({ plan, set, cutovers, resolvers, seed }, scenarios, signal, onDone) => {
      await runSimulations({ plan, set, cutovers, resolvers, seed }, scenarios, signal, onDone);
    },
    frontier: (resources, set, { scenario, seed }, signal) =>
      runFrontier({ resources, set, scenario, seed }, signal),
    // Only a program of ours has code to run at its endpoints; whatever else was exported gets stubs.
    loopback: ({ system, ...options }) =>
      loopback().runLoopback({ ...options, app: source.kind === "program" ? system : "" }),
    tearDown: (resources) => {
      const done = teardown().tearDown(resources);
      // What stays of a stack that was never stood up here, because nobody here knows how to delete it, tells nothing.
      const isForeign = source.kind === "state" && done.left.some(({ type }) => !findResourceType(type));
      return isForeign ? undefined : done;
    },
  };
}

const today = () => asOfDay(process.env, new Date());
const loopback = () =>
  require("../rehearsal/loopback/loopback") as typeof import("../rehearsal/loopback/loopback");
const teardown = () =>
  require("../rehearsal/standin/teardown") as typeof import("../rehearsal/standin/teardown");
