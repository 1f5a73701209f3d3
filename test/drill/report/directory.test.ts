import assert from "node:assert/strict";
import {
  existsSync,
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
import { ReportDirectory } from "../../../drill/report/directory";
import type { SampleLine } from "../../../rehearsal/simulation/sample";

const line: SampleLine = { basis: "loopback", atSeconds: 1.25, kind: "mark", mark: "start" };
const LINE_TEXT = '{"basis":"loopback","atSeconds":1.25,"kind":"mark","mark":"start"}\n';
const REPORT_FILES = ["report.html", "report.json", "report.md", "samples.ndjson", "timeline.svg"];

const reportOf = (run: string) => ({
  "report.json": run,
  "report.md": run,
  "report.html": run,
  "timeline.svg": run,
});

describe("drill/report/directory", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), "warm-standby-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const text = (file: string) => readFileSync(path.join(root, file), "utf8");
  const contents = () => Object.fromEntries(readdirSync(root).map((file) => [file, text(file)]));
  /** The folder as a run leaves it that wrote one sample and its report. */
  const finishedRun = (run: string) => {
    const directory = ReportDirectory.open(root);
    directory.write(line);
    directory.finish(reportOf(run));
    return contents();
  };

  it("writes each sample through at once", () => {
    const directory = ReportDirectory.open(path.join(root, "a", "b"));
    assert.equal(directory.hasSamples, false);
    directory.write(line);
    assert.equal(directory.hasSamples, true);
    assert.equal(readFileSync(directory.partialSamplesPath, "utf8"), LINE_TEXT);
    directory.write(line);
    assert.equal(readFileSync(directory.partialSamplesPath, "utf8"), LINE_TEXT + LINE_TEXT);
    directory.close();
    directory.write(line);
    assert.equal(readFileSync(directory.partialSamplesPath, "utf8"), LINE_TEXT + LINE_TEXT);
  });

  it("says which file cannot be written, and why", () => {
    const directory = ReportDirectory.open(root);
    Object.assign(directory, { samples: 1_000_000 });
    assert.throws(() => directory.write(line), {
      message: `cannot write ${directory.partialSamplesPath}: EBADF`,
    });
  });

  it("puts a whole report in the place of the last one and leaves no draft", () => {
    assert.deepEqual(Object.keys(finishedRun("old")), REPORT_FILES);
    assert.deepEqual(finishedRun("new"), { ...reportOf("new"), "samples.ndjson": LINE_TEXT });
  });

  it("takes away the timeline of an earlier run when the new one has none, and nothing before that", () => {
    finishedRun("old");
    const { "timeline.svg": _, ...without } = reportOf("new");
    const directory = ReportDirectory.open(root);
    directory.write(line);
    assert.equal(text("timeline.svg"), "old");
    directory.finish(without);
    assert.deepEqual(contents(), { ...without, "samples.ndjson": LINE_TEXT });
  });

  it("leaves the last report and everybody else's files as they are until its own is whole", () => {
    writeFileSync(path.join(root, "mine.txt"), "mine");
    const before = finishedRun("old");
    const interrupted = ReportDirectory.open(root);
    assert.deepEqual(contents(), before);
    interrupted.write(line);
    interrupted.write(line);
    interrupted.close();
    interrupted.discard();
    assert.deepEqual(contents(), { ...before, "samples.partial.ndjson": LINE_TEXT + LINE_TEXT });
    assert.deepEqual(finishedRun("new"), { ...before, ...reportOf("new") });
  });

  it("leaves the last report when its own cannot be written, and says so", () => {
    const before = finishedRun("old");
    const directory = ReportDirectory.open(root);
    directory.write(line);
    symlinkSync(path.join(root, "no", "such", "folder"), path.join(root, `report.md.${process.pid}.part`));
    assert.throws(() => directory.finish(reportOf("new")), {
      message: `cannot write ${path.join(root, "report.md")}: ENOENT`,
    });
    assert.deepEqual(contents(), { ...before, "samples.partial.ndjson": LINE_TEXT });
  });

  it("has an empty file of samples where a run had none to take", () => {
    const directory = ReportDirectory.open(path.join(root, "made"));
    directory.finish(reportOf("new"));
    directory.discard();
    assert.equal(text(path.join("made", "samples.ndjson")), "");
    assert.deepEqual(readdirSync(path.join(root, "made")).sort(), REPORT_FILES);
  });

  it("takes back the folders that it made for a run without a sample", () => {
    ReportDirectory.open(path.join(root, "reports", "dev")).discard();
    assert.deepEqual(readdirSync(root), []);
    const begun = ReportDirectory.open(path.join(root, "reports", "dev"));
    begun.write(line);
    begun.close();
    begun.discard();
    assert.ok(existsSync(begun.partialSamplesPath));
    ReportDirectory.open(root).discard();
    assert.ok(existsSync(root));
  });

  it("refuses what cannot become a folder of reports, in one line", () => {
    const file = path.join(root, "notes.txt");
    writeFileSync(file, "");
    assert.throws(() => ReportDirectory.open(file), {
      message: `the report folder ${file} is a file; name a folder`,
    });
    const below = path.join(file, "reports");
    assert.throws(() => ReportDirectory.open(below), {
      message: `the report folder ${below} cannot be written: ENOTDIR`,
    });
    mkdirSync(path.join(root, "report.md"));
    assert.throws(() => ReportDirectory.open(root), {
      message: `the report folder ${root} holds report.md, which is not a file`,
    });
  });
});
