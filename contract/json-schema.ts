/** The part of JSON Schema (draft 2020-12) that `outputs.schema.json` uses. */
export interface JsonSchema {
  readonly type?: "object" | "array" | "string" | "number";
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly exclusiveMinimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

/** Keywords that say nothing about a value. */
const ANNOTATIONS = ["$schema", "$id", "title", "description"];
const KEYWORDS = new Set([
  ...ANNOTATIONS,
  ...["type", "const", "enum", "pattern", "minLength", "minItems", "exclusiveMinimum"],
  ...["required", "properties", "items"],
]);

/**
 * Every way in which `value` is not what `schema` says, one line each; none when it fits.
 *
 * @param path how the value is called in the lines.
 * @throws Error on a keyword that is not implemented here, which would otherwise pass unchecked.
 */
export function schemaFaults(value: unknown, schema: JsonSchema, path: string): string[] {
  const unsupported = Object.keys(schema).find((keyword) => !KEYWORDS.has(keyword));
  if (unsupported)
    throw new Error(`the schema of ${path} uses ${unsupported}, which this checker does not know`);
  const got = JSON.stringify(value) ?? "missing";
  if (schema.const !== undefined && value !== schema.const) {
    return [`${path} is ${got}; allowed: ${JSON.stringify(schema.const)}`];
  }
  if (schema.enum !== undefined && !schema.enum.includes(value as string)) {
    return [`${path} is ${got}; allowed: ${schema.enum.map((item) => JSON.stringify(item)).join(", ")}`];
  }
  switch (schema.type) {
    case undefined:
      return [];
    case "object":
      return isObject(value) ? objectFaults(value, schema, path) : [`${path} is ${got}; allowed: an object`];
    case "array":
      return Array.isArray(value) ? arrayFaults(value, schema, path) : [`${path} is ${got}; allowed: a list`];
    case "string":
      return typeof value === "string"
        ? stringFaults(value, schema, path)
        : [`${path} is ${got}; allowed: a text`];
    case "number": {
      const min = schema.exclusiveMinimum ?? Number.NEGATIVE_INFINITY;
      return typeof value === "number" && value > min
        ? []
        : [`${path} is ${got}; allowed: a number${Number.isFinite(min) ? ` above ${min}` : ""}`];
    }
  }
}

function objectFaults(value: Record<string, unknown>, schema: JsonSchema, path: string): string[] {
  const properties = schema.properties ?? {};
  const missing = (schema.required ?? []).filter((key) => value[key] === undefined);
  return [
    ...missing.map((key) => `${path}.${key} is missing`),
    ...Object.entries(properties).flatMap(([key, property]) =>
      value[key] === undefined ? [] : schemaFaults(value[key], property, `${path}.${key}`),
    ),
  ];
}

function arrayFaults(value: readonly unknown[], schema: JsonSchema, path: string): string[] {
  const { items, minItems = 0 } = schema;
  return [
    ...(value.length < minItems ? [`${path} has ${value.length} items; allowed: ${minItems} or more`] : []),
    ...(items ? value.flatMap((item, index) => schemaFaults(item, items, `${path}[${index}]`)) : []),
  ];
}

function stringFaults(value: string, schema: JsonSchema, path: string): string[] {
  if (value.length < (schema.minLength ?? 0)) return [`${path} is empty; allowed: a text`];
  return schema.pattern === undefined || new RegExp(schema.pattern).test(value)
    ? []
    : [`${path} is ${JSON.stringify(value)}; allowed: a text that matches ${schema.pattern}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
