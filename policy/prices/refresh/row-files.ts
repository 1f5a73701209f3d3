import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { PriceRow } from "../price-list";
import { formatExactUsd, usdOfNumber } from "./exact-usd";

export const ROWS_DIRECTORY = path.join(__dirname, "..", "rows");

/** Every row, file by file in the order of their names. */
export function readRows(directory: string): PriceRow[] {
  return rowFiles(directory).flatMap((file) => JSON.parse(readFileSync(file, "utf8")) as PriceRow[]);
}

/**
 * Puts new rows in the place of those with the same key and region. Every file is written beside its old one first
 * and then takes its name, so that an end at any moment leaves whole files.
 * @returns how many files changed.
 */
export function writeRows(directory: string, rows: readonly PriceRow[]): number {
  const byKey = new Map(rows.map((row) => [rowKey(row), row]));
  const suffix = `.${randomBytes(4).toString("hex")}.tmp`;
  const written: string[] = [];
  try {
    for (const file of rowFiles(directory)) {
      const before = readFileSync(file, "utf8");
      const after = withRows(before, byKey);
      if (after === before) continue;
      written.push(file);
      writeFileSync(file + suffix, after);
    }
    for (const file of written) renameSync(file + suffix, file);
  } finally {
    for (const file of written) rmSync(file + suffix, { force: true });
  }
  return written.length;
}

/** The text of a file with the lines of the given rows replaced; every other line stays to the byte. */
export function withRows(text: string, rows: ReadonlyMap<string, PriceRow>): string {
  return text
    .split("\n")
    .map((line) => {
      const match = /^(\s*)(\{.*\})(,?\s*)$/.exec(line);
      if (!match) return line;
      const [, indent = "", json = "", end = ""] = match;
      const row = rows.get(rowKey(JSON.parse(json) as PriceRow));
      return row ? `${indent}${rowLine(row)}${end}` : line;
    })
    .join("\n");
}

export function rowKey({ key, region }: Pick<PriceRow, "key" | "region">): string {
  return `${key} ${region}`;
}

/** A row on one line, the amount without an exponent. */
function rowLine(row: PriceRow): string {
  const fields = Object.entries(row).map(([name, value]) => {
    const text = name === "usd" ? formatExactUsd(usdOfNumber(value)) : JSON.stringify(value);
    return `${JSON.stringify(name)}: ${text}`;
  });
  return `{${fields.join(", ")}}`;
}

function rowFiles(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => path.join(directory, name));
}
