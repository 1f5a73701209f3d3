import path from "node:path";
import { RTO_OBJECTIVE_SECONDS } from "../model/recovery-bound";
import type { StackResource } from "../model/stack-resource";
import { standbyIdleCost } from "../policy/rules/standby-idle-cost/rule";
import { EXPORT_LEVER, readStack } from "../rehearsal/standin/deployment";
import type { Objectives, StoodUp } from "./stand-up";
import { readJson, STDIN } from "./state-file";

/** What a stack is held against that promises nothing itself: the pack's defaults. */
const DEFAULT_OBJECTIVES: Objectives = {
  rtoSeconds: RTO_OBJECTIVE_SECONDS,
  standbyMonthlyUsd: standbyIdleCost.settings.monthlyUsdLimit.default as number,
};

/** The stack in what `pulumi stack export` or `pulumi preview --json` printed, from a file or from stdin (`-`). */
export async function exportedStack(file: string, stdin?: AsyncIterable<Buffer>): Promise<StoodUp> {
  try {
    const { resources, preview, notes } = readStack(await readJson(file, { lever: EXPORT_LEVER, stdin }));
    if (resources.length === 0 && !preview) {
      throw new Error(
        'the stack in it has no resources, so there is nothing to judge; export it after "pulumi up", or use "pulumi preview --json"',
      );
    }
    const { project, stack } = namesOf(resources);
    return {
      kind: "ok",
      system: project,
      stack,
      resources,
      objectives: DEFAULT_OBJECTIVES,
      phase: preview ? "preview" : "settled",
      notes: resources.length === 0 ? [...notes, NOTHING_LEFT] : notes,
    };
  } catch (error) {
    const reason =
      error instanceof RangeError ? "its values are nested too deeply to be read" : (error as Error).message;
    const name = file === STDIN ? STDIN : path.basename(file);
    return { kind: "invalid", messages: [`--state ${name}: ${reason}`] };
  }
}

/** A preview that tears a stack down is no mistake, and violates nothing. */
const NOTHING_LEFT = "the preview leaves no resources, so there is nothing to judge";

/** `urn:pulumi:<stack>::<project>::...`. */
function namesOf(resources: readonly StackResource[]): { project: string; stack: string } {
  const [first = "", project = "unnamed"] = resources[0]?.urn.split("::") ?? [];
  return { project, stack: first.split(":")[2] ?? "unnamed" };
}
