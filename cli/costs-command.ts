import { type ComparedCost, compareCost, costsTable } from "../drill/report/costs-table";
import { SEEDS } from "../drill/seeds/render-seeds";
import { idleCostIn } from "../policy/evaluate";
import { EXIT, type ExitCode } from "./exit-codes";
import { stopIfInterrupted } from "./interrupts";
import type { Io } from "./io";
import { PROJECT_DIR, type StackSource } from "./stack-source";
import type { StoodUp } from "./stand-up";
import { UserError } from "./user-error";

/**
 * `warm-standby costs`: stands up every system without an account, prices it while idle, and sets it beside what its
 * seed says. The table goes to stderr, the figures with `--json` to stdout.
 * @throws UserError with every stack that has wrong settings.
 */
export async function costsCommand(
  given: { readonly json?: boolean },
  problems: string[],
  io: Io,
  standUp: (source: StackSource, signal: AbortSignal) => Promise<StoodUp> = realStandUp,
): Promise<ExitCode> {
  if (problems.length > 0) throw new UserError(problems);
  const compared: ComparedCost[] = [];
  const invalid: string[] = [];
  // One after the other: each is a process of its own with the whole of the AWS provider in it.
  for (const seed of SEEDS) {
    const { stack } = seed;
    const stoodUp = await standUp({ kind: "program", projectDir: PROJECT_DIR, stack, config: {} }, io.signal);
    await stopIfInterrupted(io.signal);
    if (stoodUp.kind === "failed") throw new Error(`stack ${stack}: ${stoodUp.message}`);
    if (stoodUp.kind === "invalid")
      invalid.push(...stoodUp.messages.map((line) => `stack ${stack}: ${line}`));
    else compared.push(compareCost({ seed, stack }, idleCostIn(stoodUp.resources)));
  }
  if (invalid.length > 0) throw new UserError(invalid);
  io.stderr.write(costsTable(compared));
  if (given.json) io.stdout.write(`${JSON.stringify(compared, null, 2)}\n`);
  return EXIT.met;
}

const realStandUp = (source: StackSource, signal: AbortSignal): Promise<StoodUp> =>
  (require("./stand-up") as typeof import("./stand-up")).standUp(source, signal);
