import { writeFileSync } from "node:fs";
import path from "node:path";
import type { StackResource } from "../../model/stack-resource";
import { runUnderMocks } from "../../rehearsal/standin/run-program";
import { renderSeeds, SEEDS, SEEDS_DOC } from "./render-seeds";

const PROJECT = path.resolve(__dirname, "../..");

/** Stands each seed's stack up without an account, and writes the page that compares the documents with them. */
async function writeSeeds(): Promise<void> {
  const stacks = new Map<string, readonly StackResource[]>();
  // One after the other: each is a process of its own with the whole of the AWS provider in it.
  for (const { stack } of SEEDS) {
    const run = await runUnderMocks({ projectDir: PROJECT, stack });
    if (run.kind !== "ok") throw new Error(run.kind === "invalid" ? run.messages.join("\n") : run.message);
    stacks.set(stack, run.resources);
  }
  writeFileSync(
    path.join(PROJECT, SEEDS_DOC),
    renderSeeds(({ stack }) => stacks.get(stack) ?? []),
  );
  console.log(`${SEEDS_DOC} is written`);
}

writeSeeds().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
