import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Report } from "../../drill/report/report";
import { type BenchFigure, upTo } from "./bench-figure";
import { measure } from "./measured-process";

const MB = 1_000_000;

/** `npm run rehearse` with the defaults: its time, its memory, and the figures that it reports. */
export async function rehearseFigures(): Promise<BenchFigure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "warm-standby-bench-"));
  try {
    const run = await measure(["bin/warm-standby.js", "rehearse", "--json", "--report", folder]);
    if (run.code !== 0)
      throw new Error(`rehearse ended with ${run.code}: ${run.stderr.trim().split("\n").at(-1)}`);
    const { bound, cutover, cost } = JSON.parse(run.stdout) as Report;
    const { p50, p95, max } = known(cutover.clientSeconds, "the simulated cutover");
    const boundSeconds = known(bound.rtoSeconds, "the bound");
    const basis = `simulated, ${cutover.count} cutovers`;
    return [
      upTo("rehearse, defaults", run.wallSeconds, 60, "s", "wall clock, 1 run"),
      upTo("rehearse, peak memory", run.peakBytes / MB, 1_000, "MB", "sum over its processes"),
      upTo("client cutover p50", p50, 70, "s", basis),
      upTo("client cutover p95", p95, 100, "s", basis),
      {
        name: "client cutover, slowest",
        value: `${max.toFixed(1)} s`,
        target: `at most ${boundSeconds} s`,
        basis: `${basis}; bound`,
        ok: max <= boundSeconds,
      },
      upTo(
        "idle standby, dev stack",
        known(cost.standbyMonthlyUsd, "the idle cost"),
        5,
        "USD/month",
        "list price",
      ),
      {
        name: "cost lines with source and date",
        value: `${cost.lines.filter(({ source, asOf }) => source !== "" && asOf !== "").length} of ${cost.lines.length}`,
        target: "all",
        basis: "report.json",
        ok: cost.lines.length > 0 && cost.lines.every(({ source, asOf }) => source !== "" && asOf !== ""),
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function known<T>(value: T | null, what: string): T {
  if (value === null) throw new Error(`${what} was not measured`);
  return value;
}
