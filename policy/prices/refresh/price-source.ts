import { createReadStream, existsSync, statSync } from "node:fs";
import path from "node:path";

export const AWS_PRICE_LIST = "https://pricing.us-east-1.amazonaws.com";
export const OFFER_INDEX = "/offers/v1.0/aws/index.json";

const ANSWER_TIMEOUT_MS = 30_000;
const INDEX_BYTES_MAX = 64 * 1024 * 1024;

/** What keeps the prices from being read, in one line for whoever called the command. */
export class RefreshError extends Error {}

/** Where offer files are read from: AWS, a mirror of it, or a folder with the same paths inside. */
export interface PriceSource {
  /** @param file as an index names it, `/offers/v1.0/aws/AmazonEC2/current/us-east-1/index.json`. */
  open(file: string): AsyncIterable<Uint8Array>;
  /** What a row says of where its price was read. A folder is a copy of AWS's files, so that theirs is named. */
  nameOf(file: string): string;
  /** Where a person finds the file. */
  placeOf(file: string): string;
}

/** @param from an `http:` or `https:` address, or a folder. @throws RefreshError where it is neither. */
export function priceSource(from: string, cwd: string): PriceSource {
  if (/^https?:\/\//.test(from)) {
    const base = from.replace(/\/+$/, "");
    const placeOf = (file: string) => `${base}${checkedPath(file)}`;
    return { open: (file) => download(placeOf(file)), nameOf: placeOf, placeOf };
  }
  const folder = path.resolve(cwd, from);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new RefreshError(
      `--from is ${from}, which is no folder; allowed: an http or https address, or a folder that holds ${OFFER_INDEX.slice(1)}`,
    );
  }
  const placeOf = (file: string) => path.join(from, checkedPath(file));
  return {
    open: (file) => readLocal(path.join(folder, checkedPath(file)), placeOf(file)),
    nameOf: (file) => `${AWS_PRICE_LIST}${checkedPath(file)} (from a local copy)`,
    placeOf,
  };
}

/** A small file whole, as JSON. */
export async function readIndex(source: PriceSource, file: string): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of source.open(file)) {
    bytes += chunk.byteLength;
    if (bytes > INDEX_BYTES_MAX) throw new RefreshError(`${source.placeOf(file)} is too large for an index`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new RefreshError(`${source.placeOf(file)} is not an index of offers: it is not whole JSON`);
  }
}

/** A path from an index must lead to a file of the same source, whatever the index says. */
function checkedPath(file: string): string {
  if (/^\/[\w./-]+$/.test(file) && !file.startsWith("//") && !file.split("/").includes("..")) return file;
  throw new RefreshError(`an index names the file ${JSON.stringify(file)}, which is no path of a price list`);
}

async function* download(url: string): AsyncGenerator<Uint8Array> {
  // The limit is on the first answer; how long a large file takes is the line's affair.
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), ANSWER_TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(url, { signal: waiting.signal });
  } catch (error) {
    throw new RefreshError(`${url} cannot be reached: ${causeOf(error)}; lever: --from ADDRESS|FOLDER`);
  } finally {
    clearTimeout(timer);
  }
  if (!response.ok || !response.body) {
    throw new RefreshError(`${url} answers ${response.status}; lever: --from ADDRESS|FOLDER`);
  }
  try {
    yield* response.body as unknown as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw new RefreshError(`${url} broke off: ${causeOf(error)}`);
  }
}

async function* readLocal(file: string, place: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file, { highWaterMark: 1 << 20 });
  } catch (error) {
    throw new RefreshError(`${place} cannot be read: ${causeOf(error)}`);
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "AbortError") return `no answer in ${ANSWER_TIMEOUT_MS / 1000} s`;
  const { cause } = error as { cause?: NodeJS.ErrnoException };
  return (error as NodeJS.ErrnoException).code ?? cause?.code ?? cause?.message ?? error.message;
}
