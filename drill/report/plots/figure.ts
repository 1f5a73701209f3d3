import { escaped } from "../html-text";
import type { PlotSize } from "./drawing";

/** What stands beside the words of a legend. */
export interface LegendEntry {
  readonly text: string;
  readonly color: string;
  readonly shape?: "line" | "dashed" | "dotted" | "circle" | "diamond";
}

/** A plot as a page shows it: drawn for a wide and for a narrow screen, with its data as a table. */
export interface Figure {
  /** Kebab case; unique on its page. */
  readonly id: string;
  readonly title: string;
  /** What the plot says, in sentences with figures: caption and text alternative in one. */
  readonly summary: string;
  readonly legend: readonly LegendEntry[];
  readonly sizes: { readonly wide: PlotSize; readonly narrow: PlotSize };
  /** The SVG text; `id` keeps its definitions apart from those of the page's other pictures. */
  draw(width: "wide" | "narrow", id: string): string;
  /** HTML between the picture and its data. */
  readonly below?: string;
  /** HTML table with everything that the plot shows. */
  readonly table: string;
}

export function figureHtml(figure: Figure): string {
  const picture = (width: "wide" | "narrow") =>
    `<div class="picture ${width}">${named(figure.draw(width, `${figure.id}-${width}`), figure, width)}</div>`;
  return `<figure id="${figure.id}">
<figcaption><h3>${escaped(figure.title)}</h3>
<p>${escaped(figure.summary)}</p>${legend(figure.legend)}</figcaption>
${picture("wide")}
${picture("narrow")}${figure.below ?? ""}
<details class="data"><summary>Data of this plot</summary>
<div class="scroll" tabindex="0">${figure.table}</div></details>
</figure>`;
}

/** Title and description for those who cannot see the picture. */
function named(svg: string, { id, title, summary }: Figure, width: string): string {
  const [titleId, descriptionId] = [`${id}-${width}-title`, `${id}-${width}-description`];
  return svg.replace(
    /<svg [^>]*>/,
    (open) =>
      `${open.slice(0, -1)} role="img" aria-labelledby="${titleId} ${descriptionId}">` +
      `<title id="${titleId}">${escaped(title)}</title><desc id="${descriptionId}">${escaped(summary)}</desc>`,
  );
}

function legend(entries: readonly LegendEntry[]): string {
  if (entries.length === 0) return "";
  const items = entries.map(({ text, color, shape }) => `<li>${swatch(color, shape)}${escaped(text)}</li>`);
  return `<ul class="legend">${items.join("")}</ul>`;
}

function swatch(color: string, shape: LegendEntry["shape"]): string {
  const line = (dash: string) =>
    `<path d="M0 6H22" fill="none" stroke="${color}" stroke-width="2.5"${dash === "" ? "" : ` stroke-dasharray="${dash}"`}/>`;
  const drawn = {
    box: `<rect x="5" width="12" height="12" rx="2" fill="${color}"/>`,
    circle: `<circle cx="11" cy="6" r="5" fill="${color}"/>`,
    diamond: `<path d="M11 0L17 6L11 12L5 6Z" fill="${color}"/>`,
    line: line(""),
    dashed: line("5 4"),
    dotted: line("2 3"),
  }[shape ?? "box"];
  return `<svg class="swatch" width="22" height="12" viewBox="0 0 22 12" aria-hidden="true">${drawn}</svg>`;
}
