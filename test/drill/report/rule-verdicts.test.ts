import assert from "node:assert/strict";
import { ruleVerdicts } from "../../../drill/report/rule-verdicts";
import type { Finding } from "../../../policy/evaluate";

const finding = (
  rule: string,
  verdict: Finding["verdict"],
  level: Finding["level"] = "mandatory",
): Finding => ({
  rule,
  verdict,
  level,
  urn: `urn:${verdict}`,
  path: "",
  message: `${rule} ${verdict}`,
});

describe("drill/report/rule-verdicts", () => {
  it("gives each rule its worst verdict, with what decided it", () => {
    const [pass, unknown, fail] = [
      finding("a", "pass"),
      finding("a", "unknown"),
      finding("a", "fail", "advisory"),
    ];
    assert.deepEqual(
      ruleVerdicts([pass, unknown], () => "holds"),
      [{ rule: "a", title: "holds", level: "mandatory", verdict: "unknown", findings: [unknown] }],
    );
    assert.deepEqual(
      ruleVerdicts([pass, fail, unknown], () => undefined),
      [{ rule: "a", title: "", level: "advisory", verdict: "fail", findings: [fail] }],
    );
  });

  it("passes where a rule applies to some and not to others", () => {
    const all = [finding("a", "notApplicable"), finding("a", "pass")];
    assert.deepEqual(
      ruleVerdicts(all, () => "").map(({ verdict }) => verdict),
      ["pass"],
    );
  });

  it("puts refusals before advice, unknowns before passes, and equals in their order", () => {
    const all = [
      finding("none", "notApplicable"),
      finding("sound", "pass"),
      finding("fine", "pass"),
      finding("open", "unknown"),
      finding("advice", "fail", "advisory"),
      finding("refusal", "fail"),
    ];
    assert.deepEqual(
      ruleVerdicts(all, () => "").map(({ rule }) => rule),
      ["refusal", "advice", "open", "sound", "fine", "none"],
    );
  });
});
