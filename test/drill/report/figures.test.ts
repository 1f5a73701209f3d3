import assert from "node:assert/strict";
import { figuresOf } from "../../../drill/report/figures";
import { buildReport } from "../../../drill/report/report";
import { reportParts } from "./report-parts";

/** The whole stack's line, of a stack that costs so much. */
function wholeStack(stackMonthlyUsd: number | undefined, totalMicroUsd = 2_850_000) {
  const { cost, objectives } = reportParts();
  const parts = reportParts({
    cost: { ...cost, totalMicroUsd },
    objectives: { ...objectives, stackMonthlyUsd },
  });
  return figuresOf(buildReport(parts)).find(({ name }) => name === "Whole stack, idle, a month");
}

describe("drill/report/figures", () => {
  it("shows what else was lost on loopback, and whether it went as expected", () => {
    const lost = (
      expectation: "cutover" | "absorbed" | "all-named",
      asExpected: boolean,
      failed: number,
    ) => ({
      ...{ place: "home", title: "it is lost", expectation, asExpected, failed },
      ...{ requests: 1_289, cutoverSeconds: null },
    });
    const places = [lost("absorbed", true, 0), lost("all-named", true, 1_200), lost("cutover", false, 3)];
    const parts = reportParts({ loopback: { ...reportParts().loopback!, places } });
    assert.deepEqual(
      figuresOf(buildReport(parts))
        .filter(({ name }) => name === "Failed while home lost")
        .map(({ value, objective, met }) => [value, objective, met]),
      [
        ["0 of 1,289", "none fails", true],
        ["1,200 of 1,289", "all named", true],
        ["3 of 1,289", "cutover", false],
      ],
    );
  });

  it("holds the whole stack against its budget, and against nothing where it has none", () => {
    const line = { name: "Whole stack, idle, a month", value: "$2.85", basis: "list price" };
    assert.deepEqual(wholeStack(undefined), { ...line, objective: "" });
    assert.deepEqual(wholeStack(5), { ...line, objective: "under $5.00", met: true });
    assert.equal(wholeStack(2.86)?.met, true);
    assert.equal(wholeStack(2.85)?.met, false);
  });
});
