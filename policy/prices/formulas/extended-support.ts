import type { Inputs } from "./inputs";

/**
 * The day of these tables. A version that is newer than all of a table's rows is priced without extended support
 * until the table is renewed; `PRICE_DAYS_MAX` days later an advisory says so.
 */
export const SUPPORT_DATES_AS_OF = "2026-11-22";

/** Versions below a number, and not below that of the row before, with their last day of standard support. */
interface StandardSupport {
  readonly below: number;
  readonly until: string;
}

/**
 * Minor versions of Kubernetes 1. Source: EKS user guide "Kubernetes release calendar", with endoflife.date
 * (amazon-eks), both read in November 2026.
 */
const EKS: readonly StandardSupport[] = [
  { below: 29, until: "2024-11-26" },
  { below: 30, until: "2025-03-23" },
  { below: 31, until: "2025-07-23" },
  { below: 32, until: "2025-11-26" },
  { below: 33, until: "2026-03-23" },
  { below: 34, until: "2026-07-29" },
  { below: 35, until: "2026-12-02" },
  { below: 36, until: "2027-03-27" },
  { below: 37, until: "2027-08-02" },
];

/** RDS and Aurora agree on the versions of PostgreSQL that are not past it yet. */
const POSTGRES: readonly StandardSupport[] = [
  { below: 12, until: "2024-02-29" },
  { below: 13, until: "2025-02-28" },
  { below: 14, until: "2026-02-28" },
  { below: 15, until: "2027-02-28" },
  { below: 16, until: "2028-02-29" },
  { below: 17, until: "2029-02-28" },
  { below: 18, until: "2030-02-28" },
  { below: 19, until: "2031-02-28" },
];

/**
 * By engine of RDS, ElastiCache and DocumentDB. No date was found of Aurora MySQL 3 (8.0), DocumentDB 4.0 and later,
 * and Redis OSS 7, which are in standard support. Sources: RDS user guide "MySQL on Amazon RDS versions", RDS and
 * Aurora PostgreSQL "Release calendars", Aurora user guide "Aurora major versions", ElastiCache user guide "Extended
 * Support", DocumentDB developer guide "engine version support dates"; with endoflife.date (amazon-rds-mysql,
 * amazon-rds-postgresql, amazon-aurora-postgresql, amazon-elasticache-redis, amazon-documentdb), read in November 2026.
 */
const ENGINES: Readonly<Record<string, readonly StandardSupport[]>> = {
  mysql: [
    { below: 8, until: "2024-02-29" },
    { below: 8.4, until: "2026-07-31" },
    { below: 9, until: "2029-07-31" },
  ],
  postgres: POSTGRES,
  "aurora-mysql": [{ below: 8, until: "2024-10-31" }],
  "aurora-postgresql": POSTGRES,
  redis: [
    { below: 6, until: "2026-01-31" },
    { below: 7, until: "2027-01-31" },
  ],
  docdb: [{ below: 4, until: "2026-03-30" }],
};

/**
 * The oldest version in standard support on a day, where `version` is not in it any more; else undefined.
 * @param day `2026-11-22`; where unset, that of the tables.
 */
function oldestSupported(
  rows: readonly StandardSupport[],
  version: number,
  day = SUPPORT_DATES_AS_OF,
): number | undefined {
  const own = rows.find(({ below }) => version < below);
  if (!own || day <= own.until) return undefined;
  return Math.max(...rows.filter(({ until }) => day > until).map(({ below }) => below));
}

/** The oldest minor version of Kubernetes 1 in standard support, where `minor` pays for extended support. */
export function oldestStandardMinor(minor: number, day?: string): number | undefined {
  return oldestSupported(EKS, minor, day);
}

/** Refuses a version whose extended support costs what the list does not have; it bills beside the rest. */
export function refuseExtendedSupport(engine: string, { extras }: Inputs, day?: string): void {
  const version = supportedVersion(extras);
  const oldest = oldestStandardVersion(engine, version, day);
  if (oldest === undefined) return;
  const why = `extended support of ${engine} ${version} has no price in the list; move to ${oldest} or newer`;
  extras.refuse(why, "engineVersion");
}

/**
 * The version that decides about extended support, empty where it is not given. What does not begin with a number
 * cannot be told from an old version, and is refused.
 */
export function supportedVersion(inputs: Inputs): string {
  const version = inputs.numeral("engineVersion", "");
  if (version !== "" && !/^\d/.test(version)) {
    inputs.refuse(`engineVersion is "${version}", which is no version`, "engineVersion");
  }
  return version;
}

/** Whether the engine's version pays for extended support on a day; one that is not given is a new one. */
export function inExtendedSupport(engine: string, version: string, day?: string): boolean {
  return oldestStandardVersion(engine, version, day) !== undefined;
}

function oldestStandardVersion(engine: string, version: string, day?: string): number | undefined {
  const rows = Object.hasOwn(ENGINES, engine) ? ENGINES[engine] : undefined;
  const [number] = /^\d+(\.\d+)?/.exec(version) ?? [];
  return rows && number !== undefined ? oldestSupported(rows, Number(number), day) : undefined;
}

/** Versions of search engines as one number: 2.11 is 2011. */
const SEARCH_MAJOR = 1000;
/** The first version of OpenSearch 3 on AWS; from there on none has a date. */
const NEW_SEARCH = 3 * SEARCH_MAJOR + 1;

/**
 * Sources: OpenSearch Service developer guide, "Standard support and extended support", with endoflife.date
 * (amazon-opensearch, amazon-elasticsearch), read in November 2026.
 */
const SEARCH: Readonly<Record<string, readonly StandardSupport[]>> = {
  Elasticsearch: [
    { below: 7009, until: "2025-11-07" },
    { below: 8000, until: "2027-11-07" },
  ],
  OpenSearch: [
    { below: 1003, until: "2025-11-07" },
    { below: 2000, until: "2027-11-07" },
    { below: 2011, until: "2025-11-07" },
    { below: NEW_SEARCH, until: "2027-11-07" },
  ],
};
const NO_ROWS: readonly StandardSupport[] = [];

/**
 * Why a search domain's version bills more than its nodes on a day, if it does: `Elasticsearch_7.1`, `OpenSearch_2.5`.
 * @param day `2026-11-22`; where unset, that of the tables.
 */
export function searchSupportProblem(version: string, day?: string): string | undefined {
  const [, engine = "", major = "", minor = ""] = /^([A-Za-z]+)_(\d+)\.(\d+)/.exec(version) ?? [];
  const rows = Object.hasOwn(SEARCH, engine) ? (SEARCH[engine] ?? NO_ROWS) : NO_ROWS;
  const number = Number(major) * SEARCH_MAJOR + Number(minor);
  const isNew = engine === "OpenSearch" && number >= NEW_SEARCH;
  if (!isNew && !rows.some(({ below }) => number < below)) {
    return `${version} is no version of OpenSearch or Elasticsearch`;
  }
  if (oldestSupported(rows, number, day) === undefined) return undefined;
  // The versions of OpenSearch go on where those of Elasticsearch end.
  const oldest = oldestSupported(SEARCH.OpenSearch ?? NO_ROWS, 0, day) ?? NEW_SEARCH;
  const name = `OpenSearch_${Math.floor(oldest / SEARCH_MAJOR)}.${oldest % SEARCH_MAJOR}`;
  return `extended support of ${version} has no price in the list; move to ${name} or newer`;
}

/** Types whose price depends on these dates begin so. */
const DATED_TYPES: readonly string[] = [
  "aws:eks/cluster:",
  "aws:rds/",
  "aws:docdb/",
  "aws:elasticache/",
  "aws:opensearch/",
  "aws:elasticsearch/",
];

export function dependsOnSupportDates(type: string): boolean {
  return DATED_TYPES.some((start) => type.startsWith(start));
}
