import type { EngineResource } from "../../model/stack-resource";

/** A member of a JSON value that may be anything. */
export function member(value: unknown, key: string): unknown {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>)[key] : undefined;
}

/** Whether a JSON value is a resource in the engine's form: it has a URN. */
export function isEngineResource(value: unknown): value is EngineResource {
  const urn = member(value, "urn");
  return typeof urn === "string" && urn.startsWith("urn:pulumi:");
}
