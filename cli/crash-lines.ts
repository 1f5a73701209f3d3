import path from "node:path";

/** How the compiler names a fault: its column counts from 0. */
const SOURCE_FAULT = /^(.+):(\d+):(\d+): ERROR: (.+)$/;

/**
 * What a failure of the command itself is told as: its first line, or for a source that does not compile a line
 * with the place of every fault. Paths are relative to `cwd`.
 */
export function crashLines(error: unknown, cwd: string): string[] {
  if (!(error instanceof Error)) return [String(error)];
  const [first = "", ...rest] = error.message.split("\n");
  const faults = rest.flatMap((line) => {
    const [, file, row, column, text] = SOURCE_FAULT.exec(line) ?? [];
    if (file === undefined) return [];
    return [`${path.relative(cwd, path.resolve(file))}:${row}:${Number(column) + 1}: ${text}`];
  });
  return faults.length > 0 ? faults : [first];
}
