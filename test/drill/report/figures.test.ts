import assert from "node:assert/strict";
import { figuresOf, groupLines } from "../../../drill/report/figures";
import { buildReport, type GroupFigures, type LoopbackFigures } from "../../../drill/report/report";
import { coveredWords } from "../../../drill/report/visitor-groups";
import { reportParts } from "./report-parts";

/** The whole stack's line, of a stack that costs so much. */
function wholeStack(stackMonthlyUsd: number | undefined, totalMicroUsd?: number) {
  return costLines(stackMonthlyUsd, totalMicroUsd)[1];
}

/** The lines of the standby and of the whole stack. */
function costLines(stackMonthlyUsd: number | undefined, totalMicroUsd = 2_850_000) {
  const { cost, objectives } = reportParts();
  const parts = reportParts({
    cost: { ...cost, totalMicroUsd },
    objectives: { ...objectives, stackMonthlyUsd },
  });
  const names = ["Standby, idle, a month", "Whole stack, idle, a month"];
  return figuresOf(buildReport(parts)).filter(({ name }) => names.includes(name));
}

describe("drill/report/figures", () => {
  it("shows what else was lost on loopback, and whether it went as expected", () => {
    const lost = (
      expectation: "cutover" | "absorbed" | "all-named",
      asExpected: boolean,
      failed: number,
    ) => ({
      ...{ place: "home", title: "it is lost", expectation, asExpected, failed },
      ...{ requests: 1_289, cutoverSeconds: null },
    });
    const places = [lost("absorbed", true, 0), lost("all-named", true, 1_200), lost("cutover", false, 3)];
    const parts = reportParts({ loopback: { ...reportParts().loopback!, places } });
    assert.deepEqual(
      figuresOf(buildReport(parts))
        .filter(({ name }) => name === "Failed while home lost")
        .map(({ value, objective, met }) => [value, objective, met]),
      [
        ["0 of 1,289", "none fails", true],
        ["1,200 of 1,289", "all named", true],
        ["3 of 1,289", "cutover", false],
      ],
    );
  });

  it("holds the standby against a budget of its own unless the whole stack's is no looser", () => {
    const held = (stackMonthlyUsd: number | undefined) =>
      costLines(stackMonthlyUsd).map(({ objective, met }) => [objective, met]);
    const standby = ["under $50.00", true];
    assert.deepEqual(held(undefined), [standby, ["", undefined]]);
    assert.deepEqual(held(50.01), [standby, ["under $50.01", true]]);
    assert.deepEqual(held(50), [
      ["", undefined],
      ["under $50.00", true],
    ]);
  });

  it("holds the whole stack against its budget, and against nothing where it has none", () => {
    const line = { name: "Whole stack, idle, a month", value: "$2.85", basis: "list price" };
    assert.deepEqual(wholeStack(undefined), { ...line, objective: "" });
    assert.deepEqual(wholeStack(5), { ...line, objective: "under $5.00", met: true });
    assert.equal(wholeStack(2.86)?.met, true);
    assert.equal(wholeStack(2.85)?.met, false);
  });

  const loopback = reportParts().loopback ?? assert.fail();
  const GROUPS: readonly GroupFigures[] = [
    {
      ...{ group: "http visitors", notCovered: null, requests: 120, failed: 40 },
      ...{ cutoverSeconds: 71.5, failbackSeconds: 64.5 },
    },
    {
      ...{ group: "returning browsers", notCovered: "they keep to HTTPS", requests: 110, failed: 90 },
      ...{ cutoverSeconds: null, failbackSeconds: 3 },
    },
    {
      ...{ group: "https visitors", notCovered: "HTTP only", requests: 100, failed: 100 },
      ...{ cutoverSeconds: null, failbackSeconds: null },
    },
  ];
  const rows = (changes: Parameters<typeof reportParts>[0], basis: string) =>
    figuresOf(buildReport(reportParts(changes)))
      .filter((figure) => figure.basis === basis)
      .map(({ name, value, objective, met }) => [name, value, objective, met]);

  it("names the group that the times are of, and holds against no objective whom the promise leaves out", () => {
    assert.deepEqual(rows({ loopback: { ...loopback, groups: GROUPS } }, "loopback").slice(0, 6), [
      ["DNS answer changed", "33.3 s", "", undefined],
      ["Client cutover, http visitors", "71.5 s", "under 300 s", true],
      ["Client failback, http visitors", "64.5 s", "", undefined],
      ["Failed, http visitors", "40 of 120", "", undefined],
      ["Failed, returning browsers", "90 of 110", "not covered", undefined],
      ["Failed, https visitors", "100 of 100", "not covered", undefined],
    ]);
  });

  it("takes the cutover of the slowest covered group, and names that", () => {
    const [readers, , left] = GROUPS as [GroupFigures, unknown, GroupFigures];
    const row = (...groups: GroupFigures[]) => rows({ loopback: { ...loopback, groups } }, "loopback")[1];
    const writers = { ...readers, group: "writers" };
    const of = (cutoverSeconds: number | null, failed = 40) => ({ ...writers, cutoverSeconds, failed });
    assert.deepEqual(row(readers, of(71.4)), [
      "Client cutover, http visitors",
      "71.5 s",
      "under 300 s",
      true,
    ]);
    assert.deepEqual(row(readers, of(299.9), left), [
      "Client cutover, writers",
      "299.9 s",
      "under 300 s",
      true,
    ]);
    assert.deepEqual(row(readers, of(300)), ["Client cutover, writers", "300 s", "under 300 s", false]);
    assert.deepEqual(row(readers, of(null)), ["Client cutover, writers", "never", "under 300 s", false]);
    assert.deepEqual(row(readers, of(null, 0))?.[0], "Client cutover, http visitors");
    assert.deepEqual(row(readers, { ...left, cutoverSeconds: 300 })?.[0], "Client cutover, http visitors");
  });

  it("does not call a group left out whose requests were all served", () => {
    const https = (failed: number, requests = 219) => ({ ...GROUPS[2]!, failed, requests });
    const told = (group: GroupFigures) => {
      const changes = { loopback: { ...loopback, groups: [GROUPS[0]!, group] } };
      return [
        rows(changes, "loopback").find(([name]) => name === "Failed, https visitors")?.[2],
        groupLines(buildReport(reportParts(changes)))[1],
      ];
    };
    const line = (text: string) => `Loopback, https visitors: ${text}.`;
    assert.deepEqual(told(https(0)), ["", line("0 of 219 requests failed; nobody was left unserved")]);
    const never = "not served by others, nor by the primary after the heal; not covered: HTTP only";
    assert.deepEqual(told(https(1)), ["not covered", line(`1 of 219 requests failed; ${never}`)]);
    assert.equal(told(https(0, 0))[0], "not covered");
  });

  it("tells of each group in a line when it was served again, and why it may not be covered", () => {
    const nobody = { ...GROUPS[0]!, group: "others", failed: 0 };
    const report = buildReport(reportParts({ loopback: { ...loopback, groups: [...GROUPS, nobody] } }));
    assert.deepEqual(groupLines(report), [
      "Loopback, http visitors: 40 of 120 requests failed; served by others 71.5 s after the fault.",
      "Loopback, returning browsers: 90 of 110 requests failed; not served by others; served again only after the " +
        "heal; not covered: they keep to HTTPS.",
      "Loopback, https visitors: 100 of 100 requests failed; not served by others, nor by the primary after the " +
        "heal; not covered: HTTP only.",
      "Loopback, others: 0 of 120 requests failed; nobody was left unserved.",
    ]);
    assert.equal(coveredWords(report), "http visitors and others");
    assert.equal(
      coveredWords(buildReport(reportParts({ loopback: { ...loopback, groups: [nobody] } }))),
      undefined,
    );
    assert.equal(coveredWords(buildReport(reportParts())), undefined);
  });

  it("says never of what was played for and did not come, and not that it was not measured", () => {
    const parts = reportParts();
    const { cutover, failback, ...rest } = parts.simulation ?? assert.fail();
    const simulation = {
      ...rest,
      cutover: { count: 1_000, over: 0, stranded: 50 },
      failback: { count: 1_000, over: 0, stranded: 0 },
    };
    assert.deepEqual(rows({ simulation }, "simulated"), [
      ["Check unhealthy, p50 / p95", "never", "", undefined],
      ["DNS answer changed, p50 / p95", "never", "", undefined],
      ["Client cutover, p50 / p95", "never", "", undefined],
      ["Client cutover, slowest of 1,000", "never", "under 300 s", undefined],
      ["Client failback, p50 / p95", "never", "", undefined],
      ["Clients never over", "50 of 50", "", undefined],
    ]);
    assert.deepEqual(rows({ simulation: undefined }, "simulated")[0]?.[1], "not measured");
    const failing = (...failed: number[]) => ({
      ...simulation,
      failedShare: failed.map((of, index) => ({ atSeconds: 5 * index, sent: 10, failed: of })),
    });
    const marked = (...failed: number[]) => rows({ simulation: failing(...failed) }, "simulated")[3]?.[3];
    // Missed where somebody went unserved until the heal; where all were served nobody had to come over.
    assert.deepEqual([marked(10, 1), marked(10, 0), marked(0, 0)], [false, undefined, undefined]);
    const absorbed = {
      ...{ authoritativeSeconds: null, clientSeconds: null, failbackSeconds: 1, requests: 220, failed: 0 },
    };
    const values = (changes: Partial<LoopbackFigures>) =>
      rows({ loopback: { ...loopback, ...changes } }, "loopback")
        .slice(0, 3)
        .map(([, value]) => value);
    assert.deepEqual(values(absorbed), ["never", "never", "never"]);
    assert.deepEqual(values({ ...absorbed, failed: 1 }), ["never", "never", "never"]);
    assert.deepEqual(values({ ...absorbed, authoritativeSeconds: 30 }), ["30 s", "never", "never"]);
    const unlaid = { ...absorbed, failed: null, failbackSeconds: null };
    assert.deepEqual(values(unlaid), ["not measured", "not measured", "not measured"]);
  });
});
