import { answerSets } from "../../model/answer-sets";
import { formatUsd, toUsd } from "../../model/money";
import { planFromResources } from "../../model/plan-from-resources";
import { recoveryBound } from "../../model/recovery-bound";
import type { StackResource } from "../../model/stack-resource";
import { idleCostIn } from "../../policy/evaluate";
import type { CostReport } from "../../policy/prices/idle-cost";
import { scenarioByName } from "../../rehearsal/simulation/scenario";
import { dearestFirst } from "../report/cost-lines";
import { compareCost } from "../report/costs-table";
import { failedSharesText } from "../report/failed-shares";
import { moneyText } from "../report/figures";
import { slowestFirst } from "../report/verdict";
import { type PlayedSet, type PlayNumbers, playSet } from "./play-seed";
import type { Seed } from "./seed";
import { boundText, claimTable, timeTable } from "./time-tables";

/** How the part of a section begins that needs the stack to be stood up. */
export const OWN_STACK_HEADING = "### The document's drill and its price, on the stack";

/**
 * What the document's own drill does to our stack, and what the stack costs idle.
 * @param resources of the stack that the seed names, with its defaults.
 * @throws Error where the drill is no scenario, or the stack has no set of answers that can be played.
 */
export function renderOwnStack(
  seed: Seed,
  resources: readonly StackResource[],
  numbers: PlayNumbers,
): string {
  const { drill, stack } = seed;
  const scenario = scenarioByName(drill.scenario);
  if (!scenario)
    throw new Error(`the drill of seed ${seed.number} is ${drill.scenario}, which is no scenario`);
  const plan = planFromResources(resources);
  // The one that a rehearsal plays.
  const [slowest] = slowestFirst(answerSets(plan).map((set) => ({ set, bound: recoveryBound(plan, set) })));
  if (!slowest) throw new Error(`the stack ${stack} has no set of answers to play`);
  const { set } = slowest;
  const played = playSet(plan, set, scenario, numbers);
  const claims = seed.claims.filter(({ play }) => play === drill.play);
  const hasTimes = Object.values(played.measured).some(({ count }) => count > 0);
  return [
    `${OWN_STACK_HEADING} \`${stack}\`\n`,
    `\`${scenario.name}\` on ${set.name} ${set.type}: ${scenario.title}. ${boundText(played.bound)} ${noticed(played)}` +
      `${drill.note === undefined ? "" : ` ${drill.note}`}\n`,
    ...(hasTimes ? [timeTable(played)] : []),
    ...(claims.length > 0 ? [claimTable(claims, ({ measure }) => played.measured[measure])] : []),
    ...costLines(seed, idleCostIn(resources)).map((line) => `- ${line}`),
    `- \`npm run rehearse -- --stack ${stack} --scenario ${scenario.name}\` plays the drill on sockets too.`,
    ...(played.violations > 0
      ? [`- ${played.violations} invariants broke while this was played; the figures are not to be trusted.`]
      : []),
    "",
  ].join("\n");
}

/** What visitors met who honour the TTL. */
function noticed({ measured, outcomes }: PlayedSet): string {
  if (outcomes.some(({ failed }) => failed > 0)) return `Of the requests ${failedSharesText(outcomes)}.`;
  return measured.authoritative.count > 0
    ? "No request failed: the name fails over although only the health path is gone."
    : "No request failed: the health check sees nothing of it, and DNS stays as it is.";
}

/** What the document says of money, then what of it our stack pays for, and what beside that. */
function costLines(seed: Seed, cost: CostReport): string[] {
  const { claim, idleMonthlyUsd, verdict } = compareCost({ seed, stack: seed.stack }, cost);
  const isCounted = ({ item, standby }: CostReport["lines"][number]) =>
    claim.kind === "under" ? standby : claim.counts.some((begin) => item.startsWith(begin));
  const counted = cost.lines.filter(isCounted);
  const beside = cost.lines.filter((line) => !isCounted(line));
  const judged = claim.kind === "no-amount" ? "" : ` (against the document's number: ${verdict})`;
  const whole = `\`${seed.stack}\` while idle, at list prices: ${moneyText(idleMonthlyUsd)} a month${judged}`;
  return [
    `The document's price: ${claim.says}.${claim.note === undefined ? "" : ` ${claim.note}`}`,
    counted.length === 0
      ? `${whole}: ${itemsText(beside)}.`
      : `${whole}. What the document speaks of: ${sumText(counted)} (${itemsText(counted)}). Beside that: ` +
        `${sumText(beside)} (${itemsText(beside)}).`,
  ];
}

function sumText(lines: CostReport["lines"]): string {
  return formatUsd(toUsd(lines.reduce((sum, { monthlyMicroUsd }) => sum + monthlyMicroUsd, 0)));
}

/** Dearest first, and what bills alike together. */
function itemsText(lines: CostReport["lines"]): string {
  const byItem = new Map<string, CostReport["lines"][number][]>();
  for (const line of dearestFirst(lines)) {
    if (line.monthlyMicroUsd > 0) byItem.set(line.item, [...(byItem.get(line.item) ?? []), line]);
  }
  return [...byItem]
    .map(([item, alike]) => `${alike.length > 1 ? `${alike.length} x ` : ""}${item} ${sumText(alike)}`)
    .join("; ");
}
