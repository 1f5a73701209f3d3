/**
 * A price as a whole number of 10^-12 USD. List prices go down to ten decimals (a GB-second, a request), so whole
 * micro-dollars would call two of them equal that are not.
 */
export type PicoUsd = bigint;

const DECIMALS = 12;
const PLAIN_DECIMAL = /^(\d{1,15})(?:\.(\d+))?$/;

/** `0.0450000000` exactly; undefined for anything else than a plain decimal of 12 places or fewer, not below zero. */
export function parseUsd(text: string): PicoUsd | undefined {
  const match = PLAIN_DECIMAL.exec(text);
  if (!match) return undefined;
  const [, whole = "", all = ""] = match;
  const fraction = all.replace(/0+$/, "");
  if (fraction.length > DECIMALS) return undefined;
  return BigInt(whole + fraction.padEnd(DECIMALS, "0"));
}

/** The same for a row's number: the decimal that it is written as. */
export function usdOfNumber(usd: number): PicoUsd {
  // Small numbers are written with an exponent, and have few digits before the last place then.
  return parseUsd(String(usd)) ?? BigInt(usd.toFixed(DECIMALS).replace(".", ""));
}

/** The shortest plain decimal, never with an exponent, as a row holds it: `0.0000002`. */
export function formatExactUsd(usd: PicoUsd): string {
  const digits = usd.toString().padStart(DECIMALS + 1, "0");
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, "");
  const whole = digits.slice(0, -DECIMALS);
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

/** `usd` x `times` / `over`, rounded to the nearest 10^-12 USD. */
export function scaled(usd: PicoUsd, times: number, over: number): PicoUsd {
  const divisor = BigInt(over);
  return (usd * BigInt(times) + divisor / 2n) / divisor;
}

/** `+12.5 %`, `-0.04 %`; undefined from zero, from which no share can be told. */
export function changeText(from: PicoUsd, to: PicoUsd): string | undefined {
  if (from === 0n) return undefined;
  const share = (Number(to - from) / Number(from)) * 100;
  const digits = Math.abs(share) >= 0.1 || share === 0 ? 1 : 4;
  return `${share >= 0 ? "+" : ""}${share.toFixed(digits)} %`;
}
