import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn, SeriesOption } from "echarts";
import { COLORS, INK, PAGE, SOFT } from "./palette";

export const FONT_FAMILY = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif";
export const FONT = `12px ${FONT_FAMILY}`;

/** Pixels. `right` is the free space beside the axes. */
export interface PlotSize {
  readonly width: number;
  readonly height: number;
}

export type Render = (index: number, api: CustomSeriesRenderItemAPI) => CustomSeriesRenderItemReturn;

/** A series that draws each of `count` things itself, on the axes of one grid. */
export function custom(grid: number, count: number, render: Render): SeriesOption {
  return {
    type: "custom",
    coordinateSystem: "cartesian2d",
    xAxisIndex: grid,
    yAxisIndex: grid,
    silent: true,
    // Above lines and areas, which are drawn at 3.
    z: 4,
    data: Array.from({ length: count }, (_, index) => [index, 0]),
    renderItem: (params, api) => render(params.dataIndex, api),
  };
}

export function rect(x: number, y: number, width: number, height: number, fill: string, r = 0) {
  return { type: "rect" as const, shape: { x, y, width, height, r }, style: { fill } };
}

export function segment(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  stroke: string,
  lineWidth: number,
  dashed = false,
) {
  return {
    type: "line" as const,
    shape: { x1, y1, x2, y2 },
    style: { stroke, lineWidth, ...(dashed ? { lineDash: [4, 4] } : {}) },
  };
}

export function area(points: [number, number][], fill: string) {
  return { type: "polygon" as const, shape: { points }, style: { fill } };
}

export function label(
  x: number,
  y: number,
  text: string,
  fill: string,
  align: "left" | "center" | "right" = "left",
  verticalAlign: "top" | "middle" | "bottom" = "middle",
  font = FONT,
) {
  return { type: "text" as const, x, y, style: { text, fill, align, verticalAlign, font } };
}

/** On ground of its own, which keeps lines off the words. */
export function onGround<T extends { style: object }>(text: T) {
  return { ...text, style: { ...text.style, stroke: PAGE, lineWidth: 4 } };
}

/** A moment or a limit on the time axis, named above the plot; `tier` 0 is the lowest row of names. */
export interface TimeMark {
  readonly atSeconds: number;
  readonly text: string;
  readonly color: string;
  readonly dashed: boolean;
  readonly tier: number;
}

const TIER_HEIGHT = 16;
/** A name that begins closer than this to the edge stands on the other side of its line. */
const NAME_WIDTH = 100;

/** Marks from top to bottom of a grid whose vertical axis goes from 0 to 1. `edge` is the plot's right end. */
export function markSeries(
  grid: number,
  marks: readonly TimeMark[],
  endSeconds: number,
  edge: number,
): SeriesOption {
  return custom(grid, marks.length, (index, api) => {
    const mark = marks[index];
    if (!mark) return undefined;
    const [x, top] = api.coord([mark.atSeconds, 1]) as [number, number];
    const [, bottom] = api.coord([mark.atSeconds, 0]) as [number, number];
    const labelY = top - 6 - mark.tier * TIER_HEIGHT;
    // A limit beyond the picture is named at its edge: everything else is over long before.
    if (mark.atSeconds > endSeconds)
      return onGround(label(edge, labelY + 2, `${mark.text} \u2192`, mark.color, "right", "bottom"));
    const isLeft = x > edge - NAME_WIDTH;
    return {
      type: "group",
      children: [
        segment(x, labelY, x, bottom, mark.color, mark.dashed ? 1 : 1.5, mark.dashed),
        onGround(
          label(
            isLeft ? x - 4 : x + 4,
            labelY + 2,
            mark.text,
            mark.color,
            isLeft ? "right" : "left",
            "bottom",
          ),
        ),
      ],
    };
  });
}

/** The limits that a recovery is held against, on an axis that ends at `endSeconds`: the bound and the objective. */
export function limitMarks(
  boundSeconds: number | null,
  objectiveSeconds: number,
  tier: number,
  endSeconds: number,
): TimeMark[] {
  const objective = { atSeconds: objectiveSeconds, text: `objective ${objectiveSeconds} s`, color: INK };
  const limits =
    boundSeconds === null
      ? [objective]
      : [{ atSeconds: boundSeconds, text: `bound ${boundSeconds} s`, color: SOFT }, objective];
  // The later limit is named below the earlier one, and one beyond the axis above all: no line crosses a name.
  const place = (atSeconds: number) => (atSeconds > endSeconds ? -1 : atSeconds);
  return limits
    .sort((a, b) => place(b.atSeconds) - place(a.atSeconds))
    .map((limit, index) => ({ ...limit, dashed: true, tier: tier + index }))
    .reverse();
}

export const FAULT = COLORS.failed.light;
export const HEALED = COLORS.healed.light;
