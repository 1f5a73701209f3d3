import { planFromResources } from "../../../model/plan-from-resources";
import type { StackResource } from "../../../model/stack-resource";
import type { Properties } from "../../../model/unknown";
import { type CostAssumptions, DEFAULT_ASSUMPTIONS } from "../../../policy/prices/assumptions";
import { type CostLine, type CostReport, idleCost } from "../../../policy/prices/idle-cost";
import { PRICES } from "../../../policy/prices/price-list";
import type { Phase } from "../../../policy/rule";
import { type FixtureOptions, provider, resource, urn } from "../../model/stack-fixture";

const PROVIDER = "pulumi:providers:aws";

export const providers = [
  provider("primary", "us-east-1", "primary"),
  provider("standby", "us-west-2", "standby"),
];

/** A resource of the standby's provider, in us-west-2. */
export function standby(
  type: string,
  name: string,
  properties: Properties = {},
  options: FixtureOptions = {},
): StackResource {
  return resource(type, name, properties, { provider: urn(PROVIDER, "standby"), ...options });
}

/** A resource of the primary's provider, in us-east-1. */
export function primary(
  type: string,
  name: string,
  properties: Properties = {},
  options: FixtureOptions = {},
): StackResource {
  return resource(type, name, properties, { provider: urn(PROVIDER, "primary"), ...options });
}

export function costOf(
  resources: readonly StackResource[],
  assumptions: Partial<CostAssumptions> = {},
  phase: Phase = "settled",
  asOf?: string,
): CostReport {
  const stack = [...providers, ...resources];
  const assumed = { ...DEFAULT_ASSUMPTIONS, ...assumptions };
  return idleCost(stack, planFromResources(stack), assumed, PRICES, { phase, asOf });
}

/** `item: micro-dollars` of every line, in order. */
export function amounts({ lines }: { readonly lines: readonly CostLine[] }): Record<string, number> {
  return Object.fromEntries(lines.map(({ item, monthlyMicroUsd }) => [item, monthlyMicroUsd]));
}

/** The notes of what one resource of the standby costs, by item. */
export function notesOf(type: string, properties: Properties = {}, others: readonly StackResource[] = []) {
  const one = standby(type, "one", properties);
  const lines = costOf([one, ...others]).lines.filter(({ urn: of }) => of === one.urn);
  return Object.fromEntries(lines.map(({ item, note }) => [item, note]));
}

/** What one resource of the standby costs, or why that cannot be told. */
export function priced(
  type: string,
  properties: Properties = {},
  others: readonly StackResource[] = [],
  asOf?: string,
) {
  const one = standby(type, "one", properties);
  const report = costOf([one, ...others], {}, "settled", asOf);
  return {
    ...amounts({ lines: report.lines.filter(({ urn: of }) => of === one.urn) }),
    ...Object.fromEntries(
      report.unpriced
        .filter(({ urn: of }) => of === one.urn)
        .map(({ kind, why, path }) => [`${kind} ${path}`, why]),
    ),
  };
}
