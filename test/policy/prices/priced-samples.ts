import type { StackResource } from "../../../model/stack-resource";
import type { Properties } from "../../../model/unknown";
import { FORMULAS } from "../../../policy/prices/formulas";
import { costOf, standby } from "./meters";
import samples from "./priced-samples.json";

/** A resource as `priced-samples.json` has it; name and id are `one` and `one-id` where it gives none. */
interface Written {
  readonly type: string;
  readonly properties: object;
  readonly name?: string;
  readonly id?: string;
  readonly from?: object;
  readonly custom?: boolean;
}

/** A sensible resource of a type, with those that its price is read from. */
export interface PricedSample {
  readonly type: string;
  readonly resources: readonly StackResource[];
}

export function pricedSamples(): PricedSample[] {
  return Object.entries(samples).flatMap(([type, ofType]) =>
    (ofType as readonly (readonly Written[])[]).map((written) => ({
      type,
      resources: written.map(({ type: of, name = "one", properties, id, from, custom }) =>
        standby(of, name, properties as Properties, {
          id,
          custom,
          from: from as Record<string, string[]> | undefined,
        }),
      ),
    })),
  );
}

/** Types with a formula of which a sensible resource gets a price, and nothing about it stays open. */
export function pricedTypes(): string[] {
  const found = new Set<string>();
  for (const { type, resources } of pricedSamples()) {
    const { lines, unpriced } = costOf(resources);
    const [own] = resources;
    const isPriced = unpriced.length === 0 && lines.some(({ urn }) => urn === own?.urn);
    if (isPriced && Object.hasOwn(FORMULAS, type)) found.add(type);
  }
  return [...found];
}
