import assert from "node:assert/strict";
import { answerSets } from "../../../model/answer-sets";
import type { FailoverPlan, Routing } from "../../../model/failover-plan";
import { recoveryBound } from "../../../model/recovery-bound";
import { type Scenario, scenarioByName, scenarioNames } from "../../../rehearsal/simulation/scenario";
import { simulate } from "../../../rehearsal/simulation/simulate";
import { aliasTo, NAME, planOf, record } from "./plan-fixture";
import { checkOf, LOCATIONS, member } from "./set-fixture";

const SIZE = { cutovers: 5, resolvers: 40 };
const ALL = SIZE.cutovers * SIZE.resolvers;
const [EUROPE, , , ELSEWHERE] = LOCATIONS as [Routing, Routing, Routing, Routing];
const AMERICA: Routing = { kind: "geolocation", location: { kind: "country", country: "US" } };
const BEHIND = `geo.${NAME}`;

/** An alias to a set by location, and an address beside it, with these routings; the one whose loss is played comes first. */
function planWith(
  [first, second]: readonly [Routing, Routing],
  locations: readonly Routing[],
  isFirst = true,
): FailoverPlan {
  const behind = locations.map((routing, index) => member(index + 1, routing, { name: BEHIND }));
  const [alias, address] = isFirst ? [first, second] : [second, first];
  const members = [
    record({ urn: "urn:alias", setIdentifier: "alias", routing: alias, target: aliasTo(BEHIND, true) }),
    member(9, address, isFirst ? { healthCheck: { kind: "none" } } : {}),
  ];
  return planOf(
    [...(isFirst ? members : members.reverse()), ...behind],
    [...behind.map((_, index) => checkOf(index + 1)), checkOf(9)],
  );
}

const PAIR = [
  { kind: "failover", role: "PRIMARY" },
  { kind: "failover", role: "SECONDARY" },
] as const;
const WEIGHTS = [
  { kind: "weighted", weight: 1 },
  { kind: "weighted", weight: 1 },
] as const;

function play(plan: FailoverPlan, named: string) {
  const set = answerSets(plan).find(({ name }) => name === NAME) ?? assert.fail("no set");
  const scenario = scenarioByName(named) as Scenario;
  return { bound: recoveryBound(plan, set), ...simulate({ plan, set, scenario, seed: 1, ...SIZE }) };
}

describe("a set by location without a default, behind a member", () => {
  for (const [what, top] of [
    ["a pair", PAIR],
    ["a weighted set", WEIGHTS],
  ] as const) {
    for (const isFirst of [true, false]) {
      it(`breaks no invariant in any scenario: ${what}, ${isFirst ? "lost" : "beside what is lost"}`, () => {
        const plan = planWith(top, [EUROPE, AMERICA], isFirst);
        for (const named of scenarioNames()) assert.deepEqual(play(plan, named).violations, [], named);
      });
    }

    it(`counts neither as over nor as left behind whom nobody answered before the fault: ${what}`, () => {
      const { bound, cutover } = play(planWith(top, [EUROPE, AMERICA]), "primary-down");
      assert.equal(bound.kind, "unbounded");
      const { clientSeconds, stranded, untouched } = cutover;
      assert.equal(clientSeconds.count + stranded + untouched, ALL);
      assert.equal(stranded, 0);
      assert.ok(untouched > 0 && clientSeconds.count > 0, `${untouched} untouched`);
    });
  }

  it("concerns everybody once it has a default", () => {
    const { bound, cutover } = play(planWith(PAIR, [EUROPE, ELSEWHERE]), "primary-down");
    assert.deepEqual([bound.kind, cutover.clientSeconds.count, cutover.untouched], ["bound", ALL, 0]);
  });
});
