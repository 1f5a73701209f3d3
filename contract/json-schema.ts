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
  readonly additionalProperties?: JsonSchema;
  readonly items?: JsonSchema;
  readonly allOf?: readonly JsonSchema[];
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
}

/** Keywords that say nothing about a value. */
const ANNOTATIONS = ["$schema", "$id", "title", "description"];
const KEYWORDS = new Set([
  ...ANNOTATIONS,
  ...["type", "const", "enum", "pattern", "minLength", "minItems", "exclusiveMinimum"],
  ...["required", "properties", "additionalProperties", "items", "allOf", "if", "then"],
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
  if (schema.allOf) {
    const { allOf, ...rest } = schema;
    return [rest, ...allOf].flatMap((part) => schemaFaults(value, part, path));
  }
  if (schema.if) {
    const applies = schemaFaults(value, schema.if, path).length === 0;
    return applies && schema.then ? schemaFaults(value, schema.then, path) : [];
  }
  const got = JSON.stringify(value) ?? "missing";
  if (schema.const !== undefined && value !== schema.const) {
    return [`${path} is ${got}; allowed: ${JSON.stringify(schema.const)}`];
  }
  if (schema.enum !== undefined && !schema.enum.includes(value as string)) {
    return [`${path} is ${got}; allowed: ${schema.enum.map((item) => JSON.stringify(item)).join(", ")}`];
  }
  switch (schema.type) {
    case undefined:
      // `required` and `properties` speak of objects only, whatever else the value may be.
      return isObject(value) ? objectFaults(value, schema, path) : [];
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
    ...(schema.additionalProperties
      ? additionalFaults(value, properties, schema.additionalProperties, path)
      : []),
  ];
}

function additionalFaults(
  value: Record<string, unknown>,
  declared: Readonly<Record<string, JsonSchema>>,
  schema: JsonSchema,
  path: string,
): string[] {
  return Object.entries(value)
    .filter(([key]) => !Object.hasOwn(declared, key))
    .flatMap(([key, additional]) => schemaFaults(additional, schema, `${path}.${key}`));
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
