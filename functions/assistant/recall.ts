import type { Exchange, Note } from "./memory";

/** A thing that was said, where it was found and when. */
export interface Finding {
  readonly text: string;
  readonly place: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Words that say nothing about a topic. */
const SMALL_WORDS = new Set(
  "a an and are as at be but by did do does for from had has have i if in is it me my no not of on or our so that the then they this to was we were what when where who will with you your".split(
    " ",
  ),
);

/** The words that matter, in lower case; all of them when only small ones are there. */
export function topicWords(text: string): string[] {
  const words =
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const weighty = words.filter((word) => !SMALL_WORDS.has(word));
  return [...new Set(weighty.length > 0 ? weighty : words)];
}

/**
 * What was said about a topic: notes, and what the user asked or told. A word matches a word that begins with it,
 * so "tent" finds "tents".
 * @param wanted `all` words of the topic must be there, or `any` of them, the most first.
 * @returns at most `findingsMax`, the best match first, then the latest.
 */
export function recall(
  topic: string,
  said: { readonly notes: readonly Note[]; readonly exchanges: readonly Exchange[] },
  wanted: "all" | "any",
  findingsMax = 5,
): Finding[] {
  const topics = topicWords(topic);
  const findings: Finding[] = [
    ...said.notes.map(({ text, sequence, at }) => ({ text, at, place: `note ${sequence}` })),
    ...said.exchanges
      // Commands are not something that was said; a note's text stands in the note.
      .filter(({ intent }) => intent === "chat" || intent === "tool")
      .map(({ question, at }) => ({ text: question, at, place: "conversation" })),
  ];
  return findings
    .map((finding) => {
      const words = topicWords(finding.text);
      const hits = topics.filter((wantedWord) => words.some((word) => word.startsWith(wantedWord))).length;
      return { finding, hits };
    })
    .filter(({ hits }) => hits > 0 && (wanted === "any" || hits === topics.length))
    .sort(
      (a, b) => b.hits - a.hits || (a.finding.at < b.finding.at ? 1 : a.finding.at > b.finding.at ? -1 : 0),
    )
    .slice(0, findingsMax)
    .map(({ finding }) => finding);
}
