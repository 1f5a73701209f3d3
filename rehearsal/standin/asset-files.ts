import { existsSync } from "node:fs";

/** Pulumi's mark on special objects in its property encoding, and the marks of assets and archives. */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const FILE_BEARING = new Set(["c44067f5952c0a294b673a41bacd8c17", "0def7320c3a5731c473e5ecbe6d01bc7"]);

/** Files that assets and archives name and that are not there; paths count from the working directory. */
export function missingFiles(inputs: Record<string, unknown>): { property: string; reason: string }[] {
  return Object.entries(inputs).flatMap(([property, value]) =>
    filesIn(value)
      .filter((file) => !existsSync(file))
      .map((file) => ({ property, reason: `${property}: ${file} does not exist; build it first` })),
  );
}

function filesIn(value: unknown): string[] {
  if (value === null || typeof value !== "object") return [];
  const { [SIGNATURE_KEY]: signature, path } = value as Record<string, unknown>;
  if (FILE_BEARING.has(String(signature)) && typeof path === "string" && path !== "") return [path];
  return Object.values(value).flatMap(filesIn);
}
