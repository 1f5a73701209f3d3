import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { fromEngineResource, type StackResource } from "../../model/stack-resource";
import type { Deployment } from "./deployment";
import { readProgramSettings } from "./program-settings";

export interface RunOptions {
  /** Directory with `Pulumi.yaml`. */
  readonly projectDir: string;
  readonly stack: string;
  /** Settings over those of the files, by full key or by the project's own. */
  readonly config?: Readonly<Record<string, string>>;
  /** Names of hosted zones that exist already; default: the setting `hostedZoneName` of the project. */
  readonly hostedZones?: readonly string[];
  /** Ends the program at once; the run then counts as failed. */
  readonly signal?: AbortSignal;
}

export type ProgramRun =
  | {
      readonly kind: "ok";
      readonly resources: StackResource[];
      readonly outputs: Record<string, unknown>;
      /** In the form of `pulumi stack export`. */
      readonly deployment: Deployment;
    }
  /** Wrong settings, or what AWS or the stand-in refuses of the program; one line each. */
  | { readonly kind: "invalid"; readonly messages: string[] }
  /** One line per fault, no stack trace. */
  | { readonly kind: "failed"; readonly message: string };

/** What the host process is told. */
export interface HostOrder {
  readonly projectDir: string;
  readonly stack: string;
  readonly project: string;
  readonly main: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  readonly hostedZones: readonly string[];
}

/** What it answers. */
export type HostMessage =
  | { readonly kind: "ok"; readonly deployment: Deployment; readonly outputs: Record<string, unknown> }
  | { readonly kind: "invalid"; readonly messages: string[] }
  | { readonly kind: "failed"; readonly message: string };

const LOAD_TYPESCRIPT = path.join(__dirname, "../../build/load-typescript.js");

/** How much of what the program prints is kept to explain an end without an answer. */
const PRINTED_CHARACTERS = 4_000;

const HAS_PROCESS_GROUPS = process.platform !== "win32";

/**
 * Runs a Pulumi program in a process of its own, over the stand-in for AWS. Never rejects: whatever happens in
 * the program is one of the three outcomes, and nothing of the run is left behind.
 */
export async function runUnderMocks(options: RunOptions): Promise<ProgramRun> {
  const projectDir = path.resolve(options.projectDir);
  const reading = readProgramSettings(projectDir, options.stack, options.config ?? {});
  if (reading.kind === "invalid") return { kind: "invalid", messages: [...reading.messages] };
  const { settings } = reading;
  const answer = await answerOf(
    {
      projectDir,
      stack: options.stack,
      project: settings.project,
      main: settings.main,
      config: settings.config,
      secretKeys: settings.secretKeys,
      hostedZones: options.hostedZones ?? zonesIn(settings.config, settings.project),
    },
    options.signal,
  );
  if (answer.kind !== "ok") return answer;
  // The program speaks first: it names every wrong setting at once, and in its own words.
  if (settings.typeProblems.length > 0) return { kind: "invalid", messages: [...settings.typeProblems] };
  const resources = answer.deployment.deployment.resources.map((resource) =>
    fromEngineResource(resource, { preview: false }),
  );
  return { ...answer, resources };
}

function zonesIn(config: Readonly<Record<string, string>>, project: string): string[] {
  const zone = config[`${project}:hostedZoneName`];
  return zone ? [zone] : [];
}

function answerOf(order: HostOrder, signal: AbortSignal | undefined): Promise<HostMessage> {
  const stopped: HostMessage = { kind: "failed", message: "stopped before the program had ended" };
  if (signal?.aborted) return Promise.resolve(stopped);
  return new Promise((resolve) => {
    const child = fork(path.join(__dirname, "program-host.ts"), [], {
      cwd: order.projectDir,
      execArgv: ["--require", LOAD_TYPESCRIPT],
      env: programEnvironment(),
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      // A group of its own, so that what the program started ends with it.
      detached: HAS_PROCESS_GROUPS,
    });
    let answer: HostMessage | undefined;
    let printed = "";
    child.stderr?.on("data", (data: Buffer) => {
      printed = (printed + data.toString()).slice(-PRINTED_CHARACTERS);
    });
    const stop = () => {
      answer ??= stopped;
      killGroup(child);
    };
    signal?.addEventListener("abort", stop, { once: true });
    child.once("message", (message) => {
      answer ??= message as HostMessage;
    });
    child.once("error", (error) => {
      answer ??= { kind: "failed", message: `the program's process did not start: ${error.message}` };
      settle();
    });
    child.once("close", (code) => {
      answer ??= { kind: "failed", message: endedAlone(code, printed) };
      settle();
    });
    const settle = () => {
      signal?.removeEventListener("abort", stop);
      resolve(answer ?? stopped);
    };
    child.send(order, (error) => {
      if (error) answer ??= { kind: "failed", message: `the program's process ended: ${error.message}` };
    });
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(HAS_PROCESS_GROUPS ? -child.pid : child.pid, "SIGKILL");
  } catch (error) {
    // It ended by itself in the meantime.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** A rehearsal depends on the project alone, never on the AWS or Pulumi set-up of the machine. */
function programEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|PULUMI)_/.test(name)));
}

function endedAlone(code: number | null, printed: string): string {
  const last = printed
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^\s+at |^Node\.js v/.test(line))
    .at(-1);
  return `the program's process ended with code ${code} before it answered${last ? `: ${last.trim()}` : ""}`;
}
