/**
 * Tags of what belongs to neither side but to the failover between them. They are explicit because the
 * provider's default tags would say "primary".
 *
 * @param region where the resource lives; `global` for Route 53.
 */
export function dnsTags(region: string): Readonly<Record<string, string>> {
  return { role: "dns", region };
}
