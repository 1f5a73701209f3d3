import type { Inputs } from "./inputs";

/**
 * Versions that AWS supports at no extra price, as of November 2026; older ones pay for extended support. A
 * version that leaves standard support after this date is priced without it until this table is renewed.
 * Sources: EKS user guide "Kubernetes versions"; RDS and Aurora user guides "release calendars";
 * ElastiCache and DocumentDB guides "Extended Support".
 */

/** 1.34 leaves standard support in December 2026. */
export const EKS_STANDARD_MINOR = 34;

/** Oldest major versions in standard support, by engine of RDS, ElastiCache and DocumentDB. */
const OLDEST: Readonly<Record<string, number>> = {
  mysql: 8.4,
  postgres: 14,
  "aurora-mysql": 8,
  "aurora-postgresql": 14,
  redis: 6,
  docdb: 4,
};

/** Refuses a version whose extended support costs what the list does not have; it bills beside the rest. */
export function refuseExtendedSupport(engine: string, { extras }: Inputs): void {
  const version = supportedVersion(extras);
  if (!inExtendedSupport(engine, version)) return;
  const why = `extended support of ${engine} ${version} has no price in the list; move to ${OLDEST[engine]} or newer`;
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

/** Whether the engine's version pays for extended support; one that is not given is a new one. */
export function inExtendedSupport(engine: string, version: string): boolean {
  const oldest = Object.hasOwn(OLDEST, engine) ? OLDEST[engine] : undefined;
  const [major] = /^\d+(\.\d+)?/.exec(version) ?? [];
  return oldest !== undefined && major !== undefined && Number(major) < oldest;
}

/** Oldest minor version in standard support of each major one; a major version that is not here is as old. */
const OLDEST_SEARCH: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Elasticsearch: { 7: 9 },
  OpenSearch: { 1: 3, 2: 11 },
};
/** From here on every version of OpenSearch is in standard support. */
const NEW_SEARCH_MAJOR = 3;

/**
 * Why a search domain's version bills more than its nodes, if it does: `Elasticsearch_7.1`, `OpenSearch_2.5`.
 * Source: OpenSearch Service developer guide, "Standard support and extended support", and the dates that
 * endoflife.date reads off it (amazon-opensearch, amazon-elasticsearch), compared in November 2026.
 */
export function searchSupportProblem(version: string): string | undefined {
  const [, engine = "", major = "", minor = ""] = /^([A-Za-z]+)_(\d+)\.(\d+)/.exec(version) ?? [];
  const oldest = Object.hasOwn(OLDEST_SEARCH, engine) ? OLDEST_SEARCH[engine] : undefined;
  if (!oldest) return `${version} is no version of OpenSearch or Elasticsearch`;
  if (engine === "OpenSearch" && Number(major) >= NEW_SEARCH_MAJOR) return undefined;
  const least = oldest[major];
  if (least !== undefined && Number(minor) >= least) return undefined;
  return `extended support of ${version} has no price in the list; move to OpenSearch_2.11 or newer`;
}
