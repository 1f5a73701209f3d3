import assert from "node:assert/strict";
import { observe, primaryEndpoint, unrest } from "../../drill/observe";
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

  it("measures no failure without a fault", () => {
    const { requests, failed } = observe([answer(1, PRIMARY), request(2, true, PRIMARY)]);
    assert.deepEqual([requests, failed], [1, null]);
  });

  it("notices that a machine was not at rest before the fault", () => {
    const slow = (signs: string) =>
      `before the fault ${signs}, so the machine is too slow for 60 times real time; lower --speed`;
    const rest = [answer(1, PRIMARY), request(2, true, PRIMARY)];
    const lost = [mark(10, "fault"), answer(11, STANDBY), request(12, false, PRIMARY)];
    const told = (before: readonly Sample[], after: readonly Sample[] = lost) =>
      unrest([...rest, ...before, ...after], 60);
    assert.equal(told([]), undefined);
    assert.equal(told([request(3, false, PRIMARY)]), slow("1 of 2 requests failed"));
    assert.equal(told([answer(3, STANDBY)]), slow("the DNS answer left the primary"));
    assert.equal(
      told([answer(3, STANDBY), request(4, false, STANDBY)]),
      slow("1 of 2 requests failed, and the DNS answer left the primary"),
    );
    assert.equal(told([request(3, false, PRIMARY)], []), undefined);
    // Of a set that several serve each is answered while all are well.
    const member = { ...mark(10, "fault"), member: PRIMARY } as Sample;
    assert.equal(told([answer(3, STANDBY)], [member]), undefined);
  });

  const visit = (group: string, atSeconds: number, ok: boolean, endpoint: string | null): Sample => ({
    ...(request(atSeconds, ok, endpoint) as Extract<Sample, { kind: "request" }>),
    group,
  });
  const group = (name: string, notCovered: string | null): Sample => ({
    ...{ atSeconds: 0, kind: "group", group: name, notCovered },
  });

  it("times the first group of visitors, counts the requests of all, and tells of each what it met", () => {
    const samples = [
      group("http visitors", null),
      group("https visitors", "the standby speaks HTTP only"),
      answer(1, PRIMARY),
      visit("https visitors", 2, true, PRIMARY),
      mark(10, "fault"),
      visit("https visitors", 11, false, PRIMARY),
      visit("http visitors", 12, false, PRIMARY),
      visit("https visitors", 13, true, STANDBY),
      visit("http visitors", 17, true, STANDBY),
      mark(20, "heal"),
      visit("https visitors", 22, true, PRIMARY),
      visit("http visitors", 25, true, STANDBY),
      visit("http visitors", 26, true, PRIMARY),
    ];
    const { clientSeconds, failbackSeconds, requests, failed, groups } = observe(samples);
    assert.deepEqual([clientSeconds, failbackSeconds, requests, failed], [7, 6, 8, 2]);
    const [of, notCovered] = ["https visitors", "the standby speaks HTTP only"];
    assert.deepEqual(groups, [
      {
        ...{ group: "http visitors", notCovered: null, requests: 4, failed: 1 },
        ...{ cutoverSeconds: 7, failbackSeconds: 6 },
      },
      { group: of, notCovered, requests: 4, failed: 1, cutoverSeconds: 3, failbackSeconds: 2 },
    ]);
  });

  it("calls it no cutover of a group that others serve only after the heal", () => {
    const [, second] =
      observe([
        group("http visitors", null),
        group("https visitors", null),
        answer(1, PRIMARY),
        mark(10, "fault"),
        mark(20, "heal"),
        visit("https visitors", 20, true, STANDBY),
      ]).groups ?? [];
    assert.deepEqual([second?.requests, second?.cutoverSeconds, second?.failbackSeconds], [1, null, null]);
  });

  it("shows a fault that is absorbed as one in which nobody is led elsewhere and no request fails", () => {
    const title = "the region is lost";
    const lost: Sample = {
      ...{ atSeconds: 29, kind: "place", place: "primary-region", title, expectation: "absorbed" },
      ...{ asExpected: true, requests: 2, failed: 0, cutoverSeconds: null },
    };
    const { authoritativeSeconds, clientSeconds, failed, places } = observe([
      answer(1, PRIMARY),
      { ...mark(10, "fault"), place: "primary-region" } as Sample,
      request(12, true, PRIMARY),
      mark(20, "heal"),
      request(21, true, PRIMARY),
      lost,
    ]);
    assert.deepEqual([authoritativeSeconds, clientSeconds, failed], [null, null, 0]);
    assert.deepEqual(places, [
      {
        ...{ place: "primary-region", title, expectation: "absorbed" },
        ...{ asExpected: true, requests: 2, failed: 0, cutoverSeconds: null },
      },
    ]);
  });

  it("says null where there is nothing to see", () => {
    assert.deepEqual(observe([]), {
      authoritativeSeconds: null,
      clientSeconds: null,
      failbackSeconds: null,
      requests: 0,
      failed: null,
      lostWrites: null,
      replicationLagMs: null,
    });
  });

  it("calls no write lost only where a write was acknowledged and what is missing was looked for", () => {
    const write = (atSeconds: number, ok: boolean): Sample => ({
      ...{ atSeconds, kind: "write", id: "write-0", version: ok ? 1 : 0, ok, region: null },
    });
    const lost: Sample = { atSeconds: 18, kind: "write-lost", id: "write-0", version: 0, region: null };
    const [fault, heal] = [mark(10, "fault"), mark(20, "heal")];
    const lostWrites = (...samples: Sample[]) => observe(samples).lostWrites;
    assert.equal(lostWrites(fault, heal), null);
    assert.equal(lostWrites(write(5, false), fault, heal), null);
    assert.equal(lostWrites(write(5, true), fault, heal), 0);
    assert.equal(lostWrites(write(5, true), fault), null);
    assert.equal(lostWrites(fault, write(11, false), lost, heal), 1);
  });

  it("knows the primary by the first answer before the fault", () => {
    assert.equal(primaryEndpoint([answer(1, null), answer(2, PRIMARY), answer(3, STANDBY)]), PRIMARY);
    assert.equal(primaryEndpoint([mark(0, "fault"), answer(2, STANDBY)]), null);
    assert.equal(primaryEndpoint([request(1, false, STANDBY), request(2, true, PRIMARY)]), PRIMARY);
  });
});
