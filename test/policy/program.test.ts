import assert from "node:assert/strict";
import path from "node:path";
import type { StackResource } from "../../model/stack-resource";
import { evaluate, idleCostIn } from "../../policy/evaluate";
import { runUnderMocks } from "../../rehearsal/standin/run-program";

describe("policy, on the program itself", function () {
  this.timeout(60_000);
  let resources: readonly StackResource[];

  before(async () => {
    const run = await runUnderMocks({ projectDir: path.resolve(__dirname, "../.."), stack: "dev" });
    assert.equal(run.kind, "ok");
    resources = run.kind === "ok" ? run.resources : [];
  });

  it("finds nothing to refuse", () => {
    assert.deepEqual(
      evaluate(resources).findings.filter(({ verdict }) => verdict === "fail" || verdict === "unknown"),
      [],
    );
  });

  it("prices every resource, and the idle standby below 5 USD a month", () => {
    const { standbyMicroUsd, totalMicroUsd, unpriced, lines } = idleCostIn(resources);
    assert.deepEqual(unpriced, []);
    assert.ok(standbyMicroUsd > 0 && standbyMicroUsd < 5_000_000, String(standbyMicroUsd));
    assert.ok(totalMicroUsd > standbyMicroUsd);
    assert.deepEqual(
      lines.filter(({ source, asOf }) => source === "" || !/^20\d\d-\d\d/.test(asOf)),
      [],
    );
  });
});
