import type { AnswerSet } from "../../model/answer-sets";
import { leavesOf } from "../../model/answer-tree";
import { failingChildren } from "../../model/calculated-check";
import { sharesFate } from "../../model/common-fate";
import type { FailoverPlan, HealthCheck, RecordSet } from "../../model/failover-plan";
import { selfReferenceText } from "../../model/self-reference";
import { targetHealthOf } from "../../model/target-health";
import { unansweredText, unresolvedProbe } from "../../model/unanswered-name";
import { withUrn } from "../../model/urn-index";
import { endpointKey, watchedBy } from "../../model/watched-endpoint";
import { type PlayedCheck, type ReadCheck, readCheck, readTargetGroup } from "./played-check";

export interface PlayedChecks {
  readonly checks: readonly PlayedCheck[];
  /** Of the records and of the plan, each once; and for a check that watches none of them a place of its own. */
  readonly endpoints: readonly string[];
}

/**
 * Every check that decides about one of the records, children and target groups included, each once and known; or
 * what hinders, in one line. What a check watches is taken from where the bound takes it.
 */
export function readChecks(
  plan: FailoverPlan,
  set: AnswerSet,
  records: readonly RecordSet[],
  queryType: string,
): PlayedChecks | string {
  const found: Extract<ReadCheck, { kind: "check" }>[] = [];
  const endpoints = [...new Set([...records.map(endpointKey), ...plan.endpoints.map(({ urn }) => urn)])];
  const indexOf = (key: string) => {
    if (!endpoints.includes(key)) endpoints.push(key);
    return endpoints.indexOf(key);
  };
  const isRead = (urn: string) => found.some(({ check }) => check.urn === urn);
  const ofPrimary = new Set([set.primary, ...leavesOf(plan, set.primary, "all", queryType)]);
  const watched = (check: HealthCheck, record: RecordSet, isFailing: boolean): string => {
    const by = watchedBy(plan, check, record);
    const ownEndpoint = (of: RecordSet) => endpointKey(leavesOf(plan, of, "resting", queryType)[0] ?? of);
    if (by.kind === "other") {
      const other = withUrn(plan.recordSets, by.endpoint);
      return other ? ownEndpoint(other) : by.endpoint;
    }
    // What asks the same as the check of the lost one fails with that.
    const isTied = by.kind === "untold" && !ofPrimary.has(record);
    if (isTied && sharesFate(plan, check, set.primary, record)) return ownEndpoint(set.primary);
    // Of what nothing tells it is assumed (`model/assumed-probe.ts` says so); an address elsewhere fails by itself.
    const isOwn = by.kind === "own" || (by.kind === "untold" && isFailing);
    return isOwn ? ownEndpoint(record) : check.urn;
  };
  const visit = (urn: string, record: RecordSet, parent?: HealthCheck): string | undefined => {
    if (isRead(urn)) return undefined;
    const source = withUrn(plan.healthChecks, urn);
    if (!source) return `health check ${urn} of ${parent?.urn ?? record.urn} is not in the plan`;
    const isFailing =
      parent === undefined || failingChildren(plan, parent, record).some((child) => child.urn === urn);
    const itself = [record, set.primary]
      .map((each) => watchedBy(plan, source, each))
      .find(({ kind }) => kind === "itself");
    if (itself?.kind === "itself") {
      return `${urn} probes ${selfReferenceText(itself)}; AWS calls the result unpredictable`;
    }
    const unresolved = unresolvedProbe(plan, source);
    if (unresolved) {
      return `${urn} probes ${unansweredText(unresolved, "A")}; unless that is kept elsewhere, the check is never healthy`;
    }
    const result = readCheck(source, { plan, indexOf, endpoint: watched(source, record, isFailing) });
    if (result.kind === "refused") return result.why;
    if (parent !== undefined && result.check.kind === "calculated") {
      return `${parent.urn} has the calculated check ${urn} as a child, which Route 53 refuses`;
    }
    found.push(result);
    for (const child of result.children) {
      const obstacle = visit(child, record, source);
      if (obstacle !== undefined) return obstacle;
    }
    return undefined;
  };
  // What a check watches that two members share is told by the one that is lost.
  for (const record of [set.primary, ...records]) {
    const own = record.healthCheck.kind === "check" ? visit(record.healthCheck.urn, record) : undefined;
    if (own !== undefined) return own;
    const health = targetHealthOf(plan, record);
    if (health.kind !== "groups") continue;
    for (const group of health.groups.filter(({ urn }) => !isRead(urn))) {
      const result = readTargetGroup(group, indexOf(health.balancer));
      if (result.kind === "refused") return result.why;
      found.push(result);
    }
  }
  const checks = found.map(({ check, children }) =>
    check.kind === "calculated"
      ? { ...check, children: children.map((urn) => found.findIndex((each) => each.check.urn === urn)) }
      : check,
  );
  return { checks, endpoints };
}
