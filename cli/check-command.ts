import { type CostFigures, costFigures, type PolicyFigures, policyFigures } from "../drill/report/report";
import { terminalCheck } from "../drill/report/terminal";
import { costEntries } from "../drill/report/view";
import { EXIT, type ExitCode } from "./exit-codes";
import { type Io, wantsColor } from "./io";
import type { RehearsalSteps } from "./rehearse";
import { realSteps } from "./rehearse-command";
import type { CheckArguments } from "./run-command";
import { type StackSource, stackSource } from "./stack-source";
import { UserError } from "./user-error";

type CheckSteps = Pick<RehearsalSteps, "standUp" | "evaluate" | "idleCost">;

/** `warm-standby check`: what the pack says of a stack, and what it costs idle, without playing anything. */
export async function checkCommand(
  given: CheckArguments,
  problems: string[],
  io: Io,
  makeSteps: (source: StackSource) => CheckSteps = realSteps,
): Promise<ExitCode> {
  const source = stackSource(given, io.cwd, problems);
  if (problems.length > 0) throw new UserError(problems);
  const steps = makeSteps(source);
  const stoodUp = await steps.standUp(io.signal);
  if (io.signal.aborted) {
    io.stderr.write("warm-standby: interrupted\n");
    return EXIT["not-measured"];
  }
  if (stoodUp.kind === "invalid") throw new UserError(stoodUp.messages);
  if (stoodUp.kind === "failed") throw new Error(stoodUp.message);
  const { resources, objectives, system, stack } = stoodUp;
  const costReport = steps.idleCost(resources);
  const cost = costFigures(costReport);
  const policy = policyFigures(steps.evaluate(resources, objectives));
  const title = `${system} (${stack}): ${resources.length} resources`;
  const entries = costEntries(costReport);
  io.stderr.write(
    terminalCheck({ title, cost, costEntries: entries, policy }, { color: wantsColor(io, io.stderr) }),
  );
  if (given.json) io.stdout.write(`${JSON.stringify({ cost, policy }, null, 2)}\n`);
  return EXIT[isMissed(cost, policy, objectives.standbyMonthlyUsd) ? "missed" : "met"];
}

/** The budget is an open bound, and a sum that is not known is not within it. */
function isMissed(cost: CostFigures, policy: PolicyFigures, budgetUsd: number): boolean {
  const withinBudget = cost.standbyMonthlyUsd !== null && cost.standbyMonthlyUsd < budgetUsd;
  return !withinBudget || policy.violations.some(({ level }) => level === "mandatory");
}
