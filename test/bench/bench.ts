import { availableParallelism, loadavg } from "node:os";
import Table from "cli-table3";
import { EXIT } from "../../cli/exit-codes";
import { planFromResources } from "../../model/plan-from-resources";
import { runUnderMocks } from "../../rehearsal/standin/run-program";
import type { BenchFigure } from "./bench-figure";
import { checkovFigures } from "./checkov-figures";
import { dnsThroughput } from "./dns-throughput";
import { ROOT } from "./measured-process";
import { packStart } from "./pack-start";
import { policyFigures } from "./policy-figures";
import { findOnPath, previewRatio } from "./preview-ratio";
import { rehearseFigures } from "./rehearse-figures";
import { simulationFigures } from "./simulation-figures";

/**
 * `npm run bench`: every figure that the project promises, measured on this machine.
 * @param wanted words of the sections to measure, `npm run bench -- rules previews`; all where there are none.
 */
async function bench(wanted: readonly string[]): Promise<void> {
  const sections: readonly (readonly [string, () => Promise<BenchFigure[]>])[] = [
    ["the pack's first answer", packStart],
    ["the simulation at three sizes", async () => simulationFigures(await devPlan())],
    ["a whole rehearsal", rehearseFigures],
    ["the rules on large stacks", policyFigures],
    ["a thousand resources, beside Checkov", () => checkovFigures(findOnPath("checkov", "--version"))],
    ["the DNS server beside dnsmasq", dnsThroughput],
    ["previews", () => previewRatio(findOnPath("pulumi"))],
  ];
  const unheard = wanted.filter((word) => !sections.some(([what]) => what.includes(word)));
  if (unheard.length > 0) {
    const all = sections.map(([what]) => what).join("; ");
    process.stderr.write(`bench: no section is called ${unheard.join(" or ")}; sections: ${all}\n`);
    process.exitCode = EXIT.usage;
    return;
  }
  const measurements = sections.filter(
    ([what]) => wanted.length === 0 || wanted.some((word) => what.includes(word)),
  );
  const figures: BenchFigure[] = [];
  const loadBefore = loadavg()[0]?.toFixed(1);
  for (const [what, measurement] of measurements) {
    process.stderr.write(`measuring ${what}\n`);
    figures.push(...(await measurement().catch((error: Error) => [failed(what, error)])));
  }
  process.stdout.write(`${tableOf(figures)}\n`);
  // Figures of a busy machine say little; the load tells how busy it was.
  const loadAfter = loadavg()[0]?.toFixed(1);
  process.stdout.write(
    `Node.js ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores, ` +
      `load before ${loadBefore} and after ${loadAfter}\n`,
  );
  if (figures.some(({ ok }) => ok === false)) process.exitCode = EXIT.missed;
}

async function devPlan() {
  const run = await runUnderMocks({ projectDir: ROOT, stack: "dev" });
  if (run.kind !== "ok") throw new Error("the dev stack cannot be stood up");
  return planFromResources(run.resources);
}

/** A figure that cannot be measured is a figure missed: silence would read as success. */
function failed(name: string, error: Error): BenchFigure {
  return { name, value: error.message.split("\n")[0] ?? "", target: "", basis: "failed", ok: false };
}

function tableOf(figures: readonly BenchFigure[]): string {
  const table = new Table({
    head: ["Figure", "Value", "Target", "Basis", ""],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, value, target, basis, ok } of figures) {
    table.push([name, value, target, basis, ok === undefined ? "-" : ok ? "ok" : "MISS"]);
  }
  return table.toString();
}

void bench(process.argv.slice(2));
