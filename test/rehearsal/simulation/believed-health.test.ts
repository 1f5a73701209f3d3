import assert from "node:assert/strict";
import { calculatedHealth, isBelievedHealthy } from "../../../rehearsal/simulation/believed-health";
import type { CalculatedCheck } from "../../../rehearsal/simulation/played-check";
import { endpointCheck } from "./plan-fixture";

function parent(changes: Partial<CalculatedCheck> = {}): CalculatedCheck {
  return {
    kind: "calculated",
    urn: "urn:parent",
    inverted: false,
    disabled: false,
    children: [1, 2, 3],
    healthThreshold: 2,
    ...changes,
  };
}

/** Whether the parent is healthy with these of its three children healthy. */
function health(changes: Partial<CalculatedCheck>, belief: number): boolean {
  const children = ["a", "b", "c"].map((urn) => endpointCheck({ urn }));
  return isBelievedHealthy([parent(changes), ...children], 0, belief);
}

describe("isBelievedHealthy", () => {
  it("reads the bit of a check that finds out by itself", () => {
    const checks = [endpointCheck({ urn: "a" }), endpointCheck({ urn: "b" })];
    assert.deepEqual([isBelievedHealthy(checks, 0, 0b10), isBelievedHealthy(checks, 1, 0b10)], [false, true]);
  });

  it("needs as many healthy children as the threshold says, whichever they are", () => {
    const table = [0b0000, 0b0010, 0b0110, 0b1010, 0b1110].map((belief) => health({}, belief));
    assert.deepEqual(table, [false, false, true, true, true]);
  });

  it("is the opposite once its inversion is switched, which its own bit says, whatever its children", () => {
    assert.deepEqual([health({}, 0b0000), health({}, 0b0001)], [false, true]);
    assert.deepEqual([health({}, 0b1110), health({}, 0b1111)], [true, false]);
  });

  it("is always healthy with a threshold of 0, and never with more than there are children", () => {
    assert.equal(health({ healthThreshold: 0 }, 0), true);
    assert.equal(health({ healthThreshold: 3 }, 0b1110), true);
    assert.equal(health({ healthThreshold: 4 }, 0b1110), false);
  });

  it("is inverted after the count, and healthy when disabled", () => {
    assert.deepEqual([health({ inverted: true }, 0), health({ inverted: true }, 0b1110)], [true, false]);
    assert.deepEqual(
      [health({ disabled: true }, 0), health({ disabled: true, inverted: true }, 0b1110)],
      [true, false],
    );
  });

  it("agrees with the count at both sides of every threshold", () => {
    for (let threshold = 0; threshold <= 4; threshold++) {
      for (let healthy = 0; healthy <= 3; healthy++) {
        assert.equal(calculatedHealth(parent({ healthThreshold: threshold }), healthy), healthy >= threshold);
      }
    }
  });
});
