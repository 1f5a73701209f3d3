import { type IpAddress, type IpNetwork, ipAddress, ipNetwork, isInNetwork } from "./ip-address";

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

/** The well-known prefix under which gateways write IPv4 addresses (RFC 6052), itself a public block. */
const NAT64 = ipNetwork("64:ff9b::/96");

/** The special range that an address is in; undefined for a public address and for what is no address at all. */
export function reservedRange(address: string): ReservedRange | undefined {
  const read = ipAddress(address);
  if (read === undefined) return undefined;
  const embedded = nat64Address(read);
  if (embedded !== undefined) return embedded;
  const table = read.family === "ipv4" ? IPV4_RANGES : IPV6_RANGES;
  return table.find(({ within }) => isInNetwork(read, within))?.range;
}

/** A gateway passes such an address on to the IPv4 address in its last 32 bits, so that decides. */
function nat64Address(address: IpAddress): ReservedRange | undefined {
  if (NAT64 === undefined || !isInNetwork(address, NAT64)) return undefined;
  const inside: IpAddress = { family: "ipv4", bits: address.bits - NAT64.first };
  const range = IPV4_RANGES.find(({ within }) => isInNetwork(inside, within))?.range;
  return range && { ...range, network: "64:ff9b::/96", what: `NAT64 of ${range.network}, ${range.what}` };
}

interface NetworkRange {
  readonly within: IpNetwork;
  readonly range: ReservedRange;
}

function ranges(networks: readonly (readonly [network: string, what: string])[]): NetworkRange[] {
  return networks.map(([network, what]) => {
    const within = ipNetwork(network);
    if (within === undefined) throw new RangeError(`${network} is no block of addresses`);
    return { within, range: { network, what, documentation: what === "for documentation" } };
  });
}
