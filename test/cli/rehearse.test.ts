import assert from "node:assert/strict";
import {
  leftResources,
  type RehearsalEvent,
  type RehearsalOptions,
  type RehearsalSteps,
  rehearse,
} from "../../cli/rehearse";
import { observe } from "../../drill/observe";
import type { StackResource } from "../../model/stack-resource";
import { primaryDown } from "../../rehearsal/simulation/scenarios/primary-down";
import { rehearsalSamples } from "../drill/rehearsal-samples";
import { reportParts } from "../drill/report/report-parts";
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
    const { outcome } = await played({
      simulate: async () => ({ unplayable: "the failure cannot be simulated: no check" }),
      loopback: async ({ onSample }) => {
        onSample({ atSeconds: 0, kind: "mark", mark: "end", detail: "the plan cannot be played: no region" });
        return undefined as never;
      },
    });
    assert.ok(outcome.kind === "done");
    assert.equal(outcome.parts.simulation, undefined);
    assert.deepEqual(outcome.parts.unplayed, [
      "the failure cannot be simulated: no check",
      "the plan cannot be played: no region",
    ]);
  });

  it("plays nothing where there is no failover pair", async () => {
    const { outcome, kinds } = await played({ plan: () => ({ ...pairPlan(), recordSets: [] }) });
    assert.deepEqual(kinds, ["stood-up", "judged", "torn-down"]);
    assert.ok(outcome.kind === "done");
    assert.equal(outcome.pair, undefined);
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
