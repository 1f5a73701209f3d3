import type { PriceRow } from "../price-list";
import { type OfferAnswers, OfferFileError, readOfferFile } from "./offer-file";
import { OfferIndex } from "./offer-index";
import type { OfferEntry, OfferMap } from "./offer-map";
import { type PriceSource, RefreshError } from "./price-source";
import { outcomeOf, type RowOutcome } from "./row-outcome";

export interface RefreshOptions {
  /** `2026-11-21`, the day of reading. */
  readonly today: string;
  /** Service codes to which the refresh is limited; every service where empty. */
  readonly services?: readonly string[];
  /** Told of each offer file before it is read. */
  readonly onFile?: (service: string, region: string | undefined, place: string) => void;
}

/** A row with the product that it is the price of. */
interface OfferedRow {
  readonly row: PriceRow;
  readonly offer: OfferEntry;
}

/** The rows that one offer file answers. */
interface FileRows {
  readonly service: string;
  /** Unset for the file of all regions. */
  readonly region: string | undefined;
  readonly rows: OfferedRow[];
}

/**
 * What the current offer files say of every row, in the order of the rows. Reads one file at a time and changes
 * nothing.
 * @throws RefreshError where a file cannot be reached, is not a whole offer file, or is of a day to come.
 */
export async function refreshedRows(
  rows: readonly PriceRow[],
  map: OfferMap,
  source: PriceSource,
  { today, services = [], onFile }: RefreshOptions,
): Promise<RowOutcome[]> {
  const outcomes = new Map<PriceRow, RowOutcome>();
  const files = new Map<string, FileRows>();
  for (const row of rows) {
    const found = map.find(row.key);
    if (found?.kind !== "offer") {
      const why = found?.why ?? "policy/prices/offers.json has no entry for its key";
      if (services.length === 0) outcomes.set(row, { kind: found ? "absent" : "not-found", row, why });
      continue;
    }
    const { offer } = found;
    if (services.length > 0 && !services.includes(offer.service)) continue;
    const region = row.region === "global" || offer.allRegions ? undefined : row.region;
    const name = `${offer.service} ${region}`;
    const file = files.get(name) ?? { service: offer.service, region, rows: [] };
    file.rows.push({ row, offer });
    files.set(name, file);
  }
  if (files.size > 0) {
    const index = await OfferIndex.read(source);
    for (const file of files.values()) {
      for (const outcome of await fileOutcomes(file, index, source, today, onFile)) {
        outcomes.set(outcome.row, outcome);
      }
    }
  }
  return rows.flatMap((row) => outcomes.get(row) ?? []);
}

async function fileOutcomes(
  { service, region, rows }: FileRows,
  index: OfferIndex,
  source: PriceSource,
  today: string,
  onFile: RefreshOptions["onFile"],
): Promise<RowOutcome[]> {
  const place = await index.place(service, region);
  if (place.kind === "none") return rows.map(({ row }) => ({ kind: "not-found", row, why: place.why }));
  const { file } = place;
  onFile?.(service, region, source.placeOf(file));
  const queries = rows.map(({ offer: { product } }) => ({ product, region }));
  const { publicationDate, found } = await answersOf(source, file, service, queries);
  if (publicationDate.slice(0, 10) > today) {
    throw new RefreshError(`${source.placeOf(file)} is of ${publicationDate.slice(0, 10)}, after ${today}`);
  }
  const read = { publicationDate, source: source.nameOf(file) };
  return rows.map(({ row, offer }, query) => outcomeOf(row, offer, found[query] ?? [], read, today));
}

async function answersOf(
  source: PriceSource,
  file: string,
  service: string,
  queries: Parameters<typeof readOfferFile>[2],
): Promise<OfferAnswers> {
  try {
    return await readOfferFile(source.open(file), service, queries);
  } catch (error) {
    if (!(error instanceof OfferFileError)) throw error;
    throw new RefreshError(
      `${source.placeOf(file)} is not a whole offer file of ${service}: ${error.message}`,
    );
  }
}
