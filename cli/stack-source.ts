import path from "node:path";
import { assignments, readableFile, stackName } from "./arguments";
import { STDIN } from "./state-file";

/** Where the resources come from. */
export type StackSource =
  | {
      readonly kind: "program";
      readonly projectDir: string;
      readonly stack: string;
      /** Settings over the stack's own: `recordMode`, or Pulumi's full key. */
      readonly config: Readonly<Record<string, string>>;
    }
  /** `-` is stdin. */
  | { readonly kind: "state"; readonly file: string };

export const PROJECT_DIR = path.resolve(__dirname, "..");

export interface SourceArguments {
  readonly stack: string;
  readonly state?: string;
  readonly set: readonly string[];
}

/** What `--stack`, `--state` and `--set` name. The result counts only while `problems` stays empty. */
export function stackSource(
  given: SourceArguments,
  cwd: string,
  problems: string[],
  projectDir: string = PROJECT_DIR,
): StackSource {
  if (given.state !== undefined) {
    if (given.set.length > 0)
      problems.push("--set changes the program's settings; it cannot go with --state");
    if (given.state === STDIN) return { kind: "state", file: STDIN };
    return { kind: "state", file: readableFile("--state", given.state, cwd, problems) };
  }
  const config = assignments("--set", given.set, problems);
  const stack = stackName("--stack", given.stack, projectDir, problems);
  return { kind: "program", projectDir, stack, config };
}
