/** The region of `arn:partition:service:region:account:resource`; undefined where it has none or is no ARN. */
export function arnRegion(arn: string): string | undefined {
  const [prefix, , , region, ...rest] = arn.split(":");
  return prefix === "arn" && rest.length >= 2 ? region || undefined : undefined;
}
