import { countText } from "../drill/report/figures";
import { wrap } from "../drill/report/terminal";
import { isViolation, refusalWords, simulatedMisses } from "../drill/report/verdict";
import { type AnswerSet, memberName, setWords } from "../model/answer-sets";
import { groupAlike } from "../rehearsal/simulation/alike-sets";
import {
  type Scenario,
  scenarioByName,
  scenarioNames,
  touchesReplication,
} from "../rehearsal/simulation/scenario";
import { EXIT, type ExitCode } from "./exit-codes";
import { stopIfInterrupted } from "./interrupts";
import { type Io, writeLine } from "./io";
import type { RehearsalOptions, RehearsalSteps, SimulatedFigures } from "./rehearse";
import { expectationOf, memberProblem, playedWords, rehearsedSets } from "./rehearsed-sets";
import { type PlayedStack, violationOf } from "./replay-words";
import { UserError } from "./user-error";

/** One scenario and what came of it for one set of answers. */
interface PlayedScenario {
  readonly scenario: Scenario;
  readonly result: SimulatedFigures;
}

/**
 * Plays every scenario under the virtual clock against every set of answers that can be played, the one that
 * recovers slowest first, and tells each in one line on stderr; with `json` the figures go to stdout. Misses the
 * objective when an invariant breaks, or when a client that honours the TTL is not over within it though the checks see
 * the fault and the standby serves. What no failover helps is told and decides nothing: alone it misses the objective
 * where requests fail for as long. A mandatory rule that the stack breaks is a miss whatever was played. Where
 * something that would fail over cannot be rehearsed, nothing is met.
 * @param source the arguments that name the stack and its lost member, for the command that replays a violation.
 * @throws UserError for a stack that cannot be stood up by mistake, Error for one that fails.
 */
export async function rehearseScenarios(
  numbers: Omit<RehearsalOptions, "scenario">,
  steps: RehearsalSteps,
  source: PlayedStack,
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
  const { playable, unrehearsed, notes } = rehearsedSets(plan, stoodUp, steps.obstacle, numbers.member);
  const { rtoSeconds } = stoodUp.objectives;
  const scenarios = scenarioNames().map((name) => scenarioByName(name) as Scenario);
  const results: (PlayedScenario & { readonly set: AnswerSet })[] = [];
  for (const group of groupAlike(plan, playable)) {
    const [{ set, bound }, ...twins] = group;
    const alike = twins.length === 0 ? "" : ` and ${twins.map((twin) => twin.set.type).join(", ")} alike`;
    const boundText =
      bound.kind === "bound" ? `at most ${bound.rtoSeconds} s by arithmetic` : "without a bound";
    writeLine(io.stderr, `${playedWords(set)}${alike}, recovery ${boundText}`);
    for (const heading of HEADINGS) writeLine(io.stderr, heading);
    await steps.simulateEach({ ...numbers, plan, set }, scenarios, io.signal, (scenario, result) => {
      results.push(...group.map((each) => ({ set: each.set, scenario, result })));
      for (const line of scenarioLines({ scenario, result }, source, rtoSeconds)) writeLine(io.stderr, line);
    });
    await stopIfInterrupted(io.signal);
  }
  if (results.length > 0) {
    const { cutovers, resolvers, seed } = numbers;
    io.stderr.write(
      `${countText(cutovers)} cutovers x ${countText(resolvers)} resolvers each, seed ${seed}. over, back: median of the\n` +
        "clients that came, from the fault or the heal; never: clients that never came;\n" +
        "fail: of all requests from the steady state to the failback; data: median age of\n" +
        "the writes lost / how far the primary is behind at failback; unseen: the health\n" +
        "check does not see the fault; no side: the standby fails too; away: the answers\n" +
        "led past the primary before the fault; no check: nothing that the scenario could\n" +
        "change at one. The arithmetic bounds one lasting fault that the check sees;\n" +
        "slowest may be above it where the fault comes and goes, grows or is partial,\n" +
        "and where clients keep answers beyond the TTL.\n",
    );
    if (results.some(({ set }) => set.routing !== "failover"))
      io.stderr.write("Of members that serve side by side, over: led to the lost one no more.\n");
    if (json) io.stdout.write(`${JSON.stringify(results.map(jsonOf), undefined, 2)}\n`);
  }
  for (const { outcome, ...of } of unrehearsed) {
    if (outcome.kind === "not-rehearsed")
      writeLine(io.stderr, `warm-standby: ${setWords(of)} was not rehearsed: ${outcome.why}`);
  }
  for (const note of [...notes, ...stoodUp.notes]) writeLine(io.stderr, `note: ${note}`);
  if (results.length === 0 && unrehearsed.length === 0) {
    io.stderr.write("warm-standby: the stack has no failover pair to play\n");
  }
  for (const line of unservedLines(results, rtoSeconds)) writeLine(io.stderr, line);
  const refused = refusalWords(steps.evaluate(stoodUp.resources, stoodUp.objectives, stoodUp.phase));
  if (refused !== undefined) for (const line of wrap(refused, "  ", 0)) writeLine(io.stderr, line);
  if (
    refused !== undefined ||
    results.some(({ scenario, result }) => missesOf(scenario, result, rtoSeconds).length > 0)
  )
    return EXIT.missed;
  return results.length === 0 || unrehearsed.length > 0 ? EXIT["not-measured"] : EXIT.met;
}

/** The width of the names' column, and those of the figures' columns. */
const NAME_COLUMN = Math.max(...scenarioNames().map(({ length }) => length)) + 1;
const FIGURE_COLUMNS = [7, 8, 7, 8, 8, 6, 10];

const HEADINGS = [
  tableLine("", ["over", "slowest", "back", "never", "never", "", "data"]),
  tableLine("scenario", ["s", "s", "s", "over", "back", "fail", "s"]),
];

/** The scenario's line, and below it what must not be. */
export function scenarioLines(
  { scenario, result }: PlayedScenario,
  source: PlayedStack,
  rtoSeconds: number,
): string[] {
  const { cutover, failback, requests } = result;
  const isAnybodyOver = cutover.clientSeconds !== undefined;
  const figures = [
    secondsOf(cutover.clientSeconds?.p50),
    secondsOf(cutover.clientSeconds?.max),
    // Whoever never left has nothing to come back from, even where the heal finds them there at once.
    secondsOf(isAnybodyOver ? failback.clientSeconds?.p50 : undefined),
    countText(cutover.stranded),
    isAnybodyOver ? countText(failback.stranded) : "-",
    requests.sent === 0 ? "-" : `${Math.round((100 * requests.failed) / requests.sent)} %`,
    noteOf(scenario, result),
  ];
  const misses = missesOf(scenario, result, rtoSeconds).map((miss) => `  ${violationOf(miss, source)}`);
  return [tableLine(scenario.name, figures).trimEnd(), ...misses];
}

/** Why nobody is to come over, else what the scenario does to the data: `120.0/1.0`. */
function noteOf(scenario: Scenario, result: SimulatedFigures): string {
  const expected = expectationOf(scenario, result);
  if (expected === "nobody-can-serve") return "no side";
  if (expected === "nobody-over") return "unseen";
  if (expected === "away-at-rest") return "away";
  if (result.idle?.length) return "no check";
  const { lostSeconds, behindSeconds } = result.replication ?? {};
  if (!touchesReplication(scenario) || !lostSeconds) return "";
  return `${secondsOf(lostSeconds.p50)}/${secondsOf(behindSeconds?.p50)}`;
}

/** What of a scenario decides that all of them miss: it did not end as it must. */
function missesOf(scenario: Scenario, result: SimulatedFigures, rtoSeconds: number): string[] {
  const expected = expectationOf(scenario, result);
  const misses = simulatedMisses(result, expected, rtoSeconds);
  return expected === "everybody-over" ? misses : misses.filter((miss) => isViolation(miss));
}

/** Names the scenarios that no failover helps and that alone would miss the objective. */
function unservedLines(results: readonly PlayedScenario[], rtoSeconds: number): string[] {
  const unserved = results.filter(({ scenario, result }) => {
    const expected = expectationOf(scenario, result);
    if (expected === "everybody-over") return false;
    return simulatedMisses(result, expected, rtoSeconds).some((miss) => !isViolation(miss));
  });
  const names = [...new Set(unserved.map(({ scenario }) => scenario.name))];
  if (names.length === 0) return [];
  return wrap(
    `No failover helps, and requests fail for as long as the objective of ${rtoSeconds} s or until the heal: ` +
      `${names.join(", ")}. Each misses the objective when it is rehearsed alone.`,
    "  ",
    0,
  );
}

function tableLine(name: string, figures: readonly string[]): string {
  // A figure that is wider than its column still stands apart.
  const cells = figures.map((figure, column) => ` ${figure.padStart((FIGURE_COLUMNS[column] ?? 0) - 1)}`);
  return `${name.padEnd(NAME_COLUMN)}${cells.join("")}`;
}

/** From 1,000 s on a tenth tells nothing and takes the room of a digit. */
function secondsOf(seconds: number | undefined): string {
  if (seconds === undefined) return "-";
  const tenths = seconds.toFixed(1);
  return Number(tenths) < 1_000 ? tenths : seconds.toFixed(0);
}

function jsonOf({ set, scenario, result }: PlayedScenario & { readonly set: AnswerSet }): unknown {
  const { name, title } = scenario;
  const { plots: _, ...figures } = result;
  return { set: setWords(set), lost: memberName(set.primary), scenario: name, title, ...figures };
}
