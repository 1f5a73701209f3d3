import { answerQuery, type DnsAnswer, type ServedZone } from "../simulation/answer";
import type { RandomStream } from "../simulation/random";
import type { DnsQuestion } from "./dns-message";
import { RecentMap } from "./recent-map";

/** Names that nobody has are asked too, so the number of questions has no end. */
const QUESTIONS_KEPT = 2_000;

interface Made {
  readonly answer: DnsAnswer;
  /** The checks that the answer was made from, and what was believed of them. */
  readonly beliefs: ReadonlyMap<string, boolean>;
}

/**
 * What the zone answers now. While nothing changes that an answer depends on, the same question gets the same
 * object, which spares the server from encoding it again; an answer that chance took part in is made anew each time.
 */
export class ZoneAnswers {
  private readonly made = new RecentMap<string, Made>(QUESTIONS_KEPT);

  constructor(
    private readonly zone: ServedZone,
    /** What the DNS servers believe of a health check at the moment. */
    private readonly isHealthy: (healthCheck: string) => boolean,
    private readonly random: RandomStream,
  ) {}

  readonly answer = (question: DnsQuestion): DnsAnswer => {
    const key = `${question.type} ${question.name}`;
    const known = this.made.get(key);
    if (known && this.stillHolds(known)) return known.answer;
    const beliefs = new Map<string, boolean>();
    let byChance = false;
    const answer = answerQuery(
      this.zone,
      question,
      (healthCheck) => {
        const healthy = this.isHealthy(healthCheck);
        beliefs.set(healthCheck, healthy);
        return healthy;
      },
      {
        uniform: () => {
          byChance = true;
          return this.random.uniform();
        },
        below: (n) => {
          byChance = true;
          return this.random.below(n);
        },
      },
    );
    if (!byChance) this.made.set(key, { answer, beliefs });
    return answer;
  };

  private stillHolds({ beliefs }: Made): boolean {
    for (const [healthCheck, healthy] of beliefs) {
      if (this.isHealthy(healthCheck) !== healthy) return false;
    }
    return true;
  }
}
