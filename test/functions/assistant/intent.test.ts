import assert from "node:assert/strict";
import fc from "fast-check";
import { type Intent, understand } from "../../../functions/assistant/intent";

const TOOLS = ["lights", "media", "front-door"];

const MEANINGS: readonly (readonly [string, Intent])[] = [
  ["help", { kind: "help" }],
  ["What can you do?", { kind: "help" }],
  ["help me move", { kind: "chat" }],
  ["status", { kind: "status" }],
  ["Are you there?", { kind: "status" }],
  ["history", { kind: "history" }],
  ["what did we talk about?", { kind: "history" }],
  ["list notes", { kind: "list-notes" }],
  ["Show me my notes.", { kind: "list-notes" }],
  ["notes", { kind: "list-notes" }],
  ["What do you remember?", { kind: "list-notes" }],
  ["remember to buy ham", { kind: "remember", text: "buy ham", timed: false }],
  ["Please remember that Ada likes tea.", { kind: "remember", text: "Ada likes tea.", timed: false }],
  ["note: two\nlines", { kind: "remember", text: "two\nlines", timed: false }],
  ["remember tomorrow's call", { kind: "remember", text: "tomorrow's call", timed: false }],
  [
    "remind me to buy ham for breakfast burritos",
    { kind: "remember", text: "buy ham for breakfast burritos", timed: true },
  ],
  ["remember", { kind: "chat" }],
  ["forget 3", { kind: "forget-number", sequence: 3 }],
  ["delete note #12.", { kind: "forget-number", sequence: 12 }],
  ["forget about the ham", { kind: "forget-text", topic: "the ham" }],
  ["forget the note about ham", { kind: "forget-text", topic: "ham" }],
  ["what did I say about ham?", { kind: "recall", topic: "ham" }],
  ["What do you know about the storm", { kind: "recall", topic: "the storm" }],
  ["find ham", { kind: "recall", topic: "ham" }],
  ["lights off", { kind: "tool", tool: "lights", message: "lights off" }],
  ["turn off the lights", { kind: "tool", tool: "lights", message: "turn off the lights" }],
  ["please ask media to play jazz", { kind: "tool", tool: "media", message: "ask media to play jazz" }],
  ["open the front door", { kind: "tool", tool: "front-door", message: "open the front door" }],
  ["mediation is hard", { kind: "chat" }],
  ["I like lights", { kind: "chat" }],
  ["what is the tide today?", { kind: "chat" }],
];

describe("functions/assistant/intent", () => {
  for (const [message, intent] of MEANINGS) {
    it(`understands ${JSON.stringify(message)} as ${intent.kind}`, () => {
      assert.deepEqual(understand(message, TOOLS), intent);
    });
  }

  it("knows no tool that is not set up", () => {
    assert.deepEqual(understand("lights off", []), { kind: "chat" });
  });

  it("answers for any text, in bounded time", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2_000, unit: "grapheme" }), (text) => {
        assert.equal(typeof understand(text, TOOLS).kind, "string");
      }),
    );
    for (const piece of ["the ", "note ", " ", "forget ", "remember that ", "? ", "show me my "]) {
      const started = performance.now();
      understand(piece.repeat(2_000 / piece.length), TOOLS);
      understand(`forget ${piece.repeat(1_900 / piece.length)}x`, TOOLS);
      assert(performance.now() - started < 200, `${piece}: ${performance.now() - started} ms`);
    }
  });
});
