import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { costFigures } from "../../../drill/report/cost-lines";
import { TERMINAL_COLUMNS, terminalCheck, terminalReport, wrap } from "../../../drill/report/terminal";
import { buildView, costEntries } from "../../../drill/report/view";
import type { CostReport } from "../../../policy/prices/idle-cost";
import { asOf, type Confidence, PRICES } from "../../../policy/prices/price-list";
import { reportParts, TABLE_URN, WORDS } from "./report-parts";

/** What `check` shows of these costs. */
const checkOf = (cost: CostReport) => ({
  title: "stack",
  cost: costFigures(cost),
  costEntries: costEntries(cost),
  policy: { rules: 4, violations: [] },
});

const plain = (view = buildView(reportParts(), WORDS)) => terminalReport(view, { color: false });

/** A report in which every section has something long to say. */
function crowded() {
  const parts = reportParts();
  const long = "a-resource-with-a-name-that-no-column-of-any-table-could-ever-hold-in-one-line-of-a-terminal";
  const message = "the TTL of the record is 300 s; a failover record needs 60 s or less; ".repeat(4);
  return buildView(
    reportParts({
      cost: {
        ...parts.cost,
        lines: parts.cost.lines.map((line) => ({
          ...line,
          source: `AWS Price List https://pricing.example.com/${"a-long-folder/".repeat(6)}index.csv as read`,
          asOf: "2026-11-02 (read)",
          confidence: "assumed-equal-to-us-east-1" as const,
          urn: `${line.urn}${long}`,
          item: `${line.item} `.repeat(5),
        })),
        unpriced: [
          {
            urn: `urn:pulumi:dev::p::t::${long}`,
            type: "t",
            why: message,
            standby: true,
            kind: "type",
            path: "",
          },
        ],
      },
      policy: {
        rules: 4,
        findings: [
          { rule: "failover-ttl", level: "mandatory", verdict: "fail", path: "", urn: TABLE_URN, message },
        ],
      },
      teardown: undefined,
    }),
    { ...WORDS, lifted: [TABLE_URN], scenarioTitle: message },
  );
}

describe("drill/report/terminal", () => {
  it("counts rules that are violated, and the places where there are more", () => {
    const violation = (rule: string) => ({ rule, level: "mandatory" as const, urn: TABLE_URN, message: "m" });
    const said = (...names: string[]) => {
      const checked = checkOf(reportParts().cost);
      const policy = { rules: 4, violations: names.map(violation) };
      const text = terminalCheck({ ...checked, policy }, { color: false });
      return text.split("\n").find((line) => line.startsWith("Rules: "));
    };
    assert.equal(said(), "Rules: 4 judged, none violated.");
    assert.equal(said("a"), "Rules: 4 judged, 1 violated.");
    assert.equal(said("a", "b"), "Rules: 4 judged, 2 violated.");
    assert.equal(said("a", "a", "b"), "Rules: 4 judged, 2 violated, in 3 places.");
  });

  it("lists what an amount of the settings let in, and figures name it too", () => {
    const { cost } = reportParts();
    const [line] = cost.lines;
    assert.ok(line);
    const why = "enhanced monitoring bills by its metrics";
    const declared = { ...line, basis: "declared" as const, monthlyMicroUsd: 0, note: why };
    const checked = checkOf({ ...cost, lines: [...cost.lines, declared] });
    const { urn, type } = line;
    assert.deepEqual(checked.cost.declared, [{ urn, type, monthlyUsd: 0, why }]);
    const lines = terminalCheck(checked, { color: false }).split("\n");
    const first = lines.findIndex((text) => text.startsWith("allowMonthlyUsd counts"));
    assert.equal(
      lines.slice(first, first + 2).join(" "),
      `allowMonthlyUsd counts $0.00 a month for ${urn.split("::").at(-1)}: ${why}`,
    );
    assert.equal(costFigures(cost).declared, undefined);
  });

  it("tells below the sources what is assumed of a line, each thing once and by its mark", () => {
    const { cost } = reportParts();
    const [line] = cost.lines;
    assert.ok(line);
    const bound = "the price on demand, which is the bound of what a request for spot capacity pays";
    const noted = (item: string, monthlyMicroUsd: number, note?: string) => ({
      ...line,
      item,
      monthlyMicroUsd,
      region: "us-west-2",
      standby: false,
      ...(note === undefined ? {} : { note }),
    });
    const small = Array.from({ length: 9 }, () => noted("small", 1_000_000));
    const lines = [
      noted("first", 5_000_000, bound),
      { ...noted("own", 4_000_000, "unheard of"), confidence: "declared" as const },
      noted("second", 3_000_000, bound),
      ...small,
      noted("not shown", 500_000, "never said"),
    ];
    const text = terminalCheck(checkOf({ ...cost, lines }), { color: false }).split("\n");
    const end = text.findIndex((one) => one.startsWith("Rules:")) - 1;
    assert.deepEqual(text.slice(end - 3, end), [
      `[1] ${line.source}`,
      "[a] the price on demand, which is the bound of what a request for spot capacity",
      "    pays",
    ]);
    assert.deepEqual(
      text.filter((one) => /\$.*(first|own|second)/.test(one)).map((one) => one.slice(10, 34).trim()),
      ["first [a]", "own", "second [a]"],
    );
  });

  for (const [count, more] of [
    [20, []],
    [21, ["and 1 more of aws:x/y:Y without a price, which --json shows"]],
    [100_000, ["and 99980 more of aws:x/y:Y without a price, which --json shows"]],
  ] as const) {
    it(`names 20 resources of a type without a price of ${count}`, () => {
      const missing = (type: string) => (_: unknown, index: number) => ({
        urn: `urn:pulumi:dev::p::${type}::r${index}`,
        type,
        why: "unheard of",
        standby: true,
        kind: "type" as const,
        path: "",
      });
      const unpriced = [
        ...Array.from({ length: count }, missing("aws:x/y:Y")),
        ...Array.from({ length: 1 }, missing("aws:x/z:Z")),
      ];
      const text = terminalCheck(checkOf({ ...reportParts().cost, unpriced }), { color: false });
      const shown = text.split("\n").filter((line) => /no price for|more of/.test(line));
      assert.deepEqual(shown, [
        ...Array.from({ length: 20 }, (_, index) => `no price for r${index}: unheard of`),
        ...more,
        "no price for r0: unheard of",
      ]);
    });
  }

  it("fits 80 columns, whatever the names and messages", () => {
    for (const view of [buildView(reportParts(), WORDS), crowded()]) {
      const tooLong = plain(view)
        .split("\n")
        .filter((line) => line.length > TERMINAL_COLUMNS);
      assert.deepEqual(tooLong, []);
    }
  });

  it("fits 80 columns with the source, date and confidence of every price there is", () => {
    const { cost } = reportParts();
    const lines = PRICES.rows.map((row) => ({
      ...cost.lines[0]!,
      ...{
        item: row.item,
        region: row.region,
        source: row.source,
        asOf: asOf(row),
        confidence: row.confidence,
      },
    }));
    // A report shows so many lines; the rest of it is the same each time, and drawn as rarely as can be.
    const SHOWN = 12;
    const dear = lines.map((line) => ({ ...line, monthlyMicroUsd: 1_000_000 }));
    const tooLong = Array.from({ length: Math.ceil(dear.length / SHOWN) }, (_, part) =>
      terminalCheck(checkOf({ ...cost, lines: dear.slice(part * SHOWN, (part + 1) * SHOWN) }), {
        color: false,
      })
        .split("\n")
        .filter((text) => text.length > TERMINAL_COLUMNS || text.includes("…")),
    ).flat();
    assert.equal(checkOf({ ...cost, lines: dear }).costEntries.length, PRICES.rows.length);
    assert.deepEqual(tooLong, []);
  });

  it("writes out what would act in the terminal, wherever a name or a message stands", () => {
    const evil = "x\u001b[2J\u202e\r\n\u0007";
    const shown = "x\\u001b[2J\\u202e\\u000d\\u000a\\u0007";
    const { cost } = reportParts();
    const [line] = cost.lines;
    const named = { ...line!, urn: `${TABLE_URN}${evil}`, item: evil, region: evil, source: evil };
    const text = plain(
      buildView(
        reportParts({
          system: evil,
          cost: { ...cost, lines: [named] },
          notes: [evil],
          policy: {
            rules: 1,
            findings: [
              {
                ...{ rule: "failover-ttl", level: "mandatory", verdict: "fail", path: "" },
                ...{ urn: `${TABLE_URN}${evil}`, message: "bad\u001b[31m" },
              },
            ],
          },
          others: [
            {
              ...{ name: evil, type: "A", routing: "failover", bound: undefined },
              outcome: { kind: "not-rehearsed", why: evil },
            },
          ],
        }),
        {
          scenarioTitle: evil,
          pair: evil,
          lifted: [`${TABLE_URN}${evil}`],
          command: evil,
          timeline: "loopback",
        },
      ),
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    assert.deepEqual(text.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/g), null);
    assert.ok(text.includes(shown));
    const check = terminalCheck({ ...checkOf({ ...cost, lines: [named] }), title: evil }, { color: false });
    assert.ok(check.startsWith(`${shown}\n`));
  });

  it("tells in one line how the share of failed requests goes, and who was not concerned", () => {
    const { simulation } = reportParts();
    const failedShare = [
      { atSeconds: 0, sent: 100, failed: 50 },
      { atSeconds: 5, sent: 100, failed: 52 },
      { atSeconds: 10, sent: 1_000, failed: 9 },
      { atSeconds: 15, sent: 100, failed: 0 },
    ];
    const untouched = { cutover: 4_000, failback: 0 };
    const text = plain(
      buildView(reportParts({ simulation: { ...simulation!, failedShare, untouched } }), WORDS),
    );
    assert.match(
      text.replace(/\s+/g, " "),
      /Requests after the fault, simulated: 50 % failed at first, at worst 52 % \(from 5 s\), less than 1 % from 10 s and none from 15 s on\. /,
    );
    assert.match(text, /^Clients never over +0 +simulated\nClients not concerned +4,000 +simulated$/m);
    assert.doesNotMatch(text, /Never back/);
    assert.doesNotMatch(plain(), /Requests after the fault|not concerned/);
  });

  it("shows the same text with and without colours", () => {
    const colored = terminalReport(crowded(), { color: true });
    assert.notEqual(colored, plain(crowded()));
    assert.equal(stripVTControlCharacters(colored), plain(crowded()));
  });

  it("gives every figure with its objective and its basis", () => {
    const lines = plain().split("\n");
    assert.deepEqual(lines.slice(3, 21), [
      "Figure                             Value              Objective     Basis",
      "Detection, at most                 54 s                             bound",
      "Recovery, at most                  144 s              under 300 s   bound",
      "Check unhealthy, p50 / p95         30.0 / 50.5 s                    simulated",
      "DNS answer changed, p50 / p95      35.0 / 55.5 s                    simulated",
      "Client cutover, p50 / p95          62.0 / 82.5 s                    simulated",
      "Client cutover, slowest of 1,000   102.1 s            under 300 s   simulated",
      "Client failback, p50 / p95         55.0 / 75.5 s                    simulated",
      "DNS answer changed                 33.3 s                           loopback",
      "Client cutover                     71.5 s             under 300 s   loopback",
      "Client failback                    64.5 s                           loopback",
      "Requests failed                    71 of 300                        loopback",
      "Acknowledged writes lost           0                                loopback",
      "Replication lag, p50 / max         512 / 611 ms                     loopback",
      "Standby, idle, a month             $2.25              under $50.00  list price",
      "Whole stack, idle, a month         $2.85                            list price",
      "Billing after teardown, a month    $0.00              $0.00         list price",
      "Mandatory violations, 4 rules      0                  0             rules",
    ]);
  });

  it("says what would bill afterwards and ends with the verdict", () => {
    const lines = plain().trimEnd().split("\n");
    assert.equal(
      lines.at(-3),
      "Teardown: 57 of 57 resources deleted, 0 left; what is left bills $0.00 a month.",
    );
    assert.equal(lines.at(-1), "Verdict: objectives met");
  });

  it("marks a missed figure by a sign and gives the reason", () => {
    const loopback = { ...reportParts().loopback!, clientSeconds: 301 };
    const text = plain(buildView(reportParts({ loopback }), WORDS));
    assert.match(text, /^Client cutover {21}301 s ! +under 300 s {3}loopback$/m);
    assert.match(text, /^- the client cutover on loopback took 301 s; the objective is under 300 s$/m);
    assert.match(text, /^Verdict: objective missed$/m);
  });

  it("says not measured instead of a number", () => {
    const text = plain(
      buildView(reportParts({ simulation: undefined, loopback: undefined, teardown: undefined }), WORDS),
    );
    assert.match(text, /^Client cutover, p50 \/ p95 +not measured +simulated$/m);
    assert.match(text, /^Acknowledged writes lost +not measured +loopback$/m);
    assert.match(text, /^Teardown: not measured\.$/m);
    assert.match(text, /^Verdict: not measured$/m);
  });

  it("says how sure a price is where that is less than AWS's own word", () => {
    const parts = reportParts();
    const source = (confidence: Confidence) => {
      const [line] = parts.cost.lines;
      const cost = { ...parts.cost, lines: [{ ...line!, confidence }] };
      const lines = plain(buildView(reportParts({ cost }), WORDS)).split("\n");
      const at = lines.findIndex((text) => text.startsWith("USD/month"));
      return lines.slice(at + 1, at + 4).flatMap((text) => text.slice(65) || []);
    };
    assert.deepEqual(source("price-list-quoted"), ["[1] 2026-11-02"]);
    assert.deepEqual(source("golden-file"), ["[1] 2026-11-02"]);
    assert.deepEqual(source("secondary"), ["[1] 2026-11-02", "secondary"]);
    assert.deepEqual(source("fixture"), ["[1] 2026-11-02", "fixture"]);
    assert.deepEqual(source("from-memory"), ["[1] 2026-11-02", "from-memory"]);
    assert.deepEqual(source("assumed-equal-to-us-east-1"), [
      "[1] 2026-11-02",
      "assumed-equal-",
      "to-us-east-1",
    ]);
  });

  it("shows no empty table where nothing bills", () => {
    const cost = { ...reportParts().cost, lines: [], standbyMicroUsd: 0, totalMicroUsd: 0 };
    const lines = plain(buildView(reportParts({ cost }), WORDS)).split("\n");
    const at = lines.indexOf("Idle cost of a month, dearest first");
    assert.equal(lines[at + 1], "Standby $0.00, whole stack $0.00 a month.");
  });

  it("breaks lines at spaces, never beyond the last column", () => {
    const word = "x".repeat(9);
    assert.deepEqual(wrap(Array(8).fill(word).join(" ")), [Array(8).fill(word).join(" ")]);
    assert.deepEqual(wrap(`${Array(8).fill(word).join(" ")} y`), [Array(8).fill(word).join(" "), "y"]);
    assert.deepEqual(wrap("a b", "  "), ["  a b"]);
    assert.deepEqual(wrap("one two three", "  ", 0, 7), ["one two", "  three"]);
    assert.deepEqual(wrap("of https://a.example.com/b/c.csv 1", "  ", 0, 20), [
      "of https://",
      "  a.example.com/b/",
      "  c.csv 1",
    ]);
    assert.deepEqual(wrap("1234567890", "  ", 0, 6), ["1234", "  5678", "  90"]);
  });
});
