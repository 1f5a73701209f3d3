import assert from "node:assert/strict";
import { expectationOf, playedWords } from "../../cli/rehearsed-sets";
import type { AnswerSet } from "../../model/answer-sets";
import { type Scenario, scenarioByName } from "../../rehearsal/simulation/scenario";
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

describe("expectationOf", () => {
  const expected = (name: string, idle: readonly string[]) =>
    expectationOf(scenarioByName(name) as Scenario, { outlook: "fails-over", idle });

  it("has nobody come over where all that happens would happen to a check that is not there", () => {
    const idle = ["the primary's records have none"];
    assert.deepEqual(
      [expected("check-inverted", idle), expected("check-inverted", [])],
      ["nobody-over", "everybody-over"],
    );
    assert.equal(expected("check-deleted", idle), "everybody-over");
  });

  it("has nobody come over from what no check asks for and no client meets, and everybody from what one meets", () => {
    const of = (name: string, outlook: "stays" | "fails-over", failed: number) =>
      expectationOf(scenarioByName(name) as Scenario, {
        outlook,
        requests: { sent: 9, served: 9 - failed, failed },
      });
    assert.equal(of("drill-inverted-healthz", "stays", 0), "nobody-over");
    assert.equal(of("drill-inverted-healthz", "fails-over", 0), "everybody-over");
    assert.equal(of("primary-down", "stays", 1), "everybody-over");
  });
});
