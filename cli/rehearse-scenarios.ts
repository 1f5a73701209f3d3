import { countText } from "../drill/report/figures";
import { failoverPairs } from "../model/failover-plan";
import { recoveryBound } from "../model/recovery-bound";
import { type Scenario, scenarioByName, scenarioNames } from "../rehearsal/simulation/scenario";
import { EXIT, type ExitCode } from "./exit-codes";
import { stopIfInterrupted } from "./interrupts";
import type { Io } from "./io";
import { type RehearsalOptions, type RehearsalSteps, type SimulatedFigures, slowestPair } from "./rehearse";
import { UserError } from "./user-error";

/** One scenario and what came of it. */
interface PlayedScenario {
  readonly scenario: Scenario;
  readonly result: SimulatedFigures;
}

/**
 * Plays every scenario under the virtual clock against the pair that recovers slowest, and tells each in one line
 * on stderr; with `json` the figures go to stdout. Misses the objective when an invariant breaks, or when compliant
 * clients take longer than it though the checks see the fault.
 * @param sourceWords the arguments that name the stack, for the command that replays a violation.
 * @throws UserError for a stack that cannot be stood up by mistake, Error for one that fails.
 */
export async function rehearseScenarios(
  numbers: Omit<RehearsalOptions, "scenario">,
  steps: RehearsalSteps,
  sourceWords: readonly string[],
  json: boolean,
  io: Io,
): Promise<ExitCode> {
  const stoodUp = await steps.standUp(io.signal);
  await stopIfInterrupted(io.signal);
  if (stoodUp.kind === "invalid") throw new UserError([...stoodUp.messages]);
  if (stoodUp.kind === "failed") throw new Error(stoodUp.message);
  const plan = steps.plan(stoodUp.resources);
  const played = slowestPair(failoverPairs(plan).map((pair) => ({ pair, bound: recoveryBound(plan, pair) })));
  if (!played) {
    io.stderr.write("warm-standby: the stack has no failover pair to play\n");
    return EXIT["not-measured"];
  }
  const { pair, bound } = played;
  const boundText =
    bound.kind === "bound" ? `at most ${bound.rtoSeconds} s by arithmetic` : "without a bound";
  io.stderr.write(`${pair.name} ${pair.type}, recovery ${boundText}\n${HEADINGS}\n`);
  const results: PlayedScenario[] = [];
  const scenarios = scenarioNames().map((name) => scenarioByName(name) as Scenario);
  const obstacle = await steps.simulateEach(
    { ...numbers, plan, pair },
    scenarios,
    io.signal,
    (scenario, result) => {
      results.push({ scenario, result });
      for (const line of scenarioLines({ scenario, result }, sourceWords)) io.stderr.write(`${line}\n`);
    },
  );
  await stopIfInterrupted(io.signal);
  if (obstacle) {
    io.stderr.write(`warm-standby: ${obstacle.unplayable}\n`);
    return EXIT["not-measured"];
  }
  const { cutovers, resolvers, seed } = numbers;
  io.stderr.write(
    `${countText(cutovers)} cutovers x ${countText(resolvers)} resolvers each, seed ${seed}. over, back: median client from the\n` +
      "fault or the heal; stranded: clients that never came, over or back; failed: of\n" +
      "all requests; not seen: no checker can see the fault.\n",
  );
  if (json) io.stdout.write(`${JSON.stringify(results.map(jsonOf), undefined, 2)}\n`);
  return exitCodeOf(results, stoodUp.objectives.rtoSeconds);
}

/** The width of the names' column, and those of the figures' columns. */
const NAME_COLUMN = Math.max(...scenarioNames().map(({ length }) => length)) + 1;
const FIGURE_COLUMNS = [9, 9, 9, 10, 8];

const HEADINGS = tableLine("scenario", ["over", "slowest", "back", "stranded", "failed"]);

/** The scenario's line, and below it what must not be. */
export function scenarioLines(
  { scenario, result }: PlayedScenario,
  sourceWords: readonly string[],
): string[] {
  const { cutover, failback, requests, outlook } = result;
  const figures = [
    secondsOf(cutover.clientSeconds?.p50),
    secondsOf(cutover.clientSeconds?.max),
    secondsOf(failback.clientSeconds?.p50),
    countText(cutover.stranded + failback.stranded),
    requests.sent === 0 ? "-" : `${Math.round((100 * requests.failed) / requests.sent)} %`,
  ];
  const note = outlook === "stays" ? "  not seen" : "";
  const violations = result.violations.map((violation) => {
    const replayed = violation.includes("; replay: ") ? ` ${sourceWords.join(" ")}` : "";
    return `  invariant violated: ${violation}${replayed}`;
  });
  return [`${tableLine(scenario.name, figures)}${note}`, ...violations];
}

function tableLine(name: string, figures: readonly string[]): string {
  const cells = figures.map((figure, column) => figure.padStart(FIGURE_COLUMNS[column] ?? 0));
  return `${name.padEnd(NAME_COLUMN)}${cells.join("")}`;
}

function secondsOf(seconds: number | undefined): string {
  return seconds === undefined ? "-" : `${seconds.toFixed(1)} s`;
}

function jsonOf({ scenario, result }: PlayedScenario): unknown {
  const { name, title } = scenario;
  const { plots: _, ...figures } = result;
  return { scenario: name, title, ...figures };
}

function exitCodeOf(results: readonly PlayedScenario[], rtoSeconds: number): ExitCode {
  const figures = results.flatMap(({ scenario, result }) =>
    "unplayable" in result ? [] : [{ scenario, result }],
  );
  if (figures.length === 0) return EXIT["not-measured"];
  const isMissed = figures.some(({ scenario, result: { violations, outlook, cutover } }) => {
    const isLate = (cutover.clientSeconds?.max ?? 0) >= rtoSeconds;
    return violations.length > 0 || (outlook === "fails-over" && !scenario.clients && isLate);
  });
  return isMissed ? EXIT.missed : EXIT.met;
}
