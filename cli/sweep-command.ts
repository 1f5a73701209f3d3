import { renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { budgetsOf } from "../drill/report/budgets";
import { ReportDirectory } from "../drill/report/directory";
import { sweepPage } from "../drill/report/sweep-page";
import { type SweepWords, sweepTable } from "../drill/report/sweep-table";
import {
  playSetting,
  rankSettings,
  readSweepBase,
  type SweepBase,
  type SweepOptions,
  type SweptSetting,
  sweepSettings,
  sweptScenario,
} from "../drill/sweep";
import { setWords } from "../model/answer-sets";
import { wholeNumber } from "./arguments";
import { EXIT, type ExitCode } from "./exit-codes";
import { isInterrupted, stopIfInterrupted } from "./interrupts";
import { type Io, writeLine } from "./io";
import { quoted, sourceWords } from "./replay-words";
import type { SweepArguments } from "./run-command";
import { shownPath } from "./shown-path";
import { type StackSource, stackSource } from "./stack-source";
import type { StoodUp } from "./stand-up";
import { UserError } from "./user-error";

const LIMITS = {
  cutovers: { min: 1, max: 10_000 },
  resolvers: { min: 1, max: 1_000 },
  seed: { min: 0, max: 2 ** 32 - 1 },
};

/** Stands a stack up; tests hand in their own. */
export type StandUp = (source: StackSource, signal: AbortSignal) => Promise<StoodUp>;

/**
 * `warm-standby sweep`: plays and prices the stack's pair under a grid of intervals, thresholds and TTLs. The table
 * goes to stderr, the figures with `--json` to stdout, table and plot with `--report` to a folder.
 * @throws UserError with every wrong argument, before anything is started.
 */
export async function sweepCommand(
  given: SweepArguments,
  problems: string[],
  io: Io,
  standUp: StandUp = realStandUp,
): Promise<ExitCode> {
  const source = stackSource(given, io.cwd, problems);
  const numbers = {
    cutovers: wholeNumber("--cutovers", given.cutovers, LIMITS.cutovers, problems),
    resolvers: wholeNumber("--resolvers", given.resolvers, LIMITS.resolvers, problems),
    seed: wholeNumber("--seed", given.seed, LIMITS.seed, problems),
  };
  const directory = openDirectory(given.report, io.cwd, problems);
  let isWritten = false;
  try {
    if (problems.length > 0) throw new UserError(problems);
    const stoodUp = await stoodUpOrThrow(standUp, source, io.signal);
    const reading = readSweepBase(stoodUp.resources);
    if (reading.kind === "refused") {
      writeLine(io.stderr, `warm-standby: ${reading.why}`);
      return EXIT["not-measured"];
    }
    const scenario = sweptScenario(reading.base);
    if (!scenario) {
      const what =
        "the health checks see neither a primary that answers errors nor one that refuses connections";
      writeLine(io.stderr, `warm-standby: ${what}, so that no setting decides who comes over`);
      return EXIT["not-measured"];
    }
    const options: SweepOptions = { ...numbers, scenario };
    const bases = [reading.base, ...(await otherBase(reading.base, standUp, source, io))];
    const ranked = rankSettings(await playAll(bases, options, io));
    const words: SweepWords = {
      ...options,
      pair: setWords(reading.base.set),
      routing: reading.base.set.routing,
      objectiveSeconds: stoodUp.objectives.rtoSeconds,
      budgets: budgetsOf(stoodUp.objectives),
    };
    io.stderr.write(sweepTable(ranked, words));
    const json = `${JSON.stringify(
      ranked.map(({ swept, frontier }) => ({ ...swept, frontier: frontier ?? null })),
      undefined,
      2,
    )}\n`;
    if (directory) {
      const system = `${stoodUp.system} (${stoodUp.stack})`;
      const page = sweepPage(ranked, { ...words, system, command: replayCommand(given) });
      writeFiles(directory.path, { "sweep.html": page, "sweep.json": json });
      isWritten = true;
      io.stderr.write(`Report: ${shownPath(directory.path, io.cwd)}/ (sweep.html, sweep.json)\n`);
    }
    if (given.json) io.stdout.write(json);
    return ranked.some(({ swept }) => swept.violations > 0) ? EXIT.missed : EXIT.met;
  } finally {
    if (!isWritten) directory?.discard();
  }
}

const realStandUp: StandUp = (source, signal) =>
  (require("./stand-up") as typeof import("./stand-up")).standUp(source, signal);

async function stoodUpOrThrow(
  standUp: StandUp,
  source: StackSource,
  signal: AbortSignal,
): Promise<Extract<StoodUp, { kind: "ok" }>> {
  const stoodUp = await standUp(source, signal);
  await stopIfInterrupted(signal);
  if (stoodUp.kind === "invalid") throw new UserError([...stoodUp.messages]);
  if (stoodUp.kind === "failed") throw new Error(stoodUp.message);
  return stoodUp;
}

/** The program with the other kind of records; a name at the zone's apex has none, and a state file is what it is. */
async function otherBase(
  { current }: SweepBase,
  standUp: StandUp,
  source: StackSource,
  io: Io,
): Promise<SweepBase[]> {
  if (source.kind !== "program" || current.records === "values") return [];
  const recordMode = current.records === "alias" ? "cname" : "alias";
  const { "warm-standby:recordMode": _, ...config } = source.config;
  const stoodUp = await standUp({ ...source, config: { ...config, recordMode } }, io.signal);
  await stopIfInterrupted(io.signal);
  const reading = stoodUp.kind === "ok" ? readSweepBase(stoodUp.resources) : undefined;
  // Its own TTL is no setting of the stack as it is; the grid alone counts.
  if (reading?.kind === "base") return [reading.base];
  const [why = "it cannot be played"] =
    stoodUp.kind === "invalid" ? stoodUp.messages : reading ? [reading.why] : [];
  writeLine(io.stderr, `warm-standby: recordMode ${recordMode} is left out: ${why}`);
  return [];
}

/** The event loop turns between two settings, so that an interrupt is heard within one. */
async function playAll(
  [own, other]: readonly SweepBase[],
  options: SweepOptions,
  io: Io,
): Promise<SweptSetting[]> {
  const tasks = [own, other].flatMap((base) =>
    base ? sweepSettings(base).map((setting) => ({ base, setting })) : [],
  );
  const swept: SweptSetting[] = [];
  for (const { base, setting } of tasks) {
    if (io.stderr.isTTY) io.stderr.write(`\r${swept.length} of ${tasks.length} settings`);
    const played = playSetting(base, setting, options);
    swept.push(base === own ? played : { ...played, isCurrent: false });
    if (await isInterrupted(io.signal)) throw io.signal.reason;
  }
  if (io.stderr.isTTY) io.stderr.write(`\r${" ".repeat(40)}\r`);
  return swept;
}

/** Opened before the run, so that a bad path fails at second 0. */
function openDirectory(
  report: string | undefined,
  cwd: string,
  problems: string[],
): ReportDirectory | undefined {
  if (report === undefined) return undefined;
  if (report === "" || report.startsWith("-")) {
    problems.push(`--report is ${JSON.stringify(report)}; name a folder`);
    return undefined;
  }
  try {
    return ReportDirectory.open(path.resolve(cwd, report));
  } catch (error) {
    problems.push((error as Error).message);
    return undefined;
  }
}

/** All drafts are written before the first file takes its place. */
function writeFiles(directory: string, files: Readonly<Record<string, string>>): void {
  const target = (file: string) => path.join(directory, file);
  const draft = (file: string) => `${target(file)}.${process.pid}.part`;
  try {
    for (const [file, text] of Object.entries(files)) writeFileSync(draft(file), text);
    for (const file of Object.keys(files)) renameSync(draft(file), target(file));
  } catch (error) {
    throw new Error(`cannot write to ${directory}: ${(error as NodeJS.ErrnoException).code}`);
  } finally {
    for (const file of Object.keys(files)) rmSync(draft(file), { force: true });
  }
}

function replayCommand(given: SweepArguments): string {
  const { cutovers, resolvers, seed } = given;
  const words = [
    ...sourceWords(given),
    ...["--cutovers", cutovers, "--resolvers", resolvers, "--seed", seed],
  ];
  return ["warm-standby sweep", ...words.map(quoted)].join(" ");
}
