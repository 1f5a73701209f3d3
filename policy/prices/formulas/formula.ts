import { HOURS_PER_MONTH } from "../../../model/money";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import type { Meter, MeteredItem, Place, UnknownInput, UnpricedItem } from "../meter";
import { amountOf, isAmount } from "../price-list";
import type { PricedStack } from "../priced-stack";

/** What a resource bills while nobody uses it. No meter at all means that this one is free. */
export type Formula = (resource: StackResource, stack: PricedStack) => readonly Meter[];

export function unknownInput(path: string, place?: Place): UnknownInput {
  return { kind: "unknown", path, place };
}

export function unpriced(why: string, path?: string, place?: Place): UnpricedItem {
  return { kind: "unpriced", why, path, place };
}

/** What stands for the price of a resource whose formula failed: never nothing, and only this one resource. */
export function failedPrice(error: unknown): UnpricedItem {
  return unpriced(`${FAILED}: ${error instanceof Error ? error.message : String(error)}`);
}

const FAILED = "the rule for its price itself failed";

/** `1 GB`, `730 h`: quantities in items keep what matters and drop trailing zeros. */
export function amountText(quantity: number, unit: string): string {
  return `${Number(quantity.toFixed(3))} ${unit}`;
}

/** `volume`, `3 x volume`. */
export function countedText(count: number, item: string): string {
  return count === 1 ? item : `${Number(count.toFixed(3))} x ${item}`;
}

type Rest = Partial<Pick<MeteredItem, "note" | "lever" | "leaves" | "replica">>;

/** `count` things that bill for every hour of the month; none of them is no meter. */
export function hourly(item: string, price: string, place: Place, count = 1, rest: Rest = {}): Meter[] {
  if (count === 0) return [];
  const quantity = count * HOURS_PER_MONTH;
  return [{ kind: "metered", item: countedText(count, item), price, place, quantity, ...rest }];
}

/** `count` things that bill by the month. */
export function monthly(item: string, price: string, place: Place, count = 1, rest: Rest = {}): Meter[] {
  if (count === 0) return [];
  return [{ kind: "metered", item: countedText(count, item), price, place, quantity: count, ...rest }];
}

/** GB (or operations, or MB/s) that bill by the month; the item says how many. */
export function stored(
  what: string,
  price: string,
  place: Place,
  quantity: number,
  rest: Rest = {},
): Meter[] {
  return [{ kind: "metered", item: what, price, place, quantity, ...rest }];
}

/**
 * The dearest of what a choice of AWS's can lead to. One without a price cannot be compared, so it stands for
 * all and is refused.
 */
export function dearest(choices: readonly Meter[], stack: PricedStack): Meter[] {
  return dearestOf(
    choices.map((choice) => [choice]),
    stack,
  );
}

/** The same where each choice leads to several meters: the dearest sum counts. */
export function dearestOf(choices: readonly (readonly Meter[])[], stack: PricedStack): Meter[] {
  let most: readonly Meter[] = [];
  let mostMicroUsd = -1;
  for (const meters of choices) {
    let sum = 0;
    for (const meter of meters) {
      const amount = amountOfMeter(meter, stack);
      if (amount === undefined) return [...meters];
      sum += amount;
    }
    if (sum > mostMicroUsd) [most, mostMicroUsd] = [meters, sum];
  }
  return [...most];
}

function amountOfMeter(meter: Meter, stack: PricedStack): number | undefined {
  if (meter.kind !== "metered") return undefined;
  const row = stack.prices.find(meter.price, isUnknown(meter.place) ? undefined : meter.place);
  return row && isAmount(row, meter.quantity) ? amountOf(row, meter.quantity) : undefined;
}
