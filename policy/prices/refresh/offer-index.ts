import { OFFER_INDEX, type PriceSource, RefreshError, readIndex } from "./price-source";

/** A file to read, or why there is none. */
export type OfferPlace =
  | { readonly kind: "file"; readonly file: string }
  | { readonly kind: "none"; readonly why: string };

interface IndexedOffer {
  readonly currentVersionUrl?: unknown;
  readonly currentRegionIndexUrl?: unknown;
}

/** The index of offers and, as they are asked for, the services' indexes of regions. */
export class OfferIndex {
  private readonly regions = new Map<string, Promise<Readonly<Record<string, unknown>>>>();

  private constructor(
    private readonly source: PriceSource,
    private readonly offers: Readonly<Record<string, unknown>>,
  ) {}

  /** @throws RefreshError where the address holds no index of offers. */
  static async read(source: PriceSource): Promise<OfferIndex> {
    const offers = recordOf(await readIndex(source, OFFER_INDEX), "offers");
    if (!offers) throw new RefreshError(`${source.placeOf(OFFER_INDEX)} is not an index of offers`);
    return new OfferIndex(source, offers);
  }

  /** @param region one region's file; the file of all regions where unset. */
  async place(service: string, region: string | undefined): Promise<OfferPlace> {
    const offer = this.offers[service] as IndexedOffer | undefined;
    if (!Object.hasOwn(this.offers, service) || !offer) {
      return { kind: "none", why: `the index of offers has no service ${service}` };
    }
    if (region === undefined) return fileIn(offer.currentVersionUrl, `the index has no file of ${service}`);
    const { currentRegionIndexUrl } = offer;
    if (typeof currentRegionIndexUrl !== "string") {
      // Services whose prices have not changed for long have no files by region.
      return fileIn(offer.currentVersionUrl, `the index has no file of ${service}`);
    }
    const regions = await this.regionsOf(currentRegionIndexUrl);
    const entry = Object.hasOwn(regions, region) ? regions[region] : undefined;
    const url = (entry as IndexedOffer | undefined)?.currentVersionUrl;
    return fileIn(url, `${service} has no prices in ${region}`);
  }

  private regionsOf(file: string): Promise<Readonly<Record<string, unknown>>> {
    let regions = this.regions.get(file);
    if (!regions) {
      regions = readIndex(this.source, file).then((index) => {
        const found = recordOf(index, "regions");
        if (!found) throw new RefreshError(`${this.source.placeOf(file)} is not an index of regions`);
        return found;
      });
      this.regions.set(file, regions);
    }
    return regions;
  }
}

function fileIn(url: unknown, why: string): OfferPlace {
  return typeof url === "string" ? { kind: "file", file: url } : { kind: "none", why };
}

function recordOf(index: unknown, name: string): Readonly<Record<string, unknown>> | undefined {
  const value =
    index !== null && typeof index === "object" ? (index as Record<string, unknown>)[name] : undefined;
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
