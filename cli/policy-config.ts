import path from "node:path";
import { configFaults, type PolicyConfig, type RuleConfig } from "../policy/evaluate";
import { failoverRto } from "../policy/rules/failover-rto/rule";
import { stackIdleCost } from "../policy/rules/stack-idle-cost/rule";
import { standbyIdleCost } from "../policy/rules/standby-idle-cost/rule";
import { readableFile } from "./arguments";
import type { Objectives } from "./stand-up";
import { readJson } from "./state-file";

/** The file of `--policy-config`, in the form that the engine's `--policy-pack-config` takes; its faults go to `problems`. */
export async function policyConfig(
  given: string | undefined,
  cwd: string,
  problems: string[],
): Promise<PolicyConfig> {
  if (given === undefined) return {};
  const before = problems.length;
  const file = readableFile("--policy-config", given, cwd, problems);
  if (problems.length > before) return {};
  const faults = (lines: readonly string[]) => {
    problems.push(...lines.map((line) => `--policy-config ${path.basename(file)}: ${line}`));
    return {};
  };
  let config: unknown;
  try {
    config = await readJson(file, { lever: "policy/config.dev.json is an example" });
  } catch (error) {
    return faults([(error as Error).message]);
  }
  if (config === null || typeof config !== "object" || Array.isArray(config)) {
    return faults(["it must be an object with an entry for each rule to configure"]);
  }
  const found = configFaults(config as Record<string, unknown>);
  return found.length > 0 ? faults(found) : (config as PolicyConfig);
}

/** The stack's own objectives are what its settings promise; the file has the last word. */
export function withObjectives(
  config: PolicyConfig,
  { rtoSeconds, standbyMonthlyUsd, stackMonthlyUsd }: Objectives,
): PolicyConfig {
  const over = (id: string, settings: RuleConfig): RuleConfig => {
    const entry = config[id];
    return typeof entry === "string" ? { ...settings, enforcementLevel: entry } : { ...settings, ...entry };
  };
  return {
    ...config,
    [failoverRto.id]: over(failoverRto.id, { rtoSecondsLimit: rtoSeconds }),
    [standbyIdleCost.id]: over(standbyIdleCost.id, { monthlyUsdLimit: standbyMonthlyUsd }),
    ...(stackMonthlyUsd === undefined
      ? {}
      : { [stackIdleCost.id]: over(stackIdleCost.id, { monthlyUsdLimit: stackMonthlyUsd }) }),
  };
}
