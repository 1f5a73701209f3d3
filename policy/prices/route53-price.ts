import { formatUsd, type MicroUsd, microUsd, toUsd } from "../../model/money";
import type { EndpointClass } from "./endpoint-class";
import { amountOf, PRICES, type PriceRow } from "./price-list";

/** Prices of Route 53 as messages and pages quote them; all of them are global. */
function row(key: string): PriceRow {
  const found = PRICES.find(`route53/${key}`, "global");
  if (!found) throw new Error(`the price list has no route53/${key}`);
  return found;
}

/** What one option more costs a month: HTTPS, string match, the 10 s interval or latency measurement. */
export function optionMicroUsd(kind: EndpointClass["kind"]): number {
  return amountOf(row(`health-check-option/${kind}`), 1);
}

/** `$1.00 a month`. */
export function optionPriceText(kind: EndpointClass["kind"]): string {
  return `${formatUsd(toUsd(optionMicroUsd(kind)))} a month`;
}

/** `$2.50 a month`, for a check with that many options. */
export function checkPriceText(kind: EndpointClass["kind"], options: number): string {
  const monthly = amountOf(row(`health-check/${kind}`), 1) + optionMicroUsd(kind) * options;
  return `${formatUsd(toUsd(monthly))} a month`;
}

/** `$0.50 a month`, for each of an account's first 25 zones. */
export function zonePriceText(): string {
  return `${formatUsd(toUsd(amountOf(row("zone"), 1)))} a month`;
}

/** `$50.00 a month`, for one record that a traffic policy makes. */
export function policyRecordPriceText(): string {
  return `${formatUsd(toUsd(amountOf(row("traffic-policy-record"), 1)))} a month`;
}

/** `$0.40`, for a million queries. */
export function queryPriceText(): string {
  return formatUsd(toUsd(microUsd(row("query").usd)));
}

/** What so many queries for a record that is no alias to AWS cost; alias queries are free (Route 53 pricing). */
export function queriesMicroUsd(queries: number): MicroUsd {
  const million = row("query");
  return microUsd((million.usd * queries) / 1_000_000);
}
