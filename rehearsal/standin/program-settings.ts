import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";

/** What Pulumi's engine would hand to a program of this project and stack. */
export interface ProgramSettings {
  readonly project: string;
  /** Directory or file of the program, absolute. */
  readonly main: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  /** Values of another type than the project declares, which the engine refuses before the program runs. */
  readonly typeProblems: readonly string[];
}

export type SettingsReading =
  | { readonly kind: "ok"; readonly settings: ProgramSettings }
  | { readonly kind: "invalid"; readonly messages: readonly string[] };

type Yaml = Readonly<Record<string, unknown>>;

/**
 * Reads `Pulumi.yaml`, then `Pulumi.<stack>.yaml`, then the overrides, each over the one before.
 * @param overrides by full key, `warm-standby:domainName`, or by the project's own, `domainName`.
 */
export function readProgramSettings(
  projectDir: string,
  stack: string,
  overrides: Readonly<Record<string, string>>,
): SettingsReading {
  const project = readYaml(path.join(projectDir, "Pulumi.yaml"));
  if (typeof project === "string") return { kind: "invalid", messages: [project] };
  const stackFile = `Pulumi.${stack}.yaml`;
  if (!existsSync(path.join(projectDir, stackFile))) {
    const known = stacksIn(projectDir);
    return {
      kind: "invalid",
      messages: [
        `stack ${JSON.stringify(stack)} has no ${stackFile}; known: ${known.join(", ") || "none"}; add the file or name another stack`,
      ],
    };
  }
  const own = readYaml(path.join(projectDir, stackFile));
  if (typeof own === "string") return { kind: "invalid", messages: [own] };
  return mergeSettings({ projectDir, stackFile, project, own, overrides });
}

function mergeSettings(read: {
  projectDir: string;
  stackFile: string;
  project: Yaml;
  own: Yaml;
  overrides: Readonly<Record<string, string>>;
}): SettingsReading {
  const name = String(read.project.name ?? "");
  if (name === "") return { kind: "invalid", messages: ["Pulumi.yaml has no name; give the project one"] };
  const fullKey = (key: string) => (key.includes(":") ? key : `${name}:${key}`);
  const declared = Object.entries(record(read.project.config)).map(
    ([key, value]) => [fullKey(key), value] as const,
  );
  const overrides = new Map(Object.entries(read.overrides).map(([key, value]) => [fullKey(key), value]));
  const values = new Map<string, unknown>();
  const secrets = new Set<string>();
  for (const [key, declaration] of declared) {
    const value = declaredValue(declaration);
    if (value !== undefined) values.set(key, value);
    if (record(declaration).secret === true) secrets.add(key);
  }
  const messages: string[] = [];
  for (const [given, value] of Object.entries(record(read.own.config))) {
    const key = fullKey(given);
    if (holdsEncrypted(value) && !overrides.has(key)) {
      messages.push(
        `${key} is encrypted in ${read.stackFile} and cannot be read here; give its value for this run with --set ${key}=VALUE`,
      );
    }
    values.set(key, value);
  }
  for (const [key, value] of overrides) values.set(key, value);
  if (messages.length > 0) return { kind: "invalid", messages };
  const config = Object.fromEntries([...values].map(([key, value]) => [key, asText(value)]));
  const main = path.resolve(read.projectDir, String(read.project.main ?? "."));
  return {
    kind: "ok",
    settings: {
      project: name,
      main,
      config,
      secretKeys: [...secrets],
      typeProblems: declared.flatMap(([key, declaration]) => typeProblem(key, declaration, config[key])),
    },
  };
}

/** The value of a declaration: a bare value, or the `value` or `default` of a typed one. */
function declaredValue(declaration: unknown): unknown {
  if (declaration === null || typeof declaration !== "object" || Array.isArray(declaration))
    return declaration ?? undefined;
  const { value, default: standard } = declaration as Yaml;
  return value ?? standard;
}

function typeProblem(key: string, declaration: unknown, value: string | undefined): string[] {
  const { type } = record(declaration);
  if (typeof type !== "string") return [];
  if (value === undefined)
    return [`${key} is missing; Pulumi.yaml declares it as ${type} without a default, set it`];
  const fits =
    type === "integer"
      ? /^-?\d+$/.test(value)
      : type === "boolean"
        ? value === "true" || value === "false"
        : type === "array"
          ? Array.isArray(parsed(value))
          : type === "object"
            ? parsed(value) !== null && typeof parsed(value) === "object"
            : true;
  return fits ? [] : [`${key} is ${JSON.stringify(value)}; Pulumi.yaml declares it as ${type}`];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : value === null ? "" : JSON.stringify(value);
}

function holdsEncrypted(value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  if (typeof (value as Yaml).secure === "string") return true;
  return Object.values(value).some(holdsEncrypted);
}

function stacksIn(projectDir: string): string[] {
  return readdirSync(projectDir)
    .map((file) => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1])
    .filter((stack) => stack !== undefined)
    .sort();
}

function readYaml(file: string): Yaml | string {
  const name = path.basename(file);
  if (!existsSync(file)) return `${name} is missing in ${path.dirname(file)}; name a Pulumi project`;
  try {
    return record(parse(readFileSync(file, "utf8")));
  } catch (error) {
    const [reason = ""] = String((error as Error).message).split("\n");
    return `${name} is no YAML: ${reason}`;
  }
}

function record(value: unknown): Yaml {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Yaml) : {};
}
