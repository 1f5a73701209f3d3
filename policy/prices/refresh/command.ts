import { parseArgs } from "node:util";
import { OFFER_MAP, type OfferMap } from "./offer-map";
import { AWS_PRICE_LIST, priceSource, RefreshError } from "./price-source";
import { refreshedRows } from "./refresh";
import { refreshReport } from "./refresh-report";
import { ROWS_DIRECTORY, readRows, writeRows } from "./row-files";
import { type RowOutcome, refreshedRow } from "./row-outcome";

export interface RefreshIo {
  readonly cwd: string;
  /** `2026-11-21`. */
  readonly today: string;
  out(text: string): void;
  err(text: string): void;
}

export interface RefreshPlace {
  readonly rowsDirectory: string;
  readonly map: OfferMap;
}

/** The same meaning as in the project's own command: 2 is a fault of the arguments or of what they name. */
export type RefreshExit = 0 | 2;

const USAGE = "allowed: --from ADDRESS|FOLDER, --service CODE (as often as needed), --large, --write, --help";

const HELP = `Compares the price rows with AWS's public price list and prints the difference.

  npm run prices:refresh -- [--from ADDRESS|FOLDER] [--service CODE] [--large] [--write]

  --from ADDRESS|FOLDER  the price list, a mirror of it, or a folder with its files
                         (default ${AWS_PRICE_LIST})
  --service CODE         only rows of this service, as AmazonRoute53; may be given again
  --large                take prices too that more than double or halve
  --write                write the rows; without it nothing is written
`;

/** `npm run prices:refresh`: the diff goes to stdout, everything else to stderr. */
export async function refreshCommand(
  args: readonly string[],
  io: RefreshIo,
  { rowsDirectory, map }: RefreshPlace = { rowsDirectory: ROWS_DIRECTORY, map: OFFER_MAP },
): Promise<RefreshExit> {
  try {
    const options = optionsOf(args);
    if (options.help) {
      io.out(HELP);
      return 0;
    }
    checkServices(options.services, map);
    const source = priceSource(options.from, io.cwd);
    const outcomes = await refreshedRows(readRows(rowsDirectory), map, source, {
      today: io.today,
      services: options.services,
      onFile: (service, region, place) => io.err(`${service} ${region ?? "all regions"}: ${place}\n`),
    });
    io.out(refreshReport(outcomes));
    const rows = outcomes.flatMap((outcome) => written(outcome, options.large));
    if (!options.write) io.err(`nothing written; --write writes ${rows.length} rows\n`);
    else {
      io.err(`${rows.length} rows written, in ${writeRows(rowsDirectory, rows)} files\n`);
      io.err("npm test names the figures of the project that quote a price which changed\n");
    }
    return 0;
  } catch (error) {
    if (!(error instanceof RefreshError)) throw error;
    io.err(`prices:refresh: ${error.message}; nothing written\n`);
    return 2;
  }
}

/** Rows with the price that they had are written too: they have a newer date and a better source now. */
function written(outcome: RowOutcome, large: boolean) {
  if (!("offered" in outcome) || (outcome.kind === "held" && !large)) return [];
  return [refreshedRow(outcome.row, outcome.offered)];
}

function optionsOf(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        from: { type: "string", default: AWS_PRICE_LIST },
        service: { type: "string", multiple: true, default: [] },
        large: { type: "boolean", default: false },
        write: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    const { from, service: services, large, write, help } = values;
    return { from, services, large, write, help };
  } catch (error) {
    const [message = ""] = (error as Error).message.split(/[.\n]/);
    throw new RefreshError(`${message}; ${USAGE}`);
  }
}

function checkServices(services: readonly string[], map: OfferMap): void {
  const known = new Set(map.entries.flatMap((entry) => ("service" in entry ? [entry.service] : [])));
  for (const service of services) {
    if (known.has(service)) continue;
    throw new RefreshError(
      `--service is ${service}, of which no row is; allowed: ${[...known].sort().join(", ")}`,
    );
  }
}
