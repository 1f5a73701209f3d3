import type { MaybeUnknown } from "../../model/unknown";

/** Where a metered thing is: a region, `global`, not known yet, or nowhere that the stack says. */
export type Place = MaybeUnknown<string> | undefined;

/** One thing that bills while nobody uses it, before it meets a price: quantity first, then price. */
export type Meter = MeteredItem | UnknownInput | UnpricedItem;

/**
 * What still bills once a lever is pulled: as many units of another price, or `times` as many. `untold` where that
 * hangs on a choice, as of a smaller size among many.
 */
export type Remainder = "untold" | { readonly price: string; readonly times?: number };

export interface MeteredItem {
  readonly kind: "metered";
  /** What it is, with every assumption behind the quantity: `log storage, 1 GB assumed`. */
  readonly item: string;
  /** Key of the price list. */
  readonly price: string;
  readonly place: Place;
  /** In units of the price: hours of a month, GB-months, requests. */
  readonly quantity: number;
  readonly note?: string;
  /** What to change so that the item costs less. */
  readonly lever?: string;
  /** What the lever leaves of the item; absent where it leaves nothing. */
  readonly leaves?: Remainder;
  /** True for a copy that a table keeps elsewhere. */
  readonly replica?: boolean;
}

/** The quantity needs a property that is not known yet. */
export interface UnknownInput {
  readonly kind: "unknown";
  readonly path: string;
  readonly place?: Place;
  readonly replica?: boolean;
}

/** It bills, and the price list cannot tell how much. */
export interface UnpricedItem {
  readonly kind: "unpriced";
  readonly why: string;
  readonly path?: string;
  readonly place?: Place;
  readonly replica?: boolean;
}
