import assert from "node:assert/strict";
import { scenarioByName, scenarioNames } from "../../../rehearsal/simulation/scenario";

describe("scenarios", () => {
  it("are found by name, the default first", () => {
    assert.deepEqual(scenarioNames(), ["primary-down", "primary-hangs", "primary-refuses"]);
    for (const name of scenarioNames()) assert.equal(scenarioByName(name)?.name, name);
    assert.equal(scenarioByName("Primary-Down"), undefined);
  });

  it("stop the replication only where the region is lost", () => {
    const faults = scenarioNames().map((name) => scenarioByName(name)?.fault);
    assert.deepEqual(faults, [
      { kind: "http-503", replicationStops: false },
      { kind: "hang", replicationStops: false },
      { kind: "refuse", replicationStops: true },
    ]);
  });
});
