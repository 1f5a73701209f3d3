import { createRequire } from "node:module";
import path from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { Refusal } from "./aws/refusal";
import type { HostMessage, HostOrder } from "./run-program";
import { installStandin } from "./standin-monitor";
import { StandinRegistry } from "./standin-registry";

/**
 * The process that runs a Pulumi program over the stand-in: takes one order from its parent, answers with one
 * message and ends. Everything that a program can break breaks here and not in the parent.
 */

/** How long failures are awaited once the program is through and something still keeps the process alive. */
const AFTERMATH_MS = 500;

const refusals: string[] = [];
let failure: unknown;
let registry: StandinRegistry | undefined;
let isComplete = false;

function fail(error: unknown): void {
  failure ??= error;
  awaitAftermath();
}

/** What the program started may fail after it; without anything left to do, the end comes at once. */
function awaitAftermath(): void {
  setTimeout(finish, AFTERMATH_MS).unref();
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
// Nothing is left to do: whoever still waits, waits for ever, so this is the end of the program either way.
process.once("beforeExit", finish);

// Whoever asked is gone.
process.once("disconnect", () => process.exit(1));

process.once("message", (order: HostOrder) => {
  process.channel?.unref();
  run(order).then(() => {
    isComplete = true;
    awaitAftermath();
  }, fail);
});

async function run(order: HostOrder): Promise<void> {
  process.chdir(order.projectDir);
  const fromProgram = createRequire(path.join(order.projectDir, "program.js"));
  const entry = fromProgram.resolve("@pulumi/pulumi");
  const sdk = fromProgram("@pulumi/pulumi") as typeof pulumi;
  registry = new StandinRegistry(order.project, order.stack, order.config, order.hostedZones);
  sdk.runtime.setAllConfig({ ...order.config }, [...order.secretKeys]);
  await installStandin({ pulumi: sdk, entry }, order, registry, (error) => {
    if (error instanceof Refusal) refusals.push(...error.lines.filter((line) => !refusals.includes(line)));
    else failure ??= error;
  });
  const main = createRequire(path.join(order.main, "program.js"));
  await sdk.runtime.runInPulumiStack(async () => {
    const exported = main(order.main);
    // A program may export a function that returns its outputs.
    const outputs = typeof exported === "function" ? exported() : (exported?.default ?? exported);
    return typeof outputs === "function" ? outputs() : outputs;
  });
  await sdk.runtime.disconnect();
}

let isFinished = false;

function finish(): void {
  if (isFinished || process.send === undefined) return;
  isFinished = true;
  process.channel?.ref();
  process.send(message(), () => process.exit(0));
}

function message(): HostMessage {
  if (refusals.length > 0) return { kind: "invalid", messages: refusals };
  if (failure !== undefined) return failed(failure);
  if (!isComplete || registry === undefined)
    return { kind: "failed", message: "the program ended while something in it still waited for a value" };
  return { kind: "ok", deployment: registry.deployment(), outputs: registry.stackOutputs() };
}

function failed(error: unknown): HostMessage {
  const { message, __pulumiRunError: isRunError } = error as { message?: string; __pulumiRunError?: boolean };
  const text = message ?? String(error);
  if (isRunError) return { kind: "invalid", messages: text.split("\n").filter((line) => line !== "") };
  // Node appends the files that required a missing module, which are of no use to a user.
  return { kind: "failed", message: text.split("\nRequire stack:")[0] ?? text };
}
