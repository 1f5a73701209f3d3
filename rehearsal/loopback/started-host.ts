import { PLACE } from "../../functions/assistant/user-data/standby-host";
import { stringAt } from "../../model/property";
import type { StackResource } from "../../model/stack-resource";

const INSTANCE = "aws:ec2/instance:Instance";

/** What an instance of the assistant's standby is told at its start. */
export interface StartedHost {
  /** The application's environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** The names that Caddy serves; it completes no handshake for any other. */
  readonly hostNames: readonly string[];
}

/**
 * Reads an instance's user data back, as cloud-init would write its files.
 * @returns undefined where the stack has no instance with such user data, or it is not known.
 */
export function startedHost(resources: readonly StackResource[]): StartedHost | undefined {
  for (const { type, properties } of resources) {
    const userData = type === INSTANCE ? stringAt(properties, "userData") : undefined;
    const files = typeof userData === "string" ? writtenFiles(userData) : undefined;
    const environment = files?.get(PLACE.environment);
    const caddyfile = files?.get(PLACE.caddyfile);
    if (environment !== undefined && caddyfile !== undefined) {
      return { environment: variablesOf(environment), hostNames: namesOf(caddyfile) };
    }
  }
  return undefined;
}

/** The files of a cloud-config that is written as JSON, by their paths. */
function writtenFiles(userData: string): ReadonlyMap<string, string> | undefined {
  const [first, ...rest] = userData.split("\n");
  if (first !== "#cloud-config") return undefined;
  let config: unknown;
  try {
    config = JSON.parse(rest.join("\n"));
  } catch {
    return undefined;
  }
  const { write_files: files } = (config ?? {}) as { write_files?: unknown };
  if (!Array.isArray(files)) return undefined;
  return new Map(
    files.flatMap((file: { path?: unknown; content?: unknown } | null) =>
      typeof file?.path === "string" && typeof file.content === "string" ? [[file.path, file.content]] : [],
    ),
  );
}

/** Lines of `NAME='value'`. */
function variablesOf(environment: string): Record<string, string> {
  return Object.fromEntries(
    [...environment.matchAll(/^([A-Z][A-Z0-9_]*)='([^']*)'$/gm)].map(([, name = "", value = ""]) => [
      name,
      value,
    ]),
  );
}

/** The site's block begins with its names; the block of global options has none. */
function namesOf(caddyfile: string): string[] {
  const [, names = ""] = /^([a-z0-9.-]+(?:, [a-z0-9.-]+)*) \{$/m.exec(caddyfile) ?? [];
  return names.split(", ").filter((name) => name !== "");
}
