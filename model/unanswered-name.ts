import { CHAIN_MAX } from "./answering-places";
import { namesAbove, normalizeDnsName } from "./dns-name";
import type { FailoverPlan, HealthCheck, HostedZone, RecordSet } from "./failover-plan";
import { isEndpointCheck } from "./health-check";
import { isInPrivateZone } from "./public-records";
import { mayAnswer } from "./relative-name";
import { isUnknown, type MaybeUnknown, UNKNOWN } from "./unknown";

/** A name in a zone that the stack fills, where nothing of the stack answers. */
export interface UnansweredName {
  readonly name: string;
  /** What the stack has there: nothing, records of these other types, or names that lead back to it. */
  readonly found: "nothing" | readonly string[] | "circle";
}

/** What is asked for: addresses of one family. */
export type AddressType = "A" | "AAAA";

type Records = Pick<FailoverPlan, "recordSets" | "zones" | "endpoints">;

/**
 * Where a look-up ends without an answer, as far as the zones that the stack fills tell; undefined where it is answered,
 * leaves these zones, or depends on what is not known yet. Records that another stack keeps in such a zone are not seen.
 */
export function unansweredName(plan: Records, asked: string, type: AddressType): UnansweredName | undefined {
  return namesOf(plan).lookUp(normalizeDnsName(asked), type);
}

/** The same of what a record leads to by an alias or a CNAME. */
export function unansweredTarget(
  plan: Records,
  record: RecordSet,
  asked: AddressType,
): UnansweredName | undefined {
  if (isInPrivateZone(plan, record)) return undefined;
  const [name] = namesBehind(record);
  if (name === undefined || isUnknown(name)) return undefined;
  return namesOf(plan).lookUp(normalizeDnsName(name), asked, record.name);
}

/** The same of what a check probes by its name, of which checkers ask IPv4 addresses only (API reference, FullyQualifiedDomainName). */
export function unresolvedProbe(plan: Records, check: HealthCheck): UnansweredName | undefined {
  const { type, fqdn, ipAddress } = check;
  if (isUnknown(type) || !isEndpointCheck(type)) return undefined;
  if (ipAddress !== undefined || fqdn === undefined || isUnknown(fqdn)) return undefined;
  return unansweredName(plan, fqdn, "A");
}

/** `gone.example.com, of which the stack's own zone has no A record`. */
export function unansweredText({ name, found }: UnansweredName, type: AddressType): string {
  if (found === "circle") return `${name}, which leads back to itself`;
  const instead = found === "nothing" ? "no record" : `no ${type} record but ${found.join(" and ")}`;
  return `${name}, of which the stack's own zone has ${instead}`;
}

/** The names of the public zones of a plan. */
class PublicNames {
  private readonly byName = new Map<string, RecordSet[]>();
  /** Names that may be those of another zone. */
  private readonly delegated = new Set<string>();
  /** Records of names below a zone whose name is not told. */
  private readonly relative: RecordSet[] = [];
  /** Zone -> whether all its records are among the plan's, as far as the stack tells. */
  private readonly zones = new Map<string, boolean>();
  /** Whether a zone or a record may be of any name. */
  private readonly isPartlyUnknown: boolean;
  /** Names that AWS gives its services, which answer by themselves. */
  private readonly ofServices: ReadonlySet<string>;
  private readonly known = new Map<string, UnansweredName | undefined>();

  constructor(plan: Records) {
    this.ofServices = new Set(plan.endpoints.flatMap(({ dnsTargets }) => dnsTargets));
    const zones = plan.zones.filter(({ isPrivate }) => isPrivate !== true);
    const records = plan.recordSets.filter(({ zone }) => !isInPrivateZone(plan, { zone }));
    for (const { name, hasOthers } of zones) {
      if (!isUnknown(name)) this.zones.set(normalizeDnsName(name), hasOthers !== true);
    }
    for (const record of records) {
      const { name, type } = record;
      if (isUnknown(name)) {
        this.relative.push(record);
        continue;
      }
      if (!this.byName.get(name)?.push(record)) this.byName.set(name, [record]);
      if (isUnknown(type) || type === "NS") this.delegated.add(name);
    }
    this.isPartlyUnknown =
      zones.some(({ name }) => isUnknown(name)) ||
      this.relative.some(({ relativeName }) => relativeName === undefined);
  }

  /** @param from the name that leads there, where one does: to come back to it is no answer. */
  lookUp(name: string, type: AddressType, from?: RecordSet["name"]): UnansweredName | undefined {
    if (this.isPartlyUnknown) return undefined;
    const key = `${name} ${type} ${String(from)}`;
    if (!this.known.has(key)) {
      this.known.set(key, this.follow(name, type, typeof from === "string" ? [from] : []));
    }
    return this.known.get(key);
  }

  private follow(name: string, type: AddressType, above: readonly string[]): UnansweredName | undefined {
    if (above.includes(name)) return { name, found: "circle" };
    if (above.length === CHAIN_MAX || this.ofServices.has(name) || !this.isOwn(name)) return undefined;
    if (this.relative.some((record) => mayAnswer(record, name))) return undefined;
    const records = this.answering(name);
    if (records.length === 0) return { name, found: "nothing" };
    const types = new Set<string>();
    let first: UnansweredName | undefined;
    for (const record of records) {
      const { type: own, target } = record;
      if (isUnknown(own)) return undefined;
      types.add(own);
      if (own !== type && own !== "CNAME") continue;
      if (target.kind === "values" && own !== "CNAME") return undefined;
      for (const next of namesBehind(record)) {
        const found = isUnknown(next)
          ? undefined
          : this.follow(normalizeDnsName(next), type, [...above, name]);
        if (found === undefined) return undefined;
        first ??= found;
      }
    }
    return first ?? { name, found: [...types].sort() };
  }

  /** Whether the nearest zone above the name is one that the stack fills, and does not delegate it. */
  private isOwn(name: string): boolean {
    for (const above of namesAbove(name)) {
      const isFilled = this.zones.get(above);
      if (isFilled !== undefined) return isFilled;
      if (this.delegated.has(above)) return false;
    }
    return false;
  }

  /** A name without records of its own is answered by the nearest wildcard above it (RFC 4592). */
  private answering(name: string): readonly RecordSet[] {
    const own = this.byName.get(name);
    if (own) return own;
    for (const above of namesAbove(name).slice(1)) {
      const wildcard = this.byName.get(`*.${above}`);
      if (wildcard) return wildcard;
      if (this.byName.has(above)) return [];
    }
    return [];
  }
}

/** What an alias or a CNAME leads to. */
function namesBehind({ type, target }: RecordSet): readonly MaybeUnknown<string>[] {
  if (target.kind === "alias") return [target.dnsName];
  if (type !== "CNAME") return [];
  return isUnknown(target.values) ? [UNKNOWN] : target.values;
}

/** Lists that never change, each read when it is first asked. */
const made = new WeakMap<readonly RecordSet[], { zones: readonly HostedZone[]; names: PublicNames }>();

function namesOf(plan: Records): PublicNames {
  const known = made.get(plan.recordSets);
  if (known?.zones === plan.zones) return known.names;
  const names = new PublicNames(plan);
  made.set(plan.recordSets, { zones: plan.zones, names });
  return names;
}
