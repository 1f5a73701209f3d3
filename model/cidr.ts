/** IPv4 address blocks as ranges of whole numbers, first and last address included. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

/** `192.0.2.0/24`, or a single address; undefined for anything else, IPv6 among it. */
export function ipv4Range(cidr: string): AddressRange | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(cidr.trim());
  if (!match) return undefined;
  const octets = match.slice(1, 5).map(Number);
  const bits = match[5] === undefined ? 32 : Number(match[5]);
  if (bits > 32 || octets.some((octet) => octet > 255)) return undefined;
  const address = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const size = 2 ** (32 - bits);
  const first = address - (address % size);
  return { first, last: first + size - 1 };
}

/** Those of `ranges` that do not lie wholly within the blocks taken together; adjacent blocks count as one. */
export function uncovered(ranges: readonly AddressRange[], blocks: readonly AddressRange[]): AddressRange[] {
  const merged: { first: number; last: number }[] = [];
  for (const { first, last } of [...blocks].sort((a, b) => a.first - b.first)) {
    const previous = merged.at(-1);
    if (previous && first <= previous.last + 1) previous.last = Math.max(previous.last, last);
    else merged.push({ first, last });
  }
  return ranges.filter(
    (range) => !merged.some(({ first, last }) => first <= range.first && range.last <= last),
  );
}
