import type { Verdict } from "../drill/report/verdict";

/** Every way that the command ends. */
export const EXIT = {
  /** Objectives met, or nothing was asked that could miss. */
  met: 0,
  /** The command itself failed. */
  crash: 1,
  /** Wrong arguments, settings or input; nothing was done. */
  usage: 2,
  /** An objective missed or a mandatory rule violated, whatever else was measured. */
  missed: 10,
  /** Nothing missed, and interrupted, nothing to measure or a part not rehearsed. */
  "not-measured": 11,
} as const satisfies Record<Verdict | "crash" | "usage", number>;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_NOTES = [
  "Exit codes:",
  `  ${EXIT.met}   objectives met`,
  `  ${EXIT.crash}   the command itself failed`,
  `  ${EXIT.usage}   wrong arguments, settings or input; nothing was done`,
  `  ${EXIT.missed}  an objective missed or a mandatory rule violated`,
  `  ${EXIT["not-measured"]}  nothing missed, but interrupted, nothing to measure, or a part not rehearsed`,
].join("\n");
