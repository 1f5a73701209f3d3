import { spawnSync } from "node:child_process";

/** Whether a command is there and works as far as to say its version. */
export function isInstalled(command: string): boolean {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
}
