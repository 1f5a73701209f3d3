import assert from "node:assert/strict";
import type { OtherSet, ReportParts } from "../../../drill/report/report-parts";
import { worstBound } from "../../../drill/report/verdict";
import { sumBound } from "../../../model/recovery-bound";
import { judged, missed, reportParts } from "./report-parts";

describe("drill/report/verdict", () => {
  it("is met when everything holds", () => {
    assert.deepEqual(judged({}), { verdict: "met", reasons: [] });
  });

  it("gives no verdict without samples where nothing is proven to miss", () => {
    const unmeasured = (...reasons: string[]) => ({ verdict: "not-measured", reasons });
    assert.deepEqual(judged({ simulation: undefined }), unmeasured("no cutover was simulated"));
    const none = { ...reportParts().simulation!, cutover: { count: 0, stranded: 0 } };
    assert.deepEqual(judged({ simulation: none }), unmeasured("no cutover was simulated"));
    const loopback = { ...reportParts().loopback!, requests: 0, clientSeconds: null };
    assert.deepEqual(
      judged({ loopback, teardown: undefined }),
      unmeasured("no request was sent on loopback", "the teardown did not run"),
    );
    const noPair = { unplayed: ["the stack has no failover pair to play"], simulation: undefined };
    const bounds = [{ kind: "unknown", urn: "urn:record", path: "ttl" } as const];
    for (const known of [[], bounds]) {
      assert.deepEqual(
        judged({ ...noPair, loopback: undefined, bounds: known }),
        unmeasured(
          "the stack has no failover pair to play",
          "no cutover was simulated",
          "no request was sent on loopback",
        ),
      );
    }
  });

  it("misses on what is proven without samples, and tells what was not measured behind it", () => {
    const unmeasured = ["no cutover was simulated"];
    const at = (changes: Partial<ReportParts>) => judged({ simulation: undefined, ...changes });
    const cost = { ...reportParts().cost, standbyMicroUsd: 90_000_000 };
    assert.deepEqual(
      at({ cost }),
      missed("the idle standby costs $90.00 a month; the budget is under $50.00", ...unmeasured),
    );
    assert.deepEqual(at({ bounds: [sumBound(209, 60)] }), { verdict: "not-measured", reasons: unmeasured });
    assert.deepEqual(
      at({ bounds: [sumBound(210, 60)] }),
      missed(
        "the recovery bound is 300 s; the objective is under 300 s; lower the interval, threshold or TTL",
        ...unmeasured,
      ),
    );
    assert.deepEqual(
      at({ bounds: [{ kind: "unbounded", why: "no check" }] }),
      missed("the recovery time has no bound: no check", ...unmeasured),
    );
    const finding = { rule: "failover-ttl", urn: "urn:record", path: "ttl", message: "ttl is 300" } as const;
    const policy = { rules: 4, findings: [{ ...finding, level: "mandatory", verdict: "fail" } as const] };
    const unplayed = ["the stack has no failover pair to play"];
    assert.deepEqual(
      at({ policy, unplayed, bounds: [] }),
      missed("rule failover-ttl: ttl is 300", ...unplayed, ...unmeasured),
    );
    const cutover = { count: 1_000, stranded: 7 };
    assert.deepEqual(
      judged({ simulation: { ...reportParts().simulation!, cutover }, loopback: undefined }),
      missed(
        "no simulated client was ever served elsewhere; the objective is under 300 s",
        "no request was sent on loopback",
      ),
    );
  });

  it("says nothing of a client on loopback that no fault came to", () => {
    const unplayed = ["the loopback ended before the fault"];
    const loopback = { ...reportParts().loopback!, clientSeconds: null };
    assert.deepEqual(judged({ loopback, unplayed }), { verdict: "not-measured", reasons: unplayed });
  });

  it("holds the loopback cutover against an open objective", () => {
    const at = (clientSeconds: number | null) =>
      judged({ loopback: { ...reportParts().loopback!, clientSeconds } });
    assert.equal(at(299.999).verdict, "met");
    assert.deepEqual(
      at(300),
      missed("the client cutover on loopback took 300 s; the objective is under 300 s"),
    );
    assert.deepEqual(
      at(null),
      missed("the client on loopback was never served elsewhere; the objective is under 300 s"),
    );
  });

  it("needs nobody over on loopback where nobody had to come over and every request was served", () => {
    const of = (failed: number) => {
      const loopback = { ...reportParts().loopback!, clientSeconds: null, failed };
      const cutover = { count: 100, stranded: 0 };
      const simulation = { ...reportParts().simulation!, cutover, failback: cutover };
      return judged({ loopback, simulation, expected: "nobody-over" }).reasons;
    };
    assert.deepEqual(of(0), []);
    assert.deepEqual(of(1), [
      "the client on loopback was never served elsewhere; the objective is under 300 s",
    ]);
  });

  it("holds the cutover of every covered group against it, not only that of the first", () => {
    const base = reportParts().loopback!;
    const group = (name: string, cutoverSeconds: number | null, notCovered: string | null = null) => ({
      ...{ group: name, notCovered, requests: 100, failed: 9, cutoverSeconds, failbackSeconds: 1 },
    });
    const at = (...others: ReturnType<typeof group>[]) =>
      judged({ loopback: { ...base, clientSeconds: 71, groups: [group("readers", 71), ...others] } });
    assert.equal(at(group("writers", 299.999)).verdict, "met");
    assert.deepEqual(
      at(group("writers", 300), group("editors", 301)),
      missed(
        "the cutover of the writers on loopback took 300 s; the objective is under 300 s",
        "the cutover of the editors on loopback took 301 s; the objective is under 300 s",
      ),
    );
    assert.deepEqual(
      at(group("writers", null)),
      missed("on loopback the writers were never served by others; the objective is under 300 s"),
    );
    assert.equal(at(group("https visitors", 300, "HTTP only")).verdict, "met");
    const first = { ...base, clientSeconds: 300, groups: [group("readers", 300), group("writers", 71)] };
    assert.deepEqual(
      judged({ loopback: first }),
      missed("the cutover of the readers on loopback took 300 s; the objective is under 300 s"),
    );
  });

  it("holds the slowest simulated client against it", () => {
    const at = (max: number | undefined) => {
      const simulation = reportParts().simulation!;
      const { clientSeconds, ...cutover } = simulation.cutover;
      const clients = max === undefined ? {} : { clientSeconds: { ...clientSeconds!, max } };
      return judged({ simulation: { ...simulation, cutover: { ...cutover, ...clients } } });
    };
    assert.equal(at(299.999).verdict, "met");
    assert.deepEqual(
      at(300),
      missed("the slowest simulated client cutover took 300 s; the objective is under 300 s"),
    );
    assert.deepEqual(
      at(undefined),
      missed("no simulated client was ever served elsewhere; the objective is under 300 s"),
    );
  });

  it("holds the bound against it, and takes no bound for a miss", () => {
    assert.equal(judged({ bounds: [sumBound(209, 60)] }).verdict, "met");
    assert.deepEqual(
      judged({ bounds: [sumBound(54, 60), sumBound(210, 60)] }),
      missed(
        "the recovery bound is 300 s; the objective is under 300 s; lower the interval, threshold or TTL",
      ),
    );
    assert.deepEqual(
      judged({ bounds: [{ kind: "unbounded", why: "the record has no TTL" }] }),
      missed("the recovery time has no bound: the record has no TTL"),
    );
    assert.deepEqual(
      judged({ bounds: [{ kind: "unknown", urn: "urn:record", path: "ttl" }] }),
      missed("the recovery bound is not known: ttl of urn:record"),
    );
    assert.deepEqual(
      judged({ bounds: [] }),
      missed("the recovery bound cannot be computed: the stack has no failover pair"),
    );
  });

  it("misses when the loss of a further place went otherwise than the application expects", () => {
    const at = (asExpected: boolean) => {
      const place = { place: "every-gateway", title: "all are lost", expectation: "all-named" } as const;
      const places = [{ ...place, asExpected, requests: 9, failed: 9, cutoverSeconds: null }];
      return judged({ loopback: { ...reportParts().loopback!, places } });
    };
    assert.equal(at(true).verdict, "met");
    assert.deepEqual(at(false), missed("on loopback the loss of every-gateway went otherwise: all are lost"));
  });

  it("holds the idle cost against an open budget", () => {
    const at = (standbyMicroUsd: number) => judged({ cost: { ...reportParts().cost, standbyMicroUsd } });
    assert.equal(at(49_999_999).verdict, "met");
    assert.deepEqual(
      at(50_000_000),
      missed("the idle standby costs $50.00 a month; the budget is under $50.00"),
    );
  });

  it("misses on a whole stack that costs as much as its budget, where it has one", () => {
    const at = (totalMicroUsd: number, stackMonthlyUsd: number | undefined) =>
      judged({
        cost: { ...reportParts().cost, totalMicroUsd },
        objectives: { ...reportParts().objectives, stackMonthlyUsd },
      });
    assert.equal(at(4_999_999, 5).verdict, "met");
    assert.deepEqual(
      at(5_000_000, 5),
      missed("the idle stack costs $5.00 a month; the budget is under $5.00"),
    );
    assert.equal(at(5_000_000, undefined).verdict, "met");
  });

  it("tells of one budget where the whole stack's holds the standby too", () => {
    const at = (stackMonthlyUsd: number) =>
      judged({
        cost: { ...reportParts().cost, standbyMicroUsd: 60_000_000, totalMicroUsd: 60_000_000 },
        objectives: { ...reportParts().objectives, stackMonthlyUsd },
      });
    const stack = (budget: string) => `the idle stack costs $60.00 a month; the budget is under ${budget}`;
    assert.deepEqual(at(50), missed(stack("$50.00")));
    assert.deepEqual(
      at(50.01),
      missed("the idle standby costs $60.00 a month; the budget is under $50.00", stack("$50.01")),
    );
  });

  it("misses on a resource of the standby without a price", () => {
    const at = (standby: boolean) => {
      const nat = {
        urn: "urn:nat",
        type: "aws:ec2/natGateway:NatGateway",
        why: "not in the price list",
        path: "",
      };
      const unpriced = [{ ...nat, kind: "type" as const, standby }];
      return judged({ cost: { ...reportParts().cost, unpriced } });
    };
    assert.deepEqual(at(true), missed("no idle price for urn:nat: not in the price list"));
    assert.equal(at(false).verdict, "met");
  });

  it("misses on a mandatory violation, known or undecided, and not on an advisory one", () => {
    const finding = {
      rule: "failover-ttl",
      urn: "urn:record",
      path: "ttl",
      message: "ttl is 300\n  evidence",
    } as const;
    const at = (level: "mandatory" | "advisory", verdict: "fail" | "unknown") =>
      judged({ policy: { rules: 4, findings: [{ ...finding, level, verdict }] } });
    assert.deepEqual(at("mandatory", "fail"), missed("rule failover-ttl: ttl is 300"));
    assert.equal(at("mandatory", "unknown").verdict, "missed");
    assert.equal(at("advisory", "fail").verdict, "met");
  });

  it("misses on what the teardown leaves billing, and on what it does not account for", () => {
    const left = (monthlyUsd: number | null) => [
      { urn: "urn:zone", type: "aws:route53/zone:Zone", monthlyUsd },
    ];
    const at = (monthlyUsd: number | null) =>
      judged({ teardown: { created: 57, deleted: 56, left: left(monthlyUsd) } });
    assert.equal(at(0).verdict, "met");
    assert.deepEqual(at(0.5), missed("the teardown left urn:zone, which bills $0.50 a month"));
    assert.deepEqual(at(null), missed("the teardown left urn:zone, whose price is not known"));
    assert.deepEqual(
      judged({ teardown: { created: 57, deleted: 56, left: [] } }),
      missed("the teardown accounts for 56 of 57 resources"),
    );
  });

  it("misses on clients that the standby never served", () => {
    const simulation = reportParts().simulation!;
    assert.deepEqual(
      judged({ simulation: { ...simulation, cutover: { ...simulation.cutover, stranded: 3 } } }),
      missed("3 simulated clients were never served elsewhere; the objective is under 300 s"),
    );
  });

  it("says why nothing was measured", () => {
    assert.deepEqual(
      judged({ loopback: undefined, unplayed: ["the plan cannot be played on loopback: no region"] }),
      {
        verdict: "not-measured",
        reasons: ["the plan cannot be played on loopback: no region", "no request was sent on loopback"],
      },
    );
  });

  it("judges clients that honour the TTL where kinds are mixed, and no others", () => {
    const simulation = reportParts().simulation!;
    const seconds = { p5: 1, p50: 2, p95: 3, p99: 4 };
    const at = (max: number, stranded: number) =>
      judged({
        simulation: {
          ...simulation,
          cutover: {
            ...simulation.cutover,
            clientSeconds: { ...seconds, max: 900 },
            stranded: 40 + stranded,
          },
          kinds: {
            compliant: { over: 100, stranded, clientSeconds: { ...seconds, max } },
            others: [{ name: "jvm-for-ever", over: 0, stranded: 40 }],
          },
        },
      });
    assert.deepEqual(at(299.999, 0), { verdict: "met", reasons: [] });
    assert.deepEqual(
      at(300, 0),
      missed("the slowest simulated client cutover took 300 s; the objective is under 300 s"),
    );
    assert.deepEqual(
      at(90, 1),
      missed("1 simulated clients were never served elsewhere; the objective is under 300 s"),
    );
  });

  it("misses on another set that is late, and meets nothing while one was not rehearsed", () => {
    const figures = reportParts().simulation!;
    const of = { name: "a.example.com", type: "A", routing: "failover", bound: sumBound(54, 60) };
    const simulated = (max: number): OtherSet => {
      const clientSeconds = { ...figures.cutover.clientSeconds!, max };
      const late = { ...figures, cutover: { ...figures.cutover, clientSeconds } };
      return { ...of, outcome: { kind: "simulated", figures: late, expected: "everybody-over" } };
    };
    const hindered: OtherSet = { ...of, outcome: { kind: "not-rehearsed", why: "no TTL" } };
    const late =
      "a.example.com A: the slowest simulated client cutover took 300 s; the objective is under 300 s";
    const unrehearsed = "a.example.com A was not rehearsed: no TTL";
    assert.equal(judged({ others: [simulated(299.999)] }).verdict, "met");
    assert.deepEqual(judged({ others: [simulated(300)] }), missed(late));
    assert.deepEqual(judged({ others: [hindered] }), { verdict: "not-measured", reasons: [unrehearsed] });
    assert.deepEqual(judged({ others: [simulated(300), hindered] }), missed(late, unrehearsed));
  });

  it("misses on a violated invariant", () => {
    const simulation = { ...reportParts().simulation!, violations: ["an answer outlived its TTL"] };
    assert.deepEqual(judged({ simulation }), missed("invariant violated: an answer outlived its TTL"));
  });

  it("orders bounds: none at all, not known, the longest", () => {
    const short = sumBound(10, 10);
    const long = sumBound(20, 10);
    const unknown = { kind: "unknown", urn: "urn:x", path: "ttl" } as const;
    const unbounded = { kind: "unbounded", why: "no check" } as const;
    assert.equal(worstBound([]), undefined);
    assert.equal(worstBound([short, long, short]), long);
    assert.equal(worstBound([unknown, long]), unknown);
    assert.equal(worstBound([unknown, unbounded, long]), unbounded);
  });
});
