import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

/** A small project of its own with the real bundler and the real packages. */
export class TemporaryProject {
  readonly root = realpathSync(mkdtempSync(path.join(tmpdir(), "bundle-")));

  /** @param packages the packages that it has; all that this project has unless given. */
  constructor({ packages }: { packages?: readonly string[] } = {}) {
    cpSync(path.join(ROOT, "build"), this.file("build"), { recursive: true });
    this.write("package-lock.json", "{}");
    for (const modules of packages?.map((name) => `node_modules/${name}`) ?? ["node_modules"]) {
      mkdirSync(path.dirname(this.file(modules)), { recursive: true });
      symlinkSync(path.join(ROOT, modules), this.file(modules), "junction");
    }
  }

  file(relative: string): string {
    return path.join(this.root, relative);
  }

  write(relative: string, content: string): void {
    mkdirSync(path.dirname(this.file(relative)), { recursive: true });
    writeFileSync(this.file(relative), content);
  }

  /** Runs a script in a process of its own, where `ensureBundle` is this project's. */
  run(script: string): { stdout: string; stderr: string; status: number | null } {
    const source = `const { ensureBundle } = require("./build/bundle.js");\n${script}`;
    return this.node(["-e", source]);
  }

  node(args: string[]): { stdout: string; stderr: string; status: number | null } {
    const { stdout, stderr, status } = spawnSync(process.execPath, args, {
      cwd: this.root,
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    return { stdout, stderr, status };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
