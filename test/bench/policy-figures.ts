import { evaluate } from "../../policy/evaluate";
import { classCounts } from "../../policy/prices/classes";
import { readStack } from "../../rehearsal/standin/deployment";
import { pricedTypes } from "../policy/prices/priced-samples";
import { type BenchFigure, upTo } from "./bench-figure";
import { writtenStack } from "./thousand-resources";

const SIZES = [
  [10_000, 2],
  [100_000, 20],
] as const;
const PRICED_MIN = 160;
const MEMORY_MB_MAX = 1_000;

/** All rules on stacks of two sizes, and how many types have a class. */
export async function policyFigures(): Promise<BenchFigure[]> {
  const figures = SIZES.map(([size, limitSeconds]) => {
    const { resources } = readStack(JSON.parse(writtenStack(size).pulumiState));
    const started = performance.now();
    const { rules } = evaluate(resources);
    const seconds = (performance.now() - started) / 1_000;
    return upTo(`${size} resources, ${rules} rules`, seconds, limitSeconds, "s", "wall clock, one run");
  });
  const { rss } = process.memoryUsage();
  const withPrice = pricedTypes().length;
  const { free, priced, usage, continuous, unknown } = classCounts();
  return [
    ...figures,
    upTo("memory after that", rss / 1e6, MEMORY_MB_MAX, "MB", "resident, this process"),
    {
      name: "types of @pulumi/aws with a class",
      value: `${free + priced + usage + continuous + unknown}`,
      target: "all",
      basis: `${free} free, ${priced} priced, ${usage} usage, ${continuous} continuous, ${unknown} undecided`,
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
