import { readFileSync } from "node:fs";
import path from "node:path";
import { RTO_OBJECTIVE_SECONDS } from "../model/recovery-bound";
import type { StackResource } from "../model/stack-resource";
import { standbyIdleCost } from "../policy/rules/standby-idle-cost/rule";
import { resourcesFromDeployment } from "../rehearsal/standin/deployment";
import type { Objectives, StoodUp } from "./stand-up";

/** What a stack is held against that promises nothing itself: the pack's defaults. */
export const DEFAULT_OBJECTIVES: Objectives = {
  rtoSeconds: RTO_OBJECTIVE_SECONDS,
  standbyMonthlyUsd: standbyIdleCost.settings.monthlyUsdLimit.default as number,
};

/** The stack in what `pulumi stack export` or `pulumi preview --json` printed. */
export function exportedStack(file: string): StoodUp {
  try {
    const resources = resourcesFromDeployment(JSON.parse(readFileSync(file, "utf8")));
    const { project, stack } = namesOf(resources);
    return { kind: "ok", system: project, stack, resources, objectives: DEFAULT_OBJECTIVES };
  } catch (error) {
    return { kind: "invalid", messages: [`--state ${path.basename(file)}: ${reasonOf(error)}`] };
  }
}

/** `urn:pulumi:<stack>::<project>::...`; a stack without resources has no name in its file. */
function namesOf(resources: readonly StackResource[]): { project: string; stack: string } {
  const [first = "", project = "unnamed"] = resources[0]?.urn.split("::") ?? [];
  return { project, stack: first.split(":")[2] ?? "unnamed" };
}

function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) {
    return "not JSON; make one with `pulumi stack export --file state.json` or `pulumi preview --json`";
  }
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined ? message : `cannot be read: ${code}`;
}
