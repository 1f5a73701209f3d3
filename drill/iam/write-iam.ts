import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { StackResource } from "../../model/stack-resource";
import { runUnderMocks } from "../../rehearsal/standin/run-program";
import {
  EVERY_OPTION,
  policyText,
  WEB_SERVER_POLICIES,
  type WebServerPolicy,
  webServerPolicies,
} from "./web-server-policies";

const PROJECT = path.resolve(__dirname, "../..");

/** Runs the stack without an account, with every option, and writes the policies that its resources ask for. */
async function writePolicies(): Promise<void> {
  const variants: StackResource[][] = [];
  for (const config of EVERY_OPTION) {
    const run = await runUnderMocks({ projectDir: PROJECT, stack: "web-server", config });
    if (run.kind !== "ok") throw new Error(run.kind === "invalid" ? run.messages.join("\n") : run.message);
    variants.push(run.resources);
  }
  const policies = webServerPolicies(variants);
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
