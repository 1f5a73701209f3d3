import type * as pulumi from "@pulumi/pulumi";
import { OUTPUTS_SCHEMA, type Outputs } from "../contract/outputs";
import type { Settings } from "./settings";

/** The contract's outputs before the engine has their values. */
export type PendingOutputs = Pending<Outputs>;
type Pending<T> = T extends string | number | undefined
  ? pulumi.Input<NonNullable<T>>
  : { readonly [K in keyof T]: Pending<T[K]> };

/** The outputs that every system has and that follow from its settings alone. */
export function commonOutputs({ system, environment, objectives, bound }: Settings) {
  return {
    schema: OUTPUTS_SCHEMA,
    system,
    environment,
    rto: { objectiveSeconds: objectives.rtoSeconds, boundSeconds: bound.rtoSeconds, basis: "bound" },
  } as const;
}
