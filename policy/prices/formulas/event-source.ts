import { HOURS_PER_MONTH } from "../../../model/money";
import { booleanAt } from "../../../model/property";
import type { StackResource } from "../../../model/stack-resource";
import { isUnknown, type MaybeUnknown, UNKNOWN } from "../../../model/unknown";
import type { PricedStack } from "../priced-stack";
import { type Formula, stored } from "./formula";
import { Inputs } from "./inputs";
import { eventSourceMappingMeters } from "./lambda";
import { stringAt } from "./read";

const QUEUE = "aws:sqs/queue:Queue";

/** Lambda reads a queue with five pollers; it may come down to two, which is not counted on (Lambda guide, SQS scaling). */
const POLLERS = 5;
/** The longest that SQS holds an empty answer back (SQS guide, long polling). */
const LONG_POLL_SECONDS = 20;

/** Lambda asks an empty queue all month, and each question is a request to SQS; streams are read for nothing. */
export const polledSourceMeters: Formula = (mapping, stack) => {
  const kept = eventSourceMappingMeters(mapping, stack);
  if (kept.length > 0) return kept;
  const place = stack.regionOf(mapping);
  const inputs = new Inputs(mapping.properties, place);
  inputs.check("eventSourceArn", "text");
  if (!inputs.flag("enabled", true) || !inputs.sound) return inputs.or([]);
  const queue = queueKind(mapping, stack);
  if (isUnknown(queue)) inputs.unknown("eventSourceArn");
  if (queue === "none" || isUnknown(queue)) return inputs.or([]);
  const polls = (POLLERS * HOURS_PER_MONTH * 3600) / LONG_POLL_SECONDS;
  return stored(
    `polling of an empty ${queue === "fifo" ? "FIFO queue" : "queue"}, ${polls} requests`,
    queue === "fifo" ? "sqs/fifo-request" : "sqs/request",
    place,
    polls,
    {
      note: `${POLLERS} pollers that each wait ${LONG_POLL_SECONDS} s, as Lambda starts; it may come down to 2`,
      lever: "set enabled to false until the queue is used, or call the function without a queue",
    },
  );
};

type QueueKind = "standard" | "fifo" | "none";

/** What the mapping reads: by its ARN, else by what that was computed from. */
function queueKind(mapping: StackResource, stack: PricedStack): MaybeUnknown<QueueKind> {
  const arn = stringAt(mapping.properties, "eventSourceArn");
  if (arn === undefined || arn === "") return "none";
  if (!isUnknown(arn)) {
    if (arn.split(":")[2] !== "sqs") return "none";
    return arn.endsWith(".fifo") ? "fifo" : "standard";
  }
  const sources = (mapping.propertyDependencies.eventSourceArn ?? []).flatMap(
    (urn) => stack.byUrn.get(urn) ?? [],
  );
  const [source, ...others] = sources;
  if (source === undefined || others.length > 0 || !source.custom || !source.type.startsWith("aws:")) {
    return UNKNOWN;
  }
  if (source.type !== QUEUE) return "none";
  const fifo = booleanAt(stack.asWritten(source).properties, "fifoQueue") ?? false;
  return isUnknown(fifo) ? UNKNOWN : fifo ? "fifo" : "standard";
}
