import assert from "node:assert/strict";
import {
  leftResources,
  type RehearsalEvent,
  type RehearsalOptions,
  type RehearsalSteps,
  rehearse,
} from "../../cli/rehearse";
import { observe } from "../../drill/observe";
import { memberName } from "../../model/answer-sets";
import type { StackResource } from "../../model/stack-resource";
import { plainScenarioNames } from "../../rehearsal/simulation/scenario";
import { healthLies } from "../../rehearsal/simulation/scenarios/health-lies";
import { primaryDown } from "../../rehearsal/simulation/scenarios/primary-down";
import { rehearsalSamples } from "../drill/rehearsal-samples";
import { reportParts } from "../drill/report/report-parts";
import { routedPlan, weights } from "../rehearsal/simulation/set-fixture";
import { fakeSteps, pairPlan } from "./rehearsal-fakes";

const options: RehearsalOptions = {
  scenario: primaryDown,
  cutovers: 1_000,
  resolvers: 100,
  seed: 1,
  speed: 10,
  replicationLagMs: 500,
};

async function played(changes: Partial<RehearsalSteps> = {}, signal = new AbortController().signal) {
  const events: RehearsalEvent[] = [];
  const outcome = await rehearse(options, fakeSteps(changes), (event) => events.push(event), signal);
  return { outcome, kinds: [...new Set(events.map(({ kind }) => kind))] };
}

describe("cli/rehearse", () => {
  it("plays the steps in their order and hands their findings over", async () => {
    const { outcome, kinds } = await played();
    assert.deepEqual(kinds, [
      "stood-up",
      "judged",
      "chosen",
      "simulated-sample",
      "simulating",
      "playing",
      "sample",
      "torn-down",
    ]);
    assert.equal(outcome.kind, "done");
    const { bounds, unplayed, loopback, teardown, objectives } = outcome.parts;
    assert.deepEqual(unplayed, []);
    assert.deepEqual(
      bounds.map((bound) => bound.kind === "bound" && bound.rtoSeconds),
      [144],
    );
    assert.deepEqual(loopback, observe(rehearsalSamples()));
    assert.deepEqual(teardown, { created: 57, deleted: 57, left: [] });
    assert.deepEqual(objectives, { rtoSeconds: 300, standbyMonthlyUsd: 50 });
    assert.equal(outcome.samples.length, rehearsalSamples().length);
  });

  it("plays the loss of the member that is named, and hands one that no set has back", async () => {
    const lost: string[] = [];
    const steps = fakeSteps({
      plan: () => routedPlan(weights(60, 40)),
      simulate: async ({ set }) => {
        lost.push(memberName(set.primary));
        return reportParts().simulation!;
      },
    });
    const play = (member: string | undefined) =>
      rehearse({ ...options, member }, steps, () => {}, new AbortController().signal);
    const named = await play("m2");
    assert.equal(named.kind === "done" && named.set && memberName(named.set.primary), "m2");
    await play(undefined);
    assert.deepEqual(lost, ["m2", "m1"]);
    assert.deepEqual(await play("m3"), {
      kind: "invalid",
      messages: ["--member is m3; it must be one of m1, m2"],
    });
  });

  it("hands wrong settings back before anything else happens", async () => {
    const { outcome, kinds } = await played({
      standUp: async () => ({ kind: "invalid", messages: ["a", "b"] }),
    });
    assert.deepEqual(outcome, { kind: "invalid", messages: ["a", "b"] });
    assert.deepEqual(kinds, []);
  });

  it("plays a stack that violates a rule, and reports the violation", async () => {
    const finding = {
      rule: "failover-ttl",
      level: "mandatory",
      urn: "u",
      path: "ttl",
      message: "m",
      verdict: "fail",
    } as const;
    const { outcome } = await played({ evaluate: () => ({ rules: 4, findings: [finding] }) });
    assert.ok(outcome.kind === "done" && outcome.parts.simulation && outcome.parts.loopback);
    assert.deepEqual(outcome.parts.policy.findings, [finding]);
  });

  it("says what could not be played instead of a figure", async () => {
    const { outcome, kinds } = await played({ obstacle: () => "the failure cannot be simulated: no check" });
    assert.ok(outcome.kind === "done");
    assert.deepEqual(kinds, ["stood-up", "judged", "torn-down"]);
    const { simulation, loopback, unplayed, others } = outcome.parts;
    assert.deepEqual([simulation, loopback, unplayed], [undefined, undefined, []]);
    assert.deepEqual(
      others.map(({ name, outcome: end }) => [name, end]),
      [["profiles.example.com", { kind: "not-rehearsed", why: "the failure cannot be simulated: no check" }]],
    );
  });

  it("judges the simulation alone where the loopback cannot play the plan, and says why", async () => {
    const ending = (...marks: ["start" | "end", string][]): Partial<RehearsalSteps> => ({
      loopback: async ({ onSample }) => {
        for (const [mark, detail] of marks) onSample({ atSeconds: 0, kind: "mark", mark, detail });
        return undefined as never;
      },
    });
    const refused = await played(ending(["end", "the plan cannot be played on loopback: no region"]));
    assert.ok(refused.outcome.kind === "done" && refused.outcome.parts.simulation);
    const { unplayed, simulatedOnly, notes, loopback } = refused.outcome.parts;
    assert.deepEqual([unplayed, simulatedOnly, loopback], [[], true, undefined]);
    assert.deepEqual(notes, [
      "simulated only, and judged by the simulation: the plan cannot be played on loopback: no region",
    ]);
    const failed = await played(ending(["start", "primary-down"], ["end", "the primary did not serve"]));
    assert.ok(failed.outcome.kind === "done");
    assert.deepEqual(
      [failed.outcome.parts.unplayed, failed.outcome.parts.simulatedOnly],
      [["the primary did not serve"], false],
    );
  });

  it("leaves out the loopback of a scenario that sockets cannot play, and says so", async () => {
    let isPlayed = false;
    const steps = fakeSteps({
      simulate: async () => ({ ...reportParts().simulation!, outlook: "stays" }),
      loopback: async () => {
        isPlayed = true;
        return undefined as never;
      },
    });
    const { signal } = new AbortController();
    const outcome = await rehearse({ ...options, scenario: healthLies }, steps, () => {}, signal);
    assert.ok(outcome.kind === "done");
    const { unplayed, simulatedOnly, loopback, notes, simulation } = outcome.parts;
    assert.deepEqual([isPlayed, unplayed, simulatedOnly, loopback], [false, [], true, undefined]);
    assert.ok(simulation);
    assert.deepEqual(outcome.frontier, {
      kind: "absent",
      why: 'interval, threshold and TTL do not decide who comes over in health-lies, so nothing is compared; "warm-standby sweep" compares them by primary-down',
    });
    assert.deepEqual(notes, [
      `simulated only, and judged by the simulation: nothing of health-lies was played on loopback, which plays ${plainScenarioNames().join(", ")}`,
      "the bound is of a fault that the health checks see; what they see of this one changes no answer",
    ]);
    const seen = fakeSteps({ simulate: async () => ({ ...reportParts().simulation!, outlook: "open" }) });
    const other = await rehearse({ ...options, scenario: healthLies }, seen, () => {}, signal);
    assert.ok(other.kind === "done");
    assert.equal(other.parts.notes.length, 1);
  });

  it("plays no cutover on loopback where nobody is led to the primary, and tells what found nothing to do", async () => {
    let isPlayed = false;
    const simulation = reportParts().simulation!;
    const { outcome } = await played({
      simulate: async () => ({
        ...simulation,
        cutover: { count: 1, stranded: 0 },
        untouched: { cutover: 100, failback: 100 },
        idle: ["primary-down has nothing to do here"],
      }),
      loopback: async () => {
        isPlayed = true;
        return undefined as never;
      },
    });
    assert.ok(outcome.kind === "done");
    const { expected, notes, simulatedOnly } = outcome.parts;
    assert.deepEqual([expected, simulatedOnly, isPlayed], ["away-at-rest", true, false]);
    assert.deepEqual(notes, [
      "simulated only, and judged by the simulation: the DNS answers lead past the primary before it fails, so there is no cutover to play",
      "primary-down has nothing to do here",
    ]);
  });

  it("plays the slowest pair that can be played, and simulates the others in fewer cutovers", async () => {
    const pair = pairPlan().recordSets;
    const named = (name: string, ttlSeconds: number) =>
      pair.map((record) => ({
        ...record,
        urn: `${record.urn}/${name}`,
        name,
        target: { kind: "values" as const, values: ["192.0.2.1"], ttlSeconds },
      }));
    const recordSets = [
      ...named("a.example.com", 10),
      ...named("b.example.com", 50),
      ...named("c.example.com", 30),
    ];
    const simulated: [string, number, boolean][] = [];
    let onLoopback = "";
    const { outcome } = await played({
      plan: () => ({ ...pairPlan(), recordSets }),
      obstacle: (_plan, { name }) => (name === "b.example.com" ? "no check" : undefined),
      simulate: async ({ set, cutovers, onSample }) => {
        simulated.push([set.name, cutovers, onSample !== undefined]);
        return reportParts().simulation!;
      },
      loopback: async ({ set, onSample }) => {
        onLoopback = set.name;
        for (const sample of rehearsalSamples()) onSample(sample);
        return undefined as never;
      },
    });
    assert.ok(outcome.kind === "done");
    assert.deepEqual(simulated, [
      ["c.example.com", 1_000, true],
      ["a.example.com", 100, false],
    ]);
    assert.equal(onLoopback, "c.example.com");
    assert.deepEqual(
      outcome.parts.others.map(({ name, outcome: end }) => [name, end.kind]),
      [
        ["a.example.com", "simulated"],
        ["b.example.com", "not-rehearsed"],
      ],
    );
    assert.deepEqual(
      outcome.parts.bounds.map((bound) => bound.kind === "bound" && bound.ttlSeconds),
      [50, 30, 10],
    );
  });

  it("plays nothing where there is no failover pair", async () => {
    const { outcome, kinds } = await played({ plan: () => ({ ...pairPlan(), recordSets: [] }) });
    assert.deepEqual(kinds, ["stood-up", "judged", "torn-down"]);
    assert.ok(outcome.kind === "done");
    assert.equal(outcome.set, undefined);
    assert.deepEqual(outcome.parts.bounds, []);
    assert.deepEqual(outcome.parts.unplayed, ["the stack has no failover pair to play"]);
  });

  it("stops after the step in which it is interrupted", async () => {
    const last = { standUp: undefined, simulate: "simulating", loopback: "sample" } as const;
    for (const step of ["standUp", "simulate", "loopback"] as const) {
      const controller = new AbortController();
      const kinds: string[] = [];
      const steps = fakeSteps();
      const interrupted = async (...given: never[]) => {
        controller.abort(new Error("interrupted"));
        return (steps[step] as (...all: never[]) => unknown)(...given);
      };
      const run = rehearse(
        options,
        fakeSteps({ [step]: interrupted } as Partial<RehearsalSteps>),
        ({ kind }) => kinds.push(kind),
        controller.signal,
      );
      await assert.rejects(run, { message: "interrupted" });
      assert.equal(kinds.at(-1), last[step]);
    }
  });

  it("prices what the teardown left, and does not guess", () => {
    const left = ["a", "b", "c"].map((urn) => ({ urn, type: "t" }) as StackResource);
    const { cost } = reportParts();
    const [line] = cost.lines;
    assert.deepEqual(
      leftResources(left, {
        ...cost,
        lines: [
          { ...line!, urn: "a", monthlyMicroUsd: 500_000 },
          { ...line!, urn: "a", monthlyMicroUsd: 250_000 },
        ],
        unpriced: [{ urn: "b", type: "t", why: "no price", standby: false, kind: "type", path: "" }],
      }),
      [
        { urn: "a", type: "t", monthlyUsd: 0.75 },
        { urn: "b", type: "t", monthlyUsd: null },
        { urn: "c", type: "t", monthlyUsd: 0 },
      ],
    );
  });
});
