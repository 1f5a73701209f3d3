import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import type { Sample } from "../../rehearsal/simulation/sample";

export const SAMPLES_FILE = "samples.ndjson";
const WRITTEN_FILES = ["report.json", "report.md", "report.html", "timeline.svg"] as const;
export type WrittenFile = (typeof WRITTEN_FILES)[number];

/** The folder that a run writes to. It is opened before the run, so that a bad path fails at second 0. */
export class ReportDirectory {
  private samples: number | undefined;
  private hasBegun = false;

  private constructor(
    readonly path: string,
    /** The topmost folder that opening had to make. */
    private readonly made: string | undefined,
  ) {}

  /** @throws Error with one plain line when the folder cannot be made or written to. */
  static open(directory: string): ReportDirectory {
    const refuse = (why: string) => new Error(`the report folder ${directory} ${why}`);
    let made: string | undefined;
    try {
      if (existsSync(directory) && !statSync(directory).isDirectory())
        throw refuse("is a file; name a folder");
      made = makeFolder(directory);
      accessSync(directory, constants.W_OK | constants.X_OK);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw code === undefined ? error : refuse(`cannot be written: ${code}`);
    }
    for (const file of [SAMPLES_FILE, ...WRITTEN_FILES]) {
      const stats = statSync(path.join(directory, file), { throwIfNoEntry: false });
      if (stats && !stats.isFile()) throw refuse(`holds ${file}, which is not a file`);
    }
    return new ReportDirectory(directory, made);
  }

  /** Whether this run has started its samples. */
  get begun(): boolean {
    return this.hasBegun;
  }

  get samplesPath(): string {
    return path.join(this.path, SAMPLES_FILE);
  }

  /** Starts the raw samples. The last run's reports go, since they would not fit the new samples. */
  begin(): void {
    for (const file of WRITTEN_FILES) rmSync(path.join(this.path, file), { force: true });
    this.samples = openSync(this.samplesPath, "w");
    this.hasBegun = true;
  }

  /**
   * Writes one sample through to the file, so that it outlives whatever happens next.
   * @throws Error with one plain line when it cannot be written, which ends the rehearsal.
   */
  write(sample: Sample): void {
    if (this.samples === undefined) return;
    try {
      writeSync(this.samples, `${JSON.stringify(sample)}\n`);
    } catch (error) {
      throw new Error(`cannot write ${this.samplesPath}: ${(error as NodeJS.ErrnoException).code}`);
    }
  }

  /** Ends the raw samples. */
  close(): void {
    if (this.samples !== undefined) closeSync(this.samples);
    this.samples = undefined;
  }

  /** A reader sees the old file or the new one, never half of it. */
  save(file: WrittenFile, text: string): void {
    const target = path.join(this.path, file);
    const draft = `${target}.${process.pid}.part`;
    try {
      writeFileSync(draft, text);
      renameSync(draft, target);
    } finally {
      rmSync(draft, { force: true });
    }
  }

  /** Takes back the folders that opening made; for a run that ended before it began. */
  discard(): void {
    if (this.made !== undefined && !this.hasBegun) rmSync(this.made, { recursive: true, force: true });
  }
}

/**
 * Makes a folder and those above it that are missing, and returns the topmost that it made. One by one: asked for
 * all at once, Node.js never returns from a place like /proc that knows the parent but takes no folders.
 */
function makeFolder(directory: string): string | undefined {
  if (existsSync(directory)) return undefined;
  const above = makeFolder(path.dirname(directory));
  mkdirSync(directory);
  return above ?? directory;
}
