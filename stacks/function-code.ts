import path from "node:path";
import { ensureBundle } from "../build/bundle";
import type { FunctionCode } from "../components/api-function";

/** The bundle of one of `functions/`, built anew when its sources are newer. */
export function functionCode(name: string): FunctionCode {
  const { directory, buildId } = ensureBundle(name);
  // Relative to where Pulumi runs the program, so that a stack's state names no machine's folders.
  return { directory: path.relative(process.cwd(), directory), buildId };
}
