import { isInZone, normalizeDnsName } from "../../model/dns-name";
import type { RecordSet } from "../../model/failover-plan";
import { isUnknown } from "../../model/unknown";
import type { DnsRecord, ZoneIndex } from "./zone-data";

/** A name of a zone from which on another zone's name servers answer. */
export interface Delegation {
  readonly name: string;
  /** Its NS records; undefined while they are not known. */
  readonly servers: readonly DnsRecord[] | undefined;
  /** Addresses of name servers that are themselves below the name: without them nobody could ask there. */
  readonly glue: readonly DnsRecord[];
}

/**
 * The delegation that `name` is at or below: the topmost NS set under the apex of its zone, `home` (RFC 1034
 * section 4.3.2 step 3b; developer guide, "Routing traffic for subdomains"). Undefined where the zone answers for
 * it itself. A zone below `home` that the plan holds too is not asked for here: it is the name's home then.
 */
export function delegationOf({ byName }: ZoneIndex, home: string, name: string): Delegation | undefined {
  for (const cut of namesBetween(home, name)) {
    const named = (byName.get(cut) ?? []).find(({ type }) => type === "NS");
    if (!named) continue;
    const servers = recordsOf(named, cut);
    const below = (servers ?? [])
      .map(({ data }) => normalizeDnsName(data))
      .filter((host) => isInZone(host, cut));
    return { name: cut, servers, glue: below.flatMap((host) => addressesOf(byName.get(host) ?? [], host)) };
  }
  return undefined;
}

/** The names from one label under `home` down to `name`; none where `name` is `home` itself. */
function namesBetween(home: string, name: string): string[] {
  const labels = name.split(".");
  const depth = labels.length - (home === "" ? 0 : home.split(".").length);
  return Array.from({ length: depth }, (_, level) => labels.slice(depth - 1 - level).join("."));
}

function addressesOf(named: readonly RecordSet[], host: string): DnsRecord[] {
  return named
    .filter(({ type, routing }) => (type === "A" || type === "AAAA") && routing.kind === "simple")
    .flatMap((record) => recordsOf(record, host) ?? []);
}

function recordsOf({ type, target }: RecordSet, name: string): DnsRecord[] | undefined {
  if (target.kind !== "values" || isUnknown(type)) return undefined;
  const { values, ttlSeconds } = target;
  if (isUnknown(values) || isUnknown(ttlSeconds) || ttlSeconds === undefined) return undefined;
  return values.map((data) => ({ name, type, ttlSeconds, data }));
}
