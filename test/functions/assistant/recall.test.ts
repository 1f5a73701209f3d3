import assert from "node:assert/strict";
import { recall, topicWords } from "../../../functions/assistant/recall";

const NOTES = [
  { sequence: 1, text: "Buy ham for burritos", at: "2026-01-01T00:00:00Z" },
  { sequence: 4, text: "Tents are in the attic", at: "2026-01-03T00:00:00Z" },
];
const exchange = (question: string, intent: string, at: string) => ({
  sequence: 1,
  question,
  answer: "a",
  intent,
  at,
  region: "r",
});
const EXCHANGES = [
  exchange("the ham was good", "chat", "2026-01-02T00:00:00Z"),
  exchange("remember: note 1 ham", "remember", "2026-01-05T00:00:00Z"),
  exchange("media play ham radio", "tool", "2026-01-04T00:00:00Z"),
];
const SAID = { notes: NOTES, exchanges: EXCHANGES };

function places(topic: string, wanted: "all" | "any", max?: number): string[] {
  return recall(topic, SAID, wanted, max).map(({ text }) => text);
}

describe("functions/assistant/recall", () => {
  it("finds notes and what was said, the latest first, and no commands", () => {
    assert.deepEqual(places("ham", "all"), [
      "media play ham radio",
      "the ham was good",
      "Buy ham for burritos",
    ]);
    assert.deepEqual(recall("attic", SAID, "all"), [
      { text: "Tents are in the attic", place: "note 4", at: "2026-01-03T00:00:00Z" },
    ]);
  });

  it("wants all words of a topic, or counts them", () => {
    assert.deepEqual(places("ham burritos", "all"), ["Buy ham for burritos"]);
    assert.deepEqual(places("ham burritos", "any", 2), ["Buy ham for burritos", "media play ham radio"]);
    assert.deepEqual(places("spam", "any"), []);
  });

  it("takes the beginning of a word for the word, not its end", () => {
    assert.deepEqual(places("tent", "all"), ["Tents are in the attic"]);
    assert.deepEqual(places("tents attics", "all"), []);
  });

  it("gives at most as many as asked for", () => {
    assert.equal(places("ham", "all", 3).length, 3);
    assert.equal(places("ham", "all", 2).length, 2);
  });

  it("leaves small words out unless there are no others", () => {
    assert.deepEqual(topicWords("What about THE Ham, the ham?"), ["about", "ham"]);
    assert.deepEqual(topicWords("the who"), ["the", "who"]);
    assert.deepEqual(topicWords("!?"), []);
    assert.deepEqual(recall("!?", SAID, "all"), []);
  });
});
