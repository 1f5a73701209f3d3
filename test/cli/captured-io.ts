import type { Io } from "../../cli/io";

export interface Captured extends Io {
  out(): string;
  err(): string;
}

/** An Io that keeps what is written to it. */
export function captured(changes: Partial<Io> = {}): Captured {
  const texts = { out: "", err: "" };
  return {
    stdout: { write: (text) => (texts.out += text) },
    stderr: { write: (text) => (texts.err += text) },
    env: {},
    cwd: "/nowhere",
    signal: new AbortController().signal,
    out: () => texts.out,
    err: () => texts.err,
    ...changes,
  };
}
