import type { Routing } from "../../model/failover-plan";
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

/** The row of a million queries, by the routing of the records that are asked (Route 53 pricing, queries). */
const QUERY_ROWS = {
  simple: "query",
  failover: "query",
  weighted: "query",
  multivalue: "query",
  latency: "query/latency",
  geolocation: "query/geo",
  geoproximity: "query/geo",
  cidr: "query/ip-based",
} as const satisfies Readonly<Record<Exclude<Routing["kind"], "other">, string>> &
  Readonly<Record<string, string>>;

/** Routing by which queries have a price. */
export type QueriedRouting = keyof typeof QUERY_ROWS;

/** What queries of records with this routing are charged as; undefined for a policy that has no price here. */
export function queriedRouting(routing: Routing): QueriedRouting | undefined {
  if (routing.kind !== "other") return routing.kind;
  const { policy } = routing;
  return Object.hasOwn(QUERY_ROWS, policy) ? (policy as QueriedRouting) : undefined;
}

/** `$0.60`, for a million queries of records with this routing, up to the first thousand million a month. */
export function queryPriceText(routing: QueriedRouting): string {
  return formatUsd(toUsd(microUsd(row(QUERY_ROWS[routing]).usd)));
}

/**
 * What so many queries cost. Those to an alias of an AWS resource other than a record of Route 53 are free (Route 53
 * pricing, queries) and do not belong here.
 * @param routing of the records that are asked; `simple`, the standard price, unless it is given.
 */
export function queriesMicroUsd(queries: number, routing: QueriedRouting = "simple"): MicroUsd {
  const million = row(QUERY_ROWS[routing]);
  return microUsd((million.usd * queries) / 1_000_000);
}
