import type { Endpoint, HealthCheck } from "../../model/failover-plan";
import { checkerCount, isEndpointCheck } from "../../model/health-check";
import { HOURS_PER_MONTH } from "../../model/money";
import type { StackResource } from "../../model/stack-resource";
import { isUnknown } from "../../model/unknown";
import { checkedEndpoint } from "./endpoint-class";
import { unknownInput } from "./formulas/formula";
import { functionShape, gbSeconds } from "./formulas/lambda";
import type { Meter } from "./meter";
import type { PricedStack } from "./priced-stack";

const REST_API = "aws:apigateway/restApi:RestApi";
const BYTES_PER_GB = 1_000_000_000;

/** What a check's own requests make an endpoint of this stack bill, month after month, with no visitor. */
export interface ProbeCost {
  readonly resource: StackResource;
  readonly meters: readonly Meter[];
}

/**
 * Every checker asks once per interval, which starts anew after each answer, so this is the bound. Requests to
 * an API and to its functions bill; load balancers, instances and sites have no price worth a line.
 */
export function probeCosts(stack: PricedStack): readonly ProbeCost[] {
  return stack.plan.healthChecks.flatMap((check) => {
    const endpoint = checkedEndpoint(check, stack.byUrn.get(check.urn), stack.plan);
    if (endpoint?.kind !== "api-gateway") return [];
    const probes = probesPerMonth(check);
    return probes === undefined || probes === 0 ? [] : endpointCosts(endpoint, probes, stack);
  });
}

/** Undefined where type or interval are not known yet; the check's own lines say so then. */
export function probesPerMonth(check: HealthCheck): number | undefined {
  const { type, requestIntervalSeconds, disabled } = check;
  if (isUnknown(type) || isUnknown(requestIntervalSeconds) || requestIntervalSeconds <= 0) return undefined;
  if (disabled === true || !isEndpointCheck(type) || type === "TCP") return 0;
  return Math.ceil((checkerCount(check.regions) * HOURS_PER_MONTH * 3600) / requestIntervalSeconds);
}

function endpointCosts(endpoint: Endpoint, probes: number, stack: PricedStack): ProbeCost[] {
  const api = stack.byUrn.get(endpoint.urn);
  const requests: ProbeCost[] = api
    ? [{ resource: api, meters: [apiMeter(endpoint, probes, stack), logMeter(endpoint, probes, stack)] }]
    : [];
  const functions = endpoint.functions.flatMap((urn) => {
    const resource = stack.byUrn.get(urn);
    return resource ? [{ resource, meters: functionMeters(stack.asWritten(resource), probes, stack) }] : [];
  });
  return [...requests, ...functions];
}

const LEVER = "set requestInterval to 30, which asks a third as often";

function apiMeter(endpoint: Endpoint, probes: number, stack: PricedStack): Meter {
  // A custom domain can lead to either kind of API; with one of the dearer kind about, its price is taken.
  const rest = stack.ofType(REST_API).length > 0;
  return {
    kind: "metered",
    item: `${rest ? "REST" : "HTTP"} API requests of ${probes} probes`,
    price: `api-gateway/${rest ? "rest" : "http"}-request`,
    place: endpoint.region,
    quantity: probes,
    lever: LEVER,
  };
}

function logMeter(endpoint: Endpoint, probes: number, stack: PricedStack): Meter {
  const bytes = stack.assumptions.probeLogBytes;
  return {
    kind: "metered",
    item: `log lines of ${probes} probes, ${bytes} bytes each assumed`,
    price: "cloudwatch/log-ingestion",
    place: endpoint.region,
    quantity: (probes * bytes) / BYTES_PER_GB,
    lever: "leave the health route out of the access log",
  };
}

function functionMeters(resource: StackResource, probes: number, stack: PricedStack): Meter[] {
  const place = stack.regionOf(resource);
  const { memoryMb, architecture } = functionShape(resource);
  const requests: Meter = {
    kind: "metered",
    item: `function requests of ${probes} probes`,
    price: "lambda/request",
    place,
    quantity: probes,
    lever: LEVER,
  };
  if (isUnknown(memoryMb)) return [requests, unknownInput("memorySize", place)];
  if (isUnknown(architecture)) return [requests, unknownInput("architectures", place)];
  const milliseconds = stack.assumptions.probeDurationMs;
  const duration: Meter = {
    kind: "metered",
    item: `function time of ${probes} probes, ${milliseconds} ms at ${memoryMb} MB assumed`,
    price: `lambda/duration/${architecture}`,
    place,
    quantity: gbSeconds(memoryMb, probes, milliseconds),
    lever: LEVER,
  };
  return [requests, duration];
}
