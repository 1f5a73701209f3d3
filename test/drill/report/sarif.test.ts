import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { CheckedStack } from "../../../drill/report/checked-stack";
import { sarifLog } from "../../../drill/report/sarif";
import type { Finding } from "../../../policy/evaluate";
import { rules } from "../../../policy/rules/registry";
import { misfits } from "./json-schema-check";

const SCHEMA = JSON.parse(readFileSync(path.join(__dirname, "sarif-schema-2.1.0.json"), "utf8"));
const URN = "urn:pulumi:dev::shop::aws:route53/record:Record::failover-primary";

const finding = (changes: Partial<Finding> = {}): Finding => ({
  rule: "failover-ttl",
  level: "mandatory",
  verdict: "fail",
  urn: URN,
  path: "ttl",
  message: "ttl is 300 s",
  ...changes,
});

function log(findings: readonly Finding[], changes: Partial<CheckedStack> = {}) {
  const checked: CheckedStack = {
    system: "shop",
    stack: "dev",
    artifact: "state.json",
    policy: { rules: 4, findings },
    notes: [],
    ...changes,
  };
  return JSON.parse(sarifLog(checked, { version: "1.2.3", rules }));
}

describe("drill/report/sarif", () => {
  const EVERY_KIND = [
    finding(),
    finding({ verdict: "pass" }),
    finding({ verdict: "notApplicable" }),
    finding({ level: "advisory", path: "" }),
    finding({ level: "advisory", verdict: "unknown" }),
    finding({ level: "mandatory", verdict: "unknown" }),
    finding({ rule: "not-a-rule", urn: "" }),
  ];

  it("fits the official schema of SARIF 2.1.0, with and without findings", () => {
    const notes = ["encrypted, and so unknown: password of db"];
    assert.deepEqual(misfits(log(EVERY_KIND, { notes }), SCHEMA), []);
    assert.deepEqual(misfits(log(EVERY_KIND, { artifact: "file:///C:/a%20b/state.json" }), SCHEMA), []);
    assert.deepEqual(misfits(log([]), SCHEMA), []);
  });

  it("would notice what the schema does not allow", () => {
    const broken = log([finding()]);
    broken.runs[0].results[0].level = "fatal";
    broken.runs[0].results[0].surprise = 1;
    broken.runs[0].tool.driver.rules[0].helpUri = "docs/rules";
    broken.runs[0].results[0].locations[0].physicalLocation.region = {};
    delete broken.runs[0].tool.driver.name;
    assert.deepEqual(misfits(broken, SCHEMA), [
      "report.runs[0].tool.driver.name is missing",
      "report.runs[0].tool.driver.rules[0].helpUri",
      "report.runs[0].results[0].level",
      "report.runs[0].results[0].locations[0].physicalLocation.region is none of its forms",
      "report.runs[0].results[0].surprise is not in the format",
    ]);
  });

  it("describes every rule: what it refuses, how to live with it, where to read on", () => {
    const [first] = rules;
    const described = log([]).runs[0].tool.driver.rules;
    assert.deepEqual(
      described.map(({ id }: { id: string }) => id),
      rules.map(({ id }) => id),
    );
    assert.ok(first);
    assert.equal(described[0].helpUri, first.note.sources[0]?.url);
    for (const { helpUri } of described) assert.match(helpUri, /^https:/);
    assert.equal(described[0].shortDescription.text, first.title);
    assert.equal(described[0].defaultConfiguration.level, "error");
    assert.ok(described[0].help.markdown.startsWith(first.note.lever));
  });

  it("puts a finding at the file and at the resource", () => {
    const [result] = log([finding()]).runs[0].results;
    assert.deepEqual(result, {
      ruleId: "failover-ttl",
      ruleIndex: rules.findIndex(({ id }) => id === "failover-ttl"),
      level: "error",
      message: { text: "ttl is 300 s" },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "state.json", uriBaseId: "%SRCROOT%" },
            region: { startLine: 1 },
          },
          logicalLocations: [{ name: "failover-primary", fullyQualifiedName: URN, kind: "resource" }],
        },
      ],
      partialFingerprints: result.partialFingerprints,
      properties: { verdict: "fail", property: "ttl" },
    });
    const [elsewhere] = log([finding({ urn: "", rule: "x" })], { artifact: "file:///a.json" }).runs[0]
      .results;
    assert.equal("ruleIndex" in elsewhere, false);
    assert.deepEqual(elsewhere.locations, [
      { physicalLocation: { artifactLocation: { uri: "file:///a.json" }, region: { startLine: 1 } } },
    ]);
  });

  it("leaves passes out and tells refusals, advice and what is not known yet apart", () => {
    const levels = log(EVERY_KIND).runs[0].results.map(({ level }: { level: string }) => level);
    assert.deepEqual(levels, ["error", "error", "error", "warning", "note"]);
  });

  it("knows a finding again when its words change, and never takes two for one", () => {
    const prints = (findings: readonly Finding[]): string[] =>
      log(findings).runs[0].results.map(
        (result: { partialFingerprints: { primaryLocationLineHash: string } }) =>
          result.partialFingerprints.primaryLocationLineHash,
      );
    const [before] = prints([finding()]);
    assert.deepEqual(prints([finding({ message: "ttl is 299 s", level: "mandatory" })]), [before]);
    const different = prints([
      finding(),
      finding({ path: "records" }),
      finding({ urn: `${URN}-2` }),
      finding({ rule: "failover-rto" }),
      finding({ message: "another of the same" }),
    ]);
    assert.equal(different[0], before);
    assert.equal(new Set(different).size, 5);
  });

  it("names the run by the stack, and tells what the source leaves out", () => {
    const [run] = log([], { notes: ["encrypted: a"] }).runs;
    assert.equal(run.automationDetails.id, "warm-standby/shop/dev/");
    assert.equal(run.tool.driver.semanticVersion, "1.2.3");
    assert.deepEqual(run.invocations, [
      {
        executionSuccessful: true,
        toolExecutionNotifications: [{ level: "note", message: { text: "encrypted: a" } }],
      },
    ]);
  });
});
