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

/** What decides a simulation and is not in its own words of it: where the plan came from, and whom it lost. */
export interface PlayedStack extends SourceArguments {
  readonly member?: string;
}

/** A violation as the simulation tells it, with that in the command that plays it again. */
export function violationOf(violation: string, { member, ...source }: PlayedStack): string {
  if (!violation.includes("; replay: ")) return violation;
  const words = [...sourceWords(source), ...(member === undefined ? [] : ["--member", member])];
  return [violation, ...words.map(quoted)].join(" ");
}
