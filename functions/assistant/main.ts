import { parseAssistantSettings } from "./assistant-settings";
import { type AssistantSurroundings, createAssistant } from "./create-assistant";
import { WrongEnvironment } from "./environment";

/** The process's exit codes. */
export const EXIT = { stopped: 0, failed: 1, settings: 2, cut: 3 } as const;

/**
 * Runs the service until SIGTERM or SIGINT. Sets the exit code: 0 after an orderly end, 1 when it cannot listen,
 * 2 for a wrong environment (one line for each variable on stderr), 3 when requests had to be cut.
 */
export async function main(
  program: Pick<NodeJS.Process, "env" | "once"> & { exitCode?: NodeJS.Process["exitCode"] },
  surroundings: AssistantSurroundings = {},
): Promise<void> {
  try {
    const assistant = createAssistant(parseAssistantSettings(program.env), {
      ...(program.env.AWS_ENDPOINT_URL_SSM ? { ssmEndpoint: program.env.AWS_ENDPOINT_URL_SSM } : {}),
      ...surroundings,
    });
    await assistant.listen();
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      program.once(signal, () => {
        void assistant.close().then((outcome) => {
          program.exitCode = outcome === "drained" ? EXIT.stopped : EXIT.cut;
        });
      });
    }
  } catch (error) {
    const lines = error instanceof WrongEnvironment ? error.lines : [String((error as Error).message)];
    for (const line of lines) console.error(line);
    program.exitCode = error instanceof WrongEnvironment ? EXIT.settings : EXIT.failed;
  }
}
