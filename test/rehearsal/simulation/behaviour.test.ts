import assert from "node:assert/strict";
import type { MetricSource } from "../../../model/alarm-metric";
import { CHECKER_REGIONS, ENDPOINT_CHECK_TYPES, type EndpointCheckType } from "../../../model/health-check";
import {
  alikeForMs,
  type Behaviour,
  CLIENT_PATIENCE_MS,
  chanceOf,
  type FaultKind,
  failingPart,
  isSteady,
  keepsConnections,
  probeEndpoint,
  SERVES,
  servesRequest,
  takesConnection,
  visibility,
} from "../../../rehearsal/simulation/behaviour";
import { judgeProbe } from "../../../rehearsal/simulation/probe";

interface At {
  readonly elapsedMs?: number;
  readonly regionShare?: number;
  readonly chance?: number;
}

function probe(
  type: EndpointCheckType,
  behaviour: Behaviour,
  at: At = {},
): [passed: boolean, tookMs: number] {
  const check = { type, searchString: "ok" };
  const from = { roundTripMs: 50, elapsedMs: 0, regionShare: 0, chance: 0, ...at };
  const { passed, tookMs } = judgeProbe(check, probeEndpoint(behaviour, check, from));
  return [passed, tookMs];
}

const FLAPS: Behaviour = { kind: "flaps", as: "http-503", downMs: 20_000, upMs: 40_000 };
const SLOWS: Behaviour = { kind: "slows", toMs: 20_000, overSeconds: 120 };
const PARTIAL: Behaviour = { kind: "partial", as: "http-503", share: 0.5 };
const LIES: Behaviour = { kind: "lies" };
const CUT_OFF: Behaviour = { kind: "cut-off", checkerRegionsShare: 0.5 };
const SILENT: Behaviour = { kind: "silent" };
const HEALTH_FAILS: Behaviour = { kind: "health-fails", as: "http-503" };
const KINDS: readonly FaultKind[] = ["http-503", "hang", "refuse"];

describe("probeEndpoint", () => {
  it("passes every type of check while the endpoint serves, after two round trips (TCP: one)", () => {
    assert.deepEqual(
      ENDPOINT_CHECK_TYPES.map((type) => probe(type, SERVES)),
      [...new Array(4).fill([true, 100]), [true, 50]],
    );
  });

  it("fails HTTP checks as fast as a 503 comes; TCP does not see it", () => {
    assert.deepEqual(
      ENDPOINT_CHECK_TYPES.map((type) => probe(type, { kind: "http-503" })),
      [...new Array(4).fill([false, 100]), [true, 50]],
    );
  });

  it("waits the response limit of 2 s for an endpoint that hangs; TCP does not see it", () => {
    assert.deepEqual(
      ENDPOINT_CHECK_TYPES.map((type) => probe(type, { kind: "hang" })),
      [...new Array(4).fill([false, 2_050]), [true, 50]],
    );
  });

  it("fails every type after one round trip when the connection is refused", () => {
    const stops: Behaviour = { kind: "stops", afterSeconds: 10 };
    for (const behaviour of [{ kind: "refuse" } as const, stops]) {
      assert.deepEqual(
        ENDPOINT_CHECK_TYPES.map((type) => probe(type, behaviour, { elapsedMs: 9_999 })),
        new Array(5).fill([false, 50]),
      );
    }
    assert.deepEqual(probe("HTTPS", stops, { elapsedMs: 10_000 }), [false, 4_000]);
  });

  it("waits the connect limit of 4 s, or 10 s for TCP, where packets are lost, and only there", () => {
    assert.deepEqual(probe("HTTPS", CUT_OFF, { regionShare: 0.49 }), [false, 4_000]);
    assert.deepEqual(probe("TCP", CUT_OFF, { regionShare: 0.49 }), [false, 10_000]);
    assert.deepEqual(probe("HTTPS", CUT_OFF, { regionShare: 0.5 }), [true, 100]);
  });

  it("waits for a connection that never comes about, from wherever", () => {
    const everyType = (regionShare: number) =>
      ENDPOINT_CHECK_TYPES.map((type) => probe(type, SILENT, { regionShare }));
    const waited = [...new Array(4).fill([false, 4_000]), [false, 10_000]];
    assert.deepEqual([everyType(0), everyType(0.99)], [waited, waited]);
  });

  it("sees a health path that fails as it fails; TCP asks for no path", () => {
    assert.deepEqual(
      ENDPOINT_CHECK_TYPES.map((type) => probe(type, HEALTH_FAILS)),
      [...new Array(4).fill([false, 100]), [true, 50]],
    );
    assert.deepEqual(probe("HTTP", { kind: "health-fails", as: "hang" }), [false, 2_050]);
  });

  it("passes a slow endpoint until its answer takes more than 2 s", () => {
    // One sixth of a millisecond slower with every millisecond; the round trip takes 50 of the 2,000.
    assert.deepEqual(probe("HTTPS", SLOWS, { elapsedMs: 11_700 }), [true, 2_050]);
    assert.deepEqual(probe("HTTPS", SLOWS, { elapsedMs: 11_706 }), [false, 2_050]);
    assert.deepEqual(probe("TCP", SLOWS, { elapsedMs: 1e6 }), [true, 50]);
  });

  it("fails a flapping endpoint in the first part of each of its periods", () => {
    const passed = [0, 19_999, 20_000, 59_999, 60_000, 79_999, 80_000].map(
      (elapsedMs) => probe("HTTP", FLAPS, { elapsedMs })[0],
    );
    assert.deepEqual(passed, [false, false, true, true, false, false, true]);
  });

  it("fails a part of the probes by their own chance", () => {
    assert.equal(probe("HTTP", PARTIAL, { chance: 0.49 })[0], false);
    assert.equal(probe("HTTP", PARTIAL, { chance: 0.5 })[0], true);
  });

  it("believes a health path that lies", () => {
    assert.deepEqual(probe("HTTPS_STR_MATCH", LIES), [true, 100]);
  });
});

describe("servesRequest", () => {
  it("is true of an endpoint that serves or is cut off from checkers, false of a fault and of a lie", () => {
    const behaviours = [
      SERVES,
      CUT_OFF,
      HEALTH_FAILS,
      LIES,
      SILENT,
      ...KINDS.map((kind) => ({ kind }) as Behaviour),
    ];
    assert.deepEqual(
      behaviours.map((behaviour) => servesRequest(behaviour, 0, 0)),
      [true, true, true, false, false, false, false, false],
    );
    assert.ok(behaviours.every(isSteady));
  });

  it("ends with the patience of a client, not a millisecond before", () => {
    const atMs = (CLIENT_PATIENCE_MS / 20_000) * 120_000;
    assert.equal(servesRequest(SLOWS, atMs, 0), true);
    assert.equal(servesRequest(SLOWS, atMs + 6, 0), false);
  });

  it("follows time and chance where the behaviour does", () => {
    assert.deepEqual(
      [0, 20_000].map((elapsedMs) => servesRequest(FLAPS, elapsedMs, 0)),
      [false, true],
    );
    assert.deepEqual(
      [0.49, 0.5].map((chance) => servesRequest(PARTIAL, 0, chance)),
      [false, true],
    );
    assert.deepEqual([SLOWS, FLAPS, PARTIAL].map(isSteady), [false, false, false]);
  });
});

describe("alikeForMs", () => {
  it("ends with the stretch of what flaps, and is nothing of what grows or is drawn", () => {
    assert.ok(FLAPS.kind === "flaps");
    const { downMs, upMs } = FLAPS;
    const table = [0, downMs - 1, downMs, downMs + upMs - 1, downMs + upMs].map((ms) =>
      alikeForMs(FLAPS, ms),
    );
    assert.deepEqual(table, [downMs, 1, upMs, 1, downMs]);
    for (let elapsedMs = 0; elapsedMs < 3 * (downMs + upMs); elapsedMs += 997) {
      const endMs: number = elapsedMs + alikeForMs(FLAPS, elapsedMs);
      const serves: boolean[] = [elapsedMs, endMs - 1, endMs].map((ms) => servesRequest(FLAPS, ms, 0));
      assert.deepEqual(serves, [serves[0], serves[0], !serves[0]]);
    }
    assert.deepEqual(
      [SLOWS, PARTIAL].map((behaviour) => alikeForMs(behaviour, 0)),
      [0, 0],
    );
  });
});

describe("keepsConnections", () => {
  it("is true until silence: an error answer closes nothing", () => {
    const behaviours: Behaviour[] = [
      SERVES,
      { kind: "http-503" },
      LIES,
      HEALTH_FAILS,
      PARTIAL,
      CUT_OFF,
      FLAPS,
    ];
    assert.deepEqual(
      behaviours.map((behaviour) => keepsConnections(behaviour, 0)),
      new Array(7).fill(true),
    );
    const silent: Behaviour[] = [{ kind: "hang" }, { kind: "refuse" }, SILENT, { ...FLAPS, as: "refuse" }];
    assert.deepEqual(
      silent.map((behaviour) => keepsConnections(behaviour, 0)),
      new Array(4).fill(false),
    );
    assert.deepEqual(
      [30_000, 30_006].map((elapsedMs) => keepsConnections(SLOWS, elapsedMs)),
      [true, false],
    );
  });
});

describe("takesConnection", () => {
  const takes = (behaviour: Behaviour, elapsedMs = 0, chance = 0) =>
    takesConnection(behaviour, elapsedMs, chance);

  it("is so wherever somebody listens, whatever is answered, even nothing", () => {
    const listening: Behaviour[] = [
      SERVES,
      LIES,
      SLOWS,
      FLAPS,
      PARTIAL,
      CUT_OFF,
      { kind: "http-503" },
      { kind: "hang" },
    ];
    assert.deepEqual(
      listening.map((behaviour) => takes(behaviour)),
      listening.map(() => true),
    );
  });

  it("is not so where nobody does", () => {
    const gone: Behaviour[] = [{ kind: "refuse" }, SILENT, { kind: "stops", afterSeconds: 30 }];
    assert.deepEqual(
      gone.map((behaviour) => takes(behaviour)),
      [false, false, false],
    );
  });

  it("changes with what refuses from time to time, and with the chance of what refuses in part", () => {
    const flaps: Behaviour = { ...FLAPS, as: "refuse" };
    assert.deepEqual([takes(flaps, 19_999), takes(flaps, 20_000)], [false, true]);
    for (const behaviour of [
      { ...PARTIAL, as: "refuse" },
      { kind: "zone-lost", share: 0.5 },
    ] as Behaviour[]) {
      assert.deepEqual([takes(behaviour, 0, 0.499), takes(behaviour, 0, 0.5)], [false, true]);
    }
  });
});

describe("failingPart", () => {
  const STOPS: Behaviour = { kind: "stops", afterSeconds: 10 };
  const REGION_AWAY: Behaviour = { kind: "refuse", ofRegion: true };
  const ALL: readonly Behaviour[] = [
    SERVES,
    { kind: "http-503" },
    { kind: "hang" },
    { kind: "refuse" },
    LIES,
    PARTIAL,
    CUT_OFF,
    FLAPS,
    { ...FLAPS, as: "refuse" },
    SILENT,
    HEALTH_FAILS,
    STOPS,
    REGION_AWAY,
    { kind: "zone-lost", share: 0.5 },
  ];
  const parts = (source: MetricSource, elapsedMs = 0) =>
    ALL.map((behaviour) => failingPart(behaviour, elapsedMs, source) ?? "-");

  it("of requests is every error answered, and nothing where none arrives", () => {
    assert.deepEqual(parts("requests"), [0, 1, 1, "-", 1, 0.5, 0, 1, "-", "-", 0, "-", "-", 0]);
    assert.deepEqual(parts("requests", 20_000), [0, 1, 1, "-", 1, 0.5, 0, 0, 0, "-", 0, "-", "-", 0]);
  });

  it("of a balancer's targets is what they answer themselves, and what the balancer answers for them", () => {
    assert.deepEqual(parts("target-answers"), [0, 1, 0, 0, 1, 0.5, 0, 1, 0, "-", 0, 0, "-", 0]);
    assert.deepEqual(parts("balancer-answers"), [0, 0, 1, 1, 0, 0, 0, 0, 1, "-", 0, 1, "-", 0]);
    assert.deepEqual(parts("target-connections"), [0, 0, 0, 1, 0, 0, 0, 0, 1, "-", 0, 1, "-", 0]);
    // Once its targets are silent, a balancer still finds no connection and answers for them.
    const silenced = (source: MetricSource) => failingPart(STOPS, 10_000, source);
    assert.deepEqual([silenced("target-connections"), silenced("balancer-answers")], [1, 1]);
    assert.deepEqual([silenced("target-answers"), silenced("requests")], [0, undefined]);
    const half: Behaviour = { ...PARTIAL, as: "refuse" };
    assert.deepEqual(
      [failingPart(half, 0, "requests"), failingPart(half, 0, "target-connections")],
      [0, 0.5],
    );
  });

  it("of checks goes on while nothing is asked, sees the health path alone, and is gone with the region", () => {
    assert.deepEqual(parts("targets"), [0, 1, 1, 1, 0, 0.5, 0, 1, 1, "-", 1, 1, "-", 0.5]);
  });

  it("of slow answers is no error, and a check's failure once they are slower than a client waits", () => {
    const slow = (source: MetricSource) =>
      [30_000, 30_006].map((elapsedMs) => failingPart(SLOWS, elapsedMs, source));
    for (const source of ["requests", "target-answers", "balancer-answers", "target-connections"] as const)
      assert.deepEqual(slow(source), [0, 0]);
    assert.deepEqual(slow("targets"), [0, 1]);
  });
});

describe("visibility", () => {
  const http = {
    type: "HTTPS",
    requestIntervalSeconds: 10,
    failureThreshold: 3,
    regions: CHECKER_REGIONS,
  } as const;
  const tcp = { ...http, type: "TCP" } as const;
  const seen = (behaviour: Behaviour, check: Parameters<typeof visibility>[1] = http) => {
    const found = visibility(behaviour, check);
    return found.kind === "seen" ? found.afterMs : found.kind;
  };

  it("knows what each type of check sees of a plain fault", () => {
    const table = KINDS.map((kind) => [kind, seen({ kind }), seen({ kind }, tcp)]);
    assert.deepEqual(table, [
      ["http-503", 0, "unseen"],
      ["hang", 0, "unseen"],
      ["refuse", 0, 0],
    ]);
    assert.deepEqual([seen(SERVES), seen(LIES)], ["unseen", "unseen"]);
    assert.deepEqual([seen(SILENT), seen(SILENT, tcp)], [0, 0]);
    assert.deepEqual([seen(HEALTH_FAILS), seen(HEALTH_FAILS, tcp)], [0, "unseen"]);
  });

  it("needs more than 18 % of the checkers: one of eight regions is too few, two are enough", () => {
    const cutOff = (checkerRegionsShare: number, regions: readonly string[] = CHECKER_REGIONS) =>
      seen({ kind: "cut-off", checkerRegionsShare }, { ...http, regions });
    assert.deepEqual([cutOff(0.5), cutOff(0.75), cutOff(0.76), cutOff(1)], ["unseen", "unseen", 0, 0]);
    const three = CHECKER_REGIONS.slice(0, 3);
    assert.deepEqual([cutOff(0.5, three), cutOff(0.67, three)], ["unseen", 0]);
  });

  it("sees a slow endpoint from the moment on at which no distance helps", () => {
    assert.equal(seen(SLOWS), 12_000);
    assert.equal(seen({ ...SLOWS, toMs: 2_001 }), 119_941);
    assert.equal(seen({ ...SLOWS, toMs: 2_000 }), "partly");
    assert.equal(seen({ ...SLOWS, toMs: 1_000 }), "unseen");
    assert.equal(seen(SLOWS, tcp), "unseen");
  });

  it("sees nothing of flaps into which the threshold does not fit", () => {
    assert.equal(seen({ ...FLAPS, downMs: 20_000 }), "unseen");
    assert.equal(seen({ ...FLAPS, downMs: 20_001 }), "partly");
    assert.equal(seen({ ...FLAPS, downMs: 60_000 }, tcp), "unseen");
  });

  it("leaves a lost zone to whoever has come to it, whatever the type of the check", () => {
    const lost: Behaviour = { kind: "zone-lost", share: 0.5 };
    assert.deepEqual(
      [seen(lost), seen(lost, tcp), seen({ ...lost, share: 0 })],
      ["partly", "partly", "unseen"],
    );
    assert.deepEqual(
      [0.49, 0.5].map((chance) => [probe("HTTP", lost, { chance })[0], servesRequest(lost, 0, chance)]),
      [
        [false, false],
        [true, true],
      ],
    );
    assert.deepEqual([SERVES, PARTIAL, lost].map(chanceOf), ["none", "attempt", "sender"]);
    assert.deepEqual([isSteady(lost), keepsConnections(lost, 0)], [false, false]);
  });

  it("leaves a partial failure to chance", () => {
    assert.equal(seen(PARTIAL), "partly");
    assert.equal(seen({ ...PARTIAL, share: 0 }), "unseen");
    assert.equal(seen(PARTIAL, tcp), "unseen");
  });
});
