import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { rehearseCommand } from "../../cli/rehearse-command";
import type { Report } from "../../drill/report/report";
import { runSimulation } from "../../drill/simulation-run";
import { failoverPlan, onlySet } from "../rehearsal/simulation/plan-fixture";
import { captured } from "./captured-io";
import { recomputedFigures } from "./recomputed-figures";
import { fakeSteps } from "./rehearsal-fakes";

describe("samples.ndjson", () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(path.join(tmpdir(), "warm-standby-"));
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  const rehearsed = async (plan = failoverPlan()) => {
    const steps = fakeSteps({
      simulate: ({ scenario, cutovers, resolvers, seed, onProgress, onSample }, signal) =>
        runSimulation(
          { plan, set: onlySet(plan), scenario, cutovers, resolvers, seed, onProgress, onSample },
          signal,
        ),
    });
    const given = { stack: "dev", set: [], scenario: "primary-down", report: "out" };
    const numbers = { cutovers: "150", resolvers: "7", seed: "3", speed: "10", replicationLagMs: "500" };
    await rehearseCommand({ ...given, ...numbers }, [], captured({ cwd }), () => steps);
    const text = (file: string) => readFileSync(path.join(cwd, "out", file), "utf8");
    return { samples: text("samples.ndjson"), report: JSON.parse(text("report.json")) as Report };
  };

  /** Without what the simulation counts over all cutovers and writes into no line of its own. */
  const measured = ({ cutover, failback, loopback }: Report) => {
    const { failedShare: _, stranded: __, untouched: ___, over: ______, ...over } = cutover;
    const { stranded: ____, untouched: _____, over: _______, ...back } = failback;
    return { cutover: over, failback: back, loopback };
  };
  /** Resolvers whose cutover has no time, over all cutovers. */
  const neverOver = (samples: string) =>
    samples
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line))
      .filter(({ basis }) => basis === "simulated")
      .flatMap((line) => line.cutover.clientSeconds as (number | null)[])
      .filter((seconds) => seconds === null).length;

  it("gives an independent reader every measured figure of report.json", async () => {
    const { samples, report } = await rehearsed();
    const { cutover, failback, loopback } = report;
    assert.deepEqual(recomputedFigures(samples), measured(report));
    assert.equal((cutover.stranded ?? 0) + (cutover.untouched ?? 0), neverOver(samples));
    assert.equal(cutover.count, 150);
    assert.ok(cutover.clientSeconds && failback.clientSeconds && loopback.clientSeconds);
  });

  it("does so where some clients never come over, and have nothing to come back from", async () => {
    // A standby whose own check fails with the primary's is answered with only while the two disagree.
    const { samples, report } = await rehearsed(
      failoverPlan({ secondaryCheck: { fqdn: "primary.app.example.com" } }),
    );
    const { cutover } = report;
    assert.deepEqual(recomputedFigures(samples), measured(report));
    assert.equal((cutover.stranded ?? 0) + (cutover.untouched ?? 0), neverOver(samples));
    const [{ cutover: first }] = samples.split("\n", 1).map((line) => JSON.parse(line));
    assert.ok(first.clientSeconds.includes(null));
  });

  it("says of every line what it rests on", async () => {
    const { samples } = await rehearsed();
    const bases = samples
      .trimEnd()
      .split("\n")
      .map((line) => /^\{"basis":"(simulated|loopback)",/.exec(line)?.[1]);
    assert.deepEqual([...new Set(bases)], ["simulated", "loopback"]);
    assert.equal(bases.lastIndexOf("simulated"), 149);
  });
});
