import type { Bound } from "../../model/recovery-bound";
import type { Distribution } from "../../rehearsal/simulation/distribution";
import { claimVerdict, shareWithin } from "./claim-verdict";
import type { PlayedSet } from "./play-seed";
import type { Claim, Measure } from "./seed";

const MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  detection: "fault to unhealthy",
  authoritative: "fault to withdrawn by a name server",
  client: "fault to the first request served by the other side",
  handover: "unhealthy to the first request served by the other side",
  left: "fault to the first request served after the last to the failed gateway",
  recovery: "heal to healthy",
};

/** The quantiles of whatever was measured. */
export function timeTable({ measured }: PlayedSet): string {
  const measures = (Object.keys(MEASURE_WORDS) as Measure[]).filter((each) => measured[each].count > 0);
  const rows = measures.map((measure) => `| ${MEASURE_WORDS[measure]} | ${quantiles(measured[measure])} |`);
  return `| Seconds | fastest | p5 | p50 | p95 | slowest |
|---|--:|--:|--:|--:|--:|
${rows.join("\n")}
`;
}

/** `Bound: 114 + 30 + 60 = 204 s.` */
export function boundText(bound: Bound): string {
  if (bound.kind !== "bound") return "The arithmetic knows no bound.";
  const { detectionSeconds, propagationSeconds, ttlSeconds, rtoSeconds } = bound;
  return `Bound: ${detectionSeconds} + ${propagationSeconds} + ${ttlSeconds} = ${rtoSeconds} s.`;
}

function quantiles(samples: Distribution): string {
  const [fastestMs = 0] = samples.counts().next().value ?? [];
  const { p5, p50, p95, max } = samples.summary() ?? { p5: 0, p50: 0, p95: 0, max: 0 };
  return [fastestMs / 1_000, p5, p50, p95, max].map((seconds) => seconds.toFixed(1)).join(" | ");
}

/** Each number beside the samples of what it is about. @throws RangeError where one has none. */
export function claimTable(claims: readonly Claim[], samplesOf: (claim: Claim) => Distribution): string {
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
