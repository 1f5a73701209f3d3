import type { Report } from "./report";

/** The text of `report.json`; members in the order of the format, two spaces, one final newline. */
export function jsonReport(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
