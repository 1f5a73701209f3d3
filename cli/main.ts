import { EXIT } from "./exit-codes";
import { runCommand } from "./run-command";

/** A terminal's Ctrl-C reaches npm too, which passes it on: within this time it is still the same one. */
const SAME_SIGNAL_MS = 250;
/** An interrupted run that has not ended by itself after this time is ended. */
const STOP_LIMIT_MS = 500;

/** Runs the command line of this process. The exit code is set here and nowhere else, so that output is flushed. */
export async function main(argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  const controller = new AbortController();
  listenForInterrupts(controller);
  // A reader that has seen enough, such as `head`, closes the pipe: no reason to complain.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
  process.exitCode = await runCommand(argv, {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    signal: controller.signal,
  });
}

/**
 * The first interrupt asks the run to end, a second one ends it at once. Listens to the very end: an interrupt that
 * comes when the report is written already changes nothing.
 */
function listenForInterrupts(controller: AbortController): void {
  let firstAt: number | undefined;
  const interrupted = () => {
    const now = performance.now();
    if (firstAt === undefined) {
      firstAt = now;
      controller.abort(new Error("interrupted"));
      // It does not keep the process alive, and ends it should anything else do so.
      setTimeout(() => process.exit(EXIT["not-measured"]), STOP_LIMIT_MS).unref();
    } else if (now - firstAt > SAME_SIGNAL_MS) process.exit(EXIT["not-measured"]);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, interrupted);
}
