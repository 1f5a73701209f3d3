import { type CheckedStack, objections, severityOf, titleOf } from "./checked-stack";
import { visibleLines } from "./visible-text";

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
  return visibleLines(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** In front of the message a colon ends the properties and a comma ends one of them. */
function escapedProperty(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
