import type { OutcomeShare } from "../../rehearsal/simulation/request-outcomes";
import type { Report } from "./report";

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

/** Of the whole report, one line for terminal and Markdown; undefined where nothing was simulated. */
export function failedShareLine({ cutover }: Report): string | undefined {
  return cutover.failedShare === undefined || cutover.failedShare.length === 0
    ? undefined
    : `Requests after the fault, simulated: ${failedSharesText(cutover.failedShare)}.`;
}

function shareOf({ failed, sent }: OutcomeShare): number {
  return sent === 0 ? 0 : failed / sent;
}

/** A share between two whole numbers is never told as none or all. */
function percentText(share: OutcomeShare): string {
  const percent = 100 * shareOf(share);
  if (percent > 0 && percent < 1) return "less than 1 %";
  return `${percent < 100 ? Math.min(99, Math.round(percent)) : 100} %`;
}
