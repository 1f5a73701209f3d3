import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { CheckedStack } from "../drill/report/checked-stack";
import { costFigures, costLine, dearestFirst } from "../drill/report/cost-lines";
import { githubAnnotations } from "../drill/report/github-annotations";
import { type CostFigures, type PolicyFigures, policyFigures } from "../drill/report/report";
import { sarifLog } from "../drill/report/sarif";
import { terminalCheck, wrap } from "../drill/report/terminal";
import { refusalsOf } from "../drill/report/verdict";
import { costEntries } from "../drill/report/view";
import { toUsd } from "../model/money";
import type { StackResource } from "../model/stack-resource";
import { asOfDay } from "../policy/as-of";
import type { PolicyConfig, PolicyReport } from "../policy/evaluate";
import type { CostReport } from "../policy/prices/idle-cost";
import type { Phase } from "../policy/rule";
import { rules } from "../policy/rules/registry";
import { checkFormat } from "./check-format";
import { EXIT, type ExitCode } from "./exit-codes";
import { type Io, wantsColor } from "./io";
import { policyConfig, withObjectives } from "./policy-config";
import type { CheckArguments } from "./run-command";
import { type StackSource, stackSource } from "./stack-source";
import type { StoodUp } from "./stand-up";
import { STDIN } from "./state-file";
import { UserError } from "./user-error";

/** The parts that a check puts in a row; tests hand in their own. */
export interface CheckSteps {
  standUp(signal: AbortSignal): Promise<StoodUp>;
  evaluate(resources: readonly StackResource[], config: PolicyConfig, phase: Phase): PolicyReport;
  idleCost(resources: readonly StackResource[], config: PolicyConfig, phase: Phase): CostReport;
}

/** `warm-standby check`: what the pack says of a stack, and what it costs idle, without playing anything. */
export async function checkCommand(
  given: CheckArguments,
  problems: string[],
  io: Io,
  makeSteps: (source: StackSource) => CheckSteps = realSteps,
): Promise<ExitCode> {
  const source = stackSource(given, io.cwd, problems);
  const format = checkFormat(given, problems);
  const fileConfig = await policyConfig(given.policyConfig, io.cwd, problems);
  if (problems.length > 0) throw new UserError(problems);
  const steps = makeSteps(source);
  const stoodUp = await steps.standUp(io.signal);
  if (io.signal.aborted) {
    io.stderr.write("warm-standby: interrupted\n");
    return EXIT["not-measured"];
  }
  if (stoodUp.kind === "invalid") throw new UserError(stoodUp.messages);
  if (stoodUp.kind === "failed") throw new Error(stoodUp.message);
  const { resources, objectives, system, stack, phase, notes } = stoodUp;
  const config = withObjectives(fileConfig, objectives);
  // The verdicts come first: whatever happens to the cost report, they are known.
  const policy = steps.evaluate(resources, config, phase);
  const cost = triedCost(() => steps.idleCost(resources, config, phase));
  const checked = {
    system,
    stack,
    artifact: artifactOf(source, io.cwd),
    policy,
    notes: cost.kind === "failed" ? [`the idle cost is not known: ${cost.why}`, ...notes] : notes,
  };
  const title = `${system} (${stack}): ${resources.length} resources`;
  const tableIn = (color: boolean) => table(title, cost, checked, color);
  const texts = {
    table: () => tableIn(false),
    json: () => json(checkFigures(cost, checked)),
    sarif: () => sarif(checked),
    github: () => githubAnnotations(checked),
  };
  io.stderr.write(tableIn(wantsColor(io, io.stderr)));
  // The table is for people and on stderr already; everything else is data.
  if (given.output !== undefined) writeOutput(texts[format](), given.output, io.cwd);
  else if (format !== "table") io.stdout.write(texts[format]());
  const isRefused = refusalsOf(policyFigures(policy).violations).length > 0;
  return EXIT[isRefused ? "missed" : "met"];
}

/** What the stack costs, or why nobody can tell: a fault in pricing is no reason to keep the verdicts back. */
type TriedCost =
  | { readonly kind: "known"; readonly report: CostReport }
  | { readonly kind: "failed"; readonly why: string };

function triedCost(priced: () => CostReport): TriedCost {
  try {
    return { kind: "known", report: priced() };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: "failed", why: `pricing the stack failed: ${why}` };
  }
}

function writeOutput(text: string, output: string, cwd: string): void {
  try {
    writeFileSync(path.resolve(cwd, output), text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError([`--output is ${output}; it cannot be written: ${code}`]);
  }
}

/** What the table shows where nothing could be priced: sums that are not known, and never 0. */
const NO_FIGURES: CostFigures = { standbyMonthlyUsd: null, totalMonthlyUsd: null, unpriced: [], lines: [] };

function table(title: string, cost: TriedCost, { policy, notes }: CheckedStack, color: boolean): string {
  const figures = {
    title,
    cost: cost.kind === "known" ? costFigures(cost.report) : NO_FIGURES,
    costEntries: cost.kind === "known" ? costEntries(cost.report) : [],
    policy: policyFigures(policy),
  };
  const noted = notes.flatMap((note) => wrap(`Note: ${note}.`, "  ", 0).map((line) => `${line}\n`));
  return terminalCheck(figures, { color }) + noted.join("");
}

/**
 * What `check --json` prints: `cost` and `policy` as in a report, each line with what is assumed of it and what would
 * make it cost less, and what limits them, one line each.
 */
interface CheckFigures {
  /** Null where the stack could not be priced; the first note then says why. */
  readonly cost: NotedFigures | null;
  readonly policy: PolicyFigures;
  readonly notes: readonly string[];
}

interface NotedFigures extends CostFigures {
  readonly lines: readonly NotedLine[];
}

type NotedLine = CostFigures["lines"][number] &
  Pick<CostReport["lines"][number], "note" | "lever"> & {
    /** What the lever saves of the amount, in USD; absent where that cannot be told. */
    readonly leverSavesMonthlyUsd?: number;
  };

function checkFigures(cost: TriedCost, { policy, notes }: CheckedStack): CheckFigures {
  return {
    cost: cost.kind === "known" ? notedFigures(cost.report) : null,
    policy: policyFigures(policy),
    notes,
  };
}

function notedFigures(cost: CostReport): NotedFigures {
  const lines = dearestFirst(cost.lines).map(
    (line): NotedLine => ({
      ...costLine(line),
      ...(line.note === undefined ? {} : { note: line.note }),
      ...(line.lever === undefined ? {} : { lever: line.lever }),
      ...(line.leverSavesMicroUsd === undefined
        ? {}
        : { leverSavesMonthlyUsd: toUsd(line.leverSavesMicroUsd) }),
    }),
  );
  return { ...costFigures(cost), lines };
}

function json(figures: CheckFigures): string {
  return `${JSON.stringify(figures, null, 2)}\n`;
}

function sarif(checked: CheckedStack): string {
  const { version } = require("../package.json") as { version: string };
  return sarifLog(checked, { version, rules });
}

/** The file that was judged, as scanners name files: relative where it lies in the folder of the call. */
function artifactOf(source: StackSource, cwd: string): string {
  if (source.kind === "state" && source.file === STDIN) return "stdin";
  const file = source.kind === "state" ? source.file : path.join(source.projectDir, "Pulumi.yaml");
  const relative = path.relative(cwd, file);
  if (relative.startsWith("..") || path.isAbsolute(relative)) return pathToFileURL(file).href;
  return relative.split(path.sep).map(encodeURIComponent).join("/");
}

/** Loaded only once the arguments are right. */
function realSteps(source: StackSource): CheckSteps {
  const { standUp } = require("./stand-up") as typeof import("./stand-up");
  const { evaluate, idleCostIn } = require("../policy/evaluate") as typeof import("../policy/evaluate");
  const asOf = asOfDay(process.env, new Date());
  return {
    standUp: (signal) => standUp(source, signal),
    evaluate: (resources, config, phase) => evaluate(resources, config, { phase, asOf }),
    idleCost: (resources, config, phase) => idleCostIn(resources, config, phase, asOf),
  };
}
