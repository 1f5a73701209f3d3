import type { Objectives } from "../drill/report/report";
import type { StackResource } from "../model/stack-resource";
import type { Phase } from "../policy/rule";
import { readProgramSettings } from "../rehearsal/standin/program-settings";
import { runUnderMocks } from "../rehearsal/standin/run-program";
import { parseSettings } from "../stacks/settings";
import { exportedStack } from "./exported-stack";
import type { StackSource } from "./stack-source";

export type { Objectives } from "../drill/report/report";

/** A stack as the command sees it, wherever it came from. */
export type StoodUp =
  | {
      readonly kind: "ok";
      readonly system: string;
      readonly stack: string;
      readonly resources: readonly StackResource[];
      readonly objectives: Objectives;
      readonly phase: Phase;
      /** What the source does not tell of the stack, one line each. */
      readonly notes: readonly string[];
    }
  /** The user's mistakes; one line each. */
  | { readonly kind: "invalid"; readonly messages: readonly string[] }
  | { readonly kind: "failed"; readonly message: string };

/** Runs the program of the project without an account, or reads a file that was exported from one. */
export async function standUp(source: StackSource, signal: AbortSignal): Promise<StoodUp> {
  if (source.kind === "state") return exportedStack(source.file);
  const { projectDir, stack, config } = source;
  const run = await runUnderMocks({ projectDir, stack, config, signal });
  if (run.kind !== "ok") return run;
  const reading = readProgramSettings(projectDir, stack, config);
  if (reading.kind === "invalid") return reading;
  const parsed = parseSettings(reading.settings.config, stack);
  if (parsed.kind === "invalid") return parsed;
  const { system, objectives } = parsed.settings;
  return { kind: "ok", system, stack, resources: run.resources, objectives, phase: "settled", notes: [] };
}
