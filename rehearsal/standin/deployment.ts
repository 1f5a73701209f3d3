import { type EngineResource, fromEngineResource, type StackResource } from "../../model/stack-resource";

/** The version of the deployment format that Pulumi's `stack export` writes. */
export const DEPLOYMENT_VERSION = 3;

/** What `pulumi stack export` prints, as far as it is read here. */
export interface Deployment {
  readonly version: number;
  readonly deployment: {
    readonly manifest: { readonly time: string; readonly magic: string; readonly version: string };
    readonly resources: readonly EngineResource[];
    readonly metadata: object;
  };
}

/**
 * Reads the resources from what `pulumi stack export` or `pulumi preview --json` prints. Resources on their way
 * out are left out; at preview, what is not known yet is UNKNOWN.
 *
 * @throws Error of one line when it is neither, and when a preview leaves resources out.
 */
export function resourcesFromDeployment(json: unknown): StackResource[] {
  const exported = exportedResources(json);
  if (exported) {
    return exported
      .filter((resource) => resource.delete !== true)
      .map((resource) => fromEngineResource(openMasks(resource), { preview: false }));
  }
  const planned = plannedResources(json);
  if (planned) {
    refuseOmissions(json);
    return planned.map((resource) => fromEngineResource(openMasks(resource), { preview: true }));
  }
  throw new Error(
    `neither a stack export nor a preview: got ${describe(json)}; make one with "pulumi stack export --file state.json" or "pulumi preview --json"`,
  );
}

function exportedResources(json: unknown): EngineResource[] | undefined {
  const deployment = member(json, "deployment");
  if (deployment === undefined) return undefined;
  const resources = member(deployment, "resources");
  // A stack without resources is exported without the list.
  if (resources === undefined && member(deployment, "manifest") !== undefined) return [];
  return Array.isArray(resources) && resources.every(isResource) ? resources : undefined;
}

/** Steps that leave nothing behind. */
const LEAVING = new Set([
  "delete",
  "delete-replaced",
  "discard",
  "discard-replaced",
  "remove-pending-replace",
]);

function plannedResources(json: unknown): EngineResource[] | undefined {
  const steps = member(json, "steps");
  if (!Array.isArray(steps)) return undefined;
  const byUrn = new Map<string, EngineResource>();
  for (const step of steps) {
    const state = member(step, "newState");
    if (LEAVING.has(String(member(step, "op")))) continue;
    if (!isResource(state)) return undefined;
    byUrn.set(state.urn, state);
  }
  return [...byUrn.values()];
}

/** `pulumi preview --json` writes this text for every secret; the value behind it is not known. */
const MASK = "[secret]";
const MASKED = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

function openMasks<T>(value: T): T {
  if (value === MASK) return MASKED as T;
  if (Array.isArray(value)) return value.map(openMasks) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, openMasks(item)])) as T;
}

/** Without its flag, a preview counts unchanged resources but does not list them: half a system. */
function refuseOmissions(json: unknown): void {
  const same = Number(member(member(json, "changeSummary"), "same") ?? 0);
  const steps = member(json, "steps");
  const listed = Array.isArray(steps) ? steps.filter((step) => member(step, "op") === "same").length : 0;
  if (same > listed) {
    throw new Error(
      `the preview leaves out ${same - listed} unchanged resources; make it with "pulumi preview --json --show-sames", or use "pulumi stack export"`,
    );
  }
}

function isResource(value: unknown): value is EngineResource {
  const urn = member(value, "urn");
  return typeof urn === "string" && urn.startsWith("urn:pulumi:");
}

function member(value: unknown, key: string): unknown {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>)[key] : undefined;
}

function describe(json: unknown): string {
  if (Array.isArray(json)) return "a list";
  if (json === null || typeof json !== "object") return json === null ? "null" : `a ${typeof json}`;
  const keys = Object.keys(json);
  return keys.length === 0 ? "an empty object" : `an object with ${keys.slice(0, 4).join(", ")}`;
}
