import { COLORS, darkColors } from "./plots/palette";

const { ink, soft, line, page, primary, failed, healed } = COLORS;

const ground = (of: "light" | "dark", panel: string, wait: string) =>
  `--ink: ${ink[of]}; --soft: ${soft[of]}; --line: ${line[of]}; --page: ${page[of]}; --panel: ${panel}; ` +
  `--accent: ${primary[of]}; --ok: ${healed[of]}; --bad: ${failed[of]}; --wait: ${wait};`;

/**
 * The style of `report.html`: one column on a phone, two plots side by side where there is room, the reader's
 * light or dark ground, and black on white in print.
 */
export const STYLE = `
:root { color-scheme: light dark; ${ground("light", "#f6f8fa", "#8a5a00")} }
@media screen and (prefers-color-scheme: dark) {
  :root { ${ground("dark", "#151b23", "#d29922")} }
  ${darkColors("svg ")}
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; overflow-wrap: break-word; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1rem 3rem; }
p, ul, ol, dl, table { margin: 0 0 .75rem; }
h1 { margin: 0 0 .25rem; font-size: 2rem; line-height: 1.2; }
h2 { margin: 3rem 0 1rem; padding-top: .75rem; border-top: 2px solid var(--ink); font-size: 1.375rem; line-height: 1.3; }
h3 { margin: 0 0 .25rem; font-size: 1.0625rem; line-height: 1.4; }
a { color: inherit; }
.soft, .eyebrow, figcaption p, .notes, footer, .sources { color: var(--soft); }
.eyebrow { margin: 0 0 .25rem; font-weight: 600; }
.notes, footer, .sources, figcaption p, .legend { font-size: .875rem; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.verdict { display: flex; gap: .75rem; align-items: center; }
.verdict svg { flex: none; width: 2.25rem; height: 2.25rem; }
.met { color: var(--ok); } .missed { color: var(--bad); } .not-measured { color: var(--wait); }
.lead { max-width: 46rem; font-size: 1.0625rem; }
.reasons { margin: 0 0 1rem; padding: .625rem 1rem .625rem 2rem; border-left: 4px solid var(--bad); background: var(--panel); color: var(--ink); }
.reasons.not-measured { border-color: var(--wait); }

.tiles { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .75rem; margin: 1.25rem 0 0; padding: 0; }
.tile { display: flex; flex-direction: column; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--panel); }
.tile dt { font-size: .875rem; line-height: 1.35; }
.tile dd { margin: 0; font-size: .8125rem; color: var(--soft); }
.tile .value { margin: .125rem 0; font-size: 1.625rem; font-weight: 650; line-height: 1.25; color: var(--ink); font-variant-numeric: tabular-nums; }
.tile .value.bad { color: var(--bad); } .tile .value.none { font-size: 1.125rem; color: var(--wait); }
.tile .basis { margin-top: auto; padding-top: .25rem; }
.meter { height: 6px; margin: .375rem 0; border-radius: 3px; background: var(--line); overflow: hidden; }
.meter span { display: block; height: 100%; background: var(--ok); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.meter.bad span { background: var(--bad); }
.tile .ok, td .ok { color: var(--ok); } .tile .bad, td .bad { color: var(--bad); }

figure { margin: 0 0 2rem; min-width: 0; }
figcaption p { margin-bottom: .375rem; }
.legend { display: flex; flex-wrap: wrap; gap: .125rem 1.125rem; margin: 0 0 .5rem; padding: 0; list-style: none; }
.legend li { display: flex; align-items: center; gap: .375rem; }
.swatch { flex: none; }
.picture svg { display: block; width: 100%; height: auto; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.picture.narrow { display: none; max-width: 32rem; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 2rem; }
.pair figure { display: grid; grid-template-rows: subgrid; grid-template-columns: minmax(0, 1fr); grid-row: span 4; }
.frontier { padding-left: 1.5rem; font-size: .875rem; }
details { font-size: .875rem; }
summary { cursor: pointer; color: var(--soft); padding: .25rem 0; }
.scroll { position: relative; overflow-x: auto; max-height: 26rem; overflow-y: auto; }

table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
details table { width: auto; min-width: 50%; font-size: .8125rem; }
th, td { padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: normal; }
th:last-child, td:last-child { padding-right: 0; }
thead th { font-size: .8125rem; font-weight: 600; color: var(--soft); vertical-align: bottom; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.main { min-width: 9rem; }
td .sub, th .sub { display: block; color: var(--soft); font-size: .8125rem; }
td .bad { font-weight: 600; }
code { font: .875em ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.badge { display: inline-block; padding: 0 .5rem; border: 1px solid currentColor; border-radius: 1rem; font-size: .8125rem; font-weight: 600; white-space: nowrap; }
.badge.fail { color: var(--bad); } .badge.unknown { color: var(--wait); } .badge.pass { color: var(--ok); } .badge.notApplicable { color: var(--soft); font-weight: normal; }
.messages { margin: 0; padding: 0; list-style: none; } .messages li + li { margin-top: .375rem; }
.messages pre { margin: .25rem 0 0; overflow-x: auto; font-size: .75rem; }
.sources { padding-left: 1.5rem; overflow-wrap: anywhere; }
.notes div { display: flex; gap: .5rem; } .notes dt { flex: none; width: 5.5rem; font-weight: 600; } .notes dd { margin: 0; }
.command { display: block; padding: .625rem .75rem; border-radius: 6px; background: var(--panel); color: var(--ink); }

@media screen and (max-width: 47.5rem) {
  main { padding-top: 1.25rem; }
  h1 { font-size: 1.625rem; } h2 { margin-top: 2.25rem; }
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .5rem; }
  .tile { padding: .625rem .75rem; } .tile .value { font-size: 1.375rem; }
  .pair, .pair figure { display: block; }
  .picture.wide { display: none; } .picture.narrow { display: block; }
  table { font-size: .875rem; } th, td { padding-right: .5rem; }
  .main { min-width: 0; } .main, td:last-child { overflow-wrap: anywhere; }
  .rules tr, .figures tr, .prices tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 .75rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .rules thead, .figures thead, .prices thead { display: none; }
  .rules th, .rules td, .figures th, .figures td, .prices th, .prices td { padding: 0; border: 0; }
  .rules td:last-child { grid-column: 1 / -1; padding-top: .25rem; }
  .figures td:nth-child(n + 3) { grid-row: 2; grid-column: 2; color: var(--soft); font-size: .8125rem; }
  .figures td:last-child { grid-column: 1; } .figures td:nth-child(3):not(:empty)::before { content: "objective "; }
  .prices tr { grid-template-columns: 3.5rem minmax(0, 1fr); }
  .prices td:nth-child(n + 3) { grid-column: 2; color: var(--soft); font-size: .8125rem; }
  .prices td:last-child::before { content: "price of "; }
}
@media print {
  @page { margin: 14mm; }
  :root { color-scheme: light; font-size: 13px; }
  body { font-size: 1rem; } main { max-width: none; padding: 0; }
  h2 { margin-top: 1.5rem; break-after: avoid; } h3 { break-after: avoid; }
  figure, tr, .tile, .reasons { break-inside: avoid; } thead { display: table-header-group; }
  .pair figure { display: block; }
  details.data { display: none; } .scroll { max-height: none; overflow: visible; }
  .tile, .command, .reasons { background: none; }
}
`;
