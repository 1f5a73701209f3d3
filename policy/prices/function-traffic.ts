import {
  authorizersBehind,
  functionsBehind,
  isGateway,
  type UntoldFunction,
} from "../../model/functions-behind";
import { tableOfReplica } from "../../model/separate-replica";
import type { StackResource } from "../../model/stack-resource";
import { isUnknown } from "../../model/unknown";
import { unknownInput, unpriced } from "./formulas/formula";
import { functionShape, gbSeconds } from "./formulas/lambda";
import { at, stringAt } from "./formulas/read";
import { classPrice, isTableClass, tableClassIn } from "./formulas/table-class";
import type { Meter, Place } from "./meter";
import type { PricedStack } from "./priced-stack";

export const TABLE = "aws:dynamodb/table:Table";
const REPLICA = "aws:dynamodb/tableReplica:TableReplica";

/** What one resource bills for requests that checks make, month after month, with no visitor. */
export interface ProbeCost {
  readonly resource: StackResource;
  readonly meters: readonly Meter[];
}

export const LEVER = "set requestInterval to 30, which asks a third as often";

/**
 * What the functions behind an API, a load balancer or a function URL bill for probes, and the tables that they read.
 * Authorizers count for every probe, which is the bound: an API may keep their result for a while.
 * A function that nothing tells is undecided and never nothing.
 */
export function functionTraffic(asked: StackResource, probes: number, stack: PricedStack): ProbeCost[] {
  const answering = functionsBehind(asked, stack.joins);
  const authorizing = authorizersBehind(asked, stack.joins);
  const functions = new Set([...answering.functions, ...authorizing.functions]);
  return [
    ...logCosts(asked, answering.functions, probes, stack),
    ...[...functions].flatMap((urn) => {
      const resource = stack.byUrn.get(urn);
      return resource ? functionCosts(stack.asWritten(resource), probes, stack) : [];
    }),
    ...[...answering.untold, ...authorizing.untold].flatMap((one) => untoldCost(one, stack)),
  ];
}

/** Each probe leaves its lines once, whichever of the functions answers; those of an API count with its requests. */
function logCosts(
  asked: StackResource,
  functions: readonly string[],
  probes: number,
  stack: PricedStack,
): ProbeCost[] {
  const [resource] = functions.flatMap((urn) => stack.byUrn.get(urn) ?? []);
  if (!resource || isGateway(asked)) return [];
  return [{ resource, meters: [logMeter(probes, stack.regionOf(resource), FUNCTION_LOG_LEVER, stack)] }];
}

/** Lambda writes when each call starts and what it took (Lambda developer guide, "Advanced logging controls"). */
const FUNCTION_LOG_LEVER =
  "set loggingConfig to JSON with systemLogLevel WARN, which drops what Lambda reports";
export const BYTES_PER_GB = 1_000_000_000;

/** The lines that probes leave in the logs that the program keeps or that Lambda writes by itself. */
export function logMeter(probes: number, place: Place, lever: string, stack: PricedStack): Meter {
  const bytes = stack.assumptions.probeLogBytes;
  return {
    kind: "metered",
    item: `log lines of ${probes} probes, ${bytes} bytes each assumed`,
    price: "cloudwatch/log-ingestion",
    place,
    quantity: (probes * bytes) / BYTES_PER_GB,
    lever,
  };
}

function untoldCost({ urn, path, why }: UntoldFunction, stack: PricedStack): ProbeCost[] {
  const resource = stack.byUrn.get(urn);
  if (!resource) return [];
  const place = stack.regionOf(resource);
  const outside = "health checks run a function through it, which is not in this stack";
  return [
    { resource, meters: [why === "unknown" ? unknownInput(path, place) : unpriced(outside, path, place)] },
  ];
}

function functionCosts(resource: StackResource, probes: number, stack: PricedStack): ProbeCost[] {
  const tables = tablesOf(resource, stack).flatMap((table) => readCosts(resource, table, probes, stack));
  return [{ resource, meters: functionMeters(resource, probes, stack) }, ...tables];
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
    const table = tableOfReplica(replica, stack.joins);
    return table ? [table] : [];
  });
  return [...new Set([...named, ...stack.sourcesOf(resource, "environment", TABLE), ...replicas])];
}

/**
 * The reads are of the side of whoever makes them, wherever the table is at home; what is not known of the table is
 * told of the table.
 */
export function readCosts(
  reader: StackResource,
  table: StackResource,
  probes: number,
  stack: PricedStack,
): ProbeCost[] {
  const meters = readMeters(table, stack.regionOf(reader), probes, stack);
  const isPriced = ({ kind }: Meter) => kind === "metered";
  return [
    { resource: reader, meters: meters.filter(isPriced) },
    { resource: table, meters: meters.filter((meter) => !isPriced(meter)) },
  ];
}

/** A deep health check reads its table; provisioned capacity covers that, and bills on its own. */
function readMeters(table: StackResource, place: Place, probes: number, stack: PricedStack): Meter[] {
  const billing = stringAt(stack.asWritten(table).properties, "billingMode");
  if (isUnknown(billing)) return [unknownInput("billingMode", place)];
  if (billing !== "PAY_PER_REQUEST") return [];
  const tableClass = tableClassIn(table, place, stack);
  if (!isTableClass(tableClass)) return [{ ...tableClass, replica: true }];
  const reads = stack.assumptions.probeTableReads;
  return [
    {
      kind: "metered",
      item: `table reads of ${probes} probes, ${reads} each assumed`,
      price: classPrice("dynamodb/read-request", tableClass),
      place,
      quantity: probes * reads,
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
