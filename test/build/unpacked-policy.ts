import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { packPolicy } from "../../build/pack-policy";

const MODULES = path.resolve(__dirname, "../../node_modules");

/**
 * The policy package as `npm install` leaves it in another project: the tarball's content, beside the packages
 * that it declares and no others.
 */
export class UnpackedPolicy {
  private readonly root = mkdtempSync(path.join(tmpdir(), "unpacked-policy-"));
  readonly tarball: { readonly file: string; readonly bytes: number };

  constructor() {
    this.tarball = packPolicy(path.join(this.root, "tarball"));
    mkdirSync(this.directory, { recursive: true });
    const { status, stderr } = spawnSync("tar", ["-xzf", this.tarball.file, "--strip-components=1"], {
      cwd: this.directory,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`tar failed: ${stderr}`);
    for (const name of Object.keys(this.manifest.dependencies)) {
      const link = path.join(this.root, "project/node_modules", name);
      mkdirSync(path.dirname(link), { recursive: true });
      symlinkSync(path.join(MODULES, name), link, "junction");
    }
  }

  get directory(): string {
    return path.join(this.root, "project/node_modules/warm-standby-policy");
  }

  get manifest(): Record<string, unknown> & { readonly dependencies: Readonly<Record<string, string>> } {
    return JSON.parse(this.read("package.json"));
  }

  files(): string[] {
    return readdirSync(this.directory, { recursive: true, encoding: "utf8", withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        path.relative(this.directory, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"),
      )
      .sort();
  }

  read(file: string): string {
    return readFileSync(path.join(this.directory, file), "utf8");
  }

  edit(file: string, from: string, to: string): void {
    const text = this.read(file);
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    writeFileSync(path.join(this.directory, file), text.replace(from, to));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
