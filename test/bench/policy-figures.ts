import { classCounts } from "../../policy/prices/classes";
import { packageTypes } from "../policy/prices/package-types";
import { pricedTypes } from "../policy/prices/priced-samples";
import { type BenchFigure, upTo } from "./bench-figure";
import { measure, median } from "./measured-process";

const SIZES = [
  [10_000, 2],
  [100_000, 20],
] as const;
/** "Linear": ten times the resources may take so many times as long. What is read grows by ten (a test counts). */
const GROWTH_MAX = 11;
const RUNS = 3;
const BASIS = `median of ${RUNS}, own process, budgets set`;
const PRICED_MIN = 160;
const MEMORY_MB_MAX = 1_000;

/** All rules on stacks of two sizes in which everything that they join grows, and how many types have a class. */
export async function policyFigures(): Promise<BenchFigure[]> {
  const runs = SIZES.map(([size, limitSeconds]) => ({ size, limitSeconds, judged: [] as Judged[] }));
  // In turns, so that a busy spell of the machine meets both sizes.
  for (let run = 0; run < RUNS; run += 1) {
    for (const { size, judged } of runs) judged.push(await judgedStack(size));
  }
  const measured = runs.map(({ size, limitSeconds, judged }) => ({
    size,
    limitSeconds,
    rules: judged[0]?.rules,
    seconds: median(judged.map(({ seconds }) => seconds)),
    peakBytes: median(judged.map(({ peakBytes }) => peakBytes)),
  }));
  const figures = measured.map(({ size, limitSeconds, seconds, rules }) =>
    upTo(`${size} resources, ${rules} rules`, seconds, limitSeconds, "s", BASIS),
  );
  const [small, large] = measured;
  if (!small || !large) throw new Error("a size was not judged");
  const withPrice = pricedTypes().length;
  const { free, priced, usage, continuous, unknown } = classCounts();
  const classed = free + priced + usage + continuous + unknown;
  const inPackage = packageTypes().types.size;
  return [
    ...figures,
    upTo(
      "ten times the resources",
      large.seconds / small.seconds,
      GROWTH_MAX,
      "times as long",
      "of the two above",
    ),
    upTo(
      `memory of ${large.size} resources`,
      large.peakBytes / 1e6,
      MEMORY_MB_MAX,
      "MB",
      `peak RSS, ${BASIS}`,
    ),
    {
      name: "types of @pulumi/aws with a class",
      value: `${classed}`,
      target: `all, ${inPackage}`,
      basis: `${free} free, ${priced} priced, ${usage} usage, ${continuous} continuous, ${unknown} undecided`,
      ok: classed === inPackage,
    },
    {
      name: "priced types",
      value: `${withPrice}`,
      target: `at least ${PRICED_MIN}`,
      basis: `a sensible resource gets a price; the other ${priced - withPrice} formulas refuse or are free`,
      ok: withPrice >= PRICED_MIN,
    },
  ];
}

interface Judged {
  readonly rules: number;
  readonly seconds: number;
  readonly peakBytes: number;
}

/** A stack's cells may miss the size that is asked for by so much. */
const SIZE_TOLERANCE = 0.01;

async function judgedStack(size: number): Promise<Judged> {
  const child = await measure(["--import", "tsx", "test/bench/policy-child.ts", `${size}`]);
  if (child.code !== 0) throw new Error(`the rules ended with ${child.code}: ${child.stderr.trim()}`);
  const { resources, rules, findings, seconds } = JSON.parse(child.stdout) as Record<string, number>;
  if (rules === undefined || seconds === undefined) throw new Error("the rules told no time");
  if (Math.abs((resources ?? 0) - size) > size * SIZE_TOLERANCE)
    throw new Error(`${resources} of ${size} resources were judged`);
  // Every cell has names that fail over, so silence would be a rule that did not run.
  if ((findings ?? 0) < size / 10) throw new Error(`${findings} findings on ${size} resources`);
  return { rules, seconds, peakBytes: child.peakBytes };
}
