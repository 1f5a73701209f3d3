import { evaluate } from "../../policy/evaluate";
import { classCounts } from "../../policy/prices/classes";
import { packageTypes } from "../policy/prices/package-types";
import { pricedTypes } from "../policy/prices/priced-samples";
import { type BenchFigure, upTo } from "./bench-figure";
import { grownStack } from "./grown-stack";

const SIZES = [
  [10_000, 2],
  [100_000, 20],
] as const;
/** Ten times the resources may take so many times as long: what is read grows by ten (a test counts), caches miss more. */
const GROWTH_MAX = 13;
const RUNS = 3;
/** The fastest run is the one that the rest of the machine disturbed least. */
const FASTEST = `wall clock, fastest of ${RUNS}`;
const PRICED_MIN = 160;
const MEMORY_MB_MAX = 1_000;

/** Budgets that no stack reaches, so that both cost rules judge. */
const CONFIG = {
  "stack-idle-cost": { monthlyUsdLimit: 1e9 },
  "standby-idle-cost": { monthlyUsdLimit: 1e9 },
};

/** All rules on stacks of two sizes in which everything that they join grows, and how many types have a class. */
export async function policyFigures(): Promise<BenchFigure[]> {
  const measured = SIZES.map(([size, limitSeconds]) => {
    return { size, limitSeconds, resources: grownStack(size), seconds: Number.POSITIVE_INFINITY, rules: 0 };
  });
  // In turns, so that a busy spell of the machine meets both sizes.
  for (let run = 0; run < RUNS; run += 1) {
    for (const one of measured) {
      const started = performance.now();
      one.rules = evaluate(one.resources, CONFIG).rules;
      one.seconds = Math.min(one.seconds, (performance.now() - started) / 1_000);
    }
  }
  const figures = measured.map(({ size, limitSeconds, seconds, rules }) =>
    upTo(`${size} resources, ${rules} rules, budgets set`, seconds, limitSeconds, "s", FASTEST),
  );
  const [small, large] = measured;
  const growth = small && large ? large.seconds / small.seconds : Number.NaN;
  // The kernel counts the peak in KiB; what is resident after the runs is less.
  const peakBytes = process.resourceUsage().maxRSS * 1_024;
  const withPrice = pricedTypes().length;
  const { free, priced, usage, continuous, unknown } = classCounts();
  const classed = free + priced + usage + continuous + unknown;
  const inPackage = packageTypes().types.size;
  return [
    ...figures,
    upTo("ten times the resources", growth, GROWTH_MAX, "times as long", "of the two above"),
    upTo("memory until then", peakBytes / 1e6, MEMORY_MB_MAX, "MB", "peak resident, this process"),
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
