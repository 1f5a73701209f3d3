import type { PlotData } from "./plots/plot-data";
import type { ReportView } from "./view";

/** `report.html`, the page that opens offline. */
export function htmlReport(view: ReportView, plots: PlotData): string {
  // A run that ends before its report need not wait for the page's code.
  const { htmlPage } = require("./html-page") as typeof import("./html-page");
  return htmlPage(view, plots);
}
