import assert from "node:assert/strict";
import { htmlReport } from "../../../drill/report/html";
import { htmlPage } from "../../../drill/report/html-page";
import { capitalized } from "../../../drill/report/markdown";
import type { OtherSet, ReportParts } from "../../../drill/report/report-parts";
import { buildView } from "../../../drill/report/view";
import { plotData, profilePhase } from "./html-fixture";
import { reportParts, WORDS } from "./report-parts";

const FIGURES = ["timeline", "cutover", "failback", "frontier", "cost"];
const hostile = `<script>alert(1)</script> & "quoted" 'too'`;
const fail = {
  rule: "failover-ttl",
  level: "mandatory",
  verdict: "fail",
  path: "ttl",
  urn: "urn:pulumi:dev::warm-standby::aws:route53/record:Record::app",
  message: "ttl is 300; 60 or less\n<b>row</b> 300",
} as const;

describe("drill/report/html-page", () => {
  const view = buildView(reportParts(), WORDS);
  const text = htmlPage(view, plotData());

  it("stands alone: no script, and no address but the namespaces of the pictures", () => {
    assert.doesNotMatch(text, /<script|@import|url\((?!#)|\ssrc=|\s(?:xlink:)?href="(?!#|data:,")/);
    assert.deepEqual([...new Set(text.match(/https?:\/\/[^"\s<]+/g))].sort(), [
      "http://www.w3.org/1999/xlink",
      "http://www.w3.org/2000/svg",
    ]);
    assert.ok(text.length < 600_000, `${text.length} characters`);
  });

  it("is the same for the same report, whatever was drawn before", () => {
    assert.ok(htmlPage(view, plotData()) === text);
  });

  it("is what the command writes", () => {
    assert.ok(htmlReport(view, plotData()) === text);
  });

  it("says the verdict first, then the numbers that matter, the plots and the detail", () => {
    const places = [
      "<h1",
      'class="tiles"',
      ...["timeline", "cutover", "failback", "frontier", "cost"].map((id) => `<figure id="${id}">`),
      "<h2>Rules",
      "<h2>Every figure",
      "<h2>Every price",
      "<h2>Teardown",
      "<h2>Play it again",
    ].map((part) => text.indexOf(part));
    assert.ok(!places.includes(-1), places.join(" "));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
    assert.match(text, /<h1 class="verdict met">.*<span>Objectives met<\/span><\/h1>/);
    assert.match(
      text,
      /served elsewhere within 102\.1 s of the fault; the worst case by arithmetic is 144 s/,
    );
  });

  it("does not say of all what holds of the sets that were simulated", () => {
    const of = { type: "A", routing: "failover" };
    const hindered = (name: string): OtherSet => ({
      ...of,
      name,
      outcome: { kind: "not-rehearsed", why: "no TTL" },
    });
    const lead = (changes: Partial<ReportParts>) =>
      /<p class="lead">(.*?); the worst case/.exec(
        htmlPage(buildView(reportParts(changes), WORDS), plotData()),
      )?.[1];
    const every = "Every simulated client was served elsewhere within 102.1 s of the fault";
    assert.equal(lead({}), every);
    const one = [hindered("www.example.com")];
    assert.equal(lead({ others: one }), `${every}; 1 of 2 sets of answers was not rehearsed`);
    const figures = reportParts().simulation ?? assert.fail();
    const simulated: OtherSet = {
      ...of,
      name: "b.example.com",
      outcome: { kind: "simulated", figures, expected: "everybody-over" },
    };
    assert.equal(
      lead({ others: [...one, simulated, hindered("c.example.com")] }),
      `${every}; 2 of 4 sets of answers were not rehearsed`,
    );
    assert.equal(lead({ others: [simulated] }), every);
    assert.equal(
      lead({ simulation: undefined, others: one }),
      "No cutover was simulated; 1 of 1 sets of answers was not rehearsed",
    );
  });

  it("begins a sentence with a capital letter, and leaves a DNS name as it is", () => {
    assert.equal(capitalized("the stack"), "The stack");
    assert.equal(capitalized("on loopback: none"), "On loopback: none");
    assert.equal(capitalized("www.example.com A was not rehearsed"), "www.example.com A was not rehearsed");
    assert.equal(capitalized("urn:a has no TTL"), "urn:a has no TTL");
  });

  it("has six tiles, each with its value, objective and basis", () => {
    const tiles = [...text.matchAll(/<div class="tile">(.*?)<\/div>/gs)].map(([, tile = ""]) =>
      tile
        .replace(/<dd class="meter.*?<\/dd>/, "")
        .split(/<[^>]*>/)
        .filter((part) => part.trim() !== ""),
    );
    assert.deepEqual(tiles, [
      ["Recovery, worst case", "144 s", "\u2713 objective under 300 s", "bound"],
      ["Slowest simulated cutover", "102.1 s", "\u2713 objective under 300 s", "simulated"],
      ["Cutover over real sockets", "71.5 s", "\u2713 objective under 300 s", "loopback"],
      ["Idle standby, a month", "$2.25", "\u2713 objective under $50.00", "list price"],
      ["Acknowledged writes lost", "0", "loopback"],
      ["Mandatory violations", "0", "\u2713 objective 0", "rules, 4 rules"],
    ]);
  });

  it("shows the budget of the whole stack where it has one, as a tile and on its own bar", () => {
    const parts = reportParts();
    const pageOf = (stackMonthlyUsd: number) => {
      const own = { ...parts, objectives: { ...parts.objectives, stackMonthlyUsd } };
      return htmlPage(buildView(own, WORDS), plotData());
    };
    const page = pageOf(60);
    assert.match(page, /<dt>Whole stack, idle, a month<\/dt>/);
    assert.match(page, /the whole stack costs \$[\d.]+, its budget is under \$60\.00\. /);
    const budgets = (html: string) => [...html.matchAll(/>budget (\$[\d.]+)</g)].map(([, usd]) => usd);
    assert.deepEqual(budgets(page), ["$50.00", "$60.00", "$50.00", "$60.00"]);
    assert.deepEqual(budgets(text), ["$50.00", "$50.00"]);
    // A budget that holds the standby too is the only one.
    const tight = pageOf(5);
    assert.deepEqual(budgets(tight), ["$5.00", "$5.00", "$5.00", "$5.00"]);
    assert.match(tight, /The whole idle stack costs \$[\d.]+ a month of a budget of \$5\.00\./);
    assert.match(tight, /The idle standby costs \$2\.25 a month at list price; the whole stack/);
    assert.doesNotMatch(tight, /\$50\.00/);
    // Other settings are drawn by the cost of the whole stack, which the standby's budget does not hold.
    const frontier = (html: string) =>
      /the objective is under 300 s[^<]*budget under (\$\d+\.\d+)/.exec(html)?.[1];
    assert.deepEqual([frontier(tight), frontier(page), frontier(text)], ["$5.00", "$60.00", undefined]);
  });

  it("draws every plot for both widths, with a name, a description and its data", () => {
    for (const id of FIGURES) {
      const figure = text.slice(text.indexOf(`<figure id="${id}">`)).split("</figure>")[0] ?? "";
      for (const width of ["wide", "narrow"]) {
        const named = new RegExp(
          `<div class="picture ${width}"><svg [^>]*role="img" aria-labelledby="${id}-${width}-title ${id}-${width}-description"><title id="${id}-${width}-title">[^<]+</title><desc id="${id}-${width}-description">[^<]+</desc>`,
        );
        assert.match(figure, named);
      }
      assert.match(figure, /<details class="data"><summary>Data of this plot<\/summary>[\s\S]*<tbody>\n<tr>/);
    }
    const ids = [...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it("draws bound and objective into both distributions, and whom a profile strands into the table", () => {
    for (const id of ["cutover", "failback"]) {
      const figure = text.slice(text.indexOf(`<figure id="${id}">`)).split("</figure>")[0] ?? "";
      for (const mark of ["bound 144 s", "objective 300 s"])
        assert.equal(figure.split(`>${mark}</text>`).length - 1, 2, `${mark} in ${id}`);
    }
    assert.match(
      text,
      /jvm-for-ever<span class="sub">networkaddress\.cache\.ttl -1<\/span><\/th>.*>75\.0 %<\/td>/,
    );
    for (const lane of ["compliant", "minimum TTL of 300 s", "jvm-for-ever"])
      assert.ok(text.includes(`>${lane}</text>`), lane);
  });

  it("shows the one compliant profile where no others are given, and no frontier without a sweep", () => {
    const plain = htmlPage(view, plotData({ profiles: undefined, frontier: undefined }));
    assert.ok(plain.includes(">compliant resolvers</text>"));
    assert.doesNotMatch(plain, /id="frontier"|Who comes over when/);
  });

  it("says how few cutovers the frontier rests on, and why there is none", () => {
    assert.match(
      htmlPage(view, plotData()),
      /Each setting: primary-down, 30 cutovers x 50 resolvers with seed 1/,
    );
    const absent = htmlPage(view, plotData({ frontier: { kind: "absent", why: "no <price>" } }));
    assert.match(absent, /<h2>What other settings would do<\/h2>\n<p>No &#60;price&#62;\.<\/p>/);
    assert.doesNotMatch(absent, /id="frontier"/);
  });

  it("numbers the settings of the frontier, cheapest first, and says how the stack is set", () => {
    const items = [...text.matchAll(/<ol class="frontier">(.*?)<\/ol>/g)][0]?.[1]?.match(
      /(?<=<li>).*?(?=<\/li>)/g,
    );
    assert.deepEqual(items, [
      "$2.31 a month: p50 60 s, p95 90 s; every 30 s, 1 failure, TTL 60 s",
      "$2.71 a month: p50 35 s, p95 40 s; every 30 s, 1 failure, TTL 10 s",
      "$3.71 a month: p50 15 s, p95 20 s; every 10 s, 1 failure, TTL 10 s",
    ]);
    assert.match(text, /The stack is set to every 10 s, 3 failures, TTL 60 s: p95 90 s at \$3\.31\./);
  });

  it("puts the standby's cost against its budget, and every line dearest first with source and date", () => {
    const cost = text.slice(text.indexOf('<figure id="cost">')).split("</figure>")[0] ?? "";
    assert.match(cost, /The idle standby costs \$2\.25 a month at list price, its budget is under \$50\.00/);
    assert.equal(cost.split(">budget $50.00</text>").length - 1, 2);
    const prices = text.slice(text.indexOf("<h2>Every price"));
    const amounts = [...prices.matchAll(/<th scope="row" class="number">(\$[\d.]+)<\/th>/g)].map(
      ([, usd]) => usd,
    );
    assert.deepEqual(amounts, ["$2.00", "$0.60", "$0.25"]);
    assert.equal(prices.match(/2026-11-02 <a href="#source-1">\[1\]<\/a>/g)?.length, 3);
    assert.ok(prices.includes('<li id="source-1">AWS Price List, AmazonRoute53</li>'));
    assert.match(text, /<td>list price of 2026-11-02<\/td>/);
  });

  it("lists every rule with level, verdict and message, evidence folded away", () => {
    const pass = { ...fail, rule: "failover-pair", verdict: "pass", message: "one of each" } as const;
    const policy = { rules: 2, findings: [pass, fail] };
    const page = htmlPage(buildView(reportParts({ policy }), WORDS), {});
    const rows = (page.slice(page.indexOf("<h2>Rules")).split("</table>")[0] ?? "").match(
      /<tr><th scope="row".*/g,
    );
    assert.deepEqual(
      rows?.map((row) => row.split(/<[^>]*>/).filter((part) => part !== "")),
      [
        [
          "failover-ttl",
          "mandatory",
          "fails",
          "app",
          ": ttl is 300; 60 or less",
          "evidence",
          "&#60;b&#62;row&#60;/b&#62; 300",
          "Records of a failover or health-checked set are cached for 60 seconds or less",
        ],
        [
          "failover-pair",
          "mandatory",
          "passes",
          "one of each",
          "Every failover record is one half of a whole pair: one PRIMARY, one SECONDARY, one name and type",
        ],
      ],
    );
  });

  it("says why where the verdict is not met, and what was not measured", () => {
    const parts = reportParts({ simulation: undefined, loopback: undefined, unplayed: ["no failover pair"] });
    const page = htmlPage(buildView(parts, WORDS), {});
    assert.match(
      page,
      /<ul class="reasons not-measured"><li>No failover pair<\/li><li>No cutover was simulated<\/li>/,
    );
    assert.match(page, /<dd class="value none">not measured<\/dd>/);
    assert.match(page, /<p>No rehearsal was played over real sockets\.<\/p>/);
    assert.match(page, /<p>No cutover was simulated\.<\/p>/);
    assert.doesNotMatch(page, /NaN|Infinity|undefined|null/);
  });

  it("draws what nobody survived, too", () => {
    const stranded = { counts: [], stranded: 40 };
    const phase = {
      check: { counts: [], stranded: 0 },
      authoritative: { counts: [], stranded: 0 },
      client: stranded,
    };
    const parts = reportParts();
    const simulation = parts.simulation && {
      ...parts.simulation,
      cutover: { count: 4, stranded: 40 },
      failback: { count: 4, stranded: 0 },
    };
    const lost = { ...profilePhase(1, 2), spread: stranded, seconds: null };
    const profiles = [
      { name: "lost", source: "", cutover: lost },
      { name: "found", source: "", cutover: profilePhase(1, 2) },
    ];
    const page = htmlPage(buildView(reportParts({ simulation, playedBound: undefined, bounds: [] }), WORDS), {
      ...plotData({ profiles }),
      cutover: phase,
      failback: phase,
    });
    assert.match(
      page,
      /No client was served elsewhere\. 40 were never served elsewhere\. The bound is not known/,
    );
    assert.match(page, /<td class="number">never<\/td>.*<td class="number">100\.0 %<\/td>/);
    assert.doesNotMatch(page, /NaN|Infinity|undefined/);
  });

  it("escapes foreign text wherever it stands", () => {
    const { cost } = reportParts();
    const parts = reportParts({
      system: hostile,
      stack: hostile,
      cost: {
        ...cost,
        lines: cost.lines.map((line) => ({ ...line, item: hostile, source: hostile, note: hostile })),
      },
      policy: {
        rules: 1,
        findings: [{ ...fail, rule: hostile, urn: `a::b::c::${hostile}`, message: hostile }],
      },
    });
    const words = {
      scenarioTitle: hostile,
      pair: hostile,
      lifted: [`a::b::c::${hostile}`],
      command: hostile,
      timeline: "loopback" as const,
    };
    const profiles = [{ name: hostile, source: hostile, cutover: profilePhase(30, 60) }];
    const page = htmlPage(buildView(parts, words), plotData({ profiles }));
    assert.doesNotMatch(page, /<script|"quoted"|'too'/);
    assert.ok(
      page.includes("&#60;script&#62;alert(1)&#60;/script&#62; &#38; &#34;quoted&#34; &#39;too&#39;"),
    );
  });
});
