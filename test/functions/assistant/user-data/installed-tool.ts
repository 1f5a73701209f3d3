import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Whether a command is there and works as far as to say its version. */
export function isInstalled(command: string): boolean {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
}

/** What a tool says of a file with this text, whose path is its last argument. */
export function toolSays([command = "", ...args]: readonly string[], text: string) {
  const folder = mkdtempSync(path.join(tmpdir(), "checked-"));
  try {
    const file = path.join(folder, "file");
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync(command, [...args, file], { encoding: "utf8" });
    return { status, output: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
