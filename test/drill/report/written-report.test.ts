import assert from "node:assert/strict";
import { htmlReport } from "../../../drill/report/html";
import { jsonReport } from "../../../drill/report/json";
import { markdownReport } from "../../../drill/report/markdown";
import { buildView } from "../../../drill/report/view";
import { reportParts, WORDS } from "./report-parts";

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"></svg>';
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

describe("drill/report/html", () => {
  const text = htmlReport(buildView(reportParts(), WORDS), SVG);

  it("stands alone: no script, and no address but the picture's namespace", () => {
    assert.doesNotMatch(text, /<script|<link|@import|url\(|\ssrc=|\shref="(?!#)/);
    assert.deepEqual(text.match(/https?:\/\/[^"\s<]+/g), ["http://www.w3.org/2000/svg"]);
  });

  it("follows the reader's colours, fits a phone and can be printed", () => {
    assert.match(text, /prefers-color-scheme: dark/);
    assert.match(text, /<meta name="viewport" content="width=device-width, initial-scale=1">/);
    assert.match(text, /@media print/);
    assert.match(text, /<html lang="en">/);
  });

  it("has the picture, every figure and every cost line", () => {
    assert.ok(text.includes(SVG));
    assert.match(
      text,
      /<td>Recovery, at most<\/td><td class="ok">144 s<\/td><td>under 300 s<\/td><td>bound<\/td>/,
    );
    const cited = /<td><a href="#source-1">\[1\]<\/a><\/td><td class="date">2026-11-02<\/td>/g;
    assert.equal(text.match(cited)?.length, 3);
    assert.ok(text.includes('<li id="source-1">AWS Price List, AmazonRoute53</li>'));
  });

  it("says how sure a price is where that is less than AWS's own word", () => {
    assert.match(htmlReport(unsureView(), SVG), /<td class="date">2026-11-02, secondary<\/td>/);
    assert.doesNotMatch(text, /price-list-quoted/);
  });

  it("escapes foreign text", () => {
    const escaped = htmlReport(hostileView(), SVG);
    assert.doesNotMatch(escaped, /<script/);
    assert.ok(escaped.includes("&#60;script&#62;alert(1)&#60;/script&#62; | &#38; &#34;quoted&#34;"));
  });
});
