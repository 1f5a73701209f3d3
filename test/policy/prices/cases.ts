import assert from "node:assert/strict";
import type { StackResource } from "../../../model/stack-resource";
import type { Properties } from "../../../model/unknown";
import { priced } from "./meters";

/** What it is, its type and properties, and its lines in micro-dollars or the reasons that there are none. */
export type Case = readonly [
  what: string,
  type: string,
  properties: Properties,
  expected: Record<string, number | string>,
  others?: readonly StackResource[],
];

const REGIONS = ["us-east-1", "us-west-2"];

/** One test for each case and region: the list has the same prices for both. */
export function priceCases(cases: readonly Case[]): void {
  for (const [what, type, properties, expected, others = []] of cases) {
    for (const region of REGIONS) {
      it(`prices ${what} in ${region}`, () => {
        const placed = others.map((other) => ({ ...other, properties: { ...other.properties, region } }));
        assert.deepEqual(priced(type, { ...properties, region }, placed), expected);
      });
    }
  }
}
