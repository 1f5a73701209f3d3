import { readdirSync, statSync } from "node:fs";
import path from "node:path";

/** Collects what is wrong with the arguments, so that the user hears of all of it at once. */
export type Problems = string[];

export interface NumberRange {
  readonly min: number;
  readonly max: number;
}

/** A whole number within `range`, both ends included. The result counts only while `problems` stays empty. */
export function wholeNumber(option: string, given: string, range: NumberRange, problems: Problems): number {
  const value = /^[+-]?\d+$/.test(given) ? Number(given) : Number.NaN;
  if (value >= range.min && value <= range.max) return value;
  problems.push(`${option} is ${shown(given)}; it must be a whole number from ${range.min} to ${range.max}`);
  return Number.NaN;
}

/** A number above 0 and up to `max`. */
export function positiveNumber(option: string, given: string, max: number, problems: Problems): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(given) ? Number(given) : Number.NaN;
  if (value > 0 && value <= max) return value;
  problems.push(`${option} is ${shown(given)}; it must be a number above 0 and up to ${max}`);
  return Number.NaN;
}

export function oneOf<T>(
  option: string,
  given: string,
  find: (name: string) => T | undefined,
  names: readonly string[],
  problems: Problems,
): T | undefined {
  const found = find(given);
  if (found === undefined)
    problems.push(`${option} is ${shown(given)}; it must be one of ${names.join(", ")}`);
  return found;
}

/** `key=value` pairs; the value may hold further equal signs. */
export function assignments(
  option: string,
  given: readonly string[],
  problems: Problems,
): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const pair of given) {
    const at = pair.indexOf("=");
    const key = pair.slice(0, Math.max(at, 0)).trim();
    if (key === "") problems.push(`${option} is ${shown(pair)}; it must be key=value`);
    else settings[key] = pair.slice(at + 1);
  }
  return settings;
}

/** A stack that has a settings file in the project. */
export function stackName(option: string, given: string, projectDir: string, problems: Problems): string {
  const stacks = stackNames(projectDir);
  if (!stacks.includes(given)) {
    problems.push(
      `${option} is ${shown(given)}; the project has settings for ${stacks.join(", ") || "no stack"}`,
    );
  }
  return given;
}

function stackNames(projectDir: string): string[] {
  return readdirSync(projectDir)
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort();
}

/** A file, or a pipe that a shell offers as one; what cannot be read for other reasons is told when it is. */
export function readableFile(option: string, given: string, cwd: string, problems: Problems): string {
  const file = path.resolve(cwd, given);
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (!stats) problems.push(`${option} is ${shown(given)}; there is no such file`);
    else if (stats.isDirectory())
      problems.push(`${option} is ${shown(given)}, which is a folder, not a file`);
  } catch (error) {
    problems.push(
      `${option} is ${shown(given)}; it cannot be read: ${(error as NodeJS.ErrnoException).code}`,
    );
  }
  return file;
}

function shown(given: string): string {
  return given === "" || /\s/.test(given) ? JSON.stringify(given) : given;
}
