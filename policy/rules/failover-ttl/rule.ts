import { answerEnds } from "../../../model/answer-ends";
import { recordsBehind } from "../../../model/answer-tree";
import type { FailoverPlan, RecordSet, Routing } from "../../../model/failover-plan";
import { recordGroups } from "../../../model/record-groups";
import { ALIAS_TTL_SECONDS } from "../../../model/recovery-bound";
import { nameKey } from "../../../model/relative-name";
import { isUnknown } from "../../../model/unknown";
import { fail, notApplicable, pass, recordTitle, stackUrn, unknown } from "../../judgement";
import { queriedRouting, queryPriceText } from "../../prices/route53-price";
import type { Judgement, Phase, Rule } from "../../rule";
import { note } from "./note";

export interface FailoverTtlSettings {
  readonly ttlSecondsMax: number;
}

export const failoverTtl: Rule<FailoverTtlSettings> = {
  id: "failover-ttl",
  title: "Records of a failover or health-checked set are cached for 60 seconds or less",
  level: "mandatory",
  settings: {
    ttlSecondsMax: {
      type: "integer",
      default: 60,
      minimum: 1,
      maximum: 172_800,
      description: "The longest TTL, in seconds, that a record of such a set may have.",
    },
  },
  note,
  judge: ({ resources, plan, phase }, { ttlSecondsMax }) => {
    const switches = switching(plan);
    const aliases: RecordSet[] = [];
    const judged = plan.recordSets.flatMap((record): Judgement[] => {
      const does = switches(record);
      if (does === "no") return [];
      if (record.target.kind === "alias" && recordsBehind(plan, record).length > 0) {
        aliases.push(record);
        return [
          notApplicable(
            record.urn,
            `${recordTitle(record)} is an alias of records of the zone; it has their TTL`,
          ),
        ];
      }
      const judgement = judgeRecord(record, ttlSecondsMax, phase, recordTitle(record));
      // A TTL that is too long matters only where the record is of the set.
      if (does === "yes" || judgement.verdict !== "fail") return [judgement];
      return [unknown(record.urn, "zoneId", recordTitle(record), phase)];
    });
    const behind = answerEnds(plan, aliases, "all").filter(
      (end) => end.target.kind === "values" && switches(end) !== "yes",
    );
    const whose = (end: RecordSet) => `${recordTitle(end)}, behind an alias of a switching set,`;
    judged.push(...behind.map((end) => judgeRecord(end, ttlSecondsMax, phase, whose(end))));
    if (judged.length > 0) return judged;
    return [notApplicable(stackUrn(resources), "the stack has no failover or health-checked records")];
  },
};

/** Whether a record's answer changes with health; `maybe` where only an unknown zone keeps that from being told. */
type Switching = "yes" | "maybe" | "no";

/** Failover records switch, and so does every member of a set with a check in it. */
function switching(plan: FailoverPlan): (record: RecordSet) => Switching {
  const { groups, loose } = recordGroups(plan);
  const sure = new Set<RecordSet>();
  const checkedNames = new Set<string>();
  for (const { records } of groups) {
    if (!records.some(hasCheck)) continue;
    for (const record of records) {
      sure.add(record);
      checkedNames.add(typedName(record));
    }
  }
  const zoneless = loose.flatMap(({ record, path }) => (path === "zoneId" ? [record] : []));
  const zonelessNames = new Set(zoneless.filter(hasCheck).map(typedName));
  const isZoneless = new Set(zoneless);
  return (record) => {
    if (record.routing.kind === "failover" || hasCheck(record) || sure.has(record)) return "yes";
    if (isUnknown(nameKey(record)) || isUnknown(record.type)) return "no";
    const key = typedName(record);
    return zonelessNames.has(key) || (isZoneless.has(record) && checkedNames.has(key)) ? "maybe" : "no";
  };
}

function hasCheck({ healthCheck }: RecordSet): boolean {
  return healthCheck.kind !== "none";
}

function typedName(record: RecordSet): string {
  return `${String(nameKey(record))} ${String(record.type)}`;
}

function judgeRecord(
  { urn, target, routing }: RecordSet,
  ttlSecondsMax: number,
  phase: Phase,
  title: string,
): Judgement {
  if (target.kind === "alias") {
    return notApplicable(
      urn,
      `${title} is an alias without a TTL of its own; it is cached for ${ALIAS_TTL_SECONDS} s`,
    );
  }
  const { ttlSeconds } = target;
  if (isUnknown(ttlSeconds)) return unknown(urn, "ttl", title, phase);
  const allowed = `allowed: ${ttlSecondsMax} s or less`;
  if (ttlSeconds === undefined) {
    return fail(urn, "ttl", `${title} has no ttl; ${allowed}; set ttl to ${ttlSecondsMax}`);
  }
  if (ttlSeconds < 0) {
    const got = `${title} has a ttl of ${ttlSeconds} s, which Route 53 refuses`;
    return fail(urn, "ttl", `${got}; ${allowed}, and not below 0; set ttl to ${ttlSecondsMax}`);
  }
  if (ttlSeconds <= ttlSecondsMax)
    return pass(urn, "ttl", `${title} has a ttl of ${ttlSeconds} s; ${allowed}`);
  return fail(
    urn,
    "ttl",
    `${title} has a ttl of ${ttlSeconds} s, for which clients keep the failed side; ${allowed}; ` +
      `set ttl to ${ttlSecondsMax} (no idle cost; ${queryPrice(ttlSeconds / ttlSecondsMax, routing)})`,
  );
}

/** A shorter TTL makes resolvers ask more often, which is charged by the query, and by how Route 53 chooses. */
function queryPrice(timesMore: number, routing: Routing): string {
  const queried = queriedRouting(routing);
  const each =
    queried === undefined ? "whose price is not known" : `at ${queryPriceText(queried)} per million`;
  return `up to ${Math.ceil(timesMore * 10) / 10} times the queries, ${each}`;
}
