import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseDocument } from "yaml";
import type { BenchFigure } from "./bench-figure";
import { median, ROOT } from "./measured-process";

const PAIRS = 5;
const RATIO_MAX = 0.6;
const STACK = "dev";
/** What a preview does not read. */
const LEFT_OUT = new Set(["node_modules", ".git", "reports", "test", "docs"]);

/**
 * `pulumi preview` of the dev stack with the pack, run as this project runs it, against the same preview as Pulumi
 * runs TypeScript by default and without a pack: in turns, over the stand-in provider. Pulumi's TypeScript keeps
 * what it compiled and checks only what changed, so the figure is taken as it is used: after an edit of index.ts.
 */
export async function previewRatio(pulumi: string | undefined): Promise<BenchFigure[]> {
  const name = "preview with pack / default";
  const target = `at most ${RATIO_MAX}`;
  if (pulumi === undefined) {
    return [{ name, value: "not measured", target, basis: "no pulumi on the PATH" }];
  }
  const folder = mkdtempSync(path.join(tmpdir(), "warm-standby-bench-"));
  try {
    const ours = project(path.join(folder, "ours"), pulumi, true);
    const plain = project(path.join(folder, "default"), pulumi, false);
    const pack = ["--policy-pack", path.join(ours, "policy")];
    // The first run of each fills caches that every later one finds.
    preview(pulumi, ours, pack);
    preview(pulumi, plain, []);
    const measured = (isEdited: boolean) => {
      const pairs = Array.from({ length: PAIRS }, (_, pair) => {
        if (isEdited)
          for (const copy of [ours, plain]) appendFileSync(path.join(copy, "index.ts"), `// ${pair}\n`);
        return { ours: preview(pulumi, ours, pack), plain: preview(pulumi, plain, []) };
      });
      const oursSeconds = median(pairs.map((pair) => pair.ours));
      const plainSeconds = median(pairs.map((pair) => pair.plain));
      return {
        ratio: oursSeconds / plainSeconds,
        value: `${(oursSeconds / plainSeconds).toFixed(2)} (${oursSeconds.toFixed(1)} / ${plainSeconds.toFixed(1)} s)`,
      };
    };
    const basis = `medians of ${PAIRS} pairs in turns`;
    const edited = measured(true);
    const unchanged = measured(false);
    return [
      { name, value: edited.value, target, basis: `after an edit, ${basis}`, ok: edited.ratio <= RATIO_MAX },
      { name, value: unchanged.value, target: "", basis: `nothing changed, ${basis}` },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function findOnPath(command: string): string | undefined {
  const found = spawnSync(command, ["version"], { encoding: "utf8" });
  return found.status === 0 ? command : undefined;
}

/** A copy of the project over the stand-in, with a stack in a backend of its own. */
function project(folder: string, pulumi: string, ownRuntime: boolean): string {
  mkdirSync(folder);
  cpSync(ROOT, folder, {
    recursive: true,
    filter: (source) => !LEFT_OUT.has(path.relative(ROOT, source).split(path.sep)[0] ?? ""),
  });
  symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  const file = path.join(folder, "Pulumi.yaml");
  const settings = parseDocument(readFileSync(file, "utf8"));
  if (!ownRuntime) settings.set("runtime", "nodejs");
  settings.set("plugins", { providers: [{ name: "aws", path: "./rehearsal/standin/plugin" }] });
  writeFileSync(file, settings.toString());
  mkdirSync(path.join(folder, ".state"));
  run(pulumi, folder, ["stack", "init", STACK, "--non-interactive"]);
  return folder;
}

function preview(pulumi: string, folder: string, more: readonly string[]): number {
  const started = performance.now();
  run(pulumi, folder, ["preview", "--stack", STACK, "--non-interactive", ...more]);
  return (performance.now() - started) / 1_000;
}

function run(pulumi: string, folder: string, argv: readonly string[]): void {
  const done = spawnSync(pulumi, [...argv], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...process.env,
      PULUMI_BACKEND_URL: `file://${path.join(folder, ".state")}`,
      PULUMI_CONFIG_PASSPHRASE: "bench",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      STANDIN_HOSTED_ZONES: "example.com",
    },
  });
  if (done.status !== 0)
    throw new Error(`pulumi ${argv[0]} failed: ${`${done.stdout}${done.stderr}`.trim()}`);
}
