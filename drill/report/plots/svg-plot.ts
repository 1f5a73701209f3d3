import type { EChartsOption } from "echarts";
import { FONT_FAMILY, type PlotSize } from "./drawing";
import { INK } from "./palette";

/**
 * Draws a plot as SVG text that needs no browser, script or font. `id` keeps the pictures of one page apart.
 * The same option gives the same text.
 */
export function svgPlot(option: EChartsOption, size: PlotSize, id: string): string {
  // Loading the plotting library takes longer than drawing, so nothing else waits for it.
  const echarts = require("echarts") as typeof import("echarts");
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, ...size });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: FONT_FAMILY, color: INK }, ...option });
    return bare(chart.renderToSVGString(), id);
  } finally {
    chart.dispose();
  }
}

/** Without the hooks for scripts and hovering, whose names count the charts drawn so far. */
function bare(svg: string, id: string): string {
  return svg
    .replace(/<style\s*>[\s\S]*?<\/style>\s*/g, "")
    .replace(/ (class|ecmeta_\w+|pointer-events)="[^"]*"/g, "")
    .replace(/zr\d+-/g, `${id}-`);
}
