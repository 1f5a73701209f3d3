import assert from "node:assert/strict";
import { primaryDown } from "../../../rehearsal/simulation/scenarios/primary-down";
import { simulate } from "../../../rehearsal/simulation/simulate";
import { type SimulatedSample, simulatedSample } from "../../../rehearsal/simulation/simulated-sample";
import { failoverPlan, onlySet, type PairOptions } from "./plan-fixture";

function samplesOf(cutovers: number, pair: PairOptions = {}) {
  const plan = failoverPlan(pair);
  const samples: SimulatedSample[] = [];
  const simulation = simulate({
    plan,
    set: onlySet(plan),
    scenario: primaryDown,
    cutovers,
    resolvers: 5,
    seed: 4,
    epochMs: 1_700_000_000_000,
    onSample: (sample) => samples.push(sample),
  });
  return { samples, simulation };
}

const numbers = (values: readonly (number | null)[]) => values.filter((value) => value !== null);

describe("rehearsal/simulation/simulated-sample", () => {
  it("is in seconds, with null for what did not happen", () => {
    const cutover = {
      startMs: 15_250,
      checkMs: 30_001,
      authoritativeMs: Float64Array.of(31_000, -1),
      clientMs: Float64Array.of(0, -1),
    };
    const failback = {
      startMs: 140_000,
      checkMs: -1,
      authoritativeMs: Float64Array.of(26_500, -2),
      clientMs: Float64Array.of(50_125, -2),
    };
    assert.deepEqual(simulatedSample(7, 1, { cutover, failback }), {
      basis: "simulated",
      kind: "cutover",
      index: 7,
      seed: 1,
      faultAtSeconds: 15.25,
      healAtSeconds: 140,
      cutover: { unhealthySeconds: 30.001, authoritativeSeconds: [31, null], clientSeconds: [0, null] },
      failback: { healthySeconds: null, authoritativeSeconds: [26.5, null], clientSeconds: [50.125, null] },
    });
  });

  it("has one entry per name server and resolver, and the fault in the second round", () => {
    const { samples } = samplesOf(20);
    assert.deepEqual(
      samples.map(({ index, seed }) => [index, seed]),
      samples.map((_, index) => [index, 4]),
    );
    for (const { faultAtSeconds, healAtSeconds, cutover, failback } of samples) {
      assert.deepEqual([cutover.authoritativeSeconds.length, cutover.clientSeconds.length], [4, 5]);
      assert.deepEqual([failback.authoritativeSeconds.length, failback.clientSeconds.length], [4, 5]);
      assert.ok(faultAtSeconds >= 10 && faultAtSeconds < 20, `${faultAtSeconds}`);
      assert.ok(healAtSeconds > faultAtSeconds + Math.max(...numbers(cutover.clientSeconds)));
    }
  });

  it("holds what the figures are made of, strangers to the cutover left out of the failback", () => {
    for (const pair of [{}, { secondaryCheck: { fqdn: "primary.app.example.com" } }]) {
      const { samples, simulation } = samplesOf(20, pair);
      const { cutover, failback } = simulation;
      const counted = (figure: typeof cutover.clientSeconds) =>
        [...figure.counts()].flatMap(([ms, count]) => Array<number>(count).fill(ms / 1_000));
      const ascending = (values: readonly (number | null)[]) => numbers(values).sort((a, b) => a - b);
      assert.deepEqual(
        ascending(samples.flatMap((sample) => sample.cutover.clientSeconds)),
        counted(cutover.clientSeconds),
      );
      assert.deepEqual(
        ascending(samples.flatMap((sample) => sample.failback.clientSeconds)),
        counted(failback.clientSeconds),
      );
      assert.deepEqual(
        ascending(samples.flatMap((sample) => sample.failback.authoritativeSeconds)),
        counted(failback.authoritativeSeconds),
      );
      const strangers = samples.flatMap((sample) => sample.cutover.clientSeconds).filter((it) => it === null);
      assert.equal(strangers.length, cutover.stranded);
    }
  });

  it("is the same whether its cutover is played among many or among few", () => {
    assert.deepEqual(samplesOf(5).samples, samplesOf(20).samples.slice(0, 5));
  });
});
