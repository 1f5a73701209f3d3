import { readProgramSettings } from "../rehearsal/standin/program-settings";
import { runUnderMocks } from "../rehearsal/standin/run-program";
import { parseSettings } from "../stacks/settings";
import type { StackSource } from "./stack-source";
import type { StoodUp } from "./stand-up";

/** Runs the program of the project under mocks, which needs no account, and reads its settings. */
export async function standUpProgram(
  { projectDir, stack, config }: Extract<StackSource, { kind: "program" }>,
  signal: AbortSignal,
): Promise<StoodUp> {
  const run = await runUnderMocks({ projectDir, stack, config, signal });
  if (run.kind !== "ok") return run;
  const reading = readProgramSettings(projectDir, stack, config);
  if (reading.kind === "invalid") return reading;
  const parsed = parseSettings(reading.settings.config, stack);
  if (parsed.kind === "invalid") return parsed;
  const { system, objectives } = parsed.settings;
  return { kind: "ok", system, stack, resources: run.resources, objectives, phase: "settled", notes: [] };
}
