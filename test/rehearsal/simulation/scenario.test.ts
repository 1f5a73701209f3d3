import assert from "node:assert/strict";
import { profileByName } from "../../../rehearsal/simulation/profile";
import {
  behaviourFor,
  clientsOf,
  plainScenario,
  plainScenarioNames,
  type Scenario,
  scenarioByName,
  scenarioNames,
} from "../../../rehearsal/simulation/scenario";

const ALL = scenarioNames().map((name) => scenarioByName(name) as Scenario);

describe("scenarios", () => {
  it("are found by name, the default first", () => {
    assert.deepEqual(scenarioNames(), [
      "primary-down",
      "primary-hangs",
      "primary-refuses",
      "primary-slows",
      "flapping-under",
      "flapping-over",
      "primary-partial",
      "primary-one-az",
      "partition-minority",
      "partition-majority",
      "both-down",
      "standby-down-first",
      "health-lies",
      "check-deleted",
      "check-inverted",
      "control-plane-gone",
      "lag-growing",
      "failback-draining",
      "mixed-clients",
      "drill-inverted-healthz",
      "drill-gateway-away",
      "drill-region-away",
      "drill-health-path-blocked",
      "drill-instance-stopped",
    ]);
    for (const name of scenarioNames()) assert.equal(scenarioByName(name)?.name, name);
    assert.equal(scenarioByName("Primary-Down"), undefined);
  });

  it("are data: they survive being written down and read", () => {
    for (const scenario of ALL) assert.deepEqual(JSON.parse(JSON.stringify(scenario)), scenario);
  });

  it("each do something at the moment of the fault, and have a title of their own in one line", () => {
    for (const { name, happenings, title } of ALL) {
      assert.ok(
        happenings.some(({ atSeconds }) => atSeconds === 0),
        name,
      );
      assert.ok(title.length <= 90 && !title.includes("\n"), title);
    }
    assert.equal(new Set(ALL.map(({ title }) => title)).size, ALL.length);
  });

  it("have compliant clients only unless they name others", () => {
    const mixed = ALL.filter(({ clients }) => clients !== undefined).map(({ name }) => name);
    assert.deepEqual(mixed, ["mixed-clients"]);
    const [share, ...others] = clientsOf(scenarioByName("primary-down") as Scenario);
    assert.deepEqual([share?.profile, others], [profileByName("compliant"), []]);
  });
});

describe("the drills of the seeds", () => {
  const happenings = (name: string) => scenarioByName(name)?.happenings;
  const behaves = (behaviour: object) => ({ atSeconds: 0, do: "behave", endpoint: "primary", behaviour });

  it("spoil the health path alone where the document spoils it alone", () => {
    for (const name of ["drill-inverted-healthz", "drill-health-path-blocked"]) {
      assert.deepEqual(happenings(name), [behaves({ kind: "health-fails", as: "http-503" })], name);
    }
  });

  it("take everything away where the document takes it away, and its data only with a region", () => {
    assert.deepEqual(happenings("drill-gateway-away"), [behaves({ kind: "silent" })]);
    assert.deepEqual(happenings("drill-instance-stopped"), [behaves({ kind: "stops", afterSeconds: 30 })]);
    assert.equal(scenarioByName("drill-region-away")?.place, "primary-region");
    assert.deepEqual(happenings("drill-region-away"), [
      behaves({ kind: "refuse", ofRegion: true }),
      { atSeconds: 0, do: "stop-replication" },
    ]);
  });
});

describe("plainScenario", () => {
  it("is what the loopback can play: one fault of the primary, at once", () => {
    assert.deepEqual(plainScenarioNames(), [
      "primary-down",
      "primary-hangs",
      "primary-refuses",
      "check-inverted",
      "drill-inverted-healthz",
      "drill-gateway-away",
      "drill-region-away",
      "drill-health-path-blocked",
      "drill-instance-stopped",
    ]);
    const faults = plainScenarioNames().map((name) => plainScenario(scenarioByName(name) as Scenario)?.fault);
    assert.deepEqual(faults, [
      { kind: "http-503", replicationStops: false },
      { kind: "hang", replicationStops: false },
      { kind: "refuse", replicationStops: true },
      { kind: "invert-check", replicationStops: false },
      { kind: "health-fails", as: "http-503", replicationStops: false },
      { kind: "silent", replicationStops: false },
      { kind: "refuse", ofRegion: true, replicationStops: true },
      { kind: "health-fails", as: "http-503", replicationStops: false },
      { kind: "stops", afterSeconds: 30, replicationStops: false },
    ]);
  });
});

describe("behaviourFor", () => {
  const flaps = {
    kind: "flaps",
    as: "hang",
    downRoundsBeyondThreshold: -1,
    upRoundsBeyondThreshold: 1,
  } as const;
  const timing = (requestIntervalSeconds: number, failureThreshold: number) =>
    ({ type: "HTTP", requestIntervalSeconds, failureThreshold }) as const;

  it("measures a flap in the intervals of the check", () => {
    const lengths = [timing(10, 3), timing(30, 3), timing(10, 10)].map((check) => behaviourFor(flaps, check));
    assert.deepEqual(lengths, [
      { kind: "flaps", as: "hang", downMs: 20_000, upMs: 40_000 },
      { kind: "flaps", as: "hang", downMs: 60_000, upMs: 120_000 },
      { kind: "flaps", as: "hang", downMs: 90_000, upMs: 110_000 },
    ]);
  });

  it("is never shorter than half an interval", () => {
    assert.deepEqual(behaviourFor(flaps, timing(10, 1)), {
      kind: "flaps",
      as: "hang",
      downMs: 5_000,
      upMs: 20_000,
    });
  });

  it("leaves every other behaviour as it is", () => {
    const lies = { kind: "lies" } as const;
    assert.equal(behaviourFor(lies, timing(10, 3)), lies);
  });
});
