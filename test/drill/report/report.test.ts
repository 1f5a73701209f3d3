import assert from "node:assert/strict";
import { buildReport } from "../../../drill/report/report";
import schema from "../../../drill/report/report.schema.json";
import { sumBound } from "../../../model/recovery-bound";
import { misfits } from "./json-schema-check";
import { CHECK_URN, reportParts, TABLE_URN } from "./report-parts";

const fits = (report: unknown) => misfits(report, schema as unknown as Parameters<typeof misfits>[1]);

describe("drill/report/report", () => {
  it("has the members of the format, in its order", () => {
    const report = buildReport(reportParts());
    assert.deepEqual(Object.keys(report), [
      "schema",
      "system",
      "stack",
      "basis",
      "seed",
      "speed",
      "scenario",
      "objectives",
      "bound",
      "cutover",
      "failback",
      "loopback",
      "cost",
      "policy",
      "teardown",
      "others",
      "notes",
      "verdict",
      "headline",
    ]);
    assert.deepEqual(fits(report), []);
  });

  it("shows the bound of the set that was played, though another is worse", () => {
    const bounds = [{ kind: "unbounded", why: "no check" } as const, sumBound(54, 60)];
    assert.equal(buildReport(reportParts({ bounds })).bound.rtoSeconds, 144);
    assert.equal(buildReport(reportParts({ bounds, playedBound: undefined })).bound.rtoSeconds, null);
  });

  it("has no figures of a teardown that could not be played, and misses nothing by it", () => {
    const report = buildReport(reportParts({ teardown: "none" }));
    assert.deepEqual(report.teardown, { created: null, deleted: null, left: [] });
    assert.equal(report.verdict, "met");
  });

  it("names the other sets of answers, simulated or not, and what limits the figures", () => {
    const { simulation } = reportParts();
    const report = buildReport(
      reportParts({
        others: [
          {
            name: "a.example.com",
            type: "A",
            routing: "failover",
            bound: sumBound(54, 60),
            outcome: { kind: "simulated", figures: simulation!, expected: "everybody-over" },
          },
          {
            name: "b.example.com",
            type: "A",
            routing: "failover",
            outcome: { kind: "not-rehearsed", why: "half a pair" },
          },
        ],
        notes: ["a note"],
      }),
    );
    assert.deepEqual(fits(report), []);
    assert.deepEqual(report.notes, ["a note"]);
    assert.deepEqual(report.others, [
      {
        name: "a.example.com",
        type: "A",
        routing: "failover",
        boundSeconds: 144,
        count: 1_000,
        clientSeconds: report.cutover.clientSeconds,
        why: null,
      },
      {
        name: "b.example.com",
        type: "A",
        routing: "failover",
        boundSeconds: null,
        count: 0,
        clientSeconds: null,
        why: "half a pair",
      },
    ]);
  });

  it("names the budget of the whole stack where there is one", () => {
    const objectives = { rtoSeconds: 300, standbyMonthlyUsd: 50, stackMonthlyUsd: 5 };
    const report = buildReport(reportParts({ objectives }));
    assert.deepEqual(report.objectives, objectives);
    assert.deepEqual(fits(JSON.parse(JSON.stringify(report))), []);
    const without = { ...objectives, stackMonthlyUsd: undefined };
    const written = JSON.parse(JSON.stringify(buildReport(reportParts({ objectives: without }))));
    assert.deepEqual(written.objectives, { rtoSeconds: 300, standbyMonthlyUsd: 50 });
  });

  it("holds the figures of its parts", () => {
    const report = buildReport(reportParts());
    assert.deepEqual(report.bound, {
      detectionSeconds: 54,
      propagationSeconds: 30,
      ttlSeconds: 60,
      rtoSeconds: 144,
    });
    assert.deepEqual(report.cutover.clientSeconds, { p5: 54, p50: 62, p95: 82.5, p99: 92, max: 102.125 });
    assert.deepEqual(report.loopback, {
      authoritativeSeconds: 33.25,
      clientSeconds: 71.5,
      failbackSeconds: 64.5,
      requests: 300,
      failed: 71,
      lostWrites: 0,
      replicationLagMs: { p50: 512, max: 611 },
    });
    assert.deepEqual(report.teardown, { created: 57, deleted: 57, left: [] });
    assert.equal(report.verdict, "met");
  });

  it("lists costs in dollars, dearest first", () => {
    const { cost } = buildReport(reportParts());
    assert.equal(cost.standbyMonthlyUsd, 2.25);
    assert.equal(cost.totalMonthlyUsd, 2.85);
    assert.deepEqual(
      cost.lines.map(({ urn, monthlyUsd }) => [urn, monthlyUsd]),
      [
        [CHECK_URN, 2],
        [TABLE_URN, 0.6],
        [TABLE_URN, 0.25],
      ],
    );
    assert.deepEqual(cost.lines[2], {
      urn: TABLE_URN,
      type: "aws:dynamodb/table:Table",
      region: "us-west-2",
      item: "replica storage, 1 GB assumed",
      monthlyUsd: 0.25,
      source: "AWS Price List, AmazonRoute53",
      asOf: "2026-11-02",
    });
  });

  it("says null, and never 0, for everything that was not measured", () => {
    const report = buildReport(
      reportParts({
        playedBound: undefined,
        bounds: [],
        simulation: undefined,
        loopback: undefined,
        teardown: undefined,
      }),
    );
    const nothing = { unhealthySeconds: null, authoritativeSeconds: null, clientSeconds: null };
    assert.deepEqual(report.bound, {
      detectionSeconds: null,
      propagationSeconds: null,
      ttlSeconds: null,
      rtoSeconds: null,
    });
    assert.deepEqual(report.cutover, { count: 0, ...nothing });
    assert.deepEqual(report.loopback, {
      authoritativeSeconds: null,
      clientSeconds: null,
      failbackSeconds: null,
      requests: null,
      failed: null,
      lostWrites: null,
      replicationLagMs: null,
    });
    assert.deepEqual(report.teardown, { created: null, deleted: null, left: [] });
    assert.deepEqual(fits(report), []);
  });

  it("gives no sum that lacks a resource without a price", () => {
    const nat = { urn: "urn:nat", type: "aws:ec2/natGateway:NatGateway", why: "no row for eu-west-9" };
    const sums = (standby: boolean) => {
      const unpriced = [{ ...nat, standby, kind: "price" as const, path: "" }];
      const { cost } = buildReport(reportParts({ cost: { ...reportParts().cost, unpriced } }));
      assert.deepEqual(cost.unpriced, [nat]);
      return [cost.standbyMonthlyUsd, cost.totalMonthlyUsd];
    };
    assert.deepEqual(sums(true), [null, null]);
    assert.deepEqual(sums(false), [2.25, null]);
  });

  it("counts an undecided rule as violated and leaves out what passed", () => {
    const finding = {
      rule: "failover-rto",
      level: "mandatory",
      urn: "urn:record",
      message: "ttl is not known",
    } as const;
    const { policy } = buildReport(
      reportParts({
        policy: {
          rules: 4,
          findings: [
            { ...finding, path: "ttl", verdict: "pass" },
            { ...finding, path: "ttl", verdict: "notApplicable" },
            { ...finding, path: "ttl", verdict: "unknown" },
            { ...finding, path: "ttl", rule: "failover-ttl", level: "advisory", verdict: "fail" },
          ],
        },
      }),
    );
    assert.deepEqual(policy, {
      rules: 4,
      violations: [finding, { ...finding, rule: "failover-ttl", level: "advisory" }],
    });
  });

  it("rounds seconds to the clock's millisecond", () => {
    const loopback = { ...reportParts().loopback!, clientSeconds: 71.30000000000001 };
    assert.equal(buildReport(reportParts({ loopback })).loopback.clientSeconds, 71.3);
  });

  it("has a schema that refuses what is not in the format", () => {
    const report = JSON.parse(JSON.stringify(buildReport(reportParts())));
    assert.deepEqual(fits({ ...report, extra: 1 }), ["report.extra is not in the format"]);
    assert.deepEqual(fits({ ...report, verdict: "passed" }), ["report.verdict"]);
    assert.deepEqual(fits({ ...report, cutover: { ...report.cutover, count: null } }), [
      "report.cutover.count",
    ]);
    const { seed: _, ...seedless } = report;
    assert.deepEqual(fits(seedless), ["report.seed is missing"]);
  });
});
