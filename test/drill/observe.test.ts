import assert from "node:assert/strict";
import { observe, primaryEndpoint } from "../../drill/observe";
import type { Sample } from "../../rehearsal/simulation/sample";
import { PRIMARY, rehearsalSamples, STANDBY } from "./rehearsal-samples";

const mark = (atSeconds: number, name: "fault" | "heal"): Sample => ({ atSeconds, kind: "mark", mark: name });
const answer = (atSeconds: number, endpoint: string | null): Sample => ({
  atSeconds,
  kind: "answer",
  server: "authoritative",
  name: "profiles.example.com",
  type: "A",
  endpoint,
  addresses: [],
  ttlSeconds: 60,
});
const request = (atSeconds: number, ok: boolean, endpoint: string | null): Sample => ({
  atSeconds,
  kind: "request",
  ok,
  status: ok ? 200 : 503,
  endpoint,
  region: null,
  latencyMs: 1,
});

describe("drill/observe", () => {
  it("finds the figures of a rehearsal in its samples", () => {
    assert.deepEqual(observe(rehearsalSamples()), {
      authoritativeSeconds: 40.25,
      clientSeconds: 71.5,
      failbackSeconds: 64.5,
      requests: 300,
      failed: 71,
      lostWrites: 1,
      replicationLagMs: { p50: 600, max: 660 },
    });
  });

  it("counts from the fault and from the heal, both moments included", () => {
    const samples = [
      answer(1, PRIMARY),
      request(2, true, STANDBY),
      mark(10, "fault"),
      answer(10, STANDBY),
      request(10, true, STANDBY),
      request(15, true, PRIMARY),
      mark(20, "heal"),
      request(20, true, PRIMARY),
    ];
    const { authoritativeSeconds, clientSeconds, failbackSeconds } = observe(samples);
    assert.deepEqual([authoritativeSeconds, clientSeconds, failbackSeconds], [0, 0, 0]);
  });

  it("takes no failed request and no answer to nowhere for a cutover", () => {
    const samples = [
      answer(1, PRIMARY),
      mark(10, "fault"),
      answer(11, null),
      request(12, false, STANDBY),
      request(13, true, PRIMARY),
    ];
    const { authoritativeSeconds, clientSeconds, failbackSeconds, requests, failed } = observe(samples);
    assert.deepEqual([authoritativeSeconds, clientSeconds, failbackSeconds], [null, null, null]);
    assert.deepEqual([requests, failed], [2, 1]);
  });

  it("says null where there is nothing to see", () => {
    assert.deepEqual(observe([]), {
      authoritativeSeconds: null,
      clientSeconds: null,
      failbackSeconds: null,
      requests: 0,
      failed: 0,
      lostWrites: 0,
      replicationLagMs: null,
    });
  });

  it("knows the primary by the first answer before the fault", () => {
    assert.equal(primaryEndpoint([answer(1, null), answer(2, PRIMARY), answer(3, STANDBY)]), PRIMARY);
    assert.equal(primaryEndpoint([mark(0, "fault"), answer(2, STANDBY)]), null);
    assert.equal(primaryEndpoint([request(1, false, STANDBY), request(2, true, PRIMARY)]), PRIMARY);
  });
});
