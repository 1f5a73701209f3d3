import { answerSets } from "../../model/answer-sets";
import { planFromResources } from "../../model/plan-from-resources";
import type { StackResource } from "../../model/stack-resource";
import { zonePriceText } from "../../policy/prices/route53-price";
import { ASSUMPTIONS } from "../../rehearsal/simulation/assumptions";
import { playableSystem } from "../../rehearsal/simulation/played-system";
import { countText } from "../report/figures";
import { SEEN_SHARE } from "./claim-verdict";
import { dataRelay } from "./data-relay";
import { homelabAssistant } from "./homelab-assistant";
import { COUNTED_SECONDS, type PlayedSeed, type PlayNumbers, playSeed, SHARE_SECONDS } from "./play-seed";
import { profileApi } from "./profile-api";
import { renderOwnStack } from "./render-own-stack";
import type { Seed } from "./seed";
import { staticSite } from "./static-site";
import { boundText, claimTable, percentText, timeTable } from "./time-tables";
import { webServer } from "./web-server";

export const SEEDS_DOC = "docs/seeds.md";
export const SEEDS_COMMAND = "npm run docs:seeds";

export const SEEDS: readonly Seed[] = [homelabAssistant, dataRelay, staticSite, profileApi, webServer];

/** What the page is made with. */
export const SEED_NUMBERS: PlayNumbers = { cutovers: 1_000, resolvers: 5, seed: 1 };

/**
 * `docs/seeds.md`. The same numbers and stacks give the same text.
 * @param resourcesOf gives the resources of the stack that a seed names.
 */
export function renderSeeds(resourcesOf: (seed: Seed) => readonly StackResource[]): string {
  const sections = SEEDS.flatMap((seed) => [
    renderSeed(seed),
    renderOwnStack(seed, resourcesOf(seed), SEED_NUMBERS),
  ]);
  return [renderIntro(), ...sections].join("\n");
}

/** What stands before the first seed. */
export function renderIntro({ cutovers, resolvers, seed }: PlayNumbers = SEED_NUMBERS): string {
  return `# What the seeds say, and what the simulation says

Each of the five systems comes from one document that gives times and prices for its failover. Here each document's
configuration is played under the virtual clock, and then the document's own drill against the stack that came of it:
${countText(cutovers)} cutovers with ${resolvers} resolvers each, seed ${seed}. \`${SEEDS_COMMAND}\` stands the stacks up without an account and
writes this page again; \`npm run costs\` shows all prices in one table. A stack finds its hosted zone and does not create
it; the ${zonePriceText()} of a zone are in none of the prices.

The percentile of a number is the share of simulated samples that are not above it. A time that is said to have
happened, or to be usual, is **likely** between the 5th and the 95th percentile (where the document says "about", also
where the median is within 10 % of the number), **lucky** below, **cautious** above, and **not reproducible** where
less than one sample in ${countText(1 / SEEN_SHARE)} is like it, be it seen or not. A limit is likely where at least 95 % of the samples
keep it, lucky where one in ${countText(1 / SEEN_SHARE)} does.

What is documented: a check has 16 checkers (developer guide, monitoring-health-check-latency) and is healthy while more
than 18 % of them say so (developer guide, dns-failover-determining-health-of-endpoints), so 14 must have failed, or 3
recovered; each counts results in a row, and its interval runs from a response to the next request (API reference,
HealthCheckConfig RequestInterval and FailureThreshold); a pair answers with PRIMARY while that is healthy, else with
SECONDARY (API reference, ResourceRecordSet Failover).

AWS documents no time for a health change to reach its name servers; 0 to ${ASSUMPTIONS.propagationSecondsMax} s, evenly spread, are assumed. The bound
of the arithmetic allows 30 s instead. Resolvers honour TTLs and clients ask them for every request, one a second.
`;
}

/** One document's section, up to what needs our own stack. */
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

function playTable(title: string, played: PlayedSeed): string {
  const { bound, failedShare, failedShares } = played;
  const lost =
    failedShare === undefined
      ? ""
      : ` Of the requests in the first ${COUNTED_SECONDS} s, ${percentText(failedShare)} failed; of each ` +
        `${SHARE_SECONDS} s after the fault ${failedShares.map(percentText).join(", ")}.`;
  return `${title[0]?.toUpperCase()}${title.slice(1)}. ${boundText(bound)}${lost}

${timeTable(played)}`;
}

function notes({ claims, corrections, asWritten }: Seed, played: readonly PlayedSeed[]): string[] {
  const ofClaims = claims.flatMap(({ says, note }) => (note === undefined ? [] : [`*${says}*: ${note}`]));
  const violations = played.reduce((sum, each) => sum + each.violations, 0);
  const lines = [
    ...ofClaims,
    ...(asWritten ? [refusalNote(asWritten)] : []),
    ...corrections,
    ...(violations > 0
      ? [`${violations} invariants broke while this was played; the figures are not to be trusted.`]
      : []),
  ];
  return [...lines.map((text) => `- ${text}`), ""];
}

/** What the simulation says of the configuration as the document has it. */
function refusalNote(resources: Seed["plays"][number]["resources"]): string {
  const plan = planFromResources(resources);
  const [pair] = answerSets(plan);
  const playable = pair && playableSystem(plan, pair);
  if (playable?.kind !== "refused") throw new Error("the configuration as written can be played; play it");
  return `As written it is refused: ${playable.why.replaceAll(/urn:\S+::/g, "")}.`;
}
