/** The notes of cost lines as they stand below a table: each different one once, in the order of the lines. */
export class LineNotes {
  private readonly notes: readonly string[];

  constructor(lines: readonly { readonly note?: string }[]) {
    this.notes = [...new Set(lines.flatMap(({ note }) => (note ? [note] : [])))];
  }

  /** A line's item with the mark of its note behind it: `t4g.nano instance, 730 h [a]`. */
  marked({ note }: { readonly note?: string }, text: string): string {
    const index = note ? this.notes.indexOf(note) : -1;
    return index < 0 ? text : `${text} ${markOf(index)}`;
  }

  /** `[a] Linux on demand`, one for each note. */
  get footnotes(): readonly string[] {
    return this.notes.map((note, index) => `${markOf(index)} ${note}`);
  }
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** `[a]` to `[z]`, then `[a2]` and on. */
function markOf(index: number): string {
  const round = Math.floor(index / LETTERS.length) + 1;
  return `[${LETTERS[index % LETTERS.length]}${round > 1 ? round : ""}]`;
}
