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

/** Refuses a version whose extended support costs what the list does not have. */
export function refuseExtendedSupport(engine: string, inputs: Inputs): void {
  const version = inputs.text("engineVersion", "");
  if (!inExtendedSupport(engine, version)) return;
  const why = `extended support of ${engine} ${version} has no price in the list; move to ${OLDEST[engine]} or newer`;
  inputs.refuse(why, "engineVersion");
}

/** Whether the engine's version pays for extended support; one that is not given is a new one. */
export function inExtendedSupport(engine: string, version: string): boolean {
  const oldest = Object.hasOwn(OLDEST, engine) ? OLDEST[engine] : undefined;
  const [major] = /^\d+(\.\d+)?/.exec(version) ?? [];
  return oldest !== undefined && major !== undefined && Number(major) < oldest;
}
