import path from "node:path";

/** A path as the user would write it from where they are, whole where it lies elsewhere. */
export function shownPath(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative.startsWith("..") ? file : relative || ".";
}
