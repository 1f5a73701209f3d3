import assert from "node:assert/strict";
import { runSimulation, SAMPLES_UNREAD_MAX, simulationFigures } from "../../drill/simulation-run";
import type { FailoverPlan } from "../../model/failover-plan";
import { UNKNOWN } from "../../model/unknown";
import type { InvariantViolation } from "../../rehearsal/simulation/invariants";
import { primaryDown } from "../../rehearsal/simulation/scenarios/primary-down";
import { simulate } from "../../rehearsal/simulation/simulate";
import type { SimulatedSample } from "../../rehearsal/simulation/simulated-sample";
import { failoverPlan, onlySet } from "../rehearsal/simulation/plan-fixture";

const plan = failoverPlan();
const options = { plan, set: onlySet(plan), scenario: primaryDown, cutovers: 20, resolvers: 5, seed: 3 };
const running = () => new AbortController().signal;

describe("drill/simulation-run", () => {
  it("finds in a thread what the simulation finds in this one", async () => {
    const progress: [number, number][] = [];
    const figures = await runSimulation(
      { ...options, onProgress: (done, of) => progress.push([done, of]) },
      running(),
    );
    assert.deepEqual(figures, simulationFigures(simulate(options)));
    assert.equal(figures.cutover.count, 20);
    assert.deepEqual(progress.at(-1), [20, 20]);
  });

  it("brings every cutover's sample across, in order, to a reader of any speed", async () => {
    const expected: SimulatedSample[] = [];
    simulate({ ...options, cutovers: 3 * SAMPLES_UNREAD_MAX, onSample: (sample) => expected.push(sample) });
    const samples: SimulatedSample[] = [];
    const onSample = (sample: SimulatedSample) => {
      samples.push(sample);
      if (samples.length % SAMPLES_UNREAD_MAX === 0)
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    };
    await runSimulation({ ...options, cutovers: 3 * SAMPLES_UNREAD_MAX, onSample }, running());
    assert.deepEqual(samples, expected);
  });

  it("ends with what the reader of the samples throws", async () => {
    const onSample = () => {
      throw new Error("the disk is full");
    };
    await assert.rejects(runSimulation({ ...options, onSample }, running()), { message: "the disk is full" });
  });

  it("takes unknown values across", async () => {
    const zones: FailoverPlan["zones"] = [{ urn: "urn:zone", name: UNKNOWN, id: UNKNOWN }];
    const figures = await runSimulation({ ...options, plan: { ...plan, zones } }, running());
    assert.equal(figures.cutover.count, 20);
  });

  it("ends within a second of an interrupt, whatever the size", async () => {
    const controller = new AbortController();
    const started = performance.now();
    const run = runSimulation(
      {
        ...options,
        cutovers: 1_000_000,
        resolvers: 1_000,
        onProgress: () => controller.abort(new Error("interrupted")),
      },
      controller.signal,
    );
    setTimeout(() => controller.abort(new Error("interrupted")), 200);
    await assert.rejects(run, { message: "interrupted" });
    assert.ok(performance.now() - started < 1_200);
    await assert.rejects(runSimulation(options, controller.signal), { message: "interrupted" });
  });

  it("passes on what the simulation throws", async () => {
    await assert.rejects(runSimulation({ ...options, cutovers: 0 }, running()), {
      message: "cutovers is 0; it must be a whole number from 1",
    });
  });

  it("tells ten violations and counts the rest", () => {
    const violation = (cutover: number): InvariantViolation => ({
      invariant: "no-answer-after-expiry",
      cutover,
      message: `late in ${cutover}`,
      replay: "seed 1",
    });
    const simulation = simulate({ ...options, cutovers: 1 });
    const told = (count: number) =>
      simulationFigures({
        ...simulation,
        violations: Array.from({ length: count }, (_, index) => violation(index)),
      }).violations;
    assert.equal(told(10).length, 10);
    assert.equal(told(10)[0], "late in 0; replay: seed 1");
    assert.deepEqual(told(12).slice(9), ["late in 9; replay: seed 1", "2 more of the same run"]);
  });
});
