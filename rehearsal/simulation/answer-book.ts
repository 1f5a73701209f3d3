import type { FailoverRole } from "../../model/failover-plan";
import { answerQuery, type DnsAnswer, type ServedZone } from "./answer";
import { isBelievedHealthy } from "./believed-health";
import { endpointKey, type PlayedSystem } from "./played-system";
import { stream } from "./random";
import { NEGATIVE_TTL_SECONDS } from "./zone-data";

/** One cached step of an answer: a resolver keeps each name with the TTL of its own. */
export interface AnswerLink {
  readonly key: string;
  readonly ttlSeconds: number;
  /** The side of the pair that the answer was taken from; undefined where it is neither. */
  readonly role: FailoverRole | undefined;
  /** Index of the endpoint that the answer leads to; -1 for an answer without an address. */
  readonly endpoint: number;
  /** Where a CNAME leads. */
  readonly next: string | undefined;
}

/** The answers of a name server that believes one thing about every check. */
export interface AnswerView {
  /** The answer to the failover name. */
  readonly answer: DnsAnswer;
  readonly role: FailoverRole | undefined;
  /** How long a resolver keeps it. */
  readonly ttlSeconds: number;
  linksOf(key: string): readonly AnswerLink[];
}

/**
 * Answers by belief. There are few beliefs and many questions, and for failover and simple records the answer
 * follows from the belief alone, so each is made once, by the same code that serves real queries.
 */
export class AnswerBook {
  readonly startKey: string;
  private readonly zone: ServedZone;
  private readonly views = new Map<number, AnswerView>();

  constructor(private readonly system: PlayedSystem) {
    this.startKey = keyOf(system.pair.name, system.queryType);
    this.zone = { plan: system.plan, addressesOf: (urn, type) => simulatedAddresses(system, urn, type) };
  }

  /** `belief` has the bit of every check that is taken for healthy. */
  view(belief: number): AnswerView {
    const known = this.views.get(belief);
    if (known) return known;
    const answer = this.ask(this.startKey, belief);
    const start = this.links(this.startKey, answer);
    const links = new Map<string, readonly AnswerLink[]>([[this.startKey, start]]);
    const view: AnswerView = {
      answer,
      role: this.roleOf(answer.recordSet),
      ttlSeconds: start[0]?.ttlSeconds ?? 0,
      linksOf: (key) => {
        const cached = links.get(key);
        if (cached) return cached;
        const made = this.links(key, this.ask(key, belief));
        links.set(key, made);
        return made;
      },
    };
    this.views.set(belief, view);
    return view;
  }

  private ask(key: string, belief: number): DnsAnswer {
    const [name = "", type = ""] = key.split(" ");
    const isHealthy = (urn: string): boolean => {
      const index = this.system.checks.findIndex((check) => check.urn === urn);
      return index < 0 || isBelievedHealthy(this.system.checks, index, belief);
    };
    return answerQuery(this.zone, { name, type }, isHealthy, stream(0, "answer"));
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
    const { primary, secondary } = this.system.pair;
    if (recordSet === primary.urn) return "PRIMARY";
    return recordSet === secondary.urn ? "SECONDARY" : undefined;
  }

  private endpointOf(answer: DnsAnswer): number {
    const { plan, endpoints } = this.system;
    if (answer.endpoint !== undefined) return endpoints.indexOf(answer.endpoint);
    const record = plan.recordSets.find(({ urn }) => urn === answer.recordSet);
    return record ? endpoints.indexOf(endpointKey(record)) : -1;
  }
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
