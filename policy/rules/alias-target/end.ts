import type { FailoverPlan, RecordSet } from "../../../model/failover-plan";
import {
  type AddressType,
  type UnansweredName,
  unansweredTarget,
  unansweredText,
} from "../../../model/unanswered-name";
import { advise, fail, recordTitle } from "../../judgement";
import type { Judgement } from "../../rule";

const LEVER = "allowed: a name that answers with an address; correct it, or add its record (no price)";

/**
 * An alias, or a CNAME among several records, that leads to a name of the stack's own zone where nothing answers. A
 * simple CNAME may be there for other types than addresses.
 */
export function judgeEnd(record: RecordSet, plan: FailoverPlan): Judgement[] {
  const end = endOf(record, plan);
  if (!end) return [];
  const { name, type } = end;
  const isAlias = record.target.kind === "alias";
  const path = isAlias ? "aliases[0].name" : "records";
  const got = `${recordTitle(record)} leads to ${unansweredText(name, type)}`;
  // Another stack may keep what this one has nothing of.
  if (name.found !== "nothing") return [fail(record.urn, path, `${got}; ${LEVER}`)];
  const then = isAlias ? "Route 53 refuses it" : "nobody is served there";
  return [advise(record.urn, path, `${got}: ${then} unless another stack keeps that; ${LEVER}`)];
}

function endOf(
  record: RecordSet,
  plan: FailoverPlan,
): { readonly name: UnansweredName; readonly type: AddressType } | undefined {
  const { type, target, routing } = record;
  const found = (asked: AddressType) => {
    const name = unansweredTarget(plan, record, asked);
    return name && { name, type: asked };
  };
  if (target.kind === "alias") return type === "A" || type === "AAAA" ? found(type) : undefined;
  if (type !== "CNAME" || routing.kind === "simple" || found("AAAA") === undefined) return undefined;
  return found("A");
}
