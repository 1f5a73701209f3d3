import { countText } from "../drill/report/figures";
import { type AnswerSet, memberName } from "../model/answer-sets";
import { type Scenario, scenarioByName, scenarioNames } from "../rehearsal/simulation/scenario";
import { EXIT, type ExitCode } from "./exit-codes";
import { stopIfInterrupted } from "./interrupts";
import { type Io, writeLine } from "./io";
import type { RehearsalOptions, RehearsalSteps, SimulatedFigures } from "./rehearse";
import { memberProblem, playedWords, rehearsedSets } from "./rehearsed-sets";
import { violationOf } from "./replay-words";
import type { SourceArguments } from "./stack-source";
import { UserError } from "./user-error";

/** One scenario and what came of it for one set of answers. */
interface PlayedScenario {
  readonly scenario: Scenario;
  readonly result: SimulatedFigures;
}

/**
 * Plays every scenario under the virtual clock against every set of answers that can be played, the one that
 * recovers slowest first, and tells each in one line on stderr; with `json` the figures go to stdout. Misses the
 * objective when an invariant breaks, or when compliant clients take longer than it though the checks see the fault;
 * where something that would fail over cannot be rehearsed, nothing is met.
 * @param source the arguments that name the stack, for the command that replays a violation.
 * @throws UserError for a stack that cannot be stood up by mistake, Error for one that fails.
 */
export async function rehearseScenarios(
  numbers: Omit<RehearsalOptions, "scenario">,
  steps: RehearsalSteps,
  source: SourceArguments,
  json: boolean,
  io: Io,
): Promise<ExitCode> {
  const stoodUp = await steps.standUp(io.signal);
  await stopIfInterrupted(io.signal);
  if (stoodUp.kind === "invalid") throw new UserError([...stoodUp.messages]);
  if (stoodUp.kind === "failed") throw new Error(stoodUp.message);
  const plan = steps.plan(stoodUp.resources);
  const problem = memberProblem(plan, numbers.member);
  if (problem !== undefined) throw new UserError([problem]);
  const { playable, unrehearsed, notes } = rehearsedSets(plan, steps.obstacle, numbers.member);
  const scenarios = scenarioNames().map((name) => scenarioByName(name) as Scenario);
  const results: (PlayedScenario & { readonly set: AnswerSet })[] = [];
  for (const { set, bound } of playable) {
    const boundText =
      bound.kind === "bound" ? `at most ${bound.rtoSeconds} s by arithmetic` : "without a bound";
    writeLine(io.stderr, `${playedWords(set)}, recovery ${boundText}`);
    writeLine(io.stderr, HEADINGS);
    await steps.simulateEach({ ...numbers, plan, set }, scenarios, io.signal, (scenario, result) => {
      results.push({ set, scenario, result });
      for (const line of scenarioLines({ scenario, result }, source)) writeLine(io.stderr, line);
    });
    await stopIfInterrupted(io.signal);
  }
  if (results.length > 0) {
    const { cutovers, resolvers, seed } = numbers;
    io.stderr.write(
      `${countText(cutovers)} cutovers x ${countText(resolvers)} resolvers each, seed ${seed}. over, back: median client from the\n` +
        "fault or the heal; stranded: clients that never came, over or back; failed: of\n" +
        "all requests; not seen: no checker can see the fault.\n",
    );
    if (json) io.stdout.write(`${JSON.stringify(results.map(jsonOf), undefined, 2)}\n`);
  }
  for (const { name, type, outcome } of unrehearsed) {
    if (outcome.kind === "not-rehearsed")
      writeLine(io.stderr, `warm-standby: ${name} ${type} was not rehearsed: ${outcome.why}`);
  }
  for (const note of [...notes, ...stoodUp.notes]) writeLine(io.stderr, `note: ${note}`);
  if (results.length === 0 && unrehearsed.length === 0) {
    io.stderr.write("warm-standby: the stack has no failover pair to play\n");
  }
  if (results.length === 0) return EXIT["not-measured"];
  if (isMissed(results, stoodUp.objectives.rtoSeconds)) return EXIT.missed;
  return unrehearsed.length > 0 ? EXIT["not-measured"] : EXIT.met;
}

/** The width of the names' column, and those of the figures' columns. */
const NAME_COLUMN = Math.max(...scenarioNames().map(({ length }) => length)) + 1;
const FIGURE_COLUMNS = [9, 9, 9, 10, 8];

const HEADINGS = tableLine("scenario", ["over", "slowest", "back", "stranded", "failed"]);

/** The scenario's line, and below it what must not be. */
export function scenarioLines({ scenario, result }: PlayedScenario, source: SourceArguments): string[] {
  const { cutover, failback, requests, outlook } = result;
  const figures = [
    secondsOf(cutover.clientSeconds?.p50),
    secondsOf(cutover.clientSeconds?.max),
    secondsOf(failback.clientSeconds?.p50),
    countText(cutover.stranded + failback.stranded),
    requests.sent === 0 ? "-" : `${Math.round((100 * requests.failed) / requests.sent)} %`,
  ];
  const note = outlook === "stays" ? "  not seen" : "";
  const violations = result.violations.map(
    (violation) => `  invariant violated: ${violationOf(violation, source)}`,
  );
  return [`${tableLine(scenario.name, figures)}${note}`, ...violations];
}

function tableLine(name: string, figures: readonly string[]): string {
  const cells = figures.map((figure, column) => figure.padStart(FIGURE_COLUMNS[column] ?? 0));
  return `${name.padEnd(NAME_COLUMN)}${cells.join("")}`;
}

function secondsOf(seconds: number | undefined): string {
  return seconds === undefined ? "-" : `${seconds.toFixed(1)} s`;
}

function jsonOf({ set, scenario, result }: PlayedScenario & { readonly set: AnswerSet }): unknown {
  const { name, title } = scenario;
  const { plots: _, ...figures } = result;
  return { set: `${set.name} ${set.type}`, lost: memberName(set.primary), scenario: name, title, ...figures };
}

function isMissed(results: readonly PlayedScenario[], rtoSeconds: number): boolean {
  return results.some(({ scenario, result: { violations, outlook, cutover } }) => {
    const isLate = (cutover.clientSeconds?.max ?? 0) >= rtoSeconds;
    return violations.length > 0 || (outlook === "fails-over" && !scenario.clients && isLate);
  });
}
