import type { AnswerSet } from "../../model/answer-sets";
import { leavesOf } from "../../model/answer-tree";
import { failingChildren } from "../../model/calculated-check";
import { sharesFate } from "../../model/common-fate";
import type { FailoverPlan, HealthCheck, RecordSet } from "../../model/failover-plan";
import { selfReferenceText } from "../../model/self-reference";
import { targetHealthOf } from "../../model/target-health";
import { unansweredText, unresolvedProbe } from "../../model/unanswered-name";
import { withUrn } from "../../model/urn-index";
import { endpointKey, isUntold, watchedBy } from "../../model/watched-endpoint";
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
  const watched = (check: HealthCheck, record: RecordSet, isFailing: boolean): string => {
    const ownEndpoint = (of: RecordSet) => endpointKey(leavesOf(plan, of, "resting", queryType)[0] ?? of);
    const seen = seenBy(plan, set, check, { record, isFailing, queryType });
    switch (seen.kind) {
      case "other": {
        const other = withUrn(plan.recordSets, seen.endpoint);
        return other ? ownEndpoint(other) : seen.endpoint;
      }
      case "lost":
        return ownEndpoint(set.primary);
      case "own":
        return ownEndpoint(record);
      case "alone":
        return check.urn;
    }
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

/** Whose state a check sees as it is played. */
export type Seen =
  /** What the record leads to. */
  | { readonly kind: "own" }
  /** What the lost member leads to. */
  | { readonly kind: "lost" }
  /** By the URN of the endpoint, or of the record that leads there. */
  | { readonly kind: "other"; readonly endpoint: string }
  /** A place of its own, which fails with nobody. */
  | { readonly kind: "alone" };

/** @param as.isFailing whether the check is no child, or one of those that fail with the record. */
export function seenBy(
  plan: FailoverPlan,
  { primary }: Pick<AnswerSet, "primary">,
  check: HealthCheck,
  { record, isFailing, queryType }: { record: RecordSet; isFailing: boolean; queryType: string },
): Seen {
  const by = watchedBy(plan, check, record);
  if (by.kind === "other") return by;
  const isAssumed = isUntold(by);
  // What asks the same as the check of the lost one fails with that.
  const isTied =
    isAssumed &&
    record !== primary &&
    !leavesOf(plan, primary, "all", queryType).includes(record) &&
    sharesFate(plan, check, primary, record);
  if (isTied) return { kind: "lost" };
  // Of what nothing tells it is assumed (`model/assumed-probe.ts` says so); an address elsewhere fails by itself.
  return by.kind === "own" || (isAssumed && isFailing) ? { kind: "own" } : { kind: "alone" };
}
