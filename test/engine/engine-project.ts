import { spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse, stringify } from "yaml";

const ROOT = path.resolve(__dirname, "../..");
const PLUGIN = path.join(ROOT, "rehearsal/standin/plugin");

/** The day that packs judge the age of prices on; none is a year old then. */
export const JUDGED_ON = "2025-01-01";

/** As the stand-in, with what the provider for AWS has beside it: a schema, and ids among the outputs. */
export const AWS_LIKE_PLUGIN = path.join(__dirname, "fixtures/aws-like");

/** Whether the real engine is at hand, and what the title of a test says when it is not. */
export const HAS_ENGINE = spawnSync("pulumi", ["version"]).status === 0;
export const SKIPPED = HAS_ENGINE ? "" : " (skipped: no pulumi command on the PATH)";
/** The same of programs in YAML. */
export const HAS_YAML = HAS_ENGINE && spawnSync("pulumi-language-yaml", ["-version"]).error === undefined;
export const YAML_SKIPPED = HAS_YAML ? "" : " (skipped: no pulumi-language-yaml command on the PATH)";
/** The same of programs with networks, which the provider awsx builds. */
export const HAS_AWSX = HAS_ENGINE && spawnSync("sh", ["-c", "command -v pulumi-resource-awsx"]).status === 0;
export const AWSX_SKIPPED = HAS_AWSX ? "" : " (skipped: no pulumi-resource-awsx command on the PATH)";
// The dot reporter shows no titles.
if (!HAS_ENGINE) console.log("test/engine is skipped: no pulumi command on the PATH");

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A project in a directory of its own that points Pulumi's engine at the stand-in: the same sources through
 * links, its own settings, a backend of files, and an account that outlives the plugin's processes.
 */
export class EngineProject {
  private constructor(
    private readonly base: string,
    private readonly zones: string,
    private readonly stack: string,
  ) {}

  /** @param plugin folder of the plugin that plays AWS. */
  static async create(source: string, zones: string, plugin = PLUGIN, stack = "dev"): Promise<EngineProject> {
    const base = mkdtempSync(path.join(tmpdir(), "warm-standby-engine-"));
    const project = new EngineProject(base, zones, stack);
    for (const directory of ["project", "backend", "home", "account"])
      mkdirSync(path.join(project.base, directory));
    for (const entry of readdirSync(source).filter((name) => !/^(\.git|Pulumi\..*|node_modules)$/.test(name)))
      symlinkSync(path.join(source, entry), path.join(project.directory, entry));
    for (const entry of readdirSync(source).filter((name) => /^Pulumi\..*/.test(name)))
      cpSync(path.join(source, entry), path.join(project.directory, entry));
    symlinkSync(path.join(ROOT, "node_modules"), path.join(project.directory, "node_modules"));
    const file = path.join(project.directory, "Pulumi.yaml");
    const settings = parse(readFileSync(file, "utf8"));
    settings.plugins = { providers: [{ name: "aws", path: plugin }] };
    writeFileSync(file, stringify(settings));
    const made = await project.pulumi("stack", "init", stack);
    if (made.code !== 0) throw new Error(made.stderr);
    return project;
  }

  get directory(): string {
    return path.join(this.base, "project");
  }

  /** Runs one command on the stack; stdout and stderr come whole. */
  pulumi(...args: string[]): Promise<Outcome> {
    const own = args[0] === "stack" && args[1] === "init" ? [] : ["--stack", this.stack];
    const child = spawn("pulumi", [...args, ...own, "--non-interactive", "--color", "never"], {
      cwd: this.directory,
      env: {
        ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|PULUMI)_/.test(name))),
        PULUMI_BACKEND_URL: `file://${path.join(this.base, "backend")}`,
        PULUMI_CONFIG_PASSPHRASE: "",
        PULUMI_HOME: path.join(this.base, "home"),
        PULUMI_SKIP_UPDATE_CHECK: "true",
        // No plugin is fetched that a program only might need: a search of the network is not what is looked at.
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        STANDIN_ACCOUNT_DIR: path.join(this.base, "account"),
        STANDIN_HOSTED_ZONES: this.zones,
        WARM_STANDBY_AS_OF: JUDGED_ON,
      },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data) => {
      stdout += data;
    });
    child.stderr.on("data", (data) => {
      stderr += data;
    });
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, stdout, stderr }));
    });
  }

  /** Runs a command that has to succeed, and reads what it prints as JSON. */
  async json(...args: string[]): Promise<unknown> {
    const { code, stdout, stderr } = await this.pulumi(...args);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code}: ${stdout}${stderr}`);
    return JSON.parse(stdout);
  }

  /** What the policy packs say of one command: its code, and the findings in their order. */
  async findings(...args: string[]): Promise<{ code: number | null; findings: string[]; printed: string }> {
    const { code, stdout, stderr } = await this.pulumi(...args);
    return { code, findings: findingsIn(stdout), printed: stdout + stderr };
  }

  /** What exists in the stand-in's account: one file per resource. */
  existing(): string[] {
    return readdirSync(path.join(this.base, "account"));
  }

  /** Plugins that the engine downloaded; with the path in the project file there must be none. */
  downloadedPlugins(): string[] {
    return readdirSync(path.join(this.base, "home"), { recursive: true, encoding: "utf8" }).filter((file) =>
      file.startsWith("plugins"),
    );
  }

  remove(): void {
    rmSync(this.base, { recursive: true, force: true });
  }
}

/** What Pulumi prints under "Policies:", each as `mandatory failover-ttl primary`. */
export function findingsIn(printed: string): string[] {
  return [...printed.matchAll(/^ +- \[(\w+)\] +(\S+) +\(\S+: (.+)\)$/gm)].map(
    ([, level, rule, name]) => `${level} ${rule} ${name}`,
  );
}
