import { OUTCOME_SECONDS, type OutcomeShare } from "../../rehearsal/simulation/request-outcomes";
import type { Report } from "./report";
import { coveredWords } from "./visitor-groups";

/** A share below this is the tail of a few caches. */
const FEW = 0.01;

/** `50 % failed at first, at worst 52 % (from 35 s), less than 1 % from 95 s and none from 120 s on`. */
export function failedSharesText(shares: readonly OutcomeShare[]): string {
  const worst = shares.reduce<OutcomeShare | undefined>(
    (most, share) => (most === undefined || shareOf(share) > shareOf(most) ? share : most),
    undefined,
  );
  const [first] = shares;
  if (!first || !worst || worst.failed === 0) return "no request failed after the fault";
  if (shares.every(({ failed, sent }) => failed === sent)) return "100 % failed until the heal";
  return [
    `${percentText(first)} failed at first`,
    ...(percentText(worst) === percentText(first)
      ? []
      : [`at worst ${percentText(worst)} (from ${worst.atSeconds} s)`]),
    endText(shares),
  ].join(", ");
}

function endText(shares: readonly OutcomeShare[]): string {
  const after = (isMore: (share: OutcomeShare) => boolean) =>
    shares[shares.findLastIndex(isMore) + 1]?.atSeconds;
  const few = after((share) => shareOf(share) >= FEW);
  const none = after(({ failed }) => failed > 0);
  if (few === undefined) return "and some until the heal";
  if (none === undefined) return `less than 1 % from ${few} s on`;
  return few === none ? `none from ${none} s on` : `less than 1 % from ${few} s and none from ${none} s on`;
}

/** Whose requests the simulated share is of, where it is not everybody's; and whose it is not, with why. */
export interface FailedShareGroups {
  readonly covered?: string;
  readonly left: readonly string[];
}

/** Of the visitors' groups that the report knows. */
export function failedShareGroups(report: Report): FailedShareGroups {
  const covered = coveredWords(report);
  const left = (report.loopback.groups ?? []).flatMap(({ group, notCovered }) =>
    notCovered === null ? [] : [`${group} (${notCovered})`],
  );
  return { ...(covered !== undefined && { covered }), left };
}

/** Of the whole report, one line for terminal and Markdown; undefined where nothing was simulated. */
export function failedShareLine(report: Report): string | undefined {
  const { cutover } = report;
  const covered = coveredWords(report);
  const whose = covered === undefined ? "" : ` for ${covered}`;
  return cutover.failedShare === undefined || cutover.failedShare.length === 0
    ? undefined
    : `Requests after the fault, simulated${whose}: ${failedSharesText(cutover.failedShare)}.`;
}

/** Of all requests between fault and heal. */
export function failedPercentText(shares: readonly OutcomeShare[]): string {
  const sum = (of: "failed" | "sent") => shares.reduce((total, share) => total + share[of], 0);
  return percentText({ failed: sum("failed"), sent: sum("sent") });
}

/**
 * The longest time, in seconds, in which some request failed in every stretch; whether that was so from the fault to
 * the heal, so that nobody can say how long it would have gone on; and whether it ended and began anew.
 */
export function failingOnEnd(shares: readonly OutcomeShare[]): {
  readonly seconds: number;
  readonly isUntilHeal: boolean;
  readonly recurs: boolean;
} {
  let [longest, running, runs] = [0, 0, 0];
  for (const { failed } of shares) {
    if (failed > 0 && running === 0) runs++;
    running = failed > 0 ? running + OUTCOME_SECONDS : 0;
    longest = Math.max(longest, running);
  }
  const isUntilHeal = shares.length > 0 && shares.every(({ failed }) => failed > 0);
  return { seconds: longest, isUntilHeal, recurs: runs > 1 };
}

function shareOf({ failed, sent }: Pick<OutcomeShare, "failed" | "sent">): number {
  return sent === 0 ? 0 : failed / sent;
}

/** A share between two whole numbers is never told as none or all. */
function percentText(share: Pick<OutcomeShare, "failed" | "sent">): string {
  const percent = 100 * shareOf(share);
  if (percent > 0 && percent < 1) return "less than 1 %";
  return `${percent < 100 ? Math.min(99, Math.round(percent)) : 100} %`;
}
