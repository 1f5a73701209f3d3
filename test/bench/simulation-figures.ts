import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import type { FailoverPlan } from "../../model/failover-plan";
import { ENGINE_UNKNOWN_STRINGS, isUnknown } from "../../model/unknown";
import { scenarioNames } from "../../rehearsal/simulation/scenario";
import { programPath } from "../rehearsal/loopback/real-resolvers";
import { type BenchFigure, rounded, upTo } from "./bench-figure";
import { measure, median } from "./measured-process";

const CUTOVERS = [100, 1_000, 10_000] as const;
const RUNS = 3;
/** "Flat in N": a hundred times the cutovers may cost so many times the memory. */
const MEMORY_RATIO_MAX = 1.2;
/** "Linear in N": ten times the cutovers may take so many times as long. */
const TIME_RATIO_MAX = 11;
const MEMORY_MB_MAX = 400;
const MB = 1_000_000;
/** As many as `--scenario all` plays of each unless told otherwise. */
const CUTOVERS_OF_EACH = 100;
const RESOLVERS = 100;
const SCENARIO_LIST_SECONDS = 5;
/** The figure is one core's: without this, V8's collector works on another. */
const PINNED = programPath("taskset");

/** Time and memory of the simulation at three sizes, each in a process of its own. */
export async function simulationFigures(plan: FailoverPlan): Promise<BenchFigure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "warm-standby-bench-"));
  try {
    const file = path.join(folder, "plan.json");
    const [unknown] = ENGINE_UNKNOWN_STRINGS;
    writeFileSync(
      file,
      JSON.stringify(plan, (_, value) => (isUnknown(value) ? unknown : value)),
    );
    const runs = [];
    for (const cutovers of CUTOVERS) runs.push(await simulated(file, cutovers));
    const [small, middle, large] = runs;
    if (!small || !middle || !large) throw new Error("a size was not simulated");
    const memory = runs.map(({ peakBytes }) => rounded(peakBytes / MB)).join(" / ");
    const times = runs.map(({ seconds }) => rounded(seconds)).join(" / ");
    const sizes = CUTOVERS.map((count) => count.toLocaleString("en-US")).join(" / ");
    const basis = `primary-down of one set, without a report; median of ${RUNS}, own process, ${PINNED ? "on one core" : "on any core, as taskset is missing"}`;
    const live = runs.map(({ liveBytes }) => rounded(liveBytes / MB)).join(" / ");
    const ratio = large.liveBytes / small.liveBytes;
    const timeRatio = large.seconds / middle.seconds;
    const list = await scenarioList();
    const listBasis = `median of ${RUNS}, own process, on all ${availableParallelism()} cores`;
    return [
      upTo("1,000 cutovers x 100 resolvers", middle.seconds, 5, "s", basis),
      upTo("10,000 cutovers x 100 resolvers", large.seconds, 10, "s", basis),
      upTo("memory of 10,000 cutovers", large.peakBytes / MB, MEMORY_MB_MAX, "MB", `peak RSS, ${basis}`),
      {
        name: "time linear in N",
        value: `x ${timeRatio.toFixed(1)} for 10 x the cutovers`,
        target: `x ${TIME_RATIO_MAX} at most`,
        basis,
        ok: timeRatio <= TIME_RATIO_MAX,
      },
      upTo(
        `every scenario of the profile API: ${list.plays} x ${CUTOVERS_OF_EACH} cutovers x ${RESOLVERS} resolvers`,
        list.seconds,
        SCENARIO_LIST_SECONDS,
        "s",
        `wall; ${rounded(list.cpuSeconds)} s of CPU, threads included; ${listBasis}`,
      ),
      {
        name: "stand-up of its program, before that",
        value: `${rounded(list.standUpSeconds)} s`,
        target: "",
        basis: `wall; ${rounded(list.standUpCpuSeconds)} s of CPU; ${listBasis}`,
      },
      { name: `cutovers ${sizes}`, value: `${times} s`, target: "", basis },
      {
        name: "memory flat in N",
        value: `${live} MB alive at the end, x ${ratio.toFixed(2)}`,
        target: `x ${MEMORY_RATIO_MAX} at most`,
        basis: `heap and buffers after a collection, ${basis}`,
        ok: ratio <= MEMORY_RATIO_MAX,
      },
      // With more to do, V8 lets young garbage lie longer; that is no memory of the simulation.
      {
        name: `peak RSS of ${sizes} cutovers`,
        value: `${memory} MB`,
        target: "",
        basis: `garbage included, ${basis}`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface ScenarioList {
  readonly scenarios: number;
  readonly plays: number;
  readonly cutovers: number;
  readonly violations: number;
  readonly standUpSeconds: number;
  readonly standUpCpuSeconds: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** The run with the middle time of playing; what stood the program up in it is told beside. */
async function scenarioList(): Promise<ScenarioList> {
  const runs: ScenarioList[] = [];
  for (let run = 0; run < RUNS; run++) {
    const script = "test/bench/scenario-list-child.ts";
    const child = await measure(["--import", "tsx", script, `${CUTOVERS_OF_EACH}`, `${RESOLVERS}`]);
    if (child.code !== 0) throw new Error(`the scenarios ended with ${child.code}: ${child.stderr.trim()}`);
    const told = JSON.parse(child.stdout) as ScenarioList;
    if (told.plays < told.scenarios || told.scenarios !== scenarioNames().length)
      throw new Error(`${told.plays} of ${scenarioNames().length} scenarios were simulated`);
    if (told.cutovers !== told.plays * CUTOVERS_OF_EACH)
      throw new Error(`${told.cutovers} of ${told.plays * CUTOVERS_OF_EACH} cutovers were simulated`);
    if (told.violations > 0) throw new Error(`${told.violations} invariants broke`);
    runs.push(told);
  }
  const middle = median(runs.map(({ seconds }) => seconds));
  return runs.find(({ seconds }) => seconds === middle) as ScenarioList;
}

async function simulated(
  file: string,
  cutovers: number,
): Promise<{ seconds: number; peakBytes: number; liveBytes: number }> {
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    const numbers = [`${cutovers}`, `${RESOLVERS}`];
    const argv = ["--expose-gc", "--import", "tsx", "test/bench/simulation-child.ts", file, ...numbers];
    const child = await (PINNED
      ? measure(["-c", "0", process.execPath, ...argv], { command: PINNED })
      : measure(argv));
    if (child.code !== 0) throw new Error(`the simulation ended with ${child.code}: ${child.stderr.trim()}`);
    const { seconds, count, violations, liveBytes } = JSON.parse(child.stdout) as Record<string, number>;
    if (seconds === undefined || liveBytes === undefined) throw new Error("the simulation told no time");
    if (count !== cutovers) throw new Error(`${count} of ${cutovers} cutovers were simulated`);
    if ((violations ?? 0) > 0) throw new Error(`${violations} invariants broke`);
    runs.push({ seconds, liveBytes, peakBytes: child.peakBytes });
  }
  return {
    liveBytes: median(runs.map((run) => run.liveBytes)),
    seconds: median(runs.map((run) => run.seconds)),
    peakBytes: median(runs.map((run) => run.peakBytes)),
  };
}
