/** Pieces of HTML text; every value from outside goes through `escaped`. */

export function escaped(value: string): string {
  return value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A column of a table; `text` is shown by the words, `number` to the right, `wrap` breaks anywhere. */
export interface Column {
  readonly title: string;
  readonly kind?: "number" | "wrap" | "main";
}

/** A cell's text, or its HTML where it holds more than text. */
export type Cell = string | { readonly html: string };

/** A table with a caption for those who hear it. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  kind = "",
): string {
  const head = columns.map((column) => `<th scope="col"${classOf(column)}>${escaped(column.title)}</th>`);
  const body = rows.map((cells) => {
    const shown = cells.map((cell, index) => {
      const html = typeof cell === "string" ? escaped(cell) : cell.html;
      return index === 0
        ? `<th scope="row"${classOf(columns[0])}>${html}</th>`
        : `<td${classOf(columns[index])}>${html}</td>`;
    });
    return `<tr>${shown.join("")}</tr>`;
  });
  return (
    `<table${kind === "" ? "" : ` class="${kind}"`}><caption class="heard">${escaped(caption)}</caption>\n` +
    `<thead><tr>${head.join("")}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody></table>`
  );
}

function classOf(column: Column | undefined): string {
  return column?.kind === undefined ? "" : ` class="${column.kind}"`;
}

export function list(items: readonly string[], kind = ""): string {
  if (items.length === 0) return "";
  const open = kind === "" ? "<ul>" : `<ul class="${kind}">`;
  return `${open}${items.map((item) => `<li>${escaped(item)}</li>`).join("")}</ul>`;
}
