import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { StackResource } from "../../model/stack-resource";
import { runUnderMocks } from "../../rehearsal/standin/run-program";
import {
  policyText,
  VARIANTS,
  WEB_SERVER_POLICIES,
  type WebServerPolicy,
  webServerPolicies,
} from "./web-server-policies";

const PROJECT = path.resolve(__dirname, "../..");

/** The resources of the stack with these settings, without an account. */
async function resourcesWith(config: Readonly<Record<string, string>>): Promise<StackResource[]> {
  const run = await runUnderMocks({ projectDir: PROJECT, stack: "web-server", config });
  if (run.kind !== "ok") throw new Error(run.kind === "invalid" ? run.messages.join("\n") : run.message);
  return run.resources;
}

/** Writes the policies that the stack's resources ask for. */
async function writePolicies(): Promise<void> {
  const policies = webServerPolicies({
    plain: await resourcesWith(VARIANTS.plain),
    cloudFront: await resourcesWith(VARIANTS.cloudFront),
  });
  for (const [name, file] of Object.entries(WEB_SERVER_POLICIES)) {
    const target = path.join(PROJECT, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, policyText(policies[name as WebServerPolicy]));
    console.log(`${file} is written`);
  }
}

writePolicies().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
