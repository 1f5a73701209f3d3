import type { Seed } from "./seed";

/** What a seed's document says of money, and of which part of its system. */
export type SaidCost = {
  readonly says: string;
  /** How the cost items begin that the document speaks of; of a standby it is all that it costs. */
  readonly counts: readonly string[];
  readonly note?: string;
} & (
  | { readonly kind: "amount"; readonly of: "stack"; readonly monthlyUsd: number }
  | { readonly kind: "under"; readonly of: "standby"; readonly monthlyUsd: number }
  /** Things without a price, or nothing at all. */
  | { readonly kind: "no-amount"; readonly short: string }
);

/** The documents that name no amount for a system as a whole. */
const WITHOUT_AMOUNT: Readonly<Record<string, SaidCost>> = {
  "002": {
    kind: "no-amount",
    short: "two buckets",
    says: "two buckets that are kept alike; no amount",
    counts: ["bucket storage"],
    note: "The probes of the health check cost more than the buckets: each of them is a request to CloudFront and to S3.",
  },
  "003": {
    kind: "under",
    of: "standby",
    monthlyUsd: 50,
    says: "an idle standby under 50 USD a month, without compute that is always on",
    counts: [],
  },
  "004": {
    kind: "no-amount",
    short: "unnamed",
    says: "no amount; the fast interval is said to cost more",
    counts: [],
  },
};

/** @throws Error for a seed that nothing is known of. */
export function saidCost({ number, cost }: Pick<Seed, "number" | "cost">): SaidCost {
  if (cost) return { kind: "amount", of: "stack", ...cost };
  const said = WITHOUT_AMOUNT[number];
  if (!said) throw new Error(`what seed ${number} says of money is not known`);
  return said;
}
