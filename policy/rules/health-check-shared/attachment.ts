import type { HealthCheck } from "../../../model/failover-plan";
import { isEndpointCheck } from "../../../model/health-check";
import { at, listAt, stringAt } from "../../../model/property";
import type { StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type PropertyValue } from "../../../model/unknown";
import { advise, resourceTitle, whenKnown } from "../../judgement";
import { checkPriceText } from "../../prices/route53-price";
import type { JudgedStack, Judgement, Phase } from "../../rule";
import { checkTitle } from "../check-title";

/** Types that use a check, and where in them its id, or its ARN, stands. */
const USERS: ReadonlyMap<string, (resource: StackResource) => readonly PropertyValue[]> = new Map([
  ["aws:route53/record:Record", ({ properties }) => [properties.healthCheckId]],
  ["aws:route53/healthCheck:HealthCheck", ({ properties }) => listed(properties.childHealthchecks)],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", alarmChecks],
  [
    "aws:shield/protectionHealthCheckAssociation:ProtectionHealthCheckAssociation",
    ({ properties }) => [properties.healthCheckArn],
  ],
]);

/** Advice on checks that nothing in the stack uses: they are billed and decide nothing. */
export function judgeAttachments({ resources, plan, phase }: JudgedStack, joins: StackJoins): Judgement[] {
  if (plan.healthChecks.length === 0) return [];
  const { used, untold } = usedChecks(resources, joins);
  return plan.healthChecks.flatMap((check): Judgement[] => {
    if (used.has(check.urn) || (typeof check.id === "string" && used.has(check.id))) return [];
    if (untold) {
      return [mayBeUsed(check, untold, phase)];
    }
    return [unattached(check)];
  });
}

/** Doubt about advice is advice. */
function mayBeUsed(check: HealthCheck, { resource, path }: Untold, phase: Phase): Judgement {
  const when = phase === "preview" ? whenKnown(phase) : "nothing here will tell it";
  return {
    verdict: "unknown",
    advisory: true,
    urn: resource.urn,
    path,
    message: `unknown: ${path} of ${resourceTitle(resource.urn)}, which may use ${checkTitle(check)}; ${when}`,
  };
}

/** A resource that refers to a check nobody knows yet. */
interface Untold {
  readonly resource: StackResource;
  readonly path: string;
}

interface Used {
  /** Ids and URNs. */
  readonly used: ReadonlySet<string>;
  readonly untold: Untold | undefined;
}

function usedChecks(resources: readonly StackResource[], joins: StackJoins): Used {
  const used = new Set<string>();
  let untold: Used["untold"];
  for (const resource of resources) {
    let joined = false;
    for (const source of new Set(Object.values(resource.propertyDependencies).flat())) {
      if (source === resource.urn || !isCheck(joins.byUrn.get(source))) continue;
      used.add(source);
      joined = true;
    }
    for (const value of USERS.get(resource.type)?.(resource) ?? []) {
      if (typeof value === "string") used.add(value.slice(value.lastIndexOf("/") + 1));
      else if (isUnknown(value) && !joined) untold ??= { resource, path: PATHS.get(resource.type) ?? "" };
    }
  }
  return { used, untold };
}

const PATHS: ReadonlyMap<string, string> = new Map([
  ["aws:route53/record:Record", "healthCheckId"],
  ["aws:route53/healthCheck:HealthCheck", "childHealthchecks"],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", "dimensions"],
  ["aws:shield/protectionHealthCheckAssociation:ProtectionHealthCheckAssociation", "healthCheckArn"],
]);

function isCheck(resource: StackResource | undefined): boolean {
  return resource?.type === "aws:route53/healthCheck:HealthCheck";
}

function listed(value: PropertyValue): readonly PropertyValue[] {
  return Array.isArray(value) ? value : isUnknown(value) ? [value] : [];
}

function alarmChecks({ properties }: StackResource): readonly PropertyValue[] {
  const queries = listAt(properties, "metricQueries");
  const metrics: readonly PropertyValue[] = isUnknown(queries)
    ? [queries]
    : (queries ?? []).map((query) => stringAt(query, "metric", "dimensions", "HealthCheckId"));
  return [at(properties, "dimensions", "HealthCheckId"), ...metrics];
}

function unattached(check: HealthCheck): Judgement {
  const price =
    isUnknown(check.type) || isEndpointCheck(check.type)
      ? `${checkPriceText("aws", 0)} for an endpoint in AWS, ${checkPriceText("other", 0)} for another, options extra`
      : checkPriceText("aws", 0);
  return advise(
    check.urn,
    "",
    `${checkTitle(check)} is attached to nothing: no record, calculated check or alarm of this stack uses it; ` +
      `allowed: a use; set healthCheckId of a record to it, or delete it (saves ${price})`,
  );
}
