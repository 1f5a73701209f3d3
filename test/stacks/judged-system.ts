import assert from "node:assert/strict";
import path from "node:path";
import type { StackResource } from "../../model/stack-resource";
import type { Properties } from "../../model/unknown";
import { evaluate, type PolicyConfig } from "../../policy/evaluate";
import { runUnderMocks } from "../../rehearsal/standin/run-program";

const PROJECT = path.join(__dirname, "../..");

/** The resources of a stack of this project, with settings over those of its file. */
export async function stoodUp(
  stack: string,
  config: Readonly<Record<string, string>> = {},
): Promise<readonly StackResource[]> {
  const run = await runUnderMocks({ projectDir: PROJECT, stack, config });
  if (run.kind !== "ok") throw new Error(JSON.stringify(run));
  return run.resources;
}

/** The mandatory rules that refuse a stack, each once, in the order of the pack. */
export function refusals(resources: readonly StackResource[], config: PolicyConfig): string[] {
  const refused = evaluate(resources, config).findings.filter(
    ({ verdict, level }) => level === "mandatory" && verdict !== "pass" && verdict !== "notApplicable",
  );
  return [...new Set(refused.map(({ rule }) => rule))];
}

/** The rules that speak of a stack and find it right, in the order of their names. */
export function passedRules(resources: readonly StackResource[], config: PolicyConfig): string[] {
  const passed = evaluate(resources, config).findings.filter(({ verdict }) => verdict === "pass");
  return [...new Set(passed.map(({ rule }) => rule))].sort();
}

/** The stack with properties of one resource changed; undefined takes one away. */
export function changed(
  stack: readonly StackResource[],
  name: string,
  change: Properties,
): readonly StackResource[] {
  const isMeant = (resource: StackResource) => resource.name === name && resource.custom;
  assert.equal(stack.filter(isMeant).length, 1, name);
  return stack.map((resource) =>
    isMeant(resource) ? { ...resource, properties: { ...resource.properties, ...change } } : resource,
  );
}

/** The properties of the one resource that has this name. */
export function propertiesOf(stack: readonly StackResource[], name: string): Properties {
  const [found, ...others] = stack.filter((resource) => resource.name === name && resource.custom);
  assert.ok(found !== undefined && others.length === 0, name);
  return found.properties;
}

/** One change of one resource, and the one rule that refuses it. */
export interface Break {
  readonly what: string;
  readonly rule: string;
  readonly resource: string;
  readonly change: Properties | ((stack: readonly StackResource[]) => Properties);
  /** What cannot hold either then: without detection nothing bounds the recovery. */
  readonly also?: string;
}

/** A test for each break: the rule refuses the stack, which `stackOf` gives once it stands, and no other does. */
export function testBreaks(
  breaks: readonly Break[],
  stackOf: (each: Break) => readonly StackResource[],
  config: PolicyConfig,
): void {
  for (const each of breaks) {
    const { what, rule, resource, change, also } = each;
    it(`${rule} refuses ${what}`, () => {
      const stack = stackOf(each);
      const properties = typeof change === "function" ? change(stack) : change;
      const expected = [rule, ...(also === undefined ? [] : [also])];
      assert.deepEqual(refusals(changed(stack, resource, properties), config).sort(), expected.sort());
    });
  }
}

/** The rules that the breaks test, and those that are tested apart from them, each once and sorted. */
export function testedRules(breaks: readonly Break[], ...apart: readonly string[]): string[] {
  return [...new Set([...breaks.map(({ rule }) => rule), ...apart])].sort();
}
