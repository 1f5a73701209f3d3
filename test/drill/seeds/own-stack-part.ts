import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { OWN_STACK_HEADING, renderOwnStack } from "../../../drill/seeds/render-own-stack";
import { SEED_NUMBERS, SEEDS, SEEDS_DOC } from "../../../drill/seeds/render-seeds";
import type { StackResource } from "../../../model/stack-resource";

export const WRITTEN = readFileSync(path.resolve(__dirname, "../../..", SEEDS_DOC), "utf8");

/** Standing a stack up takes a second, so whoever tests one that stands already asks whether the page tells it. */
export function assertWrittenFor(stack: string, resources: readonly StackResource[]): void {
  const seed = SEEDS.find((each) => each.stack === stack) ?? assert.fail(`no seed has the stack ${stack}`);
  const start = WRITTEN.indexOf(`${OWN_STACK_HEADING} \`${stack}\`\n`);
  assert.ok(start >= 0, "it is not there");
  const end = WRITTEN.indexOf("## Seed", start);
  const part = WRITTEN.slice(start, end < 0 ? undefined : end);
  assert.equal(part.trimEnd(), renderOwnStack(seed, resources, SEED_NUMBERS).trimEnd());
}
