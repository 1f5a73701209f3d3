import type { RecordSet } from "../../../model/failover-plan";
import { answerOnce, type ListAnswers } from "../../../model/list-answers";
import { isUnknown } from "../../../model/unknown";
import { fail, recordTitle, unknown } from "../../judgement";
import type { Judgement, Phase } from "../../rule";
import type { AliasRecord, AliasStack } from "./alias-record";

/** The records of the alias's own zone that it points at; undefined where it points elsewhere. */
export function recordsBehind(record: AliasRecord, stack: AliasStack): readonly RecordSet[] | undefined {
  const { dnsName } = record.target;
  const all = isUnknown(dnsName) ? undefined : stack.recordsByName.get(dnsName);
  if (!all) return undefined;
  const { zoneId } = record;
  // Many aliases may lead to one set.
  const there = answerOnce(seenFrom, all, isUnknown(zoneId) ? "" : `of ${zoneId}`, () =>
    all.filter((each) => isUnknown(each.zoneId) || isUnknown(zoneId) || each.zoneId === zoneId),
  );
  return there.length > 0 ? there : undefined;
}

const seenFrom: ListAnswers<readonly RecordSet[]> = new WeakMap();
const typesOf: ListAnswers<ReadonlySet<RecordSet["type"]>> = new WeakMap();

/** An alias into its own zone: the zone's own id, and a record of the same type. */
export function judgeZoneRecord(record: AliasRecord, group: readonly RecordSet[], phase: Phase): Judgement[] {
  return [...judgeZone(record, phase), ...judgeType(record, group, phase)];
}

function judgeZone(record: AliasRecord, phase: Phase): Judgement[] {
  const { urn, zoneId, target } = record;
  const path = "aliases[0].zoneId";
  const title = recordTitle(record);
  // Before the zone exists both are unknown, and one value in the program.
  if (isUnknown(zoneId) && isUnknown(target.zoneId)) return [unknown(urn, path, title, phase)];
  if (isUnknown(target.zoneId)) return [unknown(urn, path, title, phase)];
  if (isUnknown(zoneId)) return [unknown(urn, "zoneId", title, phase)];
  if (target.zoneId === zoneId) return [];
  return [
    fail(
      urn,
      path,
      `${title} has zoneId ${target.zoneId} for ${String(target.dnsName)}, a record of its own zone; an alias cannot lead into another zone; allowed: ${zoneId}; set it to the zoneId of the record (no price)`,
    ),
  ];
}

function judgeType(record: AliasRecord, group: readonly RecordSet[], phase: Phase): Judgement[] {
  const { urn, type, target } = record;
  const title = recordTitle(record);
  if (isUnknown(type)) return [unknown(urn, "type", title, phase)];
  const types = answerOnce(typesOf, group, "", () => new Set(group.map((each) => each.type)));
  if (types.has(type)) return [];
  const untold = group.find((each) => isUnknown(each.type));
  if (untold) return [unknown(untold.urn, "type", `the target of ${title}`, phase)];
  const there = [...types].map(String).sort();
  return [
    fail(
      urn,
      "type",
      `${title} points at ${String(target.dnsName)}, which has only ${there.join(" and ")} records in this stack; Route 53 refuses an alias to another type; allowed: ${there.join(" or ")}; set type to ${there[0]}, or give ${String(target.dnsName)} a record of type ${type} (no price)`,
    ),
  ];
}
