import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { readJson, STDIN } from "../../cli/state-file";

const VALUE = { name: "Zürich", tags: ["a"] };

describe("cli/state-file", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "warm-standby-"));
    file = path.join(folder, "state.json");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const read = (bytes: Buffer | string) => {
    writeFileSync(file, bytes);
    return readJson(file, { lever: "export it" });
  };
  const refused = async (bytes: Buffer | string): Promise<string> => {
    await assert.rejects(read(bytes));
    return read(bytes).then(
      () => "",
      (error: Error) => error.message,
    );
  };

  it("reads every encoding that a shell's redirection writes", async () => {
    const text = JSON.stringify(VALUE);
    const marked = Buffer.from(`\ufeff${text}`, "utf16le");
    const encodings = {
      plain: Buffer.from(text),
      "UTF-8 with a mark": Buffer.from(`\ufeff${text}`),
      "UTF-16": marked,
      "UTF-16, big end first": Buffer.from(marked).swap16(),
      "UTF-16 without a mark": Buffer.from(text, "utf16le"),
      "with lines of Windows": Buffer.from(`${JSON.stringify(VALUE, null, 2).replaceAll("\n", "\r\n")}\r\n`),
    };
    for (const [name, bytes] of Object.entries(encodings)) assert.deepEqual(await read(bytes), VALUE, name);
  });

  it("reads what is piped in, in whatever pieces", async () => {
    const bytes = Buffer.from(JSON.stringify(VALUE));
    const stdin = Readable.from([...bytes].map((byte) => Buffer.from([byte])));
    assert.deepEqual(await readJson(STDIN, { lever: "", stdin }), VALUE);
    await assert.rejects(readJson(STDIN, { lever: "export it", stdin: Readable.from([]) }), {
      message: "it is empty; export it",
    });
  });

  it("tells a file that stops in the middle from one that is no JSON", async () => {
    const whole = JSON.stringify({ a: ["b", 1, true, { c: null }] }, null, 1);
    for (let length = 1; length < whole.length; length += 1) {
      const cut = whole.slice(0, length);
      const line = cut.split("\n").length;
      const stops = /^half a file: the JSON stops at line (\d+) before it is complete; export it$/;
      const told = Number(stops.exec(await refused(cut))?.[1]);
      assert.ok(told === line || told === line - 1, `${JSON.stringify(cut)}: ${told}`);
    }
    assert.equal(
      await refused('{\n "a": 1,\n "b" 2,\n "c": 3\n}'),
      "not JSON: line 3 cannot be read; export it",
    );
    assert.equal(await refused("resources: []"), 'not JSON: it starts with "resources: []"; export it');
    assert.equal(await refused(""), "it is empty; export it");
    assert.equal(await refused(" \n"), "it is empty; export it");
  });

  it("knows a stream of events and a compressed file", async () => {
    assert.equal(
      await refused('{"sequence":0,"preludeEvent":{}}\n{"sequence":1,"cancelEvent":{}}\n'),
      "a stream of events, which leaves out what depends on what; unset PULUMI_ENABLE_STREAMING_JSON_PREVIEW; export it",
    );
    assert.equal(await refused(gzipSync("{}")), "compressed with gzip; unpack it with gunzip first");
  });

  it("says why a file cannot be read", async () => {
    const lever = "export it";
    await assert.rejects(readJson(path.join(folder, "gone.json"), { lever }), {
      message: "cannot be read: there is no such file",
    });
    mkdirSync(path.join(folder, "sub"));
    await assert.rejects(readJson(path.join(folder, "sub"), { lever }), {
      message: "cannot be read: it is a folder",
    });
    writeFileSync(file, "");
    truncateSync(file, 500 * 2 ** 20 + 1);
    await assert.rejects(readJson(file, { lever }), {
      message: "cannot be read: it has 501 MB; at most 500 MB are read",
    });
  });
});
