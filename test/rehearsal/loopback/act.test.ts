import assert from "node:assert/strict";
import { observe } from "../../../drill/observe";
import { answerSets } from "../../../model/answer-sets";
import type { FailoverPlan } from "../../../model/failover-plan";
import { slowerWords } from "../../../rehearsal/loopback/act";
import { stubApp } from "../../../rehearsal/loopback/apps/stubs";
import { type LoopbackOptions, type LoopbackResult, runLoopback } from "../../../rehearsal/loopback/loopback";
import type { Sample } from "../../../rehearsal/simulation/sample";
import { plainScenario, scenarioByName } from "../../../rehearsal/simulation/scenario";
import { answering, memoryApp, memoryVisitors, registered } from "./memory-app";
import { PRIMARY, CHECK as PRIMARY_CHECK, profilePlan, STANDBY } from "./plan-fixture";
import { GATEWAYS, relayPlan } from "./relay-fixture";

/** 26 s of detection, 30 s of propagation, 10 s of TTL, and the margin. */
const LIMIT_SECONDS = 96;
const SPEED = 25;

describe("rehearsal/loopback/act", function () {
  this.timeout(90_000);
  let samples: Sample[];

  const plain = (name: string) => {
    const scenario = scenarioByName(name);
    return (scenario && plainScenario(scenario)) ?? assert.fail(`${name} is more than one plain fault`);
  };

  function playOnce(plan: FailoverPlan, changes: Partial<LoopbackOptions>): Promise<LoopbackResult> {
    const [set = assert.fail("there is nothing to play")] = answerSets(plan);
    samples = [];
    return runLoopback({
      plan,
      set,
      scenario: plain("primary-down"),
      speed: SPEED,
      seed: 1,
      replicationLagMs: 2_000,
      signal: new AbortController().signal,
      onSample: (sample) => samples.push(sample),
      app: "",
      ...changes,
    });
  }

  /** A machine that is busy with something else gets a slower rehearsal. */
  async function run(
    plan: FailoverPlan,
    changes: Partial<LoopbackOptions>,
    isMeasured = ({ clientSeconds, failbackSeconds }: LoopbackResult) =>
      clientSeconds !== null && failbackSeconds !== null,
  ): Promise<LoopbackResult> {
    const result = await playOnce(plan, changes);
    return isMeasured(result) ? result : playOnce(plan, { ...changes, speed: SPEED / 3 });
  }

  /** A busy machine lets single requests fail; then nothing is absorbed. */
  const isAbsorbed = ({ places }: LoopbackResult) => places[0]?.asExpected === true;

  const ofKind = <Kind extends Sample["kind"]>(kind: Kind) =>
    samples.filter((sample): sample is Extract<Sample, { kind: Kind }> => sample.kind === kind);

  it("plays a weighted set outside AWS with stubs: half of the requests fail until the member is out", async () => {
    const result = await run(relayPlan(), {});
    const { authoritativeSeconds, clientSeconds, failbackSeconds, failedShare } = result;
    assert.ok(authoritativeSeconds !== null && clientSeconds !== null && failbackSeconds !== null);
    assert.ok(authoritativeSeconds > 0 && clientSeconds < LIMIT_SECONDS, JSON.stringify(result));
    const fault = ofKind("mark").find(({ mark }) => mark === "fault");
    assert.equal(fault?.member, GATEWAYS[0]);
    const requests = ofKind("request");
    assert.equal(new Set(requests.map(({ client }) => client)).size, 16);
    const between = (from: number, to: number) =>
      requests.filter(({ atSeconds, latencyMs }) => {
        const since = atSeconds - (fault?.atSeconds ?? 0);
        return since - latencyMs / 1_000 >= from && since < to;
      });
    const led = between(0, authoritativeSeconds).filter(({ endpoint }) => endpoint === GATEWAYS[0]);
    assert.ok(led.length > 0 && led.every(({ ok }) => !ok), "the lost member served");
    const healSeconds =
      (ofKind("mark").find(({ mark }) => mark === "heal")?.atSeconds ?? 0) - (fault?.atSeconds ?? 0);
    assert.ok(between(clientSeconds, healSeconds).every(({ endpoint }) => endpoint === GATEWAYS[1]));
    assert.ok(
      failedShare.some(
        ({ fromSeconds, failed, requests: all }) => fromSeconds >= 0 && failed > 0 && failed < all,
      ),
    );
    // The report is made from the samples alone and must show the same.
    const { lostWrites, requests: count, failed } = result;
    assert.equal(lostWrites, null, "nobody writes here");
    assert.deepEqual(observe(samples), {
      ...{ authoritativeSeconds, clientSeconds, failbackSeconds, requests: count, failed, lostWrites },
      ...{ replicationLagMs: null, failedShare },
    });
  });

  it("loses no write where both sides share a table, though the lost region replicates nothing", async () => {
    const plan = profilePlan();
    const tables = plan.tables.map((table) => ({ ...table, replicas: [] }));
    const scenario = plain("primary-refuses");
    assert.equal(scenario.fault.replicationStops, true);
    const result = await run({ ...plan, tables }, { scenario, app: "profile-api" });
    assert.ok(result.clientSeconds !== null && result.acknowledgedWrites > 5);
    assert.deepEqual([result.lostWrites, result.replicasEqual, result.replicationLagMs], [0, null, null]);
  });

  it("counts each group of visitors for itself, and those whom the standby does not take as failed", async () => {
    const app = memoryApp({
      doors: ({ urn }) => ({ http: [80], https: urn === PRIMARY ? [443] : [], needsServerName: true }),
      visitors: [
        { ...memoryVisitors, name: "http visitors", scheme: "http" },
        { ...memoryVisitors, name: "https visitors", notCovered: "the standby speaks HTTP only" },
      ],
    });
    const { clientSeconds } = await run(profilePlan(), { app: registered({ ...app, writes: undefined }) });
    assert.ok(clientSeconds !== null);
    const outcomes = new Set(
      ofKind("request")
        .filter(({ endpoint }) => endpoint === STANDBY)
        .map(({ group, ok, error }) => `${group} ${ok} ${error}`),
    );
    assert.deepEqual([...outcomes].sort(), [
      "http visitors true undefined",
      "https visitors false nothing listens on port 443",
    ]);
  });

  it("plays nothing where no probe of the primary's check ever passed, and says what its probes said", async () => {
    const sick = new Set([PRIMARY]);
    const app = memoryApp({
      serve: ({ urn }, { region }) => ({
        handle: ({ url }) =>
          url === "/healthz" && sick.has(urn)
            ? { status: 500 }
            : { status: 200, headers: region === null ? {} : { "x-region": region } },
      }),
      writes: undefined,
    });
    const plan = profilePlan();
    // So many rounds that the check counts as healthy all the while.
    const patient = {
      ...plan,
      healthChecks: plan.healthChecks.map((check) => ({ ...check, failureThreshold: 10 })),
    };
    const result = await playOnce(patient, { app: registered(app), speed: 50 });
    assert.deepEqual(
      [result.clientSeconds, ofKind("mark").map(({ mark }) => mark)],
      [null, ["start", "end"]],
    );
    assert.match(
      ofKind("mark").at(-1)?.detail ?? "",
      new RegExp(
        `^16 of 16 checkers of ${PRIMARY_CHECK} had no probe that passed; the others said: .*500 \\(\\d+ times\\)$`,
      ),
    );
    sick.clear();
    const ending = new AbortController();
    const onSample = (sample: Sample) => {
      samples.push(sample);
      if (sample.kind === "mark" && sample.mark === "fault") ending.abort(new Error("it began"));
    };
    const begun = playOnce(patient, { app: registered(app), signal: ending.signal, onSample });
    await assert.rejects(begun, { message: "it began" });
  });

  it("waits for a machine that is late at first, and says at which speed it would not be", async () => {
    const healthyAtMs = performance.now() + 2_000;
    const app = memoryApp({
      serve: (_, { region }) => ({
        handle: async ({ url }) => {
          // More than a checker waits at this speed: 2 s are 80 ms.
          if (url === "/healthz" && performance.now() < healthyAtMs)
            await new Promise((resolve) => setTimeout(resolve, 200));
          return { status: 200, headers: region === null ? {} : { "x-region": region } };
        },
      }),
      writes: undefined,
    });
    const plan = profilePlan();
    const result = await playOnce(plan, { app: registered(app) });
    const [, fault] = ofKind("mark");
    assert.equal(fault?.mark, "fault", fault?.detail);
    // An interval and the margin are over long before.
    assert.ok(fault.atSeconds > 40 && result.requests > 0, `${fault.atSeconds} s`);
    assert.equal(
      slowerWords(30),
      "a second is 33 ms of this machine at --speed 30; where it is busy, a lower speed gives it more",
    );
  });

  it("plays a place that the scenario names as the one act, and expects of DNS what the place does", async () => {
    const lost: string[] = [];
    const app = memoryApp({
      writes: undefined,
      faultPlaces: [
        {
          ...{ name: "primary-region", title: "the region is lost", expectation: "absorbed" as const },
          inject: (fault) => void lost.push(fault),
          heal: () => void lost.push("healed"),
        },
      ],
    });
    const result = await run(
      profilePlan(),
      { app: registered(app), scenario: plain("drill-region-away") },
      isAbsorbed,
    );
    assert.deepEqual(lost.slice(0, 2), ["refuse", "healed"]);
    assert.deepEqual(result.places, [{ name: "primary-region", asExpected: true }]);
    assert.deepEqual([result.authoritativeSeconds, result.clientSeconds, result.failed], [null, null, 0]);
    assert.deepEqual(
      ofKind("mark").map(({ mark, place }) => [mark, place]),
      [
        ["start", undefined],
        ["fault", "primary-region"],
        ["heal", "primary-region"],
        ["end", undefined],
      ],
    );
    // The bound without the caches, and ten seconds to look: DNS has had its time to change.
    const [, fault, heal] = ofKind("mark").map(({ atSeconds }) => atSeconds);
    assert.ok((heal ?? 0) - (fault ?? 0) >= 52 + 10);
  });

  it("plays what an application lets fail besides, and says whether it went as expected", async () => {
    const broken = new Set<string>();
    const handler =
      ({ region }: { region: string | null }) =>
      async () => ({ statusCode: broken.has("second") && region === "us-east-1" ? 500 : 200 });
    const place = (name: string, expectation: "cutover" | "absorbed") => ({
      ...{ name, title: `${name} is lost`, expectation },
      inject: () => void broken.add(name),
      heal: () => void broken.delete(name),
    });
    const app = memoryApp({
      handler,
      writes: undefined,
      faultPlaces: [
        place("first", "absorbed"),
        place("second", "absorbed"),
        { ...place("third", "cutover"), endpoints: [PRIMARY] },
      ],
    });
    const result = await run(profilePlan(), { app: registered(app) }, isAbsorbed);
    assert.deepEqual(result.places, [
      { name: "first", asExpected: true },
      { name: "second", asExpected: false },
      { name: "third", asExpected: true },
    ]);
    const seen = ofKind("place").map(({ place: name, failed, requests, cutoverSeconds }) => ({
      ...{ name, someFailed: failed > 0, allServed: failed === 0, some: requests > 0 },
      // Whether the second one is over within its time is for chance to say.
      ...(name === "second" ? {} : { cutover: cutoverSeconds !== null }),
    }));
    assert.deepEqual(seen, [
      { name: "first", someFailed: false, allServed: true, some: true, cutover: false },
      { name: "second", someFailed: true, allServed: false, some: true },
      { name: "third", someFailed: true, allServed: false, some: true, cutover: true },
    ]);
    assert.equal(broken.size, 0);
    // The figures are those of the main act.
    const { requests, failed } = observe(samples);
    assert.deepEqual([requests, failed], [result.requests, result.failed]);
    assert.ok(ofKind("request").length > result.requests);
  });

  it("names members of a set although all of them are down, and serves again when they are healed", async () => {
    const app = (named: readonly string[]) => ({
      needsTables: false,
      make: (stack: Parameters<typeof stubApp>[0]) => ({
        ...stubApp(stack),
        faultPlaces: [
          {
            ...{ name: "all", title: "every gateway is lost", expectation: "all-named" as const },
            ...{ endpoints: GATEWAYS, named },
          },
        ],
      }),
    });
    const { places } = await run(relayPlan(), { app: app(GATEWAYS) });
    assert.deepEqual(places, [{ name: "all", asExpected: true }]);
    const [place] = ofKind("place");
    assert.ok(place && place.failed > 0 && place.cutoverSeconds === null, JSON.stringify(place));
    const faultSeconds = ofKind("mark").findLast(({ mark }) => mark === "fault")?.atSeconds ?? 0;
    const healSeconds = ofKind("mark").findLast(({ mark }) => mark === "heal")?.atSeconds ?? 0;
    const during = ofKind("request").filter(
      ({ atSeconds, latencyMs }) => atSeconds - latencyMs / 1_000 > faultSeconds && atSeconds < healSeconds,
    );
    assert.ok(during.length > 0 && during.every(({ ok }) => !ok));
    // Neither what came before nor what was served after the heal is told as lost with the place.
    const told = ofKind("request").filter(
      ({ atSeconds }) => atSeconds > faultSeconds && atSeconds <= healSeconds,
    );
    assert.deepEqual([place.requests, place.failed], [told.length, told.filter(({ ok }) => !ok).length]);
    // What DNS never names is missed. As the one act it is over sooner.
    const missing = await playOnce(relayPlan(), {
      app: app(["urn:nobody"]),
      scenario: { ...plain("primary-down"), place: "all" },
      speed: 50,
    });
    assert.deepEqual(missing.places, [{ name: "all", asExpected: false }]);
  });

  it("counts writes that nobody acknowledges as lost where none can be looked up", async () => {
    const { writes } = memoryApp();
    const app = memoryApp({
      handler: ({ region }) => answering(200, region),
      writes: writes && { ...writes, stored: undefined },
    });
    const result = await run(profilePlan(), { app: registered(app, false) });
    const refused = ofKind("write").filter(({ ok }) => !ok);
    const { lostWrites } = result;
    assert.ok(lostWrites !== null && lostWrites > 0 && lostWrites <= refused.length, JSON.stringify(result));
    assert.equal(ofKind("write-lost").length, lostWrites);
    assert.ok(ofKind("write-lost").every(({ version, region }) => version === 0 && region === null));
  });
});
