import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { toUsd } from "../../model/money";
import { idleCostIn } from "../../policy/evaluate";
import { readStack } from "../../rehearsal/standin/deployment";
import type { BenchFigure } from "./bench-figure";
import { median, ROOT } from "./measured-process";
import { DEAR_RESOURCE, PLANTED_DEFECTS, type WrittenStack, writtenStack } from "./thousand-resources";

const RESOURCES = 1_000;
/** A stack so small that filler cannot break a budget. */
const FEW = 60;
const RUNS = 3;
const TIMES_FASTER_MIN = 5;

/**
 * `warm-standby check` against Checkov on the same resources, in turns, each from its start to its verdict: how
 * many times faster, and which of the planted defects the check names, by rule and resource.
 * @param checkov the command; undefined where there is none.
 */
export async function checkovFigures(checkov: string | undefined): Promise<BenchFigure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "warm-standby-bench-"));
  try {
    const stack = writtenStack(RESOURCES);
    const terraform = path.join(folder, "terraform");
    mkdirSync(terraform);
    writeFileSync(path.join(terraform, "main.tf"), stack.terraformHcl);
    const ours = () => check(stack, folder);
    const figures = [
      defectFigure(RESOURCES, ours().stdout),
      defectFigure(FEW, check(writtenStack(FEW), folder).stdout),
    ];
    const name = "check, times faster than Checkov";
    const target = `at least ${TIMES_FASTER_MIN}`;
    if (checkov === undefined)
      return [...figures, { name, value: "not measured", target, basis: "no checkov on the PATH" }];
    const theirs = () => {
      const done = run(checkov, [
        "-d",
        terraform,
        "--framework",
        "terraform",
        "-o",
        "json",
        "--compact",
        "--quiet",
        // It asks a server for guidelines otherwise, which is no part of a verdict.
        "--skip-download",
      ]);
      requireReport(done.stdout, RESOURCES);
      return done;
    };
    const pairs = Array.from({ length: RUNS }, () => ({ ours: ours().seconds, theirs: theirs().seconds }));
    const oursSeconds = median(pairs.map((pair) => pair.ours));
    const theirSeconds = median(pairs.map((pair) => pair.theirs));
    const times = theirSeconds / oursSeconds;
    return [
      ...figures,
      {
        name,
        value: `${times.toFixed(1)} (${oursSeconds.toFixed(2)} / ${theirSeconds.toFixed(2)} s)`,
        target,
        basis: `medians of ${RUNS} pairs in turns, ${versionOf(checkov)}`,
        ok: times >= TIMES_FASTER_MIN,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The check under a budget that all but the NAT gateway keeps to, whatever else the stack holds. */
function check(stack: WrittenStack, folder: string) {
  const state = path.join(folder, "state.json");
  const config = path.join(folder, "policy.json");
  writeFileSync(state, stack.pulumiState);
  writeFileSync(config, JSON.stringify({ "standby-idle-cost": { monthlyUsdLimit: budgetUsd(stack) } }));
  const argv = ["check", "--state", state, "--json", "--policy-config", config];
  return run(process.execPath, [path.join(ROOT, "bin/warm-standby.js"), ...argv]);
}

/** Halfway between what the standby costs without the NAT gateway and with it. */
export function budgetUsd(stack: WrittenStack): number {
  const { resources } = readStack(JSON.parse(stack.pulumiState));
  const without = resources.filter(({ name }) => name !== DEAR_RESOURCE);
  const [least, most] = [without, resources].map((some) => toUsd(idleCostIn(some).standbyMicroUsd));
  return ((least ?? Number.NaN) + (most ?? Number.NaN)) / 2;
}

function defectFigure(count: number, report: string): BenchFigure {
  const missed = missedDefects(report);
  const wanted = PLANTED_DEFECTS.length;
  return {
    name: `planted defects found in ${count} resources`,
    value: `${wanted - missed.length} of ${wanted}`,
    target: `${wanted}`,
    basis:
      missed.length === 0
        ? "warm-standby check, by rule and resource, under a budget that only the NAT gateway breaks"
        : `missed: ${missed.join(", ")}`,
    ok: missed.length === 0,
  };
}

/** Rules that refuse nothing of what they have to, or refuse another resource or for another reason. */
export function missedDefects(report: string): readonly string[] {
  const { policy } = JSON.parse(report) as {
    policy: { violations: { rule: string; level: string; urn: string; message: string }[] };
  };
  return PLANTED_DEFECTS.filter(
    ({ rule, resource, says }) =>
      !policy.violations.some(
        (one) =>
          one.level === "mandatory" &&
          one.rule === rule &&
          one.urn.endsWith(`::${resource}`) &&
          one.message.includes(says),
      ),
  ).map(({ rule }) => rule);
}

/** A run that broke off, or read another stack than this one, is fast and proves nothing. */
export function requireReport(stdout: string, resources: number): void {
  try {
    const report = JSON.parse(stdout) as { summary?: { failed?: unknown; resource_count?: unknown } };
    const { failed, resource_count: read } = report.summary ?? {};
    if (typeof failed === "number" && read === resources) return;
  } catch {
    // What is no JSON is no report either.
  }
  throw new Error(`checkov gave no JSON report with a summary of failed checks of ${resources} resources`);
}

function versionOf(checkov: string): string {
  return `checkov ${spawnSync(checkov, ["--version"], { encoding: "utf8" }).stdout.trim()}`;
}

function run(command: string, argv: readonly string[]): { seconds: number; stdout: string } {
  const started = performance.now();
  const { stdout, error } = spawnSync(command, argv, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (error) throw error;
  return { seconds: (performance.now() - started) / 1_000, stdout };
}
