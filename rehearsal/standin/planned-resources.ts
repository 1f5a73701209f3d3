import {
  type EngineResource,
  fromEngineResource,
  parseUrn,
  providerUrnOf,
  STACK_TYPE,
  type StackResource,
} from "../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../model/unknown";
import { isEngineResource, member } from "./engine-json";
import { hiddenValues, withoutMasks } from "./hidden-values";

export interface PlannedResources {
  readonly resources: StackResource[];
  /** Properties whose values the preview does not show: `password of database`. */
  readonly masked: readonly string[];
}

/** Steps that take a resource out of the stack, whatever an earlier step, such as a refresh, said of it. */
const LEAVING = new Set(["delete", "discard"]);

/** Steps that take away an earlier copy; the one in its place has a step of its own. */
const REPLACED = new Set(["delete-replaced", "discard-replaced", "remove-pending-replace"]);

/** Steps after which the resource is the one that it was, with the id that it had. */
const KEEPING = new Set(["same", "update", "refresh", "read"]);

/**
 * The stack as it will be after what `pulumi preview --json` plans.
 *
 * @throws Error of one line when the preview failed, leaves resources out or is cut short.
 */
export function plannedResources(json: unknown): PlannedResources {
  refuseFailure(json);
  refuseOmissions(json);
  const byUrn = new Map<string, EngineResource>();
  const steps = stepsOf(json);
  // Whatever a program does, the stack itself is a step.
  if (steps.length === 0) throw new Error(`the preview has no steps, so it holds no stack; ${PREVIEW_LEVER}`);
  for (const [index, step] of steps.entries()) {
    const op = String(member(step, "op"));
    const urn = String(member(step, "urn"));
    if (LEAVING.has(op)) byUrn.delete(urn);
    if (LEAVING.has(op) || REPLACED.has(op)) continue;
    const state = stateAfter(op, step);
    if (state) byUrn.set(state.urn, state);
    // A refresh that finds nothing says so by the missing state.
    else if (op === "refresh") byUrn.delete(urn);
    else throw new Error(`half a preview: step ${index + 1} of ${steps.length} (${op}) has no new state`);
  }
  const planned = [...byUrn.values()].map(withoutMasks);
  const resources = planned.map((resource) => fromEngineResource(resource, { preview: true }));
  return {
    resources: [...defaultProviders(resources, member(json, "config")), ...resources],
    masked: planned.filter(({ custom }) => custom).flatMap(hiddenValues),
  };
}

/** What a preview writes of a new state is its inputs; what stays as it was also keeps its id and outputs. */
function stateAfter(op: string, step: unknown): EngineResource | undefined {
  const state = member(step, "newState");
  if (!isEngineResource(state)) return undefined;
  const old = member(step, "oldState");
  if (!KEEPING.has(op) || !isEngineResource(old)) return state;
  return {
    ...state,
    ...(state.id || !old.id ? {} : { id: old.id }),
    ...(op === "same" && state.outputs === undefined && old.outputs ? { outputs: old.outputs } : {}),
  };
}

/**
 * Default providers have no step. Each is made from the settings of its package; a region that does not stand
 * there comes from the environment of the update, so it is not known.
 */
function defaultProviders(resources: readonly StackResource[], config: unknown): StackResource[] {
  const known = new Set(resources.map(({ urn }) => urn));
  const missing = new Set(
    resources.flatMap(({ provider }) => (provider !== undefined && !known.has(provider) ? [provider] : [])),
  );
  return [...missing].map((urn) => {
    const { type, name } = parseUrn(urn);
    const prefix = `${type.split(":").at(-1)}:`;
    const settings = Object.entries(config ?? {}).filter(([key]) => key.startsWith(prefix));
    const given = Object.fromEntries(settings.map(([key, value]) => [key.slice(prefix.length), value]));
    return {
      urn: providerUrnOf(urn) ?? urn,
      type,
      name,
      custom: true,
      id: UNKNOWN,
      properties: { region: UNKNOWN, ...(withoutMasks(given) as Properties) },
      dependencies: [],
      propertyDependencies: {},
    };
  });
}

/** What the engine adds when anything, a policy among them, made the preview fail. */
const FAILED = "error: preview failed";

const PREVIEW_LEVER = 'make it again with "pulumi preview --json --show-sames"';

/** A preview that failed lists what was planned until then. A refusing policy alone stops nothing. */
function refuseFailure(json: unknown): void {
  const diagnostics = member(json, "diagnostics");
  if (!Array.isArray(diagnostics)) return;
  const causes = diagnostics
    .map((diagnostic) => ({
      severity: member(diagnostic, "severity"),
      message: String(member(diagnostic, "message")).replaceAll(COLOR_CODE, "").trim(),
    }))
    .filter(
      ({ severity, message }) => severity === "error" || (severity === "info#err" && isOfYaml(message, json)),
    )
    .filter(({ message }) => message !== FAILED);
  const [cause] = causes;
  if (cause === undefined) return;
  // A failed program has the error that it threw on the second line.
  const lines = cause.message
    .replace(/^error: /i, "")
    .split("\n")
    .slice(0, 2);
  throw new Error(`the preview failed, so it lists a part of the stack only: ${lines.join(" ")}`);
}

/** The YAML host tells what is wrong with a program as the program's own output, and plans nothing then but the stack. */
function isOfYaml(message: string, json: unknown): boolean {
  const isStack = (step: unknown) => String(member(step, "urn")).includes(`::${STACK_TYPE}::`);
  return message.startsWith("Error: ") && stepsOf(json).every(isStack);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is to be taken out.
const COLOR_CODE = /\u001b\[[0-9;]*m/g;

/** Without its flag, a preview counts unchanged resources but does not list them: half a system. */
function refuseOmissions(json: unknown): void {
  const same = Number(member(member(json, "changeSummary"), "same") ?? 0);
  const listed = stepsOf(json).filter((step) => member(step, "op") === "same").length;
  if (same > listed) {
    throw new Error(
      `the preview leaves out ${same - listed} unchanged resources; ${PREVIEW_LEVER}, or use "pulumi stack export"`,
    );
  }
}

function stepsOf(json: unknown): unknown[] {
  const steps = member(json, "steps");
  return Array.isArray(steps) ? steps : [];
}
