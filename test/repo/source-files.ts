import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

export const ROOT = path.resolve(__dirname, "../..");

/** Files that git tracks or would track, relative to the root. */
export function projectFiles(): string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return [...new Set(listed.split("\0").filter((file) => file !== ""))].sort();
}

export function readProjectFile(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

/** Module specifiers of static imports, re-exports, `require` and `import()` in a source text. */
export function importedModules(source: string): string[] {
  const patterns = [
    /^\s*(?:import|export)\s[^;"'`]*?from\s*["']([^"']+)["']/gm,
    /^\s*import\s*["']([^"']+)["']/gm,
    /\b(?:require|import)\(\s*["']([^"']+)["']\s*\)/g,
  ];
  return patterns.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1] ?? ""));
}
