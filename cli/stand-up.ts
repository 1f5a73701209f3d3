import type { Objectives } from "../drill/report/report";
import type { StackResource } from "../model/stack-resource";
import type { Phase } from "../policy/rule";
import { exportedStack } from "./exported-stack";
import type { StackSource } from "./stack-source";

export type { Objectives } from "../drill/report/report";

/** A stack as the command sees it, wherever it came from. */
export type StoodUp =
  | {
      readonly kind: "ok";
      readonly system: string;
      readonly stack: string;
      readonly resources: readonly StackResource[];
      readonly objectives: Objectives;
      readonly phase: Phase;
      /** What the source does not tell of the stack, one line each. */
      readonly notes: readonly string[];
    }
  /** The user's mistakes; one line each. */
  | { readonly kind: "invalid"; readonly messages: readonly string[] }
  | { readonly kind: "failed"; readonly message: string };

/** Runs the program of the project without an account, or reads a file that was exported from one. */
export async function standUp(source: StackSource, signal: AbortSignal): Promise<StoodUp> {
  return source.kind === "state" ? exportedStack(source.file) : program().standUpProgram(source, signal);
}

/** All settings of all systems, which a file needs nothing of; they take a tenth of a second to load. */
const program = () => require("./stand-up-program") as typeof import("./stand-up-program");
