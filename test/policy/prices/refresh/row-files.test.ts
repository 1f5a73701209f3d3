import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { PriceRow } from "../../../../policy/prices/price-list";
import { PRICES } from "../../../../policy/prices/price-list";
import {
  ROWS_DIRECTORY,
  readRows,
  rowKey,
  withRows,
  writeRows,
} from "../../../../policy/prices/refresh/row-files";
import { TemporaryFolder } from "./price-list-fixture";

const line = (key: string, usd: string) =>
  `  {"key": "${key}", "region": "us-east-1", "item": "y", "unit": "hour", "usd": ${usd}, "source": "a list", "date": "2024-07", "confidence": "secondary"}`;
const FILE = `[\n${line("x/a", "1")},\n${line("x/b", "2")},\n${line("x/c", "3.50")}\n]\n`;

const row = (key: string, usd: number): PriceRow => ({
  key,
  region: "us-east-1",
  item: "y",
  unit: "hour",
  usd,
  source: "a list",
  date: "2024-07",
  confidence: "secondary",
});
const rowsOf = (...rows: PriceRow[]) => new Map(rows.map((each) => [rowKey(each), each]));

describe("policy/prices/refresh/row-files", () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = new TemporaryFolder();
  });
  afterEach(() => folder.remove());

  it("replaces the line of a row and leaves every other byte", () => {
    assert.equal(withRows(FILE, rowsOf(row("x/b", 2.5))), FILE.replace(line("x/b", "2"), line("x/b", "2.5")));
    assert.equal(withRows(FILE, rowsOf(row("x/z", 1))), FILE);
    assert.equal(withRows(FILE.replace(/\n$/, ""), rowsOf()), FILE.replace(/\n$/, ""));
  });

  it("writes a small amount without an exponent", () => {
    assert.equal(
      withRows(FILE, rowsOf(row("x/c", 2e-7))),
      FILE.replace(line("x/c", "3.50"), line("x/c", "0.0000002")),
    );
  });

  it("writes only the files that change, and leaves nothing else behind", () => {
    folder.write("a.json", FILE);
    folder.write("b.json", FILE.replaceAll("x/", "y/"));
    assert.equal(writeRows(folder.path, [row("y/a", 1.5)]), 1);
    assert.deepEqual(readdirSync(folder.path), ["a.json", "b.json"]);
    assert.equal(readFileSync(path.join(folder.path, "a.json"), "utf8"), FILE);
    assert.deepEqual(
      readRows(folder.path).map(({ key, usd }) => `${key} ${usd}`),
      ["x/a 1", "x/b 2", "x/c 3.5", "y/a 1.5", "y/b 2", "y/c 3.5"],
    );
  });

  it("writes no file where one of them cannot be read", () => {
    folder.write("a.json", FILE);
    folder.write("b.json", "  {broken}\n");
    assert.throws(() => writeRows(folder.path, [row("x/a", 9)]), SyntaxError);
    assert.deepEqual(readdirSync(folder.path), ["a.json", "b.json"]);
    assert.equal(readFileSync(path.join(folder.path, "a.json"), "utf8"), FILE);
  });

  it("finds the rows of the list, and writes each of them as it stands", () => {
    const rows = readRows(ROWS_DIRECTORY);
    assert.deepEqual(rows.map(rowKey).sort(), PRICES.rows.map(rowKey).sort());
    for (const name of readdirSync(ROWS_DIRECTORY).filter((file) => file.endsWith(".json"))) {
      const text = readFileSync(path.join(ROWS_DIRECTORY, name), "utf8");
      const written = withRows(text, rowsOf(...rows));
      assert.deepEqual(JSON.parse(written), JSON.parse(text), name);
      // Amounts that stand with an exponent are written out; all else is the same to the byte.
      const plain = (lines: string) => lines.split("\n").map((each) => each.replace(/"usd": [^,]+/, ""));
      assert.deepEqual(plain(written), plain(text), name);
    }
  });
});
