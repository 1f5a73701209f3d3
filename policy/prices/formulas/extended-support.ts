/**
 * Versions that AWS supports at no extra price, as of November 2026; older ones pay for extended support. A
 * version that leaves standard support after this date is priced without it until this table is renewed.
 * Sources: EKS user guide "Kubernetes versions"; RDS and Aurora user guides "release calendars".
 */

/** 1.34 leaves standard support in December 2026. */
export const EKS_STANDARD_MINOR = 34;

/** Oldest major versions in standard support, by RDS engine. */
const OLDEST: Readonly<Record<string, number>> = {
  mysql: 8.4,
  postgres: 14,
  "aurora-mysql": 8,
  "aurora-postgresql": 14,
};

/** Whether the engine's version pays for extended support; one that is not given is a new one. */
export function inExtendedSupport(engine: string, version: string): boolean {
  const oldest = OLDEST[engine];
  const [major] = /^\d+(\.\d+)?/.exec(version) ?? [];
  return oldest !== undefined && major !== undefined && Number(major) < oldest;
}
