import type { StackResource } from "../../../model/stack-resource";
import type { Meter, Place, UnknownInput, UnpricedItem } from "../meter";
import type { PricedStack } from "../priced-stack";

/** What a resource bills while nobody uses it. No meter at all means that this one is free. */
export type Formula = (resource: StackResource, stack: PricedStack) => readonly Meter[];

export function unknownInput(path: string, place?: Place): UnknownInput {
  return { kind: "unknown", path, place };
}

export function unpriced(why: string, path?: string, place?: Place): UnpricedItem {
  return { kind: "unpriced", why, path, place };
}

/** `1 GB`, `730 h`: quantities in items keep what matters and drop trailing zeros. */
export function amountText(quantity: number, unit: string): string {
  return `${Number(quantity.toFixed(3))} ${unit}`;
}
