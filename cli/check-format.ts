/** What `warm-standby check` can write. */
export const CHECK_FORMATS = ["table", "json", "sarif", "github"] as const;

export type CheckFormat = (typeof CHECK_FORMATS)[number];

/** The format that the arguments name; `--json` is short for `--format json`. */
export function checkFormat(
  given: { readonly format?: string; readonly json?: boolean },
  problems: string[],
): CheckFormat {
  const format = CHECK_FORMATS.find((name) => name === given.format);
  if (given.format !== undefined && format === undefined) {
    problems.push(
      `--format is ${JSON.stringify(given.format)}; it must be one of ${CHECK_FORMATS.join(", ")}`,
    );
  }
  if (given.json && format !== undefined && format !== "json") {
    problems.push(`--json is --format json; it cannot go with --format ${format}`);
  }
  return given.json ? "json" : (format ?? "table");
}
