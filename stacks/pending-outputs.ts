import type * as pulumi from "@pulumi/pulumi";
import type { Outputs } from "../contract/outputs";

/** The contract's outputs before the engine has their values. */
export type PendingOutputs = Pending<Outputs>;
type Pending<T> = T extends string | number | undefined
  ? pulumi.Input<NonNullable<T>>
  : { readonly [K in keyof T]: Pending<T[K]> };
