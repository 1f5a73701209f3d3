import { type CheckedStack, objections, severityOf, titleOf } from "./checked-stack";

const COMMANDS = { error: "error", warning: "warning", note: "notice" } as const;

/** Workflow commands of GitHub Actions, one a line: annotations of the run. Empty where nothing is objected to. */
export function githubAnnotations(checked: CheckedStack): string {
  const annotations = objections(checked.policy).map((finding) => {
    const title = escapedProperty(titleOf(finding));
    return `::${COMMANDS[severityOf(finding)]} title=${title}::${escaped(finding.message)}\n`;
  });
  const notes = checked.notes.map((note) => `::notice title=warm-standby::${escaped(note)}\n`);
  return [...annotations, ...notes].join("");
}

/** The runner ends a command at the line's end and reads %XX. */
function escaped(text: string): string {
  return visible(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** Control characters and what turns the direction of text, which the log's terminal would act on. */
const ACTING = /(?![\r\n\t])[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Resource names are anybody's text, so what would act in the log is written out: `\u001b`. */
function visible(text: string): string {
  return text.replace(ACTING, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** In front of the message a colon ends the properties and a comma ends one of them. */
function escapedProperty(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
