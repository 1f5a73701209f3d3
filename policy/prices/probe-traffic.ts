import type { Endpoint, HealthCheck } from "../../model/failover-plan";
import { checkerCount, isEndpointCheck } from "../../model/health-check";
import { HOURS_PER_MONTH } from "../../model/money";
import type { StackResource } from "../../model/stack-resource";
import { isUnknown } from "../../model/unknown";
import { checkedEndpoint } from "./endpoint-class";
import { unknownInput } from "./formulas/formula";
import { functionShape, gbSeconds } from "./formulas/lambda";
import { at, stringAt } from "./formulas/read";
import type { Meter, Place } from "./meter";
import { askedBucket } from "./origin-traffic";
import type { PricedStack } from "./priced-stack";

const TABLE = "aws:dynamodb/table:Table";
const REPLICA = "aws:dynamodb/tableReplica:TableReplica";
const REST_API = "aws:apigateway/restApi:RestApi";
const BYTES_PER_GB = 1_000_000_000;

/** What a check's own requests make an endpoint of this stack bill, month after month, with no visitor. */
export interface ProbeCost {
  readonly resource: StackResource;
  readonly meters: readonly Meter[];
}

/**
 * Every checker asks once per interval, which starts anew after each answer, so this is the bound. Requests,
 * answers, functions and the tables that they read bill; what carries them is there anyway.
 */
export function probeCosts(stack: PricedStack): readonly ProbeCost[] {
  return stack.plan.healthChecks.flatMap((check) => {
    const endpoint = checkedEndpoint(check, stack.byUrn.get(check.urn), stack.plan);
    const probes = probesPerMonth(check);
    if (!endpoint || probes === undefined || probes === 0) return [];
    return [...endpointCosts(endpoint, probes, stack), ...originCosts(check, endpoint, probes, stack)];
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
  const own = stack.byUrn.get(endpoint.urn);
  const requests: ProbeCost[] = own
    ? [{ resource: own, meters: requestMeters(endpoint, probes, stack) }]
    : [];
  const functions = endpoint.functions.flatMap((urn) => {
    const resource = stack.byUrn.get(urn);
    return resource ? functionCosts(stack.asWritten(resource), probes, stack) : [];
  });
  return [...requests, ...functions];
}

/** CloudFront asks the bucket again for every probe of a path that it does not cache. */
function originCosts(
  { resourcePath = "/" }: HealthCheck,
  { kind, urn }: Endpoint,
  probes: number,
  stack: PricedStack,
): ProbeCost[] {
  const distribution = kind === "cloudfront" ? stack.byUrn.get(urn) : undefined;
  const asked = distribution && askedBucket(distribution, resourcePath, stack);
  if (distribution === undefined || asked === undefined) return [];
  if (asked.kind === "unknown") return [{ resource: distribution, meters: [asked] }];
  const meter: Meter = {
    kind: "metered",
    item: `GET requests of ${probes} probes through CloudFront, which does not cache them`,
    price: "s3/get-request",
    place: asked.region,
    quantity: probes,
    lever: `${LEVER}, or let CloudFront cache the check's path (free; the check then sees the edges alone)`,
  };
  return [{ resource: asked.resource, meters: [meter] }];
}

function functionCosts(resource: StackResource, probes: number, stack: PricedStack): ProbeCost[] {
  const place = stack.regionOf(resource);
  const tables = tablesOf(resource, stack).map((table) => ({
    resource: table,
    meters: readMeters(table, place, probes, stack),
  }));
  return [{ resource, meters: functionMeters(resource, probes, stack) }, ...tables];
}

/** What the endpoint itself bills for a request, and for the answer that leaves AWS. */
function requestMeters(endpoint: Endpoint, probes: number, stack: PricedStack): Meter[] {
  const answer = answerMeter(endpoint, probes, stack);
  switch (endpoint.kind) {
    case "api-gateway":
      return [apiMeter(endpoint, probes, stack), logMeter(endpoint, probes, stack), answer];
    case "s3-website":
      return [siteMeter("GET requests", "s3/get-request", endpoint.region, probes), answer];
    case "cloudfront":
      return [siteMeter("CloudFront requests", "cloudfront/https-request", "global", probes), answer];
    default:
      return [answer];
  }
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

function answerMeter({ kind, region }: Endpoint, probes: number, stack: PricedStack): Meter {
  const bytes = stack.assumptions.probeAnswerBytes;
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

/** The tables that the function is told of by its environment, by reference, name or ARN. */
function tablesOf(resource: StackResource, stack: PricedStack): StackResource[] {
  const variables = at(resource.properties, "environment", "variables");
  const texts = variables !== null && typeof variables === "object" ? Object.values(variables) : [];
  const named = texts.flatMap((text) => {
    if (typeof text !== "string") return [];
    return [...stack.withText(TABLE, "name", text), ...stack.withText(TABLE, "arn", text)];
  });
  const replicas = stack.sourcesOf(resource, "environment", REPLICA).flatMap((replica) => {
    const table = stack.reference(replica, "globalTableArn", TABLE);
    return table ? [table] : [];
  });
  return [...new Set([...named, ...stack.sourcesOf(resource, "environment", TABLE), ...replicas])];
}

/** A deep health check reads its table; provisioned capacity covers that, and bills on its own. */
function readMeters(table: StackResource, place: Place, probes: number, stack: PricedStack): Meter[] {
  const billing = stringAt(stack.asWritten(table).properties, "billingMode");
  if (isUnknown(billing)) return [unknownInput("billingMode", place)];
  if (billing !== "PAY_PER_REQUEST") return [];
  const reads = stack.assumptions.probeTableReads;
  return [
    {
      kind: "metered",
      item: `table reads of ${probes} probes, ${reads} each assumed`,
      price: "dynamodb/read-request",
      place,
      quantity: probes * reads,
      // The copy in the function's region answers, so it belongs where the function is.
      replica: true,
      lever: LEVER,
    },
  ];
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
