import assert from "node:assert/strict";
import { timelineFigure } from "../../../../drill/report/plots/timeline-figure";
import { MEMBER_NAMES, timelineOf } from "../../../../drill/timeline";
import { rehearsalSamples } from "../../rehearsal-samples";

const words = {
  system: "data-relay (dev)",
  scenarioTitle: "one member answers 503",
  clientSeconds: 71.5,
  failbackSeconds: 64.5,
  boundSeconds: 144,
  objectiveSeconds: 300,
};

/** Everything that a reader sees of it. */
function written(names: typeof MEMBER_NAMES | undefined, simulatedCutover?: number): string {
  const timeline = timelineOf(rehearsalSamples());
  const figure = timelineFigure(
    { ...timeline, ...(names && { names }) },
    { ...words, ...(simulatedCutover !== undefined && { simulatedCutover }) },
  );
  const { title, summary, legend, table } = figure;
  const drawn = (["wide", "narrow"] as const).map((width) => figure.draw(width, width));
  return [title, summary, ...legend.map(({ text }) => text), table, ...drawn].join("\n");
}

describe("drill/report/plots/timeline-figure", () => {
  it("names the sides of a pair", () => {
    const text = written(undefined);
    for (const name of ["the primary healthy", "are served by the standby"])
      assert.ok(text.includes(name), name);
  });

  it("says neither primary nor standby where members serve side by side", () => {
    for (const cutover of [undefined, 0]) {
      const text = written(MEMBER_NAMES, cutover);
      assert.doesNotMatch(text, /primary|standby/);
      for (const name of ["the lost member", "are served by the other members"])
        assert.ok(text.includes(name), name);
    }
  });
});
