import assert from "node:assert/strict";
import path from "node:path";
import { withObjectives } from "../../cli/policy-config";
import type { StackResource } from "../../model/stack-resource";
import type { Properties } from "../../model/unknown";
import { evaluate, type PolicyConfig } from "../../policy/evaluate";
import { readProgramSettings } from "../../rehearsal/standin/program-settings";
import { runUnderMocks } from "../../rehearsal/standin/run-program";
import { type ParsedSettings, parseSettings, type Settings } from "../../stacks/settings";

export const PROJECT = path.join(__dirname, "../..");

const standing = new Map<string, Promise<readonly StackResource[]>>();

/** The resources of a stack of this project, with settings over those of its file; each is stood up once. */
export function stoodUp(
  stack: string,
  config: Readonly<Record<string, string>> = {},
): Promise<readonly StackResource[]> {
  const key = JSON.stringify([stack, Object.entries(config).sort()]);
  const resources = standing.get(key) ?? standUp(stack, config);
  standing.set(key, resources);
  return resources;
}

async function standUp(
  stack: string,
  config: Readonly<Record<string, string>>,
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

/** Settings over those of the stack's file. */
type Config = Readonly<Record<string, string>>;

function parsedStack(stack: string, config: Config): ParsedSettings {
  const reading = readProgramSettings(PROJECT, stack, config);
  if (reading.kind === "invalid") throw new Error(reading.messages.join("\n"));
  return parseSettings(reading.settings.config, stack);
}

/** What the committed file of a stack promises. */
export function objectivesOf(stack: string): Settings["objectives"] {
  const parsed = parsedStack(stack, {});
  if (parsed.kind === "invalid") throw new Error(parsed.messages.join("\n"));
  return parsed.settings.objectives;
}

/** The pack's configuration that holds a stack to what its file promises. */
export function ownConfig(stack: string): PolicyConfig {
  return withObjectives({}, objectivesOf(stack));
}

/** One change of a system, and the one rule that refuses it. */
export type Break = BySetting | ByProperty | ByResource;

interface Refused {
  readonly what: string;
  readonly rule: string;
  /** What cannot hold either then: without detection nothing bounds the recovery. */
  readonly also?: string;
}

/** Settings that the system takes, and the pack does not. */
interface BySetting extends Refused {
  readonly by: "setting";
  readonly set: Config;
}

/** What no setting can bring about: a change of one resource, as a later hand would make it. */
interface ByProperty extends Refused {
  readonly by: "property";
  readonly resource: string;
  readonly change: Properties | ((stack: readonly StackResource[]) => Properties);
  /** The settings that would, which are refused before anything is registered. */
  readonly refusedSettings?: Config;
}

/** A resource that somebody puts beside those of the system: the one that is named, again, with changes. */
interface ByResource extends Refused {
  readonly by: "resource";
  readonly added: { readonly type: string; readonly beside: string; readonly properties: Properties };
}

/** The recovery of any system that is checked every 30 s. */
export const TOO_PATIENT: Break = {
  what: "a check that needs ten failures, under an objective that the pack does not grant",
  rule: "failover-rto",
  by: "setting",
  set: { healthCheckFailureThreshold: "10", rtoObjectiveSeconds: "3600" },
};

/** An instance of 120 USD a month that somebody puts beside another resource. */
export const strayInstance = (beside: string): ByResource["added"] => ({
  type: "aws:ec2/instance:Instance",
  beside,
  properties: {
    instanceType: "t3.xlarge",
    instanceState: "running",
    rootBlockDevice: { volumeSize: 8, volumeType: "gp3" },
  },
});

/**
 * A test for each break: the rule refuses the stack, and no other rule does.
 * @param stackOf gives the stack to break, once it stands.
 */
export function testBreaks(
  name: string,
  breaks: readonly Break[],
  stackOf: (each: Break) => readonly StackResource[],
  config: PolicyConfig,
): void {
  for (const each of breaks) {
    const { what, rule, by, also } = each;
    it(`${rule} refuses, by ${by}, ${what}`, async () => {
      if (each.by === "property" && each.refusedSettings !== undefined)
        assert.equal(parsedStack(name, each.refusedSettings).kind, "invalid");
      const expected = [rule, ...(also === undefined ? [] : [also])];
      assert.deepEqual(refusals(await broken(name, each, stackOf), config).sort(), expected.sort());
    });
  }
}

async function broken(
  name: string,
  each: Break,
  stackOf: (each: Break) => readonly StackResource[],
): Promise<readonly StackResource[]> {
  if (each.by === "setting") return stoodUp(name, each.set);
  const stack = stackOf(each);
  if (each.by === "resource") return [...stack, beside(stack, each.added)];
  const { resource, change } = each;
  return changed(stack, resource, typeof change === "function" ? change(stack) : change);
}

/** A resource of the region, provider and tags of another. */
function beside(
  stack: readonly StackResource[],
  { type, beside: name, properties }: ByResource["added"],
): StackResource {
  const found = stack.find((resource) => resource.name === name && resource.custom);
  assert.ok(found !== undefined, name);
  const { region, tags, tagsAll } = found.properties;
  const urn = `${found.urn.slice(0, found.urn.lastIndexOf("::"))}::added`.replace(found.type, type);
  return {
    ...found,
    type,
    name: "added",
    urn,
    id: "added",
    properties: { region, tags, tagsAll, ...properties },
  };
}

/** The rules that the breaks test, and those that are tested apart from them, each once and sorted. */
export function testedRules(breaks: readonly Break[], ...apart: readonly string[]): string[] {
  return [...new Set([...breaks.map(({ rule }) => rule), ...apart])].sort();
}
