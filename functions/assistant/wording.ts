import type { Exchange, Note } from "./memory";
import type { Finding } from "./recall";

const LINE_CHARACTERS_MAX = 160;
/** Notes in one answer; the rest is counted. */
const NOTES_SHOWN_MAX = 30;

export function helpText(tools: readonly string[], hasModel: boolean): string {
  return [
    "I keep notes and find what you said: remember ..., list notes, forget 3, forget ..., what did I say about ..., history, status.",
    ...(tools.length > 0
      ? [`While the homelab is there I can also ask: ${tools.join(", ")} (begin with the name).`]
      : []),
    hasModel ? "Anything else goes to the model." : "No model is set up, so I answer from memory only.",
  ].join(" ");
}

export function notesText(notes: readonly Note[]): string {
  if (notes.length === 0) return "There are no notes.";
  const shown = notes.slice(-NOTES_SHOWN_MAX);
  const left = notes.length - shown.length;
  return [
    ...(left > 0 ? [`${left} older notes are not shown; ask what you said about something.`] : []),
    ...shown.map(({ sequence, text }) => `${sequence}. ${short(text)}`),
  ].join("\n");
}

export function findingsText(topic: string, findings: readonly Finding[]): string {
  if (findings.length === 0) return `I find nothing about "${short(topic)}" in notes or this conversation.`;
  return findings.map(({ text, place, at }) => `${at.slice(0, 10)}: ${short(text)} (${place})`).join("\n");
}

export function historyText(exchanges: readonly Exchange[]): string {
  if (exchanges.length === 0) return "This conversation begins now.";
  return exchanges.map(({ question, at }) => `${at.slice(0, 10)}: ${short(question)}`).join("\n");
}

/** What the assistant says to something that no rule knows, with no model to ask. */
export function unsureText(findings: readonly Finding[]): string {
  if (findings.length === 0) return "I can't answer that from memory. Say help for what I can do.";
  return `I can't answer that from memory, but you said:\n${findingsText("", findings)}`;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > LINE_CHARACTERS_MAX ? `${line.slice(0, LINE_CHARACTERS_MAX)}...` : line;
}
