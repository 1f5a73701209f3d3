import type { PolicyReport } from "../../policy/evaluate";
import { costLine, dearestFirst } from "./cost-lines";
import { buildReport, type CostLine, type Report } from "./report";
import type { ReportParts } from "./report-parts";
import { judge } from "./verdict";

/** A cost line with what `report.json` does not hold: whose it is, and how sure the price is. */
export interface CostEntry extends CostLine {
  readonly standby: boolean;
  readonly confidence: string;
  readonly note?: string;
}

/** What a person reads: the report, and the words around its figures. */
export interface ReportView {
  readonly report: Report;
  /** Why the verdict is not `met`, one line each. */
  readonly reasons: readonly string[];
  readonly scenarioTitle: string;
  /** `profiles.example.com A`: the pair that was played. */
  readonly pair: string;
  readonly costEntries: readonly CostEntry[];
  /** What every rule said of every resource, passes included. */
  readonly findings: PolicyReport["findings"];
  /** Resources whose deletion protection had to be lifted before they could be deleted. */
  readonly lifted: readonly string[];
  /** The command that plays the same rehearsal again. */
  readonly command: string;
  /** What `timeline.svg` shows; `none` where there is no such file. */
  readonly timeline: "loopback" | "simulated" | "none";
}

export type ViewWords = Pick<ReportView, "scenarioTitle" | "pair" | "lifted" | "command" | "timeline">;

export function buildView(parts: ReportParts, words: ViewWords): ReportView {
  return {
    ...words,
    report: buildReport(parts),
    reasons: judge(parts).reasons,
    costEntries: costEntries(parts.cost),
    findings: parts.policy.findings,
  };
}

/** Dearest first. */
export function costEntries(cost: ReportParts["cost"]): CostEntry[] {
  return dearestFirst(cost.lines).map((line) => ({
    ...costLine(line),
    standby: line.standby,
    confidence: line.confidence,
    ...(line.note === undefined ? {} : { note: line.note }),
  }));
}
