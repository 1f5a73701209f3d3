import { answerSets } from "../../model/answer-sets";
import { formatUsd, toUsd } from "../../model/money";
import { planFromResources } from "../../model/plan-from-resources";
import type { Bound } from "../../model/recovery-bound";
import { parseUrn } from "../../model/stack-resource";
import { idleCost } from "../../policy/prices/idle-cost";
import { ASSUMPTIONS } from "../../rehearsal/simulation/assumptions";
import type { Distribution } from "../../rehearsal/simulation/distribution";
import { playableSystem } from "../../rehearsal/simulation/played-system";
import { countText } from "../report/figures";
import { claimVerdict, shareWithin } from "./claim-verdict";
import { dataRelay } from "./data-relay";
import { homelabAssistant } from "./homelab-assistant";
import { COUNTED_SECONDS, type PlayedSeed, type PlayNumbers, playSeed, SHARE_SECONDS } from "./play-seed";
import { profileApi } from "./profile-api";
import type { Claim, CostClaim, Measure, Seed } from "./seed";
import { staticSite } from "./static-site";
import { webServer } from "./web-server";

export const SEEDS_DOC = "docs/seeds.md";
export const SEEDS_COMMAND = "node --import tsx drill/seeds/write-seeds.ts";

export const SEEDS: readonly Seed[] = [homelabAssistant, dataRelay, staticSite, profileApi, webServer];

/** What the page is made with. */
export const SEED_NUMBERS: PlayNumbers = { cutovers: 1_000, resolvers: 20, seed: 1 };

const MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  detection: "fault to unhealthy",
  authoritative: "fault to withdrawn by a name server",
  client: "fault to the first request served by the other side",
  handover: "unhealthy to the first request served by the other side",
  left: "fault to the first request served after the last to the failed gateway",
  recovery: "heal to healthy",
};

/** `docs/seeds.md`. The same numbers give the same text. */
export function renderSeeds(numbers: PlayNumbers = SEED_NUMBERS): string {
  return [renderIntro(numbers), ...SEEDS.map((seed) => renderSeed(seed, numbers))].join("\n");
}

/** What stands before the first seed. */
export function renderIntro({ cutovers, resolvers, seed }: PlayNumbers = SEED_NUMBERS): string {
  return `# What the seeds say, and what the simulation says

Each of the five systems comes from one document that gives times for its failover. Here each document's configuration
is played under the virtual clock: ${countText(cutovers)} cutovers with ${resolvers} resolvers each, seed ${seed}. Everything on this page follows
from the plans in \`drill/seeds/\`; \`${SEEDS_COMMAND}\` writes it again.

The percentile of a number is the share of simulated samples that are not above it. A time that is said to have
happened, or to be usual, is **likely** between the 5th and the 95th percentile (with 10 % to either side where the
document says "about"), **lucky** below, **cautious** above, and **not reproducible** where no simulated cutover is
like it. A limit is likely where at least 95 % of the samples keep it, lucky where some do.

What is documented: a check has 16 checkers (developer guide, monitoring-health-check-latency) and is healthy while more
than 18 % of them say so (developer guide, dns-failover-determining-health-of-endpoints), so 14 must have failed, or 3
recovered; each counts results in a row, and its interval runs from a response to the next request (API reference,
HealthCheckConfig RequestInterval and FailureThreshold); a pair answers with PRIMARY while that is healthy, else with
SECONDARY (API reference, ResourceRecordSet Failover).

AWS documents no time for a health change to reach its name servers; 0 to ${ASSUMPTIONS.propagationSecondsMax} s, evenly spread, are assumed. The bound
of the arithmetic allows 30 s instead. Resolvers honour TTLs and clients ask them for every request, one a second.
`;
}

/** One document's section. */
export function renderSeed(seed: Seed, numbers: PlayNumbers = SEED_NUMBERS): string {
  const played = new Map(seed.plays.map((play) => [play.name, playSeed(play, numbers)]));
  const playOf = (name: string): PlayedSeed => {
    const found = played.get(name);
    if (!found) throw new Error(`seed ${seed.number} has no play ${name}`);
    return found;
  };
  return [
    `## Seed ${seed.number}: \`${seed.system}\`\n`,
    `${seed.setUp}\n`,
    ...seed.plays.map((play) => playTable(play.title, playOf(play.name))),
    seed.claims.length === 0
      ? "The document makes no claim about time, so there is none to judge.\n"
      : claimTable(seed.claims, (claim) => playOf(claim.play).measured[claim.measure]),
    ...notes(seed, [...played.values()]),
  ].join("\n");
}

function playTable(title: string, { bound, measured, failedShare, failedShares }: PlayedSeed): string {
  const measures = (Object.keys(MEASURE_WORDS) as Measure[]).filter((each) => measured[each].count > 0);
  const rows = measures.map((measure) => `| ${MEASURE_WORDS[measure]} | ${quantiles(measured[measure])} |`);
  const lost =
    failedShare === undefined
      ? ""
      : ` Of the requests in the first ${COUNTED_SECONDS} s, ${percentText(failedShare)} failed; of each ` +
        `${SHARE_SECONDS} s after the fault ${failedShares.map(percentText).join(", ")}.`;
  return `${title[0]?.toUpperCase()}${title.slice(1)}. ${boundText(bound)}${lost}

| Seconds | fastest | p5 | p50 | p95 | slowest |
|---|--:|--:|--:|--:|--:|
${rows.join("\n")}
`;
}

function boundText(bound: Bound): string {
  if (bound.kind !== "bound") return "The arithmetic knows no bound.";
  const { detectionSeconds, propagationSeconds, ttlSeconds, rtoSeconds } = bound;
  return `Bound: ${detectionSeconds} + ${propagationSeconds} + ${ttlSeconds} = ${rtoSeconds} s.`;
}

function quantiles(samples: Distribution): string {
  const [fastestMs = 0] = samples.counts().next().value ?? [];
  const { p5, p50, p95, max } = samples.summary() ?? { p5: 0, p50: 0, p95: 0, max: 0 };
  return [fastestMs / 1_000, p5, p50, p95, max].map((seconds) => seconds.toFixed(1)).join(" | ");
}

function claimTable(claims: readonly Claim[], samplesOf: (claim: Claim) => Distribution): string {
  const rows = claims.map((claim) => {
    const samples = samplesOf(claim);
    const limit = claim.kind === "within" ? "at most " : claim.kind === "about" ? "about " : "";
    const percentile = percentText(shareWithin(samples, claim.seconds));
    return `| ${claim.says} | ${limit}${claim.seconds} s | ${MEASURE_WORDS[claim.measure]} | ${percentile} | **${claimVerdict(claim, samples)}** |`;
  });
  return `| The document says | Number | Compared with | Percentile | Verdict |
|---|--:|---|--:|---|
${rows.join("\n")}
`;
}

/** A share that is not nothing never reads as 0 %, nor one that is not all as 100 %. */
export function percentText(share: number): string {
  if (share > 0 && share < 0.001) return "under 0.1 %";
  if (share < 1 && share > 0.999) return "over 99.9 %";
  return share === 0 || share === 1 ? `${share * 100} %` : `${(share * 100).toFixed(1)} %`;
}

function notes(
  { claims, cost, corrections, asWritten, plays }: Seed,
  played: readonly PlayedSeed[],
): string[] {
  const ofClaims = claims.flatMap(({ says, note }) => (note === undefined ? [] : [`*${says}*: ${note}`]));
  const violations = played.reduce((sum, each) => sum + each.violations, 0);
  const lines = [
    ...ofClaims,
    ...(cost ? [costNote(cost, plays.find(({ name }) => name === cost.play)?.resources ?? [])] : []),
    ...(asWritten ? [refusalNote(asWritten)] : []),
    ...corrections,
    ...(violations > 0
      ? [`${violations} invariants broke while this was played; the figures are not to be trusted.`]
      : []),
  ];
  return [...lines.map((text) => `- ${text}`), ""];
}

function costNote(
  { says, monthlyUsd, note }: CostClaim,
  resources: Seed["plays"][number]["resources"],
): string {
  const { lines, totalMicroUsd, unpriced } = idleCost(resources, planFromResources(resources));
  const byItem = lines
    .filter(({ monthlyMicroUsd }) => monthlyMicroUsd > 0)
    .map(
      ({ urn, item, monthlyMicroUsd }) =>
        `${parseUrn(urn).name}: ${item} ${formatUsd(toUsd(monthlyMicroUsd))}`,
    );
  const unknown =
    unpriced.length === 0 ? "" : ` without ${unpriced.map(({ urn }) => parseUrn(urn).name).join(", ")}`;
  const total = formatUsd(toUsd(totalMicroUsd));
  return `*${says}* (${formatUsd(monthlyUsd)}): at list prices ${total}${unknown}: ${byItem.join("; ")}. ${note}`;
}

/** What the simulation says of the configuration as the document has it. */
function refusalNote(resources: Seed["plays"][number]["resources"]): string {
  const plan = planFromResources(resources);
  const [pair] = answerSets(plan);
  const playable = pair && playableSystem(plan, pair);
  if (playable?.kind !== "refused") throw new Error("the configuration as written can be played; play it");
  return `As written it is refused: ${playable.why.replaceAll(/urn:\S+::/g, "")}.`;
}
