import assert from "node:assert/strict";
import { jsonReport } from "../../../drill/report/json";
import { markdownReport } from "../../../drill/report/markdown";
import { buildView } from "../../../drill/report/view";
import { reportParts, WORDS } from "./report-parts";

const hostile = '<script>alert(1)</script> | & "quoted"';

function hostileView() {
  return buildView(
    reportParts({
      system: hostile,
      policy: {
        rules: 4,
        findings: [
          {
            rule: "failover-ttl",
            level: "mandatory",
            verdict: "fail",
            path: "",
            urn: "urn",
            message: hostile,
          },
        ],
      },
    }),
    { ...WORDS, scenarioTitle: hostile },
  );
}

function unsureView() {
  const { cost } = reportParts();
  const [line, ...others] = cost.lines;
  const lines = [{ ...line!, confidence: "secondary" as const }, ...others];
  return buildView(reportParts({ cost: { ...cost, lines } }), WORDS);
}

describe("drill/report/json", () => {
  it("writes the report and nothing else, ending in a newline", () => {
    const { report } = buildView(reportParts(), WORDS);
    assert.deepEqual(JSON.parse(jsonReport(report)), report);
    assert.match(jsonReport(report), /^\{\n {2}"schema": "warm-standby\/report\/v1",\n[\s\S]*\n\}\n$/);
  });
});

describe("drill/report/markdown", () => {
  const text = markdownReport(buildView(reportParts(), WORDS));

  it("has every figure, every cost line with source and date, and the picture", () => {
    assert.match(text, /^# profile-api \(dev\): objectives met$/m);
    assert.match(text, /^!\[[^\]]+\]\(timeline\.svg\)$/m);
    assert.match(text, /^\| Recovery, at most \| 144 s \| under 300 s \| bound \|$/m);
    assert.match(
      text,
      /^\| \$0\.25 \| replica storage, 1 GB assumed \| profiles \| us-west-2 \| yes \| \[1\] \| 2026-11-02 \|$/m,
    );
    assert.equal(text.match(/\[1\] \| 2026-11-02/g)?.length, 3);
    assert.match(text, /^1\. AWS Price List, AmazonRoute53$/m);
    assert.match(text, /what is left bills \$0\.00 a month/);
  });

  it("says how sure a price is where that is less than AWS's own word", () => {
    assert.match(markdownReport(unsureView()), /\| \[1\] \| 2026-11-02, secondary \|$/m);
    assert.doesNotMatch(text, /price-list-quoted/);
  });

  it("keeps foreign text in its cell", () => {
    const rows = markdownReport(hostileView()).split("\n");
    const row = rows.find((line) => line.startsWith("| mandatory |"));
    assert.equal(
      row,
      '| mandatory | failover-ttl |  | &lt;script&gt;alert(1)&lt;/script&gt; \\| & "quoted" |',
    );
    assert.deepEqual(
      rows.filter((line) => line.includes("<script")),
      [],
    );
  });
});
