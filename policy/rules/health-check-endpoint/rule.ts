import { asWritten } from "../../../model/as-written";
import type { FailoverPlan } from "../../../model/failover-plan";
import { ENDPOINT_CHECK_TYPES, isEndpointCheck } from "../../../model/health-check";
import { numberAt, stringAt } from "../../../model/property";
import type { StackJoins } from "../../../model/stack-joins";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import { fail, notApplicable, pass, resourceTitle, stackUrn, unknown } from "../../judgement";
import type { Judgement, Phase, Rule } from "../../rule";
import { CheckedResource, namesOf, type StackNames } from "./checked-resource";
import { judgeDestination, judgeSni } from "./destination";
import { note } from "./note";
import { judgeRequest } from "./request";

export interface HealthCheckEndpointSettings {
  readonly requireSni: boolean;
  readonly refuseDocumentationAddresses: boolean;
}

const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";

/** Types that probe nothing: they follow an alarm, other checks or a switch. */
const OTHER_TYPES: readonly string[] = ["CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"];

export const healthCheckEndpoint: Rule<HealthCheckEndpointSettings> = {
  id: "health-check-endpoint",
  title: "Every health check probes something that Route 53's checkers can reach, in a way that AWS accepts",
  level: "mandatory",
  settings: {
    requireSni: {
      type: "boolean",
      default: true,
      description:
        "Whether a check with HTTPS and a search string must send the host name in the TLS handshake, whatever the endpoint.",
    },
    refuseDocumentationAddresses: {
      type: "boolean",
      default: false,
      description:
        "Whether the address blocks kept for documentation are refused like private ones; otherwise they are an advisory.",
    },
  },
  note,
  judge: ({ resources, plan, joins, phase }, settings) => {
    const names = lazyNames(plan, joins);
    const judged = resources
      .filter(({ type }) => type === HEALTH_CHECK)
      .flatMap((resource) => judgeCheck(withDestination(resource), names, settings, phase));
    if (judged.length > 0) return judged;
    return [notApplicable(stackUrn(resources), "the stack has no health check that probes an endpoint")];
  },
};

/** No provider fills in a destination, so one that is unknown was given, whatever else the program left open. */
function withDestination(resource: StackResource): StackResource {
  const { fqdn } = resource.properties;
  const written = asWritten(resource);
  return isUnknown(fqdn) ? { ...written, properties: { ...written.properties, fqdn } } : written;
}

function judgeCheck(
  { urn, name, properties }: StackResource,
  names: () => StackNames,
  settings: HealthCheckEndpointSettings,
  phase: Phase,
): Judgement[] {
  const type = stringAt(properties, "type");
  const title = resourceTitle(urn);
  if (isUnknown(type)) return [unknown(urn, "type", title, phase)];
  if (type !== undefined && OTHER_TYPES.includes(type)) return [];
  if (type === undefined || !isEndpointCheck(type as never)) {
    const allowed = [...ENDPOINT_CHECK_TYPES, ...OTHER_TYPES].join(", ");
    const got = type === undefined ? "no type" : `type ${JSON.stringify(type)}`;
    return [fail(urn, "type", `${title} has ${got}; allowed: ${allowed}; set type to HTTPS`)];
  }
  const check = new CheckedResource(urn, name, type as never, properties, names(), settings, phase);
  const found = [...judgeDestination(check), ...judgeSni(check), ...judgeRequest(check)];
  if (found.some(({ advisory }) => advisory !== true)) return found;
  return [passed(check), ...found];
}

function passed(check: CheckedResource): Judgement {
  const { properties } = check;
  const address = stringAt(properties, "ipAddress") || undefined;
  const seconds = numberAt(properties, "requestInterval") ?? 30;
  return pass(
    check.urn,
    address === undefined ? "fqdn" : "ipAddress",
    `${check.title} probes ${String(address ?? stringAt(properties, "fqdn"))} every ${String(seconds)} s`,
  );
}

/** Stacks without endpoint checks need no index of names. */
function lazyNames(plan: FailoverPlan, joins: StackJoins): () => StackNames {
  let names: StackNames | undefined;
  return () => {
    names ??= namesOf(plan, joins);
    return names;
  };
}
