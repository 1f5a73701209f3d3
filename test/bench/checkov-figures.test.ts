import assert from "node:assert/strict";
import { missedDefects, requireReport } from "./checkov-figures";
import { PLANTED_DEFECTS } from "./thousand-resources";

const violations = PLANTED_DEFECTS.map(({ rule, resource, says }) => {
  return { rule, level: "mandatory", urn: `urn::${resource}`, message: `it ${says}` };
});
const report = (some: readonly object[]) => JSON.stringify({ policy: { violations: some } });

describe("test/bench/checkov-figures", () => {
  it("finds a defect by rule, resource, level and words alone", () => {
    assert.deepEqual(missedDefects(report(violations)), []);
    for (const change of [{ urn: "urn::other" }, { level: "advisory" }, { message: "" }, { rule: "other" }]) {
      const [first, ...rest] = violations;
      assert.deepEqual(missedDefects(report([{ ...first, ...change }, ...rest])), ["failover-ttl"]);
    }
  });

  it("takes nothing but a summary of failed checks for Checkov's report", () => {
    assert.doesNotThrow(() => requireReport('{"summary": {"failed": 3, "resource_count": 7}}', 7));
    const another = '{"summary": {"failed": 3, "resource_count": 6}}';
    for (const broken of ["", "Traceback", "{}", "[]", "null", '{"summary": {"failed": 3}}', another]) {
      assert.throws(() => requireReport(broken, 7), /no JSON report/);
    }
  });
});
