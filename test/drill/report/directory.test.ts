import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ReportDirectory } from "../../../drill/report/directory";
import type { Sample } from "../../../rehearsal/simulation/sample";

const sample: Sample = { atSeconds: 1.25, kind: "mark", mark: "start" };

describe("drill/report/directory", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), "warm-standby-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("writes each sample through at once", () => {
    const directory = ReportDirectory.open(path.join(root, "a", "b"));
    directory.begin();
    directory.write(sample);
    assert.equal(
      readFileSync(directory.samplesPath, "utf8"),
      '{"atSeconds":1.25,"kind":"mark","mark":"start"}\n',
    );
    directory.write(sample);
    assert.equal(readFileSync(directory.samplesPath, "utf8").split("\n").length, 3);
    directory.close();
  });

  it("says which file cannot be written, and why", () => {
    const directory = ReportDirectory.open(root);
    directory.begin();
    Object.assign(directory, { samples: 1_000_000 });
    assert.throws(() => directory.write(sample), { message: `cannot write ${directory.samplesPath}: EBADF` });
  });

  it("replaces a file as a whole and leaves no draft", () => {
    const directory = ReportDirectory.open(root);
    directory.save("report.md", "old");
    directory.save("report.md", "new");
    assert.equal(readFileSync(path.join(root, "report.md"), "utf8"), "new");
    assert.deepEqual(readdirSync(root), ["report.md"]);
  });

  it("removes the reports of the last run before the first new sample, and nothing of anyone else", () => {
    for (const file of [
      "report.json",
      "report.html",
      "report.md",
      "timeline.svg",
      "samples.ndjson",
      "mine.txt",
    ]) {
      writeFileSync(path.join(root, file), "last run\n");
    }
    const directory = ReportDirectory.open(root);
    assert.equal(readdirSync(root).length, 6);
    directory.begin();
    directory.close();
    assert.deepEqual(readdirSync(root).sort(), ["mine.txt", "samples.ndjson"]);
    assert.equal(readFileSync(directory.samplesPath, "utf8"), "");
  });

  it("takes back the folders that it made for a run that never began", () => {
    ReportDirectory.open(path.join(root, "reports", "dev")).discard();
    assert.deepEqual(readdirSync(root), []);
    const begun = ReportDirectory.open(path.join(root, "reports", "dev"));
    begun.begin();
    begun.close();
    begun.discard();
    assert.ok(existsSync(begun.samplesPath));
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
