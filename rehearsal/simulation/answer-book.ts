import type { FailoverRole } from "../../model/failover-plan";
import { answerByChance, type DnsAnswer, type ServedZone } from "./answer";
import { isBelievedHealthy } from "./believed-health";
import { everyWay } from "./chance";
import { HOME_PLACE, type Place } from "./place";
import type { PlayedSystem } from "./played-system";
import { NEGATIVE_TTL_SECONDS } from "./zone-data";

/** One cached step of an answer: a resolver keeps each name with the TTL of its own. */
export interface AnswerLink {
  readonly key: string;
  readonly ttlSeconds: number;
  /** The side of the pair that the answer was taken from; undefined where it is neither, or no pair. */
  readonly role: FailoverRole | undefined;
  /** Index of the endpoint that the answer leads to; -1 for an answer without an address. */
  readonly endpoint: number;
  /** Where a CNAME leads. */
  readonly next: string | undefined;
}

/** One way in which a question can be answered, and how likely it is. */
export interface AnswerWay {
  readonly answer: DnsAnswer;
  readonly links: readonly AnswerLink[];
  readonly probability: number;
}

/** The answers of a name server that believes one thing about every check, to resolvers of one place. */
export interface AnswerView {
  /** The answer to the set's name, the first where it is drawn. */
  readonly answer: DnsAnswer;
  readonly role: FailoverRole | undefined;
  /** How long a resolver keeps it. */
  readonly ttlSeconds: number;
  /** Every way in which the set's name is answered, and how often each was drawn. */
  readonly ways: readonly AnswerWay[];
  readonly drawn: Float64Array;
  /** Whether any of them leads to what the set's primary leads to. */
  readonly leadsToPrimary: boolean;
  /** What is answered to `key`; `draw` gives the number in [0, 1) that belongs to this question alone. */
  linksOf(key: string, draw?: () => number): readonly AnswerLink[];
}

/** One number of a draw spans so many beliefs. */
const BELIEFS = 2 ** 31;

/**
 * Answers by belief and place. There are few of both and many questions, so every way to answer is worked out once,
 * by the same code that serves real queries; where Route 53 draws, a question draws among the ways.
 */
export class AnswerBook {
  readonly startKey: string;
  private readonly zone: ServedZone;
  private readonly views = new Map<number, AnswerView>();

  constructor(
    private readonly system: PlayedSystem,
    private readonly places: readonly Place[] = [HOME_PLACE],
  ) {
    this.startKey = keyOf(system.set.name, system.queryType);
    this.zone = { plan: system.plan, addressesOf: (urn, type) => simulatedAddresses(system, urn, type) };
  }

  /** `belief` has the bit of every check that is taken for healthy; `place` is an index among the places. */
  view(belief: number, place = 0): AnswerView {
    const key = place * BELIEFS + belief;
    const known = this.views.get(key);
    if (known) return known;
    const ways = this.ways(this.startKey, belief, place);
    const [first] = ways as [AnswerWay];
    const byKey = new Map([[this.startKey, ways]]);
    const drawn = new Float64Array(ways.length);
    const view: AnswerView = {
      answer: first.answer,
      role: this.roleOf(first.answer.recordSet),
      ttlSeconds: first.links[0]?.ttlSeconds ?? 0,
      ways,
      drawn,
      leadsToPrimary: ways.some(({ links }) => this.system.primary.includes(links[0]?.endpoint ?? -1)),
      linksOf: (asked, draw = () => 0) => {
        let found = byKey.get(asked);
        if (!found) {
          found = this.ways(asked, belief, place);
          byKey.set(asked, found);
        }
        if (found.length === 1) return (found[0] as AnswerWay).links;
        const index = wayAt(found, draw());
        if (found === ways) drawn[index] = (drawn[index] as number) + 1;
        return (found[index] as AnswerWay).links;
      },
    };
    this.views.set(key, view);
    return view;
  }

  /** Every view that was asked for. */
  allViews(): Iterable<AnswerView> {
    return this.views.values();
  }

  /** Whether a server with this belief leads resolvers of any place to what the set's primary leads to. */
  leadsToPrimary(belief: number): boolean {
    return this.places.some((_, place) => this.view(belief, place).leadsToPrimary);
  }

  private ways(key: string, belief: number, place: number): readonly AnswerWay[] {
    const [name = "", type = ""] = key.split(" ");
    const isHealthy = (urn: string): boolean => {
      const index = this.system.checks.findIndex((check) => check.urn === urn);
      return index < 0 || isBelievedHealthy(this.system.checks, index, belief);
    };
    const at = this.places[place] ?? HOME_PLACE;
    return everyWay((chance) => answerByChance(this.zone, { name, type }, isHealthy, chance, at)).map(
      ({ result, probability }) => ({ answer: result, links: this.links(key, result), probability }),
    );
  }

  private links(key: string, answer: DnsAnswer): AnswerLink[] {
    const type = key.split(" ")[1] ?? "";
    const role = this.roleOf(answer.recordSet);
    const endpoint = this.endpointOf(answer);
    if (answer.records.length === 0) {
      const ttlSeconds = answer.rcode === "REFUSED" ? 0 : NEGATIVE_TTL_SECONDS;
      return [{ key, ttlSeconds, role, endpoint: -1, next: undefined }];
    }
    const links: AnswerLink[] = [];
    for (const [index, record] of answer.records.entries()) {
      const ownKey = keyOf(record.name, type);
      if (links.some((link) => link.key === ownKey)) continue;
      // The last CNAME of a chain that leaves the plan is taken to lead where its record says.
      const isStep = record.type === "CNAME" && index + 1 < answer.records.length;
      links.push({
        key: ownKey,
        ttlSeconds: record.ttlSeconds,
        role: index === 0 ? role : undefined,
        endpoint,
        next: isStep ? keyOf(record.data, type) : undefined,
      });
    }
    return links;
  }

  private roleOf(recordSet: string | undefined): FailoverRole | undefined {
    const { primary, others, routing } = this.system.set;
    if (routing !== "failover") return undefined;
    if (recordSet === primary.urn) return "PRIMARY";
    return recordSet === others[0]?.urn ? "SECONDARY" : undefined;
  }

  private endpointOf({ leaf }: DnsAnswer): number {
    return leaf === undefined ? -1 : this.system.endpoints.indexOf(leaf);
  }
}

/** Where a point in [0, 1) falls among the ways. */
function wayAt(ways: readonly AnswerWay[], point: number): number {
  let left = point;
  for (let index = 0; index < ways.length; index++) {
    left -= (ways[index] as AnswerWay).probability;
    if (left < 0) return index;
  }
  // The probabilities can add up to just below the point.
  return ways.length - 1;
}

export function keyOf(name: string, type: string): string {
  return `${name} ${type}`;
}

/** Every endpoint has one documentation address of each family (RFC 5737, RFC 3849). */
export function simulatedAddresses(system: PlayedSystem, urn: string, type: "A" | "AAAA"): string[] {
  const index = system.endpoints.indexOf(urn);
  if (index < 0) return [];
  return [type === "A" ? `192.0.2.${index + 1}` : `2001:db8::${(index + 1).toString(16)}`];
}
