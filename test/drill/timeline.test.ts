import assert from "node:assert/strict";
import { timelineSvg } from "../../drill/report/timeline-svg";
import { timelineOf } from "../../drill/timeline";
import type { Sample } from "../../rehearsal/simulation/sample";
import { rehearsalSamples } from "./rehearsal-samples";

const words = {
  system: "profile-api (dev)",
  scenarioTitle: "the primary answers 503 & more",
  clientSeconds: 71.5,
  failbackSeconds: 64.5,
  boundSeconds: 144,
  objectiveSeconds: 300,
};

describe("drill/timeline", () => {
  const timeline = timelineOf(rehearsalSamples());

  it("counts seconds from the fault", () => {
    const { fromSeconds, toSeconds, faultSeconds, healSeconds } = timeline;
    assert.deepEqual([fromSeconds, toSeconds, faultSeconds, healSeconds], [-30, 270, 0, 170]);
  });

  it("draws one band for as long as one server answers", () => {
    assert.deepEqual(timeline.authoritative, [
      { fromSeconds: -29.75, toSeconds: 40.25, server: "primary" },
      { fromSeconds: 40.25, toSeconds: 200.25, server: "standby" },
      { fromSeconds: 200.25, toSeconds: 270, server: "primary" },
    ]);
    assert.deepEqual(timeline.resolver, [
      { fromSeconds: -29.5, toSeconds: 71.5, server: "primary" },
      { fromSeconds: 71.5, toSeconds: 234.5, server: "standby" },
      { fromSeconds: 234.5, toSeconds: 270, server: "primary" },
    ]);
  });

  it("loses no request between its slices", () => {
    const sums = timeline.requests.reduce(
      (sum, { primary, standby, failed }) => [sum[0]! + primary, sum[1]! + standby, sum[2]! + failed],
      [0, 0, 0],
    );
    assert.deepEqual(sums, [66, 163, 71]);
    assert.ok(timeline.requests.length <= 240);
  });

  it("follows the checkers of one check", () => {
    assert.deepEqual(timeline.checkers[0], { atSeconds: -30, healthy: 16, of: 16 });
    assert.equal(Math.min(...timeline.checkers.map(({ healthy }) => healthy)), 0);
  });

  it("counts passing probes from the start where no fault came, not what a check is taken for", () => {
    const check = "urn:check";
    const probe = (atSeconds: number, checker: string, passed: boolean, of = check): Sample => ({
      ...{ atSeconds, kind: "probe", check: of, checker, passed, why: "" },
    });
    const samples: Sample[] = [
      { atSeconds: 1, kind: "mark", mark: "start" },
      { atSeconds: 2, kind: "health", check, healthy: true, healthyCheckers: 16, checkers: 16 },
      probe(3, "a", false),
      probe(4, "b", true),
      probe(5, "a", true, "urn:other"),
      probe(6, "a", true),
      probe(7, "b", false),
      { atSeconds: 9, kind: "mark", mark: "end", detail: "15 of 16 checkers had no probe that passed" },
    ];
    const unsettled = timelineOf(samples);
    const at = (atSeconds: number, healthy: number) => ({ atSeconds, healthy, of: 16 });
    assert.deepEqual(unsettled.checkers, [at(2, 0), at(4, 1), at(6, 2), at(7, 1)]);
    assert.deepEqual([unsettled.faultSeconds, unsettled.fromSeconds, unsettled.toSeconds], [null, 0, 9]);
    const svg = timelineSvg(unsettled, { ...words, clientSeconds: null, failbackSeconds: null });
    assert.match(svg, /seconds since the start \(system time\)/);
    assert.match(svg, /No fault was played; 0 of 0 requests failed\./);
    assert.match(svg, /last probe passed/);
    assert.doesNotMatch(svg, /since the fault|primary healthy/);
    assert.match(timelineSvg(timeline, words), /seconds since the fault \(system time\)/);
    assert.doesNotMatch(timelineSvg(timeline, words), /last probe passed|since the start/);
  });

  it("calls the sides of a pair by their roles, and those of another set by what is lost", () => {
    assert.deepEqual(timeline.names, { checked: "primary", primary: "primary", standby: "standby" });
    const ofMember = rehearsalSamples().map((sample) =>
      sample.kind === "mark" && sample.mark === "fault" ? { ...sample, member: "urn:a" } : sample,
    );
    assert.deepEqual(timelineOf(ofMember).names, {
      checked: "lost member",
      primary: "lost member",
      standby: "other members",
    });
  });

  it("counts from the start where there was no fault", () => {
    const early = rehearsalSamples().filter(({ atSeconds }) => atSeconds < 20);
    const { fromSeconds, toSeconds, faultSeconds, healSeconds } = timelineOf(early);
    assert.deepEqual([fromSeconds, toSeconds, faultSeconds, healSeconds], [0, 19.5, null, null]);
  });
});

describe("drill/report/timeline-svg", () => {
  const svg = timelineSvg(timelineOf(rehearsalSamples()), words);

  it("is one picture with a text alternative and no script or outside reference", () => {
    assert.match(svg, /^<svg [^>]*role="img" aria-label="Timeline of profile-api \(dev\)/);
    assert.match(svg, /<title>[^<]*Client cutover 71\.5 s after the fault, bound 144\.0 s, objective 300 s;/);
    assert.match(svg, /failback 64\.5 s after the heal; 71 of 300 requests failed\.<\/title>/);
    assert.doesNotMatch(svg, /<script|<image|url\(http/);
    assert.ok(svg.endsWith("</svg>"));
  });

  it("names what it shows: lanes, marks, limits and both waits", () => {
    for (const text of [
      "DNS server answers",
      "Resolver answers",
      "Client requests",
      "fault",
      "heal",
      "bound 144 s",
      "objective 300 s",
      "cutover 71.5 s",
      "failback 64.5 s",
    ]) {
      assert.ok(svg.includes(`>${text}</text>`), text);
    }
  });

  it("escapes foreign text and follows a dark page", () => {
    assert.ok(svg.includes("503 &#38; more"));
    assert.match(svg, /@media \(prefers-color-scheme: dark\)/);
  });

  it("is the same for the same samples", () => {
    assert.ok(timelineSvg(timelineOf(rehearsalSamples()), words) === svg);
  });

  it("is drawn from nothing at all, too", () => {
    const empty = { ...words, clientSeconds: null, failbackSeconds: null, boundSeconds: null };
    assert.match(timelineSvg(timelineOf([]), empty), /No fault was played; 0 of 0 requests failed/);
  });
});
