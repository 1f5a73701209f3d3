import { type EngineResource, fromEngineResource, type StackResource } from "../../model/stack-resource";
import { isEngineResource, member } from "./engine-json";
import { hiddenValues } from "./hidden-values";
import { plannedResources } from "./planned-resources";

/** The version of the deployment format that Pulumi's `stack export` writes. */
export const DEPLOYMENT_VERSION = 3;

/** Older and newer formats that hold the same resources: the first lack providers, the last adds hooks. */
const VERSIONS_READ: readonly unknown[] = [1, 2, 3, 4];

/** What `pulumi stack export` prints, as far as it is read here. */
export interface Deployment {
  readonly version: number;
  readonly deployment: {
    readonly manifest: { readonly time: string; readonly magic: string; readonly version: string };
    readonly resources: readonly EngineResource[];
    readonly metadata: object;
  };
}

/** The stack in a file that Pulumi wrote. */
export interface StackReading {
  readonly resources: StackResource[];
  /** In a preview an unknown value will be known after the update; in a state nothing will ever tell it. */
  readonly preview: boolean;
  /** What the file does not tell, one line each: encrypted values, operations that were interrupted. */
  readonly notes: readonly string[];
}

/** How to make a file that can be read. */
export const EXPORT_LEVER =
  'make one with "pulumi stack export --file state.json" or "pulumi preview --json"';

/**
 * Reads what `pulumi stack export` or `pulumi preview --json` prints, or the file in which a backend keeps a
 * stack. Resources on their way out are left out; at preview, what is not known yet is UNKNOWN. Large states are
 * read in place: the list in `json` is emptied on the way, so that no second copy of it stays in memory.
 *
 * @throws Error of one line when it is none of these, and when it holds a part of a stack only.
 */
export function readStack(json: unknown): StackReading {
  if (Array.isArray(member(json, "steps"))) {
    const { resources, masked } = plannedResources(json);
    return { resources, preview: true, notes: masked.length > 0 ? [maskedNote(masked)] : [] };
  }
  return exportedStack(json);
}

/** The resources alone. */
export function resourcesFromDeployment(json: unknown): StackResource[] {
  return readStack(json).resources;
}

function exportedStack(json: unknown): StackReading {
  const deployment = deploymentIn(json);
  const listed = member(deployment, "resources");
  // A stack without resources is exported without the list.
  if (listed === undefined && member(deployment, "manifest") === undefined) {
    throw new Error(`half a state: it holds neither a manifest nor resources; ${EXPORT_LEVER}`);
  }
  if (listed !== undefined && listed !== null && !Array.isArray(listed)) {
    throw new Error(`half a state: its resources are ${describe(listed)}, not a list; ${EXPORT_LEVER}`);
  }
  const exported: unknown[] = listed ?? [];
  const hidden: string[] = [];
  const gone: string[] = [];
  const leaving: string[] = [];
  const resources: StackResource[] = [];
  for (const [index, resource] of exported.entries()) {
    exported[index] = undefined;
    if (!isEngineResource(resource)) {
      throw new Error(
        `half a state: resource ${index + 1} of ${exported.length} has no URN; ${EXPORT_LEVER}`,
      );
    }
    const read = fromEngineResource(resource, { preview: false });
    if (resource.delete === true) {
      // Components and providers bill nothing.
      if (read.custom && !read.type.startsWith("pulumi:")) leaving.push(read.name);
      continue;
    }
    // Deleted to be made again, which an interruption prevented.
    if (member(resource, "pendingReplacement") === true) gone.push(read.name);
    else {
      if (read.custom) hidden.push(...hiddenValues(resource));
      resources.push(read);
    }
  }
  return {
    resources,
    preview: false,
    notes: [
      ...interruptions(deployment).map(
        (name) =>
          `an operation on ${name} was interrupted, and what it left is not in the file and may bill; "pulumi refresh" finds it`,
      ),
      ...(leaving.length > 0 ? [leavingNote(leaving)] : []),
      ...gone.map((name) => `${name} was deleted and not made again; "pulumi up" does it`),
      ...(hidden.length > 0 ? [encryptedNote(hidden)] : []),
    ],
  };
}

/** The deployment of an export, or of a backend's own file, which calls it a checkpoint. */
function deploymentIn(json: unknown): unknown {
  const checkpoint = member(json, "checkpoint");
  const deployment = member(json, "deployment") ?? member(checkpoint, "latest");
  if (checkpoint !== undefined && deployment === undefined) {
    throw new Error(`a checkpoint of a stack that was never deployed; ${EXPORT_LEVER}`);
  }
  if (deployment === undefined || deployment === null || typeof deployment !== "object") {
    throw new Error(`neither a stack export nor a preview: got ${describe(json)}; ${EXPORT_LEVER}`);
  }
  const version = member(json, "version");
  if (version !== undefined && !VERSIONS_READ.includes(version)) {
    throw new Error(
      `version ${JSON.stringify(version)} of Pulumi's format; allowed: ${VERSIONS_READ.join(", ")}; ${EXPORT_LEVER}`,
    );
  }
  return deployment;
}

function interruptions(deployment: unknown): string[] {
  const pending = member(deployment, "pending_operations");
  if (!Array.isArray(pending)) return [];
  return pending.map((operation) => {
    const resource = member(operation, "resource");
    const name = isEngineResource(resource) ? resource.urn.split("::").slice(3).join("::") : "a resource";
    const type = member(operation, "type");
    return typeof type === "string" ? `${name} (${type})` : name;
  });
}

const NAMED_MAX = 5;

function some(names: readonly string[]): string {
  const shown = names.slice(0, NAMED_MAX).join(", ");
  return names.length > NAMED_MAX ? `${shown} and ${names.length - NAMED_MAX} more` : shown;
}

function leavingNote(leaving: readonly string[]): string {
  const count = leaving.length === 1 ? "1 resource is" : `${leaving.length} resources are`;
  return `${count} still to be deleted, left out here, and may bill until then: ${some(leaving)}; "pulumi up" deletes what is left`;
}

function encryptedNote(hidden: readonly string[]): string {
  return `encrypted, and so unknown: ${some(hidden)}; "pulumi stack export --show-secrets" writes them in plain text`;
}

function maskedNote(masked: readonly string[]): string {
  return `secret, and so unknown: ${some(masked)}; "pulumi stack export --show-secrets" writes what is deployed in plain text`;
}

function describe(json: unknown): string {
  if (Array.isArray(json)) return "a list";
  if (json === null || typeof json !== "object") return json === null ? "null" : `a ${typeof json}`;
  if ("terraform_version" in json) return "a Terraform state";
  const keys = Object.keys(json);
  return keys.length === 0 ? "an empty object" : `an object with ${keys.slice(0, 4).join(", ")}`;
}
