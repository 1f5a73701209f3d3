import path from "node:path";
import { ReportDirectory } from "../drill/report/directory";
import { htmlReport } from "../drill/report/html";
import { jsonReport } from "../drill/report/json";
import { markdownReport } from "../drill/report/markdown";
import type { ReportParts, SimulationFigures } from "../drill/report/report-parts";
import { terminalReport, wrap } from "../drill/report/terminal";
import { simulatedTimelineWords, timelineSvg } from "../drill/report/timeline-svg";
import { refusalWords } from "../drill/report/verdict";
import { buildView } from "../drill/report/view";
import { timelineOf } from "../drill/timeline";
import type { PolicyReport } from "../policy/evaluate";
import { SPEED_MAX } from "../rehearsal/loopback/system-clock";
import { scenarioByName, scenarioNames } from "../rehearsal/simulation/scenario";
import { oneOf, positiveNumber, wholeNumber } from "./arguments";
import { EXIT, type ExitCode } from "./exit-codes";
import { isInterrupted, stopIfInterrupted } from "./interrupts";
import { type Io, wantsColor, writeLine } from "./io";
import { Progress } from "./progress";
import {
  type RehearsalEvent,
  type RehearsalOptions,
  type RehearsalOutcome,
  type RehearsalSteps,
  rehearse,
} from "./rehearse";
import { rehearseScenarios } from "./rehearse-scenarios";
import { playedWords } from "./rehearsed-sets";
import { quoted, sourceWords, violationOf } from "./replay-words";
import type { RehearseArguments } from "./run-command";
import { shownPath } from "./shown-path";
import { type StackSource, stackSource } from "./stack-source";
import { UserError } from "./user-error";

const LIMITS = {
  cutovers: { min: 1, max: 1_000_000 },
  resolvers: { min: 1, max: 10_000 },
  seed: { min: 0, max: 2 ** 32 - 1 },
  replicationLagMs: { min: 0, max: 3_600_000 },
};

/** Every scenario of the simulation, one after the other. */
const ALL_SCENARIOS = "all";
/** Unless the command line says otherwise: of one scenario, and of each of all. */
const CUTOVERS = { one: "1000", each: "100" };

/** `warm-standby rehearse`. @throws UserError with every wrong argument, before anything is started. */
export async function rehearseCommand(
  given: RehearseArguments,
  problems: string[],
  io: Io,
  makeSteps: (source: StackSource) => RehearsalSteps = realSteps,
): Promise<ExitCode> {
  const source = stackSource(given, io.cwd, problems);
  if (given.scenario === ALL_SCENARIOS) return rehearseAll(given, source, problems, io, makeSteps);
  const options = rehearsalOptions(given, problems);
  const directory = openDirectory(given, options, io.cwd, problems);
  if (problems.length > 0 || !options || !directory) {
    directory?.discard();
    throw new UserError(problems);
  }
  const progress = new Progress(io, source.kind === "state");
  // Said at once: whoever interrupts a second time should know it by then.
  const interrupted = () => {
    progress.stop();
    io.stderr.write(`warm-standby: interrupted; ${whereSamplesAre(directory, io.cwd)}\n`);
  };
  if (io.signal.aborted) interrupted();
  else io.signal.addEventListener("abort", interrupted, { once: true });
  // A rule that refuses is a miss whatever was played.
  let refused: string | undefined;
  try {
    await stopIfInterrupted(io.signal);
    const onJudged = (policy: PolicyReport) => {
      refused = refusalWords(policy);
    };
    const outcome = await played(options, makeSteps(source), directory, progress, onJudged, io.signal);
    if (outcome.kind === "invalid") throw new UserError(outcome.messages);
    if (outcome.kind === "failed") throw new Error(outcome.message);
    return await writeReport(outcome, options, given, directory, io);
  } catch (error) {
    if (!(await isInterrupted(io.signal))) throw error;
    if (refused === undefined) return EXIT["not-measured"];
    for (const line of wrap(refused, "  ", 0)) writeLine(io.stderr, line);
    return EXIT.missed;
  } finally {
    io.signal.removeEventListener("abort", interrupted);
    progress.stop();
    directory.close();
    directory.discard();
  }
}

/** Simulates every scenario and tells each in a line; there is no report folder of many scenarios. */
async function rehearseAll(
  given: RehearseArguments,
  source: StackSource,
  problems: string[],
  io: Io,
  makeSteps: (source: StackSource) => RehearsalSteps,
): Promise<ExitCode> {
  const numbers = rehearsalNumbers(given, CUTOVERS.each, problems);
  if (given.report !== undefined) {
    problems.push(
      `--report is ${given.report}; a report is of one scenario, and --scenario is ${ALL_SCENARIOS}`,
    );
  }
  if (problems.length > 0) throw new UserError(problems);
  return rehearseScenarios(numbers, makeSteps(source), given, given.json === true, io);
}

/** Plays the rehearsal while its samples are written down and its progress is shown. */
function played(
  options: RehearsalOptions,
  steps: RehearsalSteps,
  directory: ReportDirectory,
  progress: Progress,
  onJudged: (policy: PolicyReport) => void,
  signal: AbortSignal,
): Promise<RehearsalOutcome> {
  const tell = (event: RehearsalEvent) => {
    if (event.kind === "judged") onJudged(event.policy);
    // What the message of an interrupt has told stays true.
    if (signal.aborted) return;
    if (event.kind === "simulated-sample") directory.write(event.sample);
    if (event.kind === "sample") directory.write({ basis: "loopback", ...event.sample });
    progress.show(event);
  };
  return rehearse(options, steps, tell, signal);
}

/** Loaded only once the arguments are right: a typing error should not wait for a name server's code. */
export function realSteps(source: StackSource): RehearsalSteps {
  return (require("./rehearsal-steps") as typeof import("./rehearsal-steps")).rehearsalSteps(source);
}

function rehearsalOptions(given: RehearseArguments, problems: string[]): RehearsalOptions | undefined {
  const names = [...scenarioNames(), ALL_SCENARIOS];
  const scenario = oneOf("--scenario", given.scenario, scenarioByName, names, problems);
  const numbers = rehearsalNumbers(given, CUTOVERS.one, problems);
  return scenario && { scenario, ...numbers };
}

function rehearsalNumbers(
  given: RehearseArguments,
  cutovers: string,
  problems: string[],
): Omit<RehearsalOptions, "scenario"> {
  const whole = (option: string, name: keyof typeof LIMITS) =>
    wholeNumber(option, given[name] ?? cutovers, LIMITS[name], problems);
  return {
    cutovers: whole("--cutovers", "cutovers"),
    resolvers: whole("--resolvers", "resolvers"),
    seed: whole("--seed", "seed"),
    ...(given.member === undefined ? {} : { member: given.member }),
    speed: positiveNumber("--speed", given.speed, SPEED_MAX, problems),
    replicationLagMs: whole("--replication-lag-ms", "replicationLagMs"),
  };
}

/** The stack's name, or the file's, so that reports of several exports lie side by side. */
function sourceName({ state, stack }: RehearseArguments): string {
  if (state === undefined) return stack;
  return state === "-" ? "stdin" : path.parse(state).name.replace(/[^\w.-]+/g, "-");
}

/** The folder is opened even when other arguments are wrong, so that its own mistake is told with them. */
function openDirectory(
  given: RehearseArguments,
  options: RehearsalOptions | undefined,
  cwd: string,
  problems: string[],
): ReportDirectory | undefined {
  if (given.report === "" || given.report?.startsWith("-")) {
    problems.push(`--report is ${JSON.stringify(given.report)}; name a folder`);
    return undefined;
  }
  if (given.report === undefined && (problems.length > 0 || !options)) return undefined;
  const folder = given.report ?? path.join("reports", `${sourceName(given)}-${given.scenario}`);
  try {
    return ReportDirectory.open(path.resolve(cwd, folder));
  } catch (error) {
    problems.push((error as Error).message);
    return undefined;
  }
}

/** Up to the moment in which the report takes its place an interrupt is heard, and leaves an earlier report. */
async function writeReport(
  outcome: Extract<RehearsalOutcome, { kind: "done" }>,
  options: RehearsalOptions,
  given: RehearseArguments,
  directory: ReportDirectory,
  io: Io,
): Promise<ExitCode> {
  await stopIfInterrupted(io.signal);
  const { parts, set, samples } = outcome;
  const timeline = timelineOf(samples);
  const isOnLoopback = timeline.authoritative.length > 0;
  const simulated = isOnLoopback ? undefined : outcome.simulatedTimeline;
  const view = buildView(named(parts, given), {
    scenarioTitle: options.scenario.title,
    pair: set ? playedWords(set) : "no failover pair",
    lifted: outcome.lifted,
    command: replayCommand(given),
    timeline: isOnLoopback ? "loopback" : simulated ? "simulated" : "none",
  });
  const { title } = options.scenario;
  const svg = isOnLoopback
    ? timelineSvg(timeline, {
        system: `${parts.system} (${parts.stack})`,
        scenarioTitle: title,
        clientSeconds: view.report.loopback.clientSeconds,
        failbackSeconds: view.report.loopback.failbackSeconds,
        boundSeconds: view.report.bound.rtoSeconds,
        objectiveSeconds: parts.objectives.rtoSeconds,
      })
    : simulated &&
      timelineSvg(simulated.timeline, {
        ...simulatedTimelineWords(view.report, title, simulated),
        profiles: [],
      });
  const plots = { timeline, ...outcome.plots, frontier: outcome.frontier };
  const files = {
    ...(svg === undefined ? {} : { "timeline.svg": svg }),
    "report.html": htmlReport(view, { ...plots, ...(simulated && { simulatedTimeline: simulated }) }),
    "report.md": markdownReport(view),
    "report.json": jsonReport(view.report),
  };
  await stopIfInterrupted(io.signal);
  directory.finish(files);
  io.stderr.write(terminalReport(view, { color: wantsColor(io, io.stderr) }));
  const place = `Report: ${shownPath(directory.path, io.cwd)}/`;
  io.stderr.write(`${wrap(`${place} (report.html, report.md, report.json)`).join("\n")}\n`);
  if (given.json) io.stdout.write(jsonReport(view.report));
  return EXIT[view.report.verdict];
}

/** The simulation's own replay lines do not know where its plan came from. */
function named(parts: ReportParts, given: RehearseArguments): ReportParts {
  const tell = (figures: SimulationFigures): SimulationFigures => ({
    ...figures,
    violations: figures.violations.map((violation) => violationOf(violation, given)),
  });
  return {
    ...parts,
    simulation: parts.simulation && tell(parts.simulation),
    others: parts.others.map((other) =>
      other.outcome.kind === "simulated"
        ? { ...other, outcome: { ...other.outcome, figures: tell(other.outcome.figures) } }
        : other,
    ),
  };
}

/** Every argument that decides the result, defaults included: defaults can change. */
function replayCommand(given: RehearseArguments): string {
  const words = [
    ...sourceWords(given),
    ...["--scenario", given.scenario],
    ...(given.member === undefined ? [] : ["--member", given.member]),
    ...["--cutovers", given.cutovers ?? CUTOVERS.one],
    ...["--resolvers", given.resolvers],
    ...["--seed", given.seed],
    ...["--speed", given.speed],
    ...["--replication-lag-ms", given.replicationLagMs],
  ];
  return ["warm-standby rehearse", ...words.map(quoted)].join(" ");
}

/** The path has a line of its own, unbroken, so that it can be copied. */
function whereSamplesAre(directory: ReportDirectory, cwd: string): string {
  return directory.hasSamples
    ? `the samples so far are in\n  ${shownPath(directory.partialSamplesPath, cwd)}`
    : "no sample was taken yet";
}
