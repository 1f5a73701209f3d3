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
import { type BenchFigure, upTo } from "./bench-figure";
import { median, ROOT } from "./measured-process";

const PAIRS = 5;
const RATIO_MAX = 0.6;
const ADDED_SECONDS_MAX = 1.5;
const STACK = "dev";
/** What a preview does not read. */
const LEFT_OUT = new Set(["node_modules", ".git", "reports", "test", "docs"]);

/**
 * `pulumi preview` of the dev stack with the pack, run as this project runs it, against the same preview as Pulumi
 * runs TypeScript by default and without a pack: in turns, over the stand-in provider. Pulumi's TypeScript keeps
 * what it compiled and checks only what changed, so the figure is taken as it is used: after an edit of index.ts.
 * Beside it stand the first preview of a machine, as in CI, and one with nothing changed.
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
    const measured = (before: (copy: string, pair: number) => NodeJS.ProcessEnv) => {
      const pairs = Array.from({ length: PAIRS }, (_, pair) => ({
        ours: preview(pulumi, ours, pack, before(ours, pair)),
        plain: preview(pulumi, plain, [], before(plain, pair)),
      }));
      const oursSeconds = median(pairs.map((pair) => pair.ours));
      const plainSeconds = median(pairs.map((pair) => pair.plain));
      return {
        ratio: oursSeconds / plainSeconds,
        value: `${(oursSeconds / plainSeconds).toFixed(2)} (${oursSeconds.toFixed(1)} / ${plainSeconds.toFixed(1)} s)`,
      };
    };
    const basis = `medians of ${PAIRS} pairs in turns`;
    const edited = measured((copy, pair) => {
      appendFileSync(path.join(copy, "index.ts"), `// ${pair}\n`);
      return {};
    });
    // ts-node, tsx and Node itself keep compiled code in the temporary directory.
    const first = measured((copy, pair) => {
      const TMPDIR = path.join(copy, `.tmp-${pair}`);
      mkdirSync(TMPDIR);
      return { TMPDIR };
    });
    const unchanged = measured(() => ({}));
    // In turns as well: on a machine that is doing something else, the rounds differ by more than the pack adds.
    const added = Array.from(
      { length: PAIRS },
      () => preview(pulumi, ours, pack) - preview(pulumi, ours, []),
    );
    const addedSeconds = median(added);
    return [
      { name, value: edited.value, target, basis: `after an edit, ${basis}`, ok: edited.ratio <= RATIO_MAX },
      {
        name,
        value: first.value,
        target,
        basis: `first on a machine, ${basis}`,
        ok: first.ratio <= RATIO_MAX,
      },
      { name, value: unchanged.value, target: "", basis: `nothing changed, ${basis}` },
      upTo(
        "the pack adds to a preview",
        addedSeconds,
        ADDED_SECONDS_MAX,
        "s",
        `median of ${PAIRS} pairs in turns`,
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function findOnPath(command: string, question = "version"): string | undefined {
  const found = spawnSync(command, [question], { encoding: "utf8" });
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

function preview(
  pulumi: string,
  folder: string,
  more: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): number {
  const started = performance.now();
  run(pulumi, folder, ["preview", "--stack", STACK, "--non-interactive", ...more], environment);
  return (performance.now() - started) / 1_000;
}

function run(
  pulumi: string,
  folder: string,
  argv: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): void {
  const done = spawnSync(pulumi, [...argv], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...process.env,
      PULUMI_BACKEND_URL: `file://${path.join(folder, ".state")}`,
      PULUMI_CONFIG_PASSPHRASE: "bench",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // No plugin is fetched that a program only might need: a search of the network is not what is looked at.
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      STANDIN_HOSTED_ZONES: "example.com",
      ...environment,
    },
  });
  if (done.status !== 0)
    throw new Error(`pulumi ${argv[0]} failed: ${`${done.stdout}${done.stderr}`.trim()}`);
}
