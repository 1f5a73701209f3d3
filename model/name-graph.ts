import { CHAIN_MAX } from "./answering-places";
import { normalizeDnsName } from "./dns-name";
import type { RecordSet } from "./failover-plan";
import { mayAnswer } from "./relative-name";
import { isUnknown } from "./unknown";

/** Where each name of the stack's public zones leads, as the checkers' resolvers follow it. */
export class NameGraph {
  private readonly targets = new Map<string, Set<string>>();
  /** Names with an alias or a CNAME whose target is not known yet, and the record that has it. */
  private readonly untold = new Map<string, RecordSet>();
  /** Records that lead on, of names that only their zones' names would complete. */
  private readonly nameless: RecordSet[] = [];
  private readonly reached = new Map<string, ReadonlySet<string>>();

  /**
   * @param records of public zones: no checker asks in a private one.
   * @param leadsToAws whether a record's unknown target is known to be none of the stack's names.
   * @param standIns names that stand for what an unknown target was computed from; default: none.
   */
  constructor(
    records: readonly RecordSet[],
    leadsToAws: (record: RecordSet) => boolean = () => false,
    standIns: (record: RecordSet) => readonly string[] = () => [],
  ) {
    for (const record of records) {
      const { name } = record;
      const next = targetsOf(record);
      if (isUnknown(name)) {
        if (next === undefined ? !leadsToAws(record) : next.length > 0) this.nameless.push(record);
        continue;
      }
      const targets = this.targets.get(name) ?? new Set();
      this.targets.set(name, targets);
      if (next === undefined) {
        if (!leadsToAws(record)) this.untold.set(name, record);
        for (const standIn of record.type === "AAAA" ? [] : standIns(record)) targets.add(standIn);
      } else for (const target of next) targets.add(target);
    }
  }

  /** Every name that a look-up of `name` can come past, itself first; each once, so circles end. */
  from(name: string): ReadonlySet<string> {
    const start = normalizeDnsName(name);
    let reached = this.reached.get(start);
    if (!reached) {
      const names = new Set([start]);
      let step = [start];
      for (let links = 0; links < CHAIN_MAX && step.length > 0; links += 1) {
        const next = new Set(step.flatMap((each) => [...this.answers(each)]));
        step = [...next].filter((target) => !names.has(target));
        for (const target of step) names.add(target);
      }
      reached = names;
      this.reached.set(start, reached);
    }
    return reached;
  }

  /** Whether a look-up of `name` comes past a name that has records of the stack. */
  isTold(name: string): boolean {
    return [...this.from(name)].some((each) => this.targets.has(each));
  }

  /** The first record on the way from `name` whose target, or whose being on it, is not known. */
  unknownFrom(name: string): RecordSet | undefined {
    for (const next of this.from(name)) {
      const record = this.untold.get(next);
      if (record) return record;
      if (this.targets.has(next)) continue;
      const nameless = this.nameless.find((each) => mayAnswer(each, next));
      if (nameless) return nameless;
    }
    return undefined;
  }

  /** A name without records of its own is answered by the nearest wildcard above it (RFC 4592). */
  private answers(name: string): Iterable<string> {
    const own = this.targets.get(name);
    if (own) return own;
    for (let dot = name.indexOf("."); dot !== -1; dot = name.indexOf(".", dot + 1)) {
      const wildcard = `*${name.slice(dot)}`;
      if (this.targets.has(wildcard)) return [wildcard];
      if (this.targets.has(name.slice(dot + 1))) return [];
    }
    return [];
  }
}

/** Names that the record leads to; checkers ask for IPv4 only (API reference, FullyQualifiedDomainName). */
function targetsOf({ type, target }: RecordSet): readonly string[] | undefined {
  if (target.kind === "alias") {
    if (type === "AAAA") return [];
    return isUnknown(target.dnsName) ? undefined : [target.dnsName];
  }
  if (type !== "CNAME") return isUnknown(type) ? undefined : [];
  return isUnknown(target.values) ? undefined : target.values.map(normalizeDnsName);
}
