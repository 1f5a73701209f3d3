import { BlockList, isIP } from "node:net";

export interface ReservedRange {
  readonly network: string;
  readonly what: string;
  /** Examples in documents use these; a rehearsal does too, so they are told apart from private ones. */
  readonly documentation: boolean;
}

/**
 * What Route 53 does not check: "local, private, non-routable, or multicast ranges", for which its API reference
 * (HealthCheckConfig, IPAddress) points at RFC 5735, RFC 6598 and RFC 5156.
 */
const IPV4_RANGES = ranges([
  ["0.0.0.0/8", "this network"],
  ["10.0.0.0/8", "private"],
  ["100.64.0.0/10", "shared by carriers"],
  ["127.0.0.0/8", "loopback"],
  ["169.254.0.0/16", "link-local"],
  ["172.16.0.0/12", "private"],
  ["192.0.0.0/24", "kept for protocols"],
  ["192.0.2.0/24", "for documentation"],
  ["192.88.99.0/24", "6to4 relay"],
  ["192.168.0.0/16", "private"],
  ["198.18.0.0/15", "for benchmarks"],
  ["198.51.100.0/24", "for documentation"],
  ["203.0.113.0/24", "for documentation"],
  ["224.0.0.0/4", "multicast"],
  ["240.0.0.0/4", "kept for later use"],
]);

const IPV6_RANGES = ranges([
  ["::/128", "unspecified"],
  ["::1/128", "loopback"],
  ["::ffff:0:0/96", "IPv4-mapped"],
  ["::/96", "IPv4-compatible"],
  ["fe80::/10", "link-local"],
  ["fc00::/7", "unique local"],
  ["2001:db8::/32", "for documentation"],
  ["2001::/23", "kept for protocols"],
  ["2002::/16", "6to4"],
  ["3ffe::/16", "6bone"],
  ["5f00::/8", "6bone"],
  ["ff00::/8", "multicast"],
]);

/** The special range that an address is in; undefined for a public address and for what is no address at all. */
export function reservedRange(address: string): ReservedRange | undefined {
  // A scope, as in fe80::1%eth0, says nothing about the range.
  const plain = address.replace(/%.*$/, "");
  const version = isIP(plain);
  if (version === 0) return undefined;
  // One list per family: a list that holds ::ffff:0:0/96 takes every IPv4 address for a member of it.
  const table = version === 4 ? IPV4_RANGES : IPV6_RANGES;
  const family = version === 4 ? "ipv4" : "ipv6";
  if (!table.all.check(plain, family)) return undefined;
  return table.each.find(({ list }) => list.check(plain, family))?.range;
}

interface RangeTable {
  readonly all: BlockList;
  readonly each: readonly { readonly list: BlockList; readonly range: ReservedRange }[];
}

function ranges(networks: readonly (readonly [network: string, what: string])[]): RangeTable {
  const all = new BlockList();
  const each = networks.map(([network, what]) => {
    const [start = "", bits] = network.split("/");
    const family = isIP(start) === 4 ? "ipv4" : "ipv6";
    const list = new BlockList();
    for (const one of [all, list]) one.addSubnet(start, Number(bits), family);
    return { list, range: { network, what, documentation: what === "for documentation" } };
  });
  return { all, each };
}
