import type { SourceArguments } from "./stack-source";

/** The arguments that name the stack, for a command line that plays the same again. */
export function sourceWords({ state, stack, set }: SourceArguments): string[] {
  const source = state === undefined ? ["--stack", stack] : ["--state", state];
  return [...source, ...set.flatMap((pair) => ["--set", pair])];
}

/** One word as a shell takes it. */
export function quoted(word: string): string {
  return /^[\w.:=/@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * A violation as the simulation tells it, with the stack in the command that plays it again: the simulation knows
 * its plan and not where that came from.
 */
export function violationOf(violation: string, source: SourceArguments): string {
  return violation.includes("; replay: ")
    ? [violation, ...sourceWords(source).map(quoted)].join(" ")
    : violation;
}
