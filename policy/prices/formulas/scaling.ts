import type { StackResource } from "../../../model/stack-resource";
import { isUnknown } from "../../../model/unknown";
import type { Meter } from "../meter";
import type { PricedStack } from "../priced-stack";
import { unknownInput, unpriced } from "./formula";
import { numberAt } from "./read";

/** What scaling never goes below, 0 where nothing scales; or why that cannot be read. */
export function scalingMinimum(targets: readonly StackResource[], stack: PricedStack): number | Meter {
  let minimum = 0;
  for (const target of targets) {
    const capacity = numberAt(target.properties, "minCapacity");
    const place = stack.regionOf(target);
    if (isUnknown(capacity)) return unknownInput("minCapacity", place);
    if (capacity === undefined) {
      return unpriced("minCapacity of its scaling target is not set", "minCapacity", place);
    }
    minimum = Math.max(minimum, capacity);
  }
  return minimum;
}
