/** Control characters and what turns the direction of text, which a terminal would act on. */
const ACTING = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Names are anybody's text, so what would act in a terminal or a log is written out: `\u001b`. One line stays one. */
export function visible(text: string): string {
  return text.replace(ACTING, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The same for a text that may have lines. */
export function visibleLines(text: string): string {
  return text
    .split(/(\r?\n|\t)/)
    .map((part, index) => (index % 2 === 0 ? visible(part) : part))
    .join("");
}
