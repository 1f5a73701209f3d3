/** Money is whole micro-dollars inside the program, so that sums are exact; dollars appear at the edges. */
export type MicroUsd = number;

export const HOURS_PER_MONTH = 730;
export const MICRO_USD_PER_USD = 1_000_000;

/** @throws RangeError when the amount is not finite or is too large to be held exactly. */
export function microUsd(usd: number): MicroUsd {
  const amount = Math.round(usd * MICRO_USD_PER_USD);
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${usd} USD cannot be held in micro-dollars`);
  return amount;
}

export function toUsd(amount: MicroUsd): number {
  return amount / MICRO_USD_PER_USD;
}

/** `4.5` -> `$4.50`; amounts under a cent keep four digits so that they never read as zero. */
export function formatUsd(usd: number): string {
  const digits = usd !== 0 && Math.abs(usd) < 0.01 ? 4 : 2;
  return `${usd < 0 ? "-" : ""}$${Math.abs(usd).toFixed(digits)}`;
}
