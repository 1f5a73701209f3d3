import assert from "node:assert/strict";
import { playedWords } from "../../cli/rehearsed-sets";
import type { AnswerSet } from "../../model/answer-sets";
import { failoverPlan, onlySet } from "../rehearsal/simulation/plan-fixture";

describe("playedWords", () => {
  const pair: AnswerSet = { ...onlySet(failoverPlan()), name: "app.example.com", type: "A" };

  it("names the set, with its zone where another has the name too", () => {
    assert.equal(playedWords(pair), "app.example.com A");
    assert.equal(playedWords({ ...pair, zone: "inside" }), "app.example.com A in zone inside");
  });

  it("says of a set that is no pair how it is routed and which member is lost", () => {
    const primary = {
      ...pair.primary,
      routing: { kind: "weighted", weight: 1 },
      setIdentifier: "a",
    } as const;
    assert.equal(
      playedWords({ ...pair, routing: "weighted", primary, zone: "inside" }),
      "app.example.com A in zone inside (weighted, a lost)",
    );
  });
});
