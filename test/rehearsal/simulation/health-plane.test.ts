import assert from "node:assert/strict";
import { ASSUMPTIONS } from "../../../rehearsal/simulation/assumptions";
import { isBelievedHealthy } from "../../../rehearsal/simulation/believed-health";
import { Endpoints } from "../../../rehearsal/simulation/endpoints";
import { EventQueue } from "../../../rehearsal/simulation/event-queue";
import { Happens } from "../../../rehearsal/simulation/happens";
import { HealthPlane } from "../../../rehearsal/simulation/health-plane";
import { playableSystem } from "../../../rehearsal/simulation/played-system";
import { failoverPlan, onlySet, type PairOptions } from "./plan-fixture";
import { CHILDREN, calculatedPlan, metricPlan, systemOf } from "./system-fixture";

function planeOf(options: PairOptions = {}) {
  const plan = failoverPlan(options);
  const playable = playableSystem(plan, onlySet(plan));
  if (playable.kind === "refused") assert.fail(playable.why);
  const endpoints = new Endpoints(2);
  endpoints.reset(0);
  const queue = new EventQueue();
  queue.reset(0);
  const plane = new HealthPlane(playable.system, endpoints, queue, 1, ASSUMPTIONS);
  plane.reset(0, 0);
  return { plane, queue, endpoints };
}

describe("HealthPlane", () => {
  it("starts every checker of a check once", () => {
    const { queue } = planeOf();
    const checkers: number[] = [];
    while (queue.pop()) {
      assert.equal(queue.kind, Happens.ProbeSent);
      checkers.push(queue.subject);
    }
    assert.deepEqual(
      checkers.sort((a, b) => a - b),
      Array.from({ length: 16 }, (_, checker) => checker),
    );
  });

  it("does not probe for a disabled check", () => {
    assert.equal(planeOf({ primaryCheck: { disabled: true } }).queue.pop(), false);
  });

  it("judges a probe when it is answered, and sends the next one interval later", () => {
    const { plane, queue, endpoints } = planeOf();
    queue.reset(0);
    endpoints.behave(0, { kind: "hang" }, 0);
    plane.sendProbe(4, 0, 1_000);
    queue.pop();
    assert.deepEqual(
      [queue.atMs, queue.kind, queue.subject, queue.detail],
      // Sent at 1,000; checker 4 is 119 ms away with this seed, and waits 2 s for a response.
      [3_119, Happens.ProbeJudged, 4, 0],
    );
    assert.equal(plane.judgeProbe(4, 0, 3_119), -1);
    queue.pop();
    assert.deepEqual([queue.atMs, queue.kind, queue.subject], [13_119, Happens.ProbeSent, 4]);
  });

  it("lets a request that was sent before a fault pass", () => {
    const { plane, queue, endpoints } = planeOf();
    queue.reset(0);
    plane.sendProbe(0, 0, 1_000);
    endpoints.behave(0, { kind: "refuse" }, 1_000);
    queue.pop();
    assert.equal(queue.detail, 1);
  });

  it("tells every name server of a change within the assumed time, and each believes it when it arrives", () => {
    const { plane, queue } = planeOf({ primaryCheck: { failureThreshold: 1 } });
    queue.reset(0);
    for (let checker = 0; checker < 13; checker++) assert.equal(plane.judgeProbe(checker, 0, 0), -1);
    assert.equal(plane.judgeProbe(13, 0, 0), 0);
    assert.equal(plane.isReportedHealthy(0), false);
    const told: number[] = [];
    while (queue.pop()) {
      if (queue.kind !== Happens.HealthArrives) continue;
      assert.ok(queue.atMs <= 5_000);
      assert.equal(plane.beliefOf(queue.subject), 1);
      plane.arrive(queue.subject, queue.detail);
      assert.equal(plane.beliefOf(queue.subject), 0);
      told.push(queue.subject);
    }
    assert.deepEqual(told.sort(), [0, 1, 2, 3]);
  });

  it("stops the probes of a check that is deleted, and keeps what it said last", () => {
    const { plane, queue } = planeOf({ primaryCheck: { failureThreshold: 1 } });
    queue.reset(0);
    plane.deleteCheck(0);
    plane.sendProbe(0, 0, 1_000);
    for (let checker = 0; checker < 16; checker++) assert.equal(plane.judgeProbe(checker, 0, 1_000), -1);
    assert.equal(queue.pop(), false);
    assert.equal(plane.isReportedHealthy(0), true);
    plane.reset(1, 0);
    assert.equal(queue.pop(), true);
  });

  it("publishes a metric once a period, and tells every server when it turns", () => {
    const system = systemOf(metricPlan());
    const endpoints = new Endpoints(2);
    endpoints.reset(0);
    const queue = new EventQueue();
    queue.reset(0);
    const plane = new HealthPlane(system, endpoints, queue, 1, ASSUMPTIONS);
    plane.reset(0, 0);
    endpoints.behave(0, { kind: "http-503" }, 0);
    const published: number[] = [];
    while (plane.beliefOf(0) === 1 && queue.pop()) {
      if (queue.kind === Happens.HealthArrives) plane.arrive(queue.subject, queue.detail);
      else {
        assert.equal(queue.kind, Happens.MetricPublished);
        published.push(queue.atMs);
        plane.publishMetric(queue.detail, queue.atMs);
      }
    }
    assert.deepEqual(
      published.slice(1).map((atMs, index) => atMs - (published[index] ?? 0)),
      new Array(published.length - 1).fill(60_000),
    );
    assert.ok(published.length >= 2 && published.length <= 4, `${published.length} points`);
    assert.equal(plane.isReportedHealthy(0), false);
  });

  it("lets a calculated check follow what is reported of its children", () => {
    const system = systemOf(calculatedPlan(3));
    const endpoints = new Endpoints(2);
    endpoints.reset(0);
    const queue = new EventQueue();
    queue.reset(0);
    const plane = new HealthPlane(system, endpoints, queue, 1, ASSUMPTIONS);
    plane.reset(0, 0);
    const parent = system.checks.findIndex(({ kind }) => kind === "calculated");
    const child = system.checks.findIndex(({ urn }) => urn === CHILDREN[0]);
    assert.equal(plane.isReportedHealthy(parent), true);
    for (let round = 0; round < 3; round++) {
      for (let checker = 0; checker < 16; checker++) plane.judgeProbe(checker, 2 * child, 0);
    }
    assert.deepEqual([plane.isReportedHealthy(child), plane.isReportedHealthy(parent)], [false, false]);
  });

  it("keeps what a calculated check said last when it is deleted, at every name server and whatever its children say", () => {
    const system = systemOf(calculatedPlan(3));
    const endpoints = new Endpoints(2);
    endpoints.reset(0);
    const queue = new EventQueue();
    queue.reset(0);
    const plane = new HealthPlane(system, endpoints, queue, 1, ASSUMPTIONS);
    const [parent, child] = [undefined, CHILDREN[0]].map((urn) =>
      system.checks.findIndex((check) =>
        urn === undefined ? check.kind === "calculated" : check.urn === urn,
      ),
    ) as [number, number];
    const play = (verdict: 0 | 1) => {
      queue.reset(0);
      for (let round = 0; round < 3; round++)
        for (let checker = 0; checker < 16; checker++) plane.judgeProbe(checker, 2 * child + verdict, 0);
      while (queue.pop()) if (queue.kind === Happens.HealthArrives) plane.arrive(queue.subject, queue.detail);
    };
    const said = () =>
      [child, parent].map((index) => [
        plane.isReportedHealthy(index),
        ...Array.from({ length: plane.nameServerCount }, (_, server) =>
          isBelievedHealthy(system.checks, index, plane.beliefOf(server)),
        ),
      ]);
    const all = (isHealthy: boolean) => new Array(5).fill(isHealthy);
    plane.reset(0, 0);
    plane.deleteCheck(parent);
    play(0);
    assert.deepEqual(said(), [all(false), all(true)]);
    play(1);
    assert.deepEqual(said(), [all(true), all(true)]);
    queue.reset(0);
    plane.reset(1, 0);
    play(0);
    plane.deleteCheck(parent);
    assert.deepEqual(said(), [all(false), all(false)]);
    play(1);
    assert.deepEqual(said(), [all(true), all(false)]);
  });
});
