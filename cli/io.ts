import { visible } from "../drill/report/visible-text";

/** What a command may touch of the process, so that tests can hand in their own. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths of the user's start here. */
  readonly cwd: string;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Writes one line, in which nothing acts on the terminal: names and messages are anybody's text. */
export function writeLine(output: Output, text: string): void {
  output.write(`${visible(text)}\n`);
}

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** Colours on a terminal only, unless NO_COLOR or FORCE_COLOR say otherwise (no-color.org, force-color.org). */
export function wantsColor(io: Pick<Io, "env">, output: Output): boolean {
  const set = (name: string) => (io.env[name] ?? "") !== "";
  if (set("NO_COLOR")) return false;
  return (
    (set("FORCE_COLOR") && io.env.FORCE_COLOR !== "0") || (output.isTTY === true && io.env.TERM !== "dumb")
  );
}
