import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** One product of an offer and what it costs on demand: `[beginRange, USD]` for each tier. */
export interface FixtureProduct {
  readonly family?: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly unit?: string;
  readonly tiers?: readonly (readonly [string, string])[];
}

export const PUBLISHED = "2026-09-24T18:01:02Z";

/** An offer as AWS lays it out, with a reserved term beside every on-demand one. */
export function offer(service: string, products: readonly FixtureProduct[], publicationDate = PUBLISHED) {
  const skuOf = (index: number) => `SKU${index}`;
  const term = (code: string, { unit = "Hrs", tiers = [["0", "0.0450000000"]] }: FixtureProduct) => ({
    offerTermCode: code,
    priceDimensions: Object.fromEntries(
      tiers.map(([beginRange, USD], tier) => [
        `${code}.${tier}`,
        { unit, beginRange, endRange: "Inf", description: 'a "price", {each}', pricePerUnit: { USD } },
      ]),
    ),
  });
  return {
    formatVersion: "v1.0",
    disclaimer: 'Prices in "quotes", [brackets] and {braces}; a backslash \\',
    offerCode: service,
    publicationDate,
    products: Object.fromEntries(
      products.map(({ family, attributes }, index) => [
        skuOf(index),
        { sku: skuOf(index), productFamily: family, attributes },
      ]),
    ),
    terms: {
      OnDemand: Object.fromEntries(
        products.map((product, index) => [skuOf(index), { [`${skuOf(index)}.A`]: term("A", product) }]),
      ),
      Reserved: Object.fromEntries(
        products.map((product, index) => [
          skuOf(index),
          { [`${skuOf(index)}.B`]: term("B", { ...product, tiers: [["0", "9"]] }) },
        ]),
      ),
    },
  };
}

export const fileOf = (service: string, region?: string) =>
  `/offers/v1.0/aws/${service}/20260924/${region ? `${region}/` : ""}index.json`;

/**
 * The files of a price list by their paths.
 * @param offers by service, and in it by region; the file of all regions is that of region ``.
 */
export function priceListFiles(
  offers: Readonly<Record<string, Readonly<Record<string, object>>>>,
): Map<string, string> {
  const files = new Map<string, string>();
  const write = (file: string, content: object) => files.set(file, JSON.stringify(content, null, 2));
  const services = Object.entries(offers).map(([service, byRegion]) => {
    const currentRegionIndexUrl = `/offers/v1.0/aws/${service}/current/region_index.json`;
    const regions = Object.keys(byRegion).filter((region) => region !== "");
    write(currentRegionIndexUrl, {
      regions: Object.fromEntries(
        regions.map((region) => [region, { regionCode: region, currentVersionUrl: fileOf(service, region) }]),
      ),
    });
    for (const [region, content] of Object.entries(byRegion)) write(fileOf(service, region), content);
    return [
      service,
      { offerCode: service, currentVersionUrl: fileOf(service), currentRegionIndexUrl },
    ] as const;
  });
  write("/offers/v1.0/aws/index.json", {
    formatVersion: "v1.0",
    publicationDate: PUBLISHED,
    offers: Object.fromEntries(services),
  });
  return files;
}

/** A folder for a test, removed by `remove`. */
export class TemporaryFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), "prices-"));

  write(file: string, text: string): void {
    const target = path.join(this.path, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }

  writeAll(files: ReadonlyMap<string, string>): void {
    for (const [file, text] of files) this.write(file, text);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
