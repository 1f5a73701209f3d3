import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { FunctionCode } from "../components/api-function";

/** A bundle as a file that somebody fetches and compares. */
export interface BundleArtifact {
  /** Relative to where Pulumi runs the program. */
  readonly file: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** The one file of a bundle and its digest, read from the file that will be uploaded. */
export function bundleArtifact({ directory }: FunctionCode): BundleArtifact {
  const file = path.join(directory, "index.js");
  return { file, sha256: createHash("sha256").update(readFileSync(file)).digest("hex") };
}
