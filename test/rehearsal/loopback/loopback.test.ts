import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { observe } from "../../../drill/observe";
import type { FailoverPlan } from "../../../model/failover-plan";
import { UNKNOWN } from "../../../model/unknown";
import { profileApiApp } from "../../../rehearsal/loopback/apps/profile-api";
import {
  type LoopbackOptions,
  type LoopbackResult,
  MARGIN_SECONDS,
  runLoopback,
} from "../../../rehearsal/loopback/loopback";
import type { Sample } from "../../../rehearsal/simulation/sample";
import {
  type PlainScenario,
  plainScenario,
  plainScenarioNames,
  type Scenario,
  scenarioByName,
} from "../../../rehearsal/simulation/scenario";
import { onlySet } from "../simulation/plan-fixture";
import { answering, memoryApp, registered } from "./memory-app";
import { PRIMARY, profilePlan, STANDBY } from "./plan-fixture";

/** The fixture's bound: 22 s of detection, 30 s of propagation, 10 s of TTL. */
const BOUND_SECONDS = 62;
const SPEED = 25;

/** Handles of this process that would keep it alive or a port open. */
function openHandles(): string[] {
  const kinds = ["TCPServerWrap", "TCPSocketWrap", "UDPWrap", "UDPSendWrap", "ProcessWrap", "TCPConnectWrap"];
  return process.getActiveResourcesInfo().filter((kind) => kinds.includes(kind));
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const opened = await Promise.race([
    once(socket, "connect").then(() => true),
    new Promise<boolean>((resolve) => socket.once("error", () => resolve(false))),
  ]).catch(() => false);
  socket.destroy();
  return opened;
}

function plain(name: string): PlainScenario {
  return (
    plainScenario(scenarioByName(name) as Scenario) ?? assert.fail(`${name} is more than one plain fault`)
  );
}

describe("rehearsal/loopback/loopback", function () {
  this.timeout(60_000);
  let samples: Sample[];

  function run(changes: Partial<LoopbackOptions> = {}): Promise<LoopbackResult> {
    const plan = changes.plan ?? profilePlan();
    samples = [];
    return runLoopback({
      plan,
      set: onlySet(plan),
      scenario: plain("primary-down"),
      speed: SPEED,
      seed: 1,
      replicationLagMs: 8_000,
      app: "profile-api",
      signal: new AbortController().signal,
      onSample: (sample) => samples.push(sample),
      ...changes,
    });
  }

  /** A machine that is busy with something else gets a slower rehearsal. */
  async function runMeasured(changes: Partial<LoopbackOptions>): Promise<LoopbackResult> {
    const result = await run(changes);
    const isMeasured = result.clientSeconds !== null && result.failbackSeconds !== null;
    return isMeasured ? result : run({ ...changes, speed: SPEED / 3 });
  }

  const marks = () => samples.flatMap((sample) => (sample.kind === "mark" ? [sample.mark] : []));
  const lost = () =>
    samples.flatMap((sample) => (sample.kind === "write-lost" ? [`${sample.id} ${sample.version}`] : []));
  /** What the primary has acknowledged and no replica followed before the heal. */
  const unreplicated = () => {
    const heal = samples.findIndex((sample) => sample.kind === "mark" && sample.mark === "heal");
    const before = samples.slice(0, heal);
    const arrived = before.flatMap((sample) =>
      sample.kind === "replica" ? [`${sample.id} ${sample.version}`] : [],
    );
    return before.flatMap((sample) => {
      if (sample.kind !== "write" || !sample.ok || sample.region !== "us-east-1") return [];
      const write = `${sample.id} ${sample.version}`;
      return arrived.includes(write) ? [] : [write];
    });
  };
  const lastDetail = () => {
    const last = samples.at(-1);
    return last?.kind === "mark" ? last.detail : undefined;
  };

  before(async function () {
    // The bundle is built where it is not up to date.
    this.timeout(60_000);
    await profileApiApp({ plan: profilePlan() });
  });

  afterEach(async () => {
    // Sockets that were destroyed in this turn of the loop are gone after the next.
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(openHandles(), []);
  });

  /** What the failed probes of an outage say; an inverted check has none. */
  const PROBES: Readonly<Record<PlainScenario["fault"]["kind"], readonly string[]>> = {
    "http-503": ["status 503"],
    hang: ["no response within 2 s"],
    refuse: ["connection refused"],
    silent: ["no connection within 4 s"],
    stops: ["connection refused"],
    "health-fails": ["status 503"],
    "invert-check": [],
  };
  const markAt = (name: string) =>
    samples.find((each) => each.kind === "mark" && each.mark === name)?.atSeconds ?? assert.fail(name);
  /** What the probes that failed between two moments say, each once. */
  const objections = (fromSeconds: number, toSeconds: number) => [
    ...new Set(
      samples.flatMap((each) =>
        each.kind === "probe" && !each.passed && each.atSeconds >= fromSeconds && each.atSeconds < toSeconds
          ? [each.why]
          : [],
      ),
    ),
  ];
  /** Whether the primary served anybody who came while its fault lasted. */
  const wasServed = () =>
    samples.some(
      (each) =>
        each.kind === "request" &&
        each.ok &&
        each.endpoint === PRIMARY &&
        each.atSeconds - each.latencyMs / 1_000 > markAt("fault") &&
        each.atSeconds < markAt("heal"),
    );

  // Scenarios of one fault differ in their words alone: the plan of this fixture has no places.
  const byFault = new Map<string, string[]>();
  for (const name of plainScenarioNames()) {
    const fault = JSON.stringify(plain(name).fault);
    byFault.set(fault, [...(byFault.get(fault) ?? []), name]);
  }
  for (const [name = "", ...alike] of byFault.values()) {
    it(`plays ${[name, ...alike].join(", ")}: over to the standby within the bound, and back`, async () => {
      const scenario = plain(name);
      // Of a lost region nothing has arrived that was written in its last half minute.
      const replicationLagMs = scenario.fault.replicationStops ? 30_000 : 2_000;
      const result = await runMeasured({ scenario, replicationLagMs });
      const { authoritativeSeconds, clientSeconds, failbackSeconds } = result;
      assert.ok(authoritativeSeconds !== null && clientSeconds !== null && failbackSeconds !== null);
      assert.ok(authoritativeSeconds > 0 && clientSeconds >= authoritativeSeconds);
      const limit = BOUND_SECONDS + MARGIN_SECONDS;
      assert.ok(clientSeconds < limit && failbackSeconds < limit, JSON.stringify(result));
      assert.deepEqual(marks(), ["start", "fault", "heal", "end"]);
      assert.ok(result.acknowledgedWrites > 5, `${result.acknowledgedWrites} writes`);
      assert.equal(result.replicasEqual, true);
      assert.equal(result.lateWrites + result.overwrittenWrites, result.lostWrites);
      if (scenario.fault.replicationStops) assert.ok((result.lostWrites ?? 0) > 0, "no write was lost");
      else assert.equal(result.lostWrites, 0);
      assert.deepEqual(lost(), unreplicated());
      const { kind } = scenario.fault;
      const said = objections(markAt("fault"), markAt("heal"));
      for (const why of PROBES[kind]) assert.ok(said.includes(why), `${why}: ${said}`);
      // What ails the health path or the check alone, visitors do not meet.
      assert.equal(wasServed(), kind === "health-fails" || kind === "invert-check");
      // The report is made from the samples alone and must show the same.
      const { replicationLagMs: lags, ...figures } = observe(samples);
      assert.deepEqual(lags, result.replicationLagMs);
      const ms = (seconds: number | null) => (seconds === null ? null : Math.round(seconds * 1_000) / 1_000);
      assert.deepEqual(
        {
          ...figures,
          authoritativeSeconds: ms(figures.authoritativeSeconds),
          clientSeconds: ms(figures.clientSeconds),
          failbackSeconds: ms(figures.failbackSeconds),
        },
        {
          authoritativeSeconds,
          clientSeconds,
          failbackSeconds,
          requests: result.requests,
          failed: result.failed,
          lostWrites: result.lostWrites,
        },
      );
      const regions = new Set(samples.flatMap((s) => (s.kind === "request" && s.ok ? [s.region] : [])));
      assert.deepEqual([...regions], ["us-east-1", "us-west-2"]);
      assert.deepEqual(Object.keys(result.ports.endpoints), [PRIMARY, STANDBY]);
      for (const port of [result.ports.dns, ...Object.values(result.ports.endpoints)]) {
        assert.ok(port > 0);
        assert.equal(await isOpen(port), false, `port ${port} is open`);
      }
    });
  }

  it("refuses while a stopped instance shuts down, and then answers nothing", async () => {
    const fault = { kind: "stops", afterSeconds: 5, replicationStops: false } as const;
    await runMeasured({
      scenario: { ...plain("drill-instance-stopped"), fault },
      app: registered(memoryApp({ writes: undefined })),
    });
    const faultSeconds = markAt("fault");
    assert.deepEqual(objections(faultSeconds + 0.5, faultSeconds + 5), ["connection refused"]);
    // Whoever asks from then on hears nothing, and says so 4 s later.
    assert.deepEqual(objections(faultSeconds + 5.5, faultSeconds + 20), ["no connection within 4 s"]);
  });

  it("does not silence an instance that was started again before it had stopped", async () => {
    const fault = { kind: "stops", afterSeconds: 45, replicationStops: false } as const;
    const result = await runMeasured({
      scenario: { ...plain("drill-instance-stopped"), fault },
      app: registered(memoryApp({ writes: undefined })),
    });
    assert.ok(result.failbackSeconds !== null, JSON.stringify(result));
    const stopsSeconds = markAt("fault") + 45;
    assert.ok(markAt("heal") < stopsSeconds && markAt("end") > stopsSeconds + 4);
    assert.ok(!objections(markAt("heal") + 5, markAt("end")).includes("no connection within 4 s"));
  });

  it("inverts a calculated check itself, and leaves its children what they are", async () => {
    const plan = profilePlan();
    const [child = assert.fail()] = plan.healthChecks;
    const parent = { ...child, urn: "urn:parent", type: "CALCULATED" as const };
    const inverted = await runMeasured({
      plan: {
        ...plan,
        healthChecks: [child, { ...parent, children: [child.urn], childCount: 1, childHealthThreshold: 1 }],
        recordSets: plan.recordSets.map((record) =>
          record.healthCheck.kind === "check"
            ? { ...record, healthCheck: { kind: "check" as const, urn: parent.urn } }
            : record,
        ),
      },
      scenario: plain("check-inverted"),
      app: registered(memoryApp({ writes: undefined })),
    });
    assert.ok(inverted.clientSeconds !== null && inverted.failbackSeconds !== null);
    // Healthy as long as more than 18 % of its checkers say so: not the opposite, as an inverted one would be.
    const opposite = samples.filter(
      (each) => each.kind === "health" && each.healthy !== 100 * each.healthyCheckers > 18 * each.checkers,
    );
    assert.deepEqual(opposite, []);
  });

  it("measures the DNS server but not the client where the standby does not serve, and gives up in time", async () => {
    const app = memoryApp({ handler: ({ region }) => answering(region === "us-west-2" ? 500 : 200, region) });
    const result = await run({ app: registered(app), speed: 60 });
    assert.equal(result.clientSeconds, null);
    assert.ok(result.authoritativeSeconds !== null && result.failbackSeconds !== null);
    const [fault = 0, heal = 0] = ["fault", "heal"].map(
      (mark) => samples.find((sample) => sample.kind === "mark" && sample.mark === mark)?.atSeconds,
    );
    // The bound and the margin, then ten seconds to watch.
    const outageSeconds = heal - fault;
    const expected = BOUND_SECONDS + MARGIN_SECONDS + 10;
    assert.ok(outageSeconds >= expected && outageSeconds < expected + 60, `${outageSeconds} s`);
  });

  it("measures nothing where the primary never served", async () => {
    const app = memoryApp({ handler: () => answering(500, null) });
    const result = await run({ app: registered(app), speed: 50 });
    assert.deepEqual(
      [result.authoritativeSeconds, result.clientSeconds, result.failbackSeconds],
      [null, null, null],
    );
    assert.ok(result.requests > 0 && result.failed === result.requests);
    assert.deepEqual(marks(), ["start", "end"]);
    assert.match(
      lastDetail() ?? "",
      /^16 of 16 checkers of \S+ had no probe that passed; the others said: .*status 500/,
    );
  });

  it("measures nothing of a plan that cannot be played, and says why", async () => {
    const plan = profilePlan();
    const unnamed: FailoverPlan = {
      ...plan,
      tables: plan.tables.map((table) => ({ ...table, name: UNKNOWN })),
    };
    const result = await run({ plan: unnamed });
    assert.deepEqual([result.requests, result.clientSeconds, result.ports.dns], [0, null, 0]);
    assert.deepEqual(marks(), ["end"]);
    assert.match(
      lastDetail() ?? "",
      /^the plan cannot be played on loopback: name or hashKey of .* is not known yet$/,
    );
  });

  it("ends within a second of its signal, whatever it is doing, and samples nothing more", async () => {
    const whenever: [string, (sample: Sample) => boolean][] = [
      ["starts", () => true],
      ["settles", ({ kind }) => kind === "probe"],
      ["hangs", ({ kind, ...sample }) => kind === "request" && "error" in sample],
    ];
    for (const [when, isTime] of whenever) {
      const ending = new AbortController();
      let abortedAt = 0;
      let late = 0;
      const running = run({
        scenario: plain("primary-hangs"),
        signal: ending.signal,
        onSample: (sample) => {
          if (abortedAt > 0) late += 1;
          if (abortedAt > 0 || !isTime(sample)) return;
          abortedAt = performance.now();
          ending.abort(new Error("enough"));
        },
      });
      await assert.rejects(running, { message: "enough" }, when);
      const tookMs = performance.now() - abortedAt;
      assert.ok(tookMs < 1_000, `${when}: ${tookMs} ms`);
      assert.equal(late, 0, when);
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.deepEqual(openHandles(), [], when);
    }
    await assert.rejects(run({ signal: AbortSignal.abort(new Error("before")) }), { message: "before" });
    assert.deepEqual(samples, []);
  });

  it("ends with the error of a sample that cannot be written", async () => {
    const onSample = (sample: Sample) => {
      if (sample.kind === "probe") throw new Error("the disk is full");
    };
    await assert.rejects(run({ onSample }), { message: "the disk is full" });
  });

  it("refuses a speed out of range before anything is started", async () => {
    await assert.rejects(run({ speed: 0 }), { name: "RangeError" });
    assert.deepEqual(samples, []);
  });
});
