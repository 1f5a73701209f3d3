import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BenchFigure } from "./bench-figure";
import { median, ROOT } from "./measured-process";
import { PLANTED_DEFECTS, writtenStack } from "./thousand-resources";

const RESOURCES = 1_000;
const RUNS = 3;
const TIMES_FASTER_MIN = 5;

/**
 * `warm-standby check` against Checkov on the same resources, in turns, each from its start to its verdict: how
 * many times faster, and how many of the planted defects each names.
 * @param checkov the command; undefined where there is none.
 */
export async function checkovFigures(checkov: string | undefined): Promise<BenchFigure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "warm-standby-bench-"));
  try {
    const stack = writtenStack(RESOURCES);
    const state = path.join(folder, "state.json");
    const terraform = path.join(folder, "terraform");
    mkdirSync(terraform);
    writeFileSync(state, stack.pulumiState);
    writeFileSync(path.join(terraform, "main.tf.json"), stack.terraformJson);
    const ours = () =>
      run(process.execPath, [path.join(ROOT, "bin/warm-standby.js"), "check", "--state", state, "--json"]);
    const found = foundDefects(ours().stdout);
    const wanted = Object.keys(PLANTED_DEFECTS).length;
    const figures: BenchFigure[] = [
      {
        name: `planted defects found in ${RESOURCES} resources`,
        value: `${found} of ${wanted}`,
        target: `${wanted}`,
        basis: "warm-standby check",
        ok: found === wanted,
      },
    ];
    const name = "check, times faster than Checkov";
    const target = `at least ${TIMES_FASTER_MIN}`;
    if (checkov === undefined)
      return [...figures, { name, value: "not measured", target, basis: "no checkov on the PATH" }];
    const theirs = () =>
      run(checkov, ["-d", terraform, "--framework", "terraform", "-o", "json", "--compact", "--quiet"]);
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

function foundDefects(report: string): number {
  const { policy } = JSON.parse(report) as { policy: { violations: { rule: string; level: string }[] } };
  const refused = new Set(
    policy.violations.filter(({ level }) => level === "mandatory").map(({ rule }) => rule),
  );
  return Object.keys(PLANTED_DEFECTS).filter((rule) => refused.has(rule)).length;
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
