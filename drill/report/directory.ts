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
import type { SampleLine } from "../../rehearsal/simulation/sample";

const SAMPLES_FILE = "samples.ndjson";
/** The samples of a run that has not finished; those of the last one that has stay beside its report. */
const PARTIAL_SAMPLES_FILE = "samples.partial.ndjson";
const WRITTEN_FILES = ["timeline.svg", "report.html", "report.md", "report.json"] as const;
export type WrittenFile = (typeof WRITTEN_FILES)[number];

/**
 * The folder that a run writes to. It is opened before the run, so that a bad path fails at second 0. An earlier
 * run's report stays whole until this run's is.
 */
export class ReportDirectory {
  private samples: number | undefined;
  private isClosed = false;
  private isFinished = false;

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
    for (const file of [SAMPLES_FILE, PARTIAL_SAMPLES_FILE, ...WRITTEN_FILES]) {
      const stats = statSync(path.join(directory, file), { throwIfNoEntry: false });
      if (stats && !stats.isFile()) throw refuse(`holds ${file}, which is not a file`);
    }
    return new ReportDirectory(directory, made);
  }

  /** Whether this run has written a sample. */
  get hasSamples(): boolean {
    return this.samples !== undefined;
  }

  /** Where this run's samples are until it finishes. */
  get partialSamplesPath(): string {
    return path.join(this.path, PARTIAL_SAMPLES_FILE);
  }

  /**
   * Writes one sample through to the file, so that it outlives whatever happens next. The first one replaces what an
   * unfinished run left; after `close` nothing is written any more.
   * @throws Error with one plain line when it cannot be written, which ends the rehearsal.
   */
  write(line: SampleLine): void {
    if (this.isClosed) return;
    this.samples ??= this.attempt(this.partialSamplesPath, () => openSync(this.partialSamplesPath, "w"));
    const text = Buffer.from(`${JSON.stringify(line)}\n`);
    for (let written = 0; written < text.length; ) {
      const samples = this.samples;
      written += this.attempt(this.partialSamplesPath, () => writeSync(samples, text, written));
    }
  }

  /** Ends the raw samples. */
  close(): void {
    if (this.samples !== undefined && !this.isClosed) closeSync(this.samples);
    this.isClosed = true;
  }

  /**
   * Puts the whole report in the place of an earlier one. Everything is written before the first file takes its
   * place, and nothing of this process comes in between: a full disk or an interrupt leaves the earlier report.
   * A file that this report does not have is taken away, lest an earlier one's stay beside it.
   * @throws Error with one plain line when it cannot be written.
   */
  finish(files: Readonly<Partial<Record<WrittenFile, string>>>): void {
    this.close();
    const draft = (file: string) => path.join(this.path, `${file}.${process.pid}.part`);
    const target = (file: string) => path.join(this.path, file);
    try {
      const written = WRITTEN_FILES.flatMap((file) => {
        const text = files[file];
        return text === undefined ? [] : [{ file, text }];
      });
      for (const { file, text } of written)
        this.attempt(target(file), () => writeFileSync(draft(file), text));
      // A run without a pair to play has no samples, which an empty file says best.
      if (!this.hasSamples)
        this.attempt(this.partialSamplesPath, () => writeFileSync(this.partialSamplesPath, ""));
      this.attempt(target(SAMPLES_FILE), () => renameSync(this.partialSamplesPath, target(SAMPLES_FILE)));
      for (const { file } of written) this.attempt(target(file), () => renameSync(draft(file), target(file)));
      for (const file of WRITTEN_FILES)
        if (files[file] === undefined)
          this.attempt(target(file), () => rmSync(target(file), { force: true }));
      this.isFinished = true;
    } finally {
      for (const file of WRITTEN_FILES) rmSync(draft(file), { force: true });
    }
  }

  /** Takes back the folders that opening made, unless this run has left something there. */
  discard(): void {
    if (this.made !== undefined && !this.hasSamples && !this.isFinished)
      rmSync(this.made, { recursive: true, force: true });
  }

  private attempt<T>(file: string, step: () => T): T {
    try {
      return step();
    } catch (error) {
      throw new Error(`cannot write ${file}: ${(error as NodeJS.ErrnoException).code}`);
    }
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
