import offers from "../offers.json";

/** Which product of which service's offer file a price key stands for. */
export interface OfferEntry {
  /** A price key; `{size}` stands for one step of it and can be used in `product`. */
  readonly key: string;
  /** The service code, as in the index of offers. */
  readonly service: string;
  /** Attributes that the product must have, as written; `usagetype` without its region's prefix. */
  readonly product: Readonly<Record<string, string>>;
  /** The offer's unit; a price in another one is not taken. Where unset, every unit is. */
  readonly unit?: string;
  /** The row's price is the offer's x `times` / `over`; both 1 where unset. */
  readonly times?: number;
  readonly over?: number;
  /** Set where the service's file for a region lacks the product, and its file for all regions has it. */
  readonly allRegions?: true;
}

/** A price key that no offer file has, or whose product is not known. */
export interface AbsentEntry {
  readonly key: string;
  readonly absent: string;
}

export type MapEntry = OfferEntry | AbsentEntry;

/** Where a row's price stands, or why it stands nowhere. */
export type RowOffer =
  | { readonly kind: "offer"; readonly offer: OfferEntry }
  | { readonly kind: "absent"; readonly why: string };

/** The entries of a map by price key. The first that fits counts: exact keys stand before patterns. */
export class OfferMap {
  private readonly exact = new Map<string, MapEntry>();
  private readonly patterns: { readonly pattern: RegExp; readonly entry: MapEntry }[] = [];

  constructor(readonly entries: readonly MapEntry[]) {
    for (const entry of entries) {
      if (entry.key.includes("{")) this.patterns.push({ pattern: patternOf(entry.key), entry });
      else this.exact.set(entry.key, entry);
    }
  }

  /** Undefined for a key that the map says nothing of. */
  find(key: string): RowOffer | undefined {
    const exact = this.exact.get(key);
    if (exact) return rowOffer(exact, {});
    for (const { pattern, entry } of this.patterns) {
      const match = pattern.exec(key);
      if (match) return rowOffer(entry, match.groups ?? {});
    }
    return undefined;
  }
}

function rowOffer(entry: MapEntry, parts: Readonly<Record<string, string>>): RowOffer {
  if ("absent" in entry) return { kind: "absent", why: entry.absent };
  const product = Object.fromEntries(
    Object.entries(entry.product).map(([name, value]) => [
      name,
      value.replaceAll(/\{(\w+)\}/g, (_, part: string) => parts[part] ?? ""),
    ]),
  );
  return { kind: "offer", offer: { ...entry, product } };
}

function patternOf(key: string): RegExp {
  const steps = key.split(/(\{\w+\})/).map((step) => {
    const part = /^\{(\w+)\}$/.exec(step)?.[1];
    return part === undefined ? step.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&") : `(?<${part}>[^/]+)`;
  });
  return new RegExp(`^${steps.join("")}$`);
}

/** The map as its file holds it: entries by service and key, and a reason by key for what has none. */
export interface OfferMapFile {
  readonly offers: Readonly<Record<string, Readonly<Record<string, Omit<OfferEntry, "key" | "service">>>>>;
  readonly absent: Readonly<Record<string, string>>;
}

export function offerMapOf({ offers, absent }: OfferMapFile): OfferMap {
  const entries = Object.entries(offers).flatMap(([service, byKey]) =>
    Object.entries(byKey).map(([key, entry]): MapEntry => ({ key, service, ...entry })),
  );
  const without = Object.entries(absent).map(([key, why]): MapEntry => ({ key, absent: why }));
  return new OfferMap([...entries, ...without]);
}

export const OFFER_MAP = offerMapOf(offers as unknown as OfferMapFile);
