import type { RankedSetting } from "../sweep";
import { htmlDocument } from "./html-document";
import { escaped, list } from "./html-text";
import { figureHtml } from "./plots/figure";
import { frontierFigure } from "./plots/frontier-figure";
import { type SweepWords, sweepNotes } from "./sweep-table";

export interface SweepPageWords extends SweepWords {
  /** `profile-api (dev)`. */
  readonly system: string;
  /** The command line that makes the page again. */
  readonly command: string;
}

/** `sweep.html`, without the note on the terminal's marks: the frontier as a plot and as a table, in one file that opens offline. */
export function sweepPage(ranked: readonly RankedSetting[], words: SweepPageWords): string {
  const settings = ranked.flatMap(({ shown }) => (shown ? [shown] : []));
  const { objectiveSeconds, budgets } = words;
  const title = `${words.system}: cutover time against cost`;
  const figure =
    settings.length === 0
      ? "<p>No setting has both a price and a cutover, so there is nothing to draw.</p>"
      : figureHtml(frontierFigure(settings, { objectiveSeconds, stackBudgetUsd: budgets.stackUsd }));
  const main = `<header>
<p class="eyebrow">${escaped(words.pair)}</p>
<h1>${escaped(title)}</h1>
</header>
<section>
${figure}
</section>
<section>
<h2>What the figures mean</h2>
${list(sweepNotes(words).slice(1))}
</section>`;
  return htmlDocument(title, main, words.command);
}
