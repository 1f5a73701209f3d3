import type { Endpoint, HealthCheck } from "../../model/failover-plan";
import { checkerCount, isEndpointCheck } from "../../model/health-check";
import { HOURS_PER_MONTH } from "../../model/money";
import type { StackResource } from "../../model/stack-resource";
import { isUnknown } from "../../model/unknown";
import { appRunnerTraffic } from "./app-runner-traffic";
import { checkedEndpoint } from "./endpoint-class";
import { failedPrice } from "./formulas/formula";
import { frontMeters } from "./front-traffic";
import { BYTES_PER_GB, functionTraffic, LEVER, logMeter, type ProbeCost } from "./function-traffic";
import { instanceTraffic } from "./instance-traffic";
import type { Meter, Place } from "./meter";
import { type AskedOrigin, askedOrigins } from "./origin-traffic";
import type { PricedStack } from "./priced-stack";

const REST_API = "aws:apigateway/restApi:RestApi";

/**
 * Every checker asks once per interval, which starts anew after each answer, so this is the bound. Requests,
 * answers, functions, the tables that they read and instances kept active bill; what carries them is there anyway.
 */
export function probeCosts(stack: PricedStack): readonly ProbeCost[] {
  const asked = new AskedOften();
  const costs = stack.plan.healthChecks.flatMap((check) => {
    const resource = stack.byUrn.get(check.urn);
    if (!resource) return [];
    return triedCosts(resource, () => checkCosts(check, resource, stack, asked));
  });
  return [...costs, ...asked.workCosts(stack)];
}

/** What fails leaves the probes of one resource without a price. */
function triedCosts(resource: StackResource, costs: () => readonly ProbeCost[]): readonly ProbeCost[] {
  try {
    return costs();
  } catch (error) {
    return [{ resource, meters: [failedPrice(error)] }];
  }
}

function checkCosts(
  check: HealthCheck,
  resource: StackResource,
  stack: PricedStack,
  asked: AskedOften,
): readonly ProbeCost[] {
  const probes = probesPerMonth(check);
  if (probes === undefined || probes === 0) return [];
  const endpoint = checkedEndpoint(check, resource, stack.plan);
  if (!endpoint) return [];
  return [
    ...endpointCosts(check, endpoint, probes, stack, asked),
    ...originCosts(check, endpoint, probes, stack, asked),
  ];
}

/** How often all checks together ask each resource: what runs behind it is then told once, however many they are. */
class AskedOften {
  private readonly probesOf = new Map<StackResource, number>();

  add(resource: StackResource, probes: number): void {
    this.probesOf.set(resource, (this.probesOf.get(resource) ?? 0) + probes);
  }

  /** What runs and is read behind each. */
  workCosts(stack: PricedStack): ProbeCost[] {
    return [...this.probesOf].flatMap(([resource, probes]) =>
      triedCosts(resource, () => [
        ...functionTraffic(resource, probes, stack),
        ...instanceTraffic(resource, probes, stack),
        ...appRunnerTraffic(resource, probes, stack),
      ]),
    );
  }
}

/** Undefined where type or interval are not known yet; the check's own lines say so then. */
export function probesPerMonth(check: HealthCheck): number | undefined {
  const { type, requestIntervalSeconds, disabled } = check;
  if (isUnknown(type) || isUnknown(requestIntervalSeconds) || requestIntervalSeconds <= 0) return undefined;
  if (disabled === true || !isEndpointCheck(type) || type === "TCP") return 0;
  return Math.ceil((checkerCount(check.regions) * HOURS_PER_MONTH * 3600) / requestIntervalSeconds);
}

function endpointCosts(
  check: HealthCheck,
  endpoint: Endpoint,
  probes: number,
  stack: PricedStack,
  asked: AskedOften,
): ProbeCost[] {
  const own = stack.byUrn.get(endpoint.urn);
  if (!own) return [];
  asked.add(own, probes);
  const meters = [
    ...requestMeters(endpoint, probes, stack),
    ...frontMeters(endpoint, probes, stack),
    answerMeter(check, endpoint, probes, stack),
  ];
  return [{ resource: own, meters }];
}

/** CloudFront asks its origin again for every probe of a path that it does not cache; what comes back is free. */
function originCosts(
  { resourcePath = "/" }: HealthCheck,
  { kind, urn }: Endpoint,
  probes: number,
  stack: PricedStack,
  asked: AskedOften,
): ProbeCost[] {
  const distribution = kind === "cloudfront" ? stack.byUrn.get(urn) : undefined;
  if (distribution === undefined) return [];
  return askedOrigins(distribution, resourcePath, stack).flatMap((origin) =>
    originCost(origin, distribution, probes, stack, asked),
  );
}

function originCost(
  origin: AskedOrigin,
  distribution: StackResource,
  probes: number,
  stack: PricedStack,
  asked: AskedOften,
): ProbeCost[] {
  switch (origin.kind) {
    case "unknown":
      return [{ resource: distribution, meters: [origin] }];
    case "bucket":
      return [{ resource: origin.resource, meters: [bucketMeter(origin.region, probes)] }];
    case "endpoint":
      return behindCosts(origin.endpoint, probes, stack, asked);
  }
}

const CACHE_LEVER = `${LEVER}, or let CloudFront cache the check's path (free; the check then sees the edges alone)`;

function bucketMeter(place: Place, probes: number): Meter {
  return {
    kind: "metered",
    item: `GET requests of ${probes} probes through CloudFront, which does not cache them`,
    price: "s3/get-request",
    place,
    quantity: probes,
    lever: CACHE_LEVER,
  };
}

function behindCosts(endpoint: Endpoint, probes: number, stack: PricedStack, asked: AskedOften): ProbeCost[] {
  const own = stack.byUrn.get(endpoint.urn);
  if (!own) return [];
  asked.add(own, probes);
  const requests = endpoint.kind === "api-gateway" ? requestMeters(endpoint, probes, stack) : [];
  const meters = [...requests, ...frontMeters(endpoint, probes, stack)].map((meter) =>
    meter.kind === "metered" && meter.lever === LEVER ? { ...meter, lever: CACHE_LEVER } : meter,
  );
  return [{ resource: own, meters }];
}

/** What the endpoint itself bills for a request. */
function requestMeters(endpoint: Endpoint, probes: number, stack: PricedStack): Meter[] {
  switch (endpoint.kind) {
    case "api-gateway":
      return [
        apiMeter(endpoint, probes, stack),
        logMeter(probes, endpoint.region, "leave the health route out of the access log", stack),
      ];
    case "s3-website":
      return [siteMeter("GET requests", "s3/get-request", endpoint.region, probes)];
    case "cloudfront":
      return [siteMeter("CloudFront requests", "cloudfront/https-request", "global", probes)];
    default:
      return [];
  }
}

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

function siteMeter(what: string, price: string, place: Place, probes: number): Meter {
  return {
    kind: "metered",
    item: `${what} of ${probes} probes`,
    price,
    place,
    quantity: probes,
    lever: LEVER,
  };
}

/** The answer that leaves AWS, by HTTPS with a handshake before it: a checker keeps no connection. */
function answerMeter(
  { type }: HealthCheck,
  { kind, region }: Endpoint,
  probes: number,
  stack: PricedStack,
): Meter {
  const { probeAnswerBytes, probeHandshakeBytes } = stack.assumptions;
  const isHttps = type === "HTTPS" || type === "HTTPS_STR_MATCH";
  const bytes = probeAnswerBytes + (isHttps ? probeHandshakeBytes : 0);
  const global = kind === "cloudfront";
  return {
    kind: "metered",
    item: `data out of ${probes} probes, ${bytes} bytes each assumed`,
    price: global ? "cloudfront/data-out" : "data-transfer/internet-out",
    place: global ? "global" : region,
    quantity: (probes * bytes) / BYTES_PER_GB,
    lever: LEVER,
  };
}
