import assert from "node:assert/strict";
import type { Expectation, SimulationFigures } from "../../../drill/report/report-parts";
import { judge } from "../../../drill/report/verdict";
import { judged, missed, reportParts } from "./report-parts";

describe("drill/report/verdict of a scenario that sockets cannot play", () => {
  const simulation = reportParts().simulation!;
  const at = (expected: Expectation, figures: Partial<SimulationFigures> = {}) =>
    judged({
      expected,
      simulatedOnly: true,
      loopback: undefined,
      simulation: { ...simulation, ...figures },
    });
  const nobody = { count: 1_000, stranded: 100_000 };

  it("is met without a loopback, by what it has to show", () => {
    assert.deepEqual(at("everybody-over"), { verdict: "met", reasons: [] });
    assert.deepEqual(at("nobody-over", { cutover: nobody }), { verdict: "met", reasons: [] });
    assert.deepEqual(at("open", { cutover: nobody }), { verdict: "met", reasons: [] });
  });

  it("misses on who came too late or never, where everybody has to come over", () => {
    const client = simulation.cutover.clientSeconds!;
    const slow = (max: number) => ({
      cutover: { ...simulation.cutover, clientSeconds: { ...client, max } },
    });
    assert.equal(at("everybody-over", slow(299.999)).verdict, "met");
    assert.deepEqual(
      at("everybody-over", slow(300)),
      missed("the slowest simulated client cutover took 300 s; the objective is under 300 s"),
    );
    assert.equal(at("open", slow(299.999)).verdict, "met");
    assert.equal(at("open", slow(300)).verdict, "missed");
    assert.deepEqual(
      at("everybody-over", { cutover: nobody }),
      missed("no simulated client was ever served elsewhere; the objective is under 300 s"),
    );
    assert.deepEqual(
      at("everybody-over", { cutover: nobody, outlook: "stays" }),
      missed(
        "no simulated client was ever served elsewhere, as the health checks do not see this fault; the objective is " +
          "under 300 s",
      ),
    );
  });

  it("misses on a cutover that nothing calls for", () => {
    assert.deepEqual(
      at("nobody-over"),
      missed("the simulated DNS answer left the primary, though no checker can see the fault"),
    );
  });

  it("misses on a broken invariant whatever it has to show", () => {
    for (const expected of ["everybody-over", "nobody-over", "open"] as const) {
      const cutover = expected === "everybody-over" ? simulation.cutover : nobody;
      assert.deepEqual(
        at(expected, { cutover, violations: ["an answer outlived its TTL"] }),
        missed("invariant violated: an answer outlived its TTL"),
      );
    }
  });

  it("has no verdict without a simulation", () => {
    assert.deepEqual(judged({ simulatedOnly: true, simulation: undefined, loopback: undefined }), {
      verdict: "not-measured",
      reasons: ["no cutover was simulated"],
    });
  });
});

describe("drill/report/verdict of a scenario that nobody has to be led away from", () => {
  const simulation = reportParts().simulation!;
  const nobody = { count: 10, stranded: 1_000 };
  /** Stretches of 5 s, of which these fail. */
  const failing = (stretches: number, of: number) =>
    Array.from({ length: of }, (_, index) => ({
      atSeconds: 5 * index,
      sent: 100,
      failed: index < stretches ? 50 : 0,
    }));
  const at = (expected: Expectation, stretches: number, of = 80) =>
    judge(
      reportParts({
        expected,
        simulatedOnly: true,
        loopback: undefined,
        simulation: { ...simulation, cutover: nobody, failedShare: failing(stretches, of) },
      }),
    );

  it("misses when requests fail for as long as the objective", () => {
    assert.deepEqual(at("nobody-over", 59), {
      verdict: "met",
      headline:
        "nothing failed over, as the health check does not see this fault; 37 % of requests failed until the heal",
      reasons: [],
    });
    assert.deepEqual(at("nobody-over", 60), {
      verdict: "missed",
      headline:
        "objective missed: nothing failed over, as the health check does not see this fault; 38 % of requests failed until the heal",
      reasons: ["requests failed for 300 s on end; the objective is under 300 s"],
    });
  });

  it("misses when requests fail, do not, and fail again, however short each time is", () => {
    const flaps = (times: number) =>
      failing(20 * times, 20 * times).map((stretch, index) => ({
        ...stretch,
        failed: index % 20 < 4 ? 50 : 0,
      }));
    const reasons = (times: number) =>
      judge(
        reportParts({
          expected: "nobody-over",
          simulatedOnly: true,
          loopback: undefined,
          simulation: { ...simulation, cutover: nobody, failedShare: flaps(times) },
        }),
      ).reasons;
    assert.deepEqual(reasons(1), []);
    assert.deepEqual(reasons(2), [
      "requests failed again and again, and only the heal ended it; the objective is under 300 s",
    ]);
  });

  it("misses when only the heal ends it, however early that came", () => {
    const reasons = [
      "requests failed from the fault on, and only the heal ended it; the objective is under 300 s",
    ];
    for (const expected of ["nobody-over", "open", "nobody-can-serve"] as const) {
      assert.deepEqual(at(expected, 10, 10).reasons, reasons);
      assert.deepEqual(at(expected, 9, 10).reasons, []);
    }
  });

  it("has words of its own, whatever came of it", () => {
    assert.equal(
      at("nobody-over", 0).headline,
      "nothing had to fail over, as the health check does not see this fault; no request failed",
    );
    assert.equal(
      at("nobody-can-serve", 10, 10).headline,
      "objective missed: neither side serves, so that no failover helps; 50 % of requests failed until the heal",
    );
    assert.equal(
      at("open", 0).headline,
      "nobody came over, as chance decides what the health check sees; no request failed",
    );
    assert.equal(
      at("away-at-rest", 0).headline,
      "nobody came over, as the DNS answers lead past the primary before it fails; no request failed",
    );
    assert.equal(judge(reportParts()).headline, "objectives met");
    assert.equal(judge(reportParts({ simulation: undefined })).headline, "not measured");
  });
});
