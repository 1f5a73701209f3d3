import assert from "node:assert/strict";
import { sweepPage } from "../../../drill/report/sweep-page";
import { type SweepWords, sweepNotes, sweepTable } from "../../../drill/report/sweep-table";
import { TERMINAL_COLUMNS } from "../../../drill/report/terminal";
import { rankSettings, type SweptSetting } from "../../../drill/sweep";
import { sumBound } from "../../../model/recovery-bound";
import { primaryDown } from "../../../rehearsal/simulation/scenarios/primary-down";

const WORDS: SweepWords = {
  scenario: primaryDown,
  cutovers: 200,
  resolvers: 100,
  seed: 1,
  pair: "app.example.com A",
  routing: "failover",
  objectiveSeconds: 300,
  budgets: { standbyUsd: 50, stackUsd: undefined },
};

const SWEPT: SweptSetting = {
  records: "CNAME",
  intervalSeconds: 10,
  failureThreshold: 3,
  ttlSeconds: 60,
  bound: sumBound(54, 60),
  cutoverSeconds: { p5: 1, p50: 61.54, p95: 88.6, p99: 90, max: 94.9 },
  standbyMonthlyUsd: 3.31,
  idleMonthlyUsd: 10.96,
  queriesMonthlyUsd: 1.752,
  violations: 0,
  isCurrent: true,
};

const linesOf = (...swept: SweptSetting[]) => sweepTable(rankSettings(swept), WORDS).split("\n");

describe("drill/report/sweep-table", () => {
  it("tells a setting in one line, with its place on the frontier and whether it is set now", () => {
    assert.deepEqual(linesOf(SWEPT).slice(0, 2), [
      "    records  every fails    TTL    bound       p50       p95   standby     total",
      " 1* CNAME     10 s     3   60 s    144 s    61.5 s    88.6 s     $3.31    $12.71",
    ]);
  });

  it("marks a bound that is not under the objective, and has words for what is not known", () => {
    const at = { ...SWEPT, bound: sumBound(210, 60), isCurrent: false };
    const under = { ...at, bound: sumBound(209.5, 60) };
    const unknown: SweptSetting = {
      ...at,
      bound: { kind: "unbounded", why: "" },
      cutoverSeconds: null,
      standbyMonthlyUsd: null,
      idleMonthlyUsd: null,
    };
    assert.ok(linesOf(at)[1]?.includes("  300 s! "));
    assert.ok(linesOf(under)[1]?.includes("299.5 s "));
    assert.equal(
      linesOf(unknown)[1],
      "    CNAME     10 s     3   60 s     none         -         -   unknown   unknown",
    );
  });

  it("says which queries are charged, at the price of the set's routing", () => {
    const note = (routing: SweepWords["routing"]) =>
      sweepNotes({ ...WORDS, routing })
        .find((each) => each.startsWith("standby: "))
        ?.split("over. ")[1];
    const words = (end: string) =>
      "Queries to an alias of an AWS resource are free; those to other records, and to an alias of a record of the " +
      `zone, cost ${end} routing.`;
    assert.equal(note("failover"), words("$0.40 per million with failover"));
    assert.equal(note("latency"), words("$0.60 per million with latency"));
    assert.equal(note("geolocation"), words("$0.70 per million with geolocation"));
  });

  it("fits a terminal", () => {
    const widest = {
      ...SWEPT,
      failureThreshold: 10,
      bound: sumBound(1_910, 60),
      cutoverSeconds: { p5: 1, p50: 1_234.5, p95: 1_234.5, p99: 90, max: 94.9 },
      standbyMonthlyUsd: 1_234.56,
      idleMonthlyUsd: 9_999.99,
    };
    assert.deepEqual(
      linesOf(widest).filter((line) => line.length > TERMINAL_COLUMNS),
      [],
    );
  });
});

describe("drill/report/sweep-page", () => {
  const words = { ...WORDS, system: "app (dev)", command: "warm-standby sweep --stack 'a&b'" };

  it("is one page that opens offline, with the plot, its data and the command", () => {
    const page = sweepPage(rankSettings([SWEPT]), words);
    assert.equal(page, sweepPage(rankSettings([SWEPT]), words));
    assert.equal(page.match(/<svg [^>]*role="img"/g)?.length, 2);
    assert.ok(page.includes("<title>app (dev): cutover time against cost</title>"));
    assert.ok(page.includes("every 10 s, 3 failures, TTL 60 s (CNAME)"));
    assert.ok(page.includes("warm-standby sweep --stack &#39;a&#38;b&#39;"));
    assert.doesNotMatch(page, /<script|<link[^>]+href="(?!data:)|src=|url\(http/);
  });

  it("says so where there is nothing to draw", () => {
    const page = sweepPage(rankSettings([{ ...SWEPT, cutoverSeconds: null }]), words);
    assert.ok(page.includes("there is nothing to draw"));
    assert.doesNotMatch(page, /role="img"/);
  });
});
