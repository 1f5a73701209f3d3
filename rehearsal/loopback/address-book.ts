import { isIP } from "node:net";
import type { Endpoint } from "../../model/failover-plan";
import { isUnknown } from "../../model/unknown";
import { type Doors, doorAt, type Knock, type Scheme } from "./doors";

/** Documentation networks (RFC 5737), one per region in the order of the plan; further regions share the last. */
const IPV4_NETWORKS = ["192.0.2", "198.51.100", "203.0.113"] as const;
/** Documentation prefix (RFC 3849). */
const IPV6_PREFIX = "2001:db8";
const FIRST_HOST = 10;
/** Of one region; more endpoints than this are not played. */
export const HOSTS_MAX = 240;

/** What listens for an endpoint on this machine, and what that stands for. */
export interface Listening {
  readonly doors: Doors;
  /** Ports of 127.0.0.1. */
  readonly ports: Partial<Record<Scheme, number>>;
}

export type Reached =
  /** The port of 127.0.0.1 that stands for the one that was knocked at. */
  | { readonly kind: "reached"; readonly port: number }
  /** Nothing at the address answers or refuses: whoever knocks waits for as long as they care to. */
  | { readonly kind: "silent" }
  | { readonly kind: "failed"; readonly why: string };

/**
 * Which endpoint answers at which address, and on which port of 127.0.0.1 it really listens. DNS answers carry
 * documentation addresses because a Route 53 check may not probe a loopback address, and because some systems
 * have no loopback address but 127.0.0.1.
 */
export class AddressBook {
  private readonly addresses = new Map<string, { A: string[]; AAAA: string[] }>();
  private readonly endpointByAddress = new Map<string, string>();
  private readonly listening = new Map<string, Listening>();
  private readonly silent = new Set<string>();

  /** @throws RangeError for more than 240 endpoints in one region. */
  constructor(endpoints: readonly Endpoint[]) {
    const regions: string[] = [];
    const hosts = new Map<number, number>();
    const literal = new Set(endpoints.flatMap(({ addresses }) => addresses));
    for (const endpoint of endpoints) {
      const region = endpoint.region === undefined || isUnknown(endpoint.region) ? "" : endpoint.region;
      if (!regions.includes(region)) regions.push(region);
      const network = Math.min(regions.indexOf(region), IPV4_NETWORKS.length - 1);
      let host = hosts.get(network) ?? FIRST_HOST;
      while (literal.has(`${IPV4_NETWORKS[network]}.${host}`)) host += 1;
      if (host >= FIRST_HOST + HOSTS_MAX) {
        throw new RangeError(`more than ${HOSTS_MAX} endpoints share ${IPV4_NETWORKS[network]}.0/24`);
      }
      hosts.set(network, host + 1);
      this.enter(endpoint, `${IPV4_NETWORKS[network]}.${host}`, `${IPV6_PREFIX}:${network + 1}::${host}`);
    }
  }

  /** An endpoint with literal addresses keeps those; the others get documentation addresses. */
  private enter(endpoint: Endpoint, ipv4: string, ipv6: string): void {
    const literal = (family: 4 | 6) => endpoint.addresses.filter((address) => isIP(address) === family);
    const entry =
      endpoint.addresses.length > 0
        ? { A: literal(4), AAAA: literal(6).map(canonicalAddress) }
        : { A: [ipv4], AAAA: [canonicalAddress(ipv6)] };
    this.addresses.set(endpoint.urn, entry);
    for (const address of [...entry.A, ...entry.AAAA]) this.endpointByAddress.set(address, endpoint.urn);
  }

  /** In the form of DNS answers; empty for an endpoint that the plan does not have. */
  addressesOf(endpointUrn: string, type: "A" | "AAAA"): string[] {
    return [...(this.addresses.get(endpointUrn)?.[type] ?? [])];
  }

  endpointAt(address: string): string | undefined {
    return this.endpointByAddress.get(canonicalAddress(address));
  }

  /** The endpoint stays at these ports until the end of the rehearsal, whether it listens there or not. */
  listensAt(endpointUrn: string, listening: Listening): void {
    this.listening.set(endpointUrn, listening);
  }

  /** From now on nothing answers at the endpoint's addresses, or all is as before. */
  setSilent(endpointUrn: string, isSilent: boolean): void {
    if (isSilent) this.silent.add(endpointUrn);
    else this.silent.delete(endpointUrn);
  }

  /** Where a visitor or a checker comes out that knocks at an address. */
  reach(address: string, knock: Knock): Reached {
    const endpoint = this.endpointAt(address);
    if (endpoint !== undefined && this.silent.has(endpoint)) return { kind: "silent" };
    const listening = endpoint === undefined ? undefined : this.listening.get(endpoint);
    if (!listening) return { kind: "failed", why: `nothing answers at ${address}` };
    const door = doorAt(listening.doors, knock);
    if (door.kind === "shut") return { kind: "failed", why: door.why };
    const port = listening.ports[door.scheme];
    return port === undefined
      ? { kind: "failed", why: `nothing answers at ${address}` }
      : { kind: "reached", port };
  }
}

/** IPv6 has many spellings of one address; the URL parser knows the canonical one (RFC 5952). */
function canonicalAddress(address: string): string {
  return isIP(address) === 6 ? new URL(`http://[${address}]/`).hostname.slice(1, -1) : address;
}
