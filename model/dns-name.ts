/**
 * Lower case, without the final dot, and a wildcard as `*`, which Route 53 also writes `\052` (developer guide,
 * DomainNameFormat): as Route 53 compares names.
 */
export function normalizeDnsName(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/^\\052(?=\.|$)/, "*");
}

/** Whether `name` is `zone` itself or a name below it. Labels are compared, never substrings. */
export function isInZone(name: string, zone: string): boolean {
  const child = normalizeDnsName(name);
  const parent = normalizeDnsName(zone);
  return child === parent || child.endsWith(`.${parent}`);
}

/** `www.eu.example.com` -> itself, `eu.example.com`, `example.com`, `com`. */
export function namesAbove(name: string): string[] {
  const labels = name.split(".");
  return labels.map((_, index) => labels.slice(index).join("."));
}

/** The full name of a record: Pulumi accepts `www`, `www.example.com` and the zone's name itself. */
export function qualifyRecordName(name: string, zone: string | undefined): string {
  const own = normalizeDnsName(name);
  if (zone === undefined || isInZone(own, zone)) return own;
  return own === "" ? normalizeDnsName(zone) : `${own}.${normalizeDnsName(zone)}`;
}

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/i;

/** A host name as a setting gives it: at least two labels, no scheme, port, path or wildcard (RFC 1123). */
export function isHostName(name: string): boolean {
  const labels = name.split(".");
  return name.length <= 253 && labels.length >= 2 && labels.every((label) => LABEL.test(label));
}
