import { type PicoUsd, parseUsd } from "./exact-usd";
import { BrokenJsonError, MemberReader, type MemberUse } from "./member-reader";
import type { OfferEntry } from "./offer-map";

/** The text that a file holds is not an offer of the service, or not a whole one. */
export class OfferFileError extends Error {}

/** One row's question to an offer file. */
export interface ProductQuery {
  readonly product: OfferEntry["product"];
  /** A region's products only, without those of its local zones; every region's where unset. */
  readonly region?: string;
}

/** What a product costs on demand from its first unit that is not free. */
export interface PaidTier {
  readonly usagetype: string;
  readonly operation: string;
  readonly unit: string;
  readonly usd: PicoUsd;
  /** Units before the first paid one, and whether more tiers follow. */
  readonly freeUnits: string;
  readonly tiers: number;
}

/** A product whose price says nothing that can be taken. */
export interface UnreadTier {
  readonly usagetype: string;
  /** What stands in the place of a plain decimal. */
  readonly unread: string;
}

export interface OfferAnswers {
  /** `2026-09-24T18:01:02Z`. */
  readonly publicationDate: string;
  /** For each query the products that fit, in the file's order; those without a paid tier are left out. */
  readonly found: readonly (readonly (PaidTier | UnreadTier)[])[];
}

interface Product {
  readonly productFamily?: string;
  readonly attributes?: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads an offer file in pieces: products first, then the on-demand terms of those that were asked for. Holds
 * no more than these, whatever the size of the file.
 * @throws OfferFileError where it is not a whole offer file of `service`.
 */
export async function readOfferFile(
  chunks: AsyncIterable<Uint8Array>,
  service: string,
  queries: readonly ProductQuery[],
): Promise<OfferAnswers> {
  const offer = new OfferReader(service, queries);
  const reader = new MemberReader(offer);
  try {
    for await (const chunk of chunks) reader.write(chunk);
    reader.end();
  } catch (error) {
    // A member that `JSON.parse` refuses is as broken as a bracket that is missing.
    if (error instanceof BrokenJsonError) throw new OfferFileError(error.message);
    if (error instanceof SyntaxError) throw new OfferFileError("it is not JSON");
    throw error;
  }
  return offer.answers();
}

class OfferReader {
  private readonly head = new Map<string, string>();
  private readonly found: (PaidTier | UnreadTier)[][];
  private readonly wanted = new Map<string, { readonly product: Product; readonly queries: number[] }>();
  private hasProducts = false;
  private hasTerms = false;

  constructor(
    private readonly service: string,
    private readonly queries: readonly ProductQuery[],
  ) {
    this.found = queries.map(() => []);
  }

  use(path: readonly string[]): MemberUse {
    const [first, second, third] = path;
    if (path.length === 1) {
      if (first === "offerCode" || first === "publicationDate") return "take";
      if (first === "terms" && !this.hasProducts) {
        throw new OfferFileError("its terms stand before its products");
      }
      this.hasProducts ||= first === "products";
      return first === "products" || first === "terms" ? "enter" : "skip";
    }
    if (path.length === 2) {
      if (first === "products") return "take";
      this.hasTerms ||= second === "OnDemand";
      return second === "OnDemand" ? "enter" : "skip";
    }
    return this.wanted.has(third ?? "") ? "take" : "skip";
  }

  take([first, sku = "", termSku = ""]: readonly string[], json: string): void {
    if (first === "products") this.product(sku, JSON.parse(json) as Product);
    else if (first === "terms") this.terms(termSku, JSON.parse(json));
    else this.head.set(first ?? "", String(JSON.parse(json)));
  }

  answers(): OfferAnswers {
    const publicationDate = this.head.get("publicationDate") ?? "";
    const service = this.head.get("offerCode");
    if (!this.hasProducts) throw new OfferFileError("it has no products");
    if (!this.hasTerms) throw new OfferFileError("it has no on-demand terms");
    if (publicationDate === "") throw new OfferFileError("it has no publicationDate");
    if (!isMoment(publicationDate)) throw new OfferFileError(`its publicationDate is ${publicationDate}`);
    if (service !== this.service) throw new OfferFileError(`it is the offer of ${service ?? "no service"}`);
    return { publicationDate, found: this.found };
  }

  private product(sku: string, product: Product): void {
    const queries = this.queries.flatMap((query, index) => (fits(product, query) ? [index] : []));
    if (queries.length > 0) this.wanted.set(sku, { product, queries });
  }

  private terms(sku: string, terms: unknown): void {
    const wanted = this.wanted.get(sku);
    if (!wanted) return;
    for (const term of membersOf(terms)) {
      const tier = firstPaidTier(wanted.product, term);
      if (tier) for (const query of wanted.queries) this.found[query]?.push(tier);
    }
  }
}

/** Whether the calendar has the day of `2026-09-24T18:01:02Z`. */
function isMoment(text: string): boolean {
  const day = /^(\d{4}-\d{2}-\d{2})T/.exec(text)?.[1];
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${day}T`);
}

/**
 * `USW2-NatGateway-Hours` -> `NatGateway-Hours`, `us-west-2-KMS-Keys` -> `KMS-Keys`. The oldest region, us-east-1,
 * often has no prefix at all.
 */
export function withoutRegion(usagetype: string): string {
  return usagetype.replace(/^(?:[A-Z]{3}\d|EU|[a-z]{2}(?:-[a-z]+)+-\d)-/, "");
}

function fits(product: Product, { product: wanted, region }: ProductQuery): boolean {
  const attributes = product.attributes ?? {};
  for (const name of Object.keys(wanted)) {
    const value = name === "productFamily" ? product.productFamily : attributes[name];
    const text = typeof value === "string" ? value : "";
    if ((name === "usagetype" ? withoutRegion(text) : text) !== wanted[name]) return false;
  }
  if (region === undefined) return true;
  const { regionCode = region, locationType = "AWS Region" } = attributes;
  return regionCode === region && locationType === "AWS Region";
}

/** Free tiers do not count: they belong to the account, which one stack cannot see. */
function firstPaidTier({ attributes = {} }: Product, term: unknown): PaidTier | UnreadTier | undefined {
  const { usagetype = "", operation = "" } = attributes;
  const tiers = membersOf(member(term, "priceDimensions"))
    .map((dimension) => ({
      begins: text(member(dimension, "beginRange")) || "0",
      unit: text(member(dimension, "unit")),
      price: text(member(member(dimension, "pricePerUnit"), "USD")),
    }))
    .sort((a, b) => Number(a.begins) - Number(b.begins));
  for (const { begins, unit, price } of tiers) {
    const usd = parseUsd(price);
    // A price that cannot be read is not a free one: nothing is known of the product then.
    if (usd === undefined) return { usagetype, unread: price };
    if (usd === 0n) continue;
    return { usagetype, operation, unit, usd, freeUnits: begins, tiers: tiers.length };
  }
  return undefined;
}

function membersOf(value: unknown): unknown[] {
  return value !== null && typeof value === "object" ? Object.values(value) : [];
}

function member(value: unknown, name: string): unknown {
  return value !== null && typeof value === "object"
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
