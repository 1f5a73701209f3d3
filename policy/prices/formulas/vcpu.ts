/** Sizes whose name tells their vCPUs in every family that is sold today. */
const SIZES: Readonly<Record<string, number>> = { large: 2, xlarge: 4, medium: 1 };
/** Burstable families of the third generation on have two vCPUs even in their small sizes. */
const TWO_VCPU_FAMILIES = /^(db\.|cache\.|dms\.)?t(3|3a|4g)\./;
/** The second generation has them from its medium size on. */
const LARGE_MEDIUM = /^(db\.|cache\.|dms\.)?t2\.medium$/;

/**
 * The vCPUs of an instance type or class, by its size: `m5.large` has 2, `db.r6g.4xlarge` 16. Undefined for
 * `metal` and for what is no size.
 */
export function vcpusOf(type: string): number | undefined {
  const size = type.split(".").at(-1) ?? "";
  const [, factor] = /^(\d+)xlarge$/.exec(size) ?? [];
  if (factor !== undefined) return Number(factor) * 4;
  if (TWO_VCPU_FAMILIES.test(type) && /^(nano|micro|small|medium|large)$/.test(size)) return 2;
  if (LARGE_MEDIUM.test(type)) return 2;
  if (/^(nano|micro|small)$/.test(size)) return 1;
  return SIZES[size];
}
