import type { Output, StackReference } from "@pulumi/pulumi";
import { type JsonSchema, schemaFaults } from "./json-schema";
import { OUTPUTS_SCHEMA, type Outputs } from "./outputs";
import schema from "./outputs.schema.json";

export type ReadOutputs =
  | { readonly kind: "ok"; readonly outputs: Outputs }
  /** The stack does not keep this contract: one line for every way in which it does not. */
  | { readonly kind: "invalid"; readonly messages: string[] };

/**
 * Judges the outputs of a stack, however they were read (`pulumi stack output --json`, a reference, a file).
 * Another version of the contract is refused as a whole, since its fields may mean something else; fields beyond
 * the contract are allowed, since this version may gain some.
 */
export function parseOutputs(outputs: unknown, stack: string): ReadOutputs {
  const version = (outputs as Partial<Outputs> | null | undefined)?.schema;
  if (version !== OUTPUTS_SCHEMA) {
    const got = version === undefined ? "no schema output" : `the schema ${JSON.stringify(version)}`;
    return {
      kind: "invalid",
      messages: [
        `stack ${stack} has ${got}; allowed: ${OUTPUTS_SCHEMA}; deploy it with a version that exports it`,
      ],
    };
  }
  const messages = schemaFaults(outputs, schema as JsonSchema, stack);
  return messages.length === 0 ? { kind: "ok", outputs: outputs as Outputs } : { kind: "invalid", messages };
}

/**
 * The outputs of another stack, typed.
 *
 * @example
 * const read = readOutputs(new pulumi.StackReference("organization/warm-standby/prod"));
 * export const url = read.apply((it) => (it.kind === "ok" ? it.outputs.endpoints.failoverUrl : undefined));
 */
export function readOutputs(reference: StackReference): Output<ReadOutputs> {
  return reference.name.apply((name) => reference.outputs.apply((outputs) => parseOutputs(outputs, name)));
}
