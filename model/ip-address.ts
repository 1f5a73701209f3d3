/** An address as a number, so that its spellings compare equal. */
export interface IpAddress {
  readonly family: "ipv4" | "ipv6";
  readonly bits: bigint;
}

/** Addresses from `first` to `last`, both inside. */
export interface IpNetwork {
  readonly family: IpAddress["family"];
  readonly first: bigint;
  readonly last: bigint;
}

const WIDTH = { ipv4: 32, ipv6: 128 } as const;

/**
 * An IPv4 address in four plain decimals (`010` is none, as some readers take it for octal) or an IPv6 address in any
 * spelling of RFC 4291; a scope, as in `fe80::1%eth0`, is passed over. Undefined for anything else.
 */
export function ipAddress(text: string): IpAddress | undefined {
  const plain = text.replace(/%.*$/, "");
  const bits = plain.includes(":") ? ipv6Bits(plain) : ipv4Bits(plain);
  return bits === undefined ? undefined : { family: plain.includes(":") ? "ipv6" : "ipv4", bits };
}

/** `192.0.2.1`, or all eight groups of an IPv6 address. */
export function addressText({ family, bits }: IpAddress): string {
  const [groups, width] = family === "ipv4" ? [4, 8n] : [8, 16n];
  const parts = Array.from({ length: groups }, (_, index) => {
    const group = (bits >> (width * BigInt(groups - 1 - index))) & ((1n << width) - 1n);
    return group.toString(family === "ipv4" ? 10 : 16);
  });
  return parts.join(family === "ipv4" ? "." : ":");
}

/** `192.0.2.0/24` or `2001:db8::/32`; undefined for anything else. */
export function ipNetwork(cidr: string): IpNetwork | undefined {
  const [, start = "", length = ""] = /^(.*)\/(\d{1,3})$/.exec(cidr) ?? [];
  const address = ipAddress(start);
  if (address === undefined || Number(length) > WIDTH[address.family]) return undefined;
  const size = 1n << BigInt(WIDTH[address.family] - Number(length));
  const first = address.bits - (address.bits % size);
  return { family: address.family, first, last: first + size - 1n };
}

export function isInNetwork({ family, bits }: IpAddress, network: IpNetwork): boolean {
  return family === network.family && network.first <= bits && bits <= network.last;
}

function ipv4Bits(text: string): bigint | undefined {
  const octets = text.split(".");
  if (
    octets.length !== 4 ||
    !octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255)
  ) {
    return undefined;
  }
  return octets.reduce((bits, octet) => bits * 256n + BigInt(octet), 0n);
}

const GROUPS = 8;

function ipv6Bits(text: string): bigint | undefined {
  const [head, tail, ...more] = text.split("::");
  if (head === undefined || more.length > 0) return undefined;
  const before = groupsOf(head, tail === undefined);
  const after = tail === undefined ? [] : groupsOf(tail, true);
  if (before === undefined || after === undefined) return undefined;
  const missing = GROUPS - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array<bigint>(missing).fill(0n), ...after];
  return groups.reduce((bits, group) => (bits << 16n) + group, 0n);
}

/** @param isLast whether the last two groups may be written as an IPv4 address. */
function groupsOf(text: string, isLast: boolean): bigint[] | undefined {
  if (text === "") return [];
  const words = text.split(":");
  const groups: bigint[] = [];
  for (const [index, word] of words.entries()) {
    const ipv4 = isLast && index === words.length - 1 ? ipv4Bits(word) : undefined;
    if (ipv4 !== undefined) groups.push(ipv4 >> 16n, ipv4 & 0xffffn);
    else if (/^[0-9a-f]{1,4}$/i.test(word)) groups.push(BigInt(`0x${word}`));
    else return undefined;
  }
  return groups;
}
