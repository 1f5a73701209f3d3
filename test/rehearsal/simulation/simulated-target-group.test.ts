import assert from "node:assert/strict";
import { ASSUMPTIONS } from "../../../rehearsal/simulation/assumptions";
import type { TargetGroupCheck } from "../../../rehearsal/simulation/played-check";
import { judgeTargetProbe } from "../../../rehearsal/simulation/probe";
import { SimulatedTargetGroup } from "../../../rehearsal/simulation/simulated-target-group";

const CHECK: TargetGroupCheck = {
  kind: "target-group",
  urn: "urn:group",
  inverted: false,
  disabled: false,
  type: "HTTP",
  intervalMs: 30_000,
  timeoutMs: 5_000,
  unhealthyThreshold: 2,
  healthyThreshold: 5,
  endpoint: 0,
};

function group(changes: Partial<TargetGroupCheck> = {}): SimulatedTargetGroup {
  const made = new SimulatedTargetGroup({ ...CHECK, ...changes }, 1, ASSUMPTIONS);
  made.reset(0);
  return made;
}

describe("SimulatedTargetGroup", () => {
  it("turns with the second failure of the last node, and back with the fifth success of one", () => {
    const targets = group();
    const observe = (node: number, passed: boolean, times: number) => {
      for (let time = 0; time < times; time++) targets.observe(node, passed);
      return targets.reported;
    };
    assert.deepEqual([observe(0, false, 2), observe(1, false, 1), observe(1, false, 1)], [true, true, false]);
    assert.deepEqual([observe(0, true, 4), observe(0, false, 1), observe(0, true, 4)], [false, false, false]);
    assert.equal(observe(0, true, 1), true);
  });

  it("sends a request each interval, or each timeout where that is longer", () => {
    assert.equal(group().roundMs, 30_000);
    assert.equal(group({ intervalMs: 5_000, timeoutMs: 5_001 }).roundMs, 5_001);
    for (const node of [0, 1]) assert.ok(group().firstRequestMs(node) < 30_000);
  });

  it("is never cut off by a partition between regions", () => {
    const { passed } = group().probe(0, { kind: "cut-off", checkerRegionsShare: 1 }, 0);
    assert.equal(passed, true);
  });

  it("loses the nodes of the lost zones with their targets, and never all while a zone is left", () => {
    const lost = (share: number) =>
      [0, 1].map((node) => group().probe(node, { kind: "zone-lost", share }, 0).passed);
    assert.deepEqual(lost(0), [true, true]);
    assert.deepEqual(lost(0.5), [false, true]);
    assert.deepEqual(lost(1), [false, false]);
  });

  it("draws another delay for each of its reports, within the assumption", () => {
    const targets = group();
    const delays = Array.from({ length: 20 }, () => targets.nextReportDelayMs());
    assert.ok(new Set(delays).size > 10);
    assert.ok(Math.max(...delays) <= ASSUMPTIONS.targetHealthSecondsMax * 1_000);
  });
});

describe("judgeTargetProbe", () => {
  const http = (responseMs: number, status = 200) =>
    judgeTargetProbe({ type: "HTTP", timeoutMs: 5_000 }, { connectMs: 2, responseMs, status });

  it("takes an answer until its timeout, connecting included", () => {
    assert.deepEqual(http(4_998), { passed: true, why: "status 200", tookMs: 5_000 });
    assert.deepEqual(http(4_999), { passed: false, why: "no answer within 5 s", tookMs: 5_000 });
    assert.deepEqual(http(2, 503), { passed: false, why: "status 503", tookMs: 4 });
  });

  it("takes a connection for enough by TCP, and no answer at all for none", () => {
    const tcp = { type: "TCP", timeoutMs: 5_000 } as const;
    assert.deepEqual(judgeTargetProbe(tcp, { connectMs: 2 }), { passed: true, why: "connected", tookMs: 2 });
    assert.equal(judgeTargetProbe(tcp, { connectMs: "timeout" }).tookMs, 5_000);
    const refused = { passed: false, why: "connection refused", tookMs: 2 };
    assert.deepEqual(judgeTargetProbe(tcp, { connectMs: "refused", refusedMs: 2 }), refused);
    assert.equal(judgeTargetProbe({ type: "HTTP", timeoutMs: 5_000 }, { connectMs: 2 }).passed, false);
  });
});
