import type { Meter } from "../meter";
import type { Inputs } from "./inputs";

/** Machines that a group keeps ready beside those that serve. */
export interface WarmPool {
  readonly count: number;
  /** Only then do instances and their addresses bill; their volumes always do. */
  readonly running: boolean;
}

/** What the API takes for "not set". */
const UNSET = "-1";

/**
 * A pool fills up to the prepared capacity, which is the group's maximum unless set, and is never below its own
 * minimum (EC2 Auto Scaling user guide, "Warm pools": default and minimum size).
 * @param serving instances in service, which the pool comes on top of.
 */
export function warmPool(inputs: Inputs, serving: number): WarmPool {
  if (!inputs.has("warmPool")) return { count: 0, running: false };
  const state = inputs.text("warmPool.poolState", "Stopped");
  const least = inputs.number("warmPool.minSize", 0);
  const own = "warmPool.maxGroupPreparedCapacity";
  const prepared = inputs.number(inputs.has(own) && inputs.numeral(own) !== UNSET ? own : "maxSize");
  return { count: Math.max(prepared - serving, least, 0), running: state === "Running" };
}

/** What stopped and hibernated machines bill. */
export function stoppedMeters(meters: readonly Meter[]): Meter[] {
  return meters.flatMap((meter): Meter[] => {
    if (meter.kind !== "metered") return [meter];
    if (!meter.price.startsWith("ebs/")) return [];
    const lever = "set warmPool.maxGroupPreparedCapacity, or remove the pool";
    return [{ ...meter, item: `${meter.item}, in the warm pool`, lever, leaves: "untold" }];
  });
}
