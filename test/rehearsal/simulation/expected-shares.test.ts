import assert from "node:assert/strict";
import { expectedShares } from "../../../rehearsal/simulation/expected-shares";
import { HOME_PLACE, placeBeside } from "../../../rehearsal/simulation/place";
import { failoverPlan, onlySet } from "./plan-fixture";
import { LOCATIONS, MULTIVALUE, regions, routedPlan, weights } from "./set-fixture";

type Health = readonly boolean[];
const [U, D] = [true, false];

/** The members stand as in the set: the one that is lost first. */
const sharesOf = (routings: Parameters<typeof routedPlan>[0], healthy: Health, place = HOME_PLACE) =>
  expectedShares(onlySet(routedPlan(routings)), healthy, place);

describe("expectedShares", () => {
  it("of a pair follows the truth table", () => {
    const pair = onlySet(failoverPlan());
    const shares = (primary: boolean, secondary: boolean) =>
      expectedShares(pair, [primary, secondary], HOME_PLACE);
    assert.deepEqual([shares(U, U), shares(U, D), shares(D, D)], new Array(3).fill([1, 0]));
    assert.deepEqual(shares(D, U), [0, 1]);
  });

  it("of weights counts the healthy, 0 only when nothing else is left, and all when none is", () => {
    const three = weights(3, 1, 0);
    assert.deepEqual(sharesOf(three, [U, U, U]), [0.75, 0.25, 0]);
    assert.deepEqual(sharesOf(three, [D, U, U]), [0, 1, 0]);
    assert.deepEqual(sharesOf(three, [D, D, U]), [0, 0, 1]);
    assert.deepEqual(sharesOf(three, [D, D, D]), [0.75, 0.25, 0]);
    assert.deepEqual(sharesOf(weights(0, 0), [U, U]), [0.5, 0.5]);
    assert.deepEqual(sharesOf(weights(0, 0), [U, D]), [1, 0]);
  });

  it("of several values gives the first place to each healthy one alike", () => {
    const two = [MULTIVALUE, MULTIVALUE];
    assert.deepEqual(sharesOf(two, [U, U]), [0.5, 0.5]);
    assert.deepEqual(sharesOf(two, [D, U]), [0, 1]);
    assert.deepEqual(sharesOf(two, [D, D]), [0.5, 0.5]);
  });

  it("of regions goes to the nearest healthy one", () => {
    const two = regions("us-west-2", "us-east-2");
    assert.deepEqual(sharesOf(two, [U, U]), [0, 1]);
    assert.deepEqual(sharesOf(two, [U, D]), [1, 0]);
    assert.deepEqual(sharesOf(two, [D, D]), [0, 1]);
  });

  it("of locations goes to the smallest healthy one around, and nowhere where there is none", () => {
    const frankfurt = placeBeside("eu-central-1") ?? assert.fail();
    assert.deepEqual(sharesOf(LOCATIONS, [U, U, U, U], frankfurt), [0, 1, 0, 0]);
    assert.deepEqual(sharesOf(LOCATIONS, [U, D, U, U], frankfurt), [1, 0, 0, 0]);
    assert.deepEqual(sharesOf(LOCATIONS, [D, D, U, D], frankfurt), [0, 1, 0, 0]);
    assert.deepEqual(sharesOf(LOCATIONS.slice(0, 2), [U, U], HOME_PLACE), [0, 0]);
  });
});
