/** The part of JSON schema that settings need; Pulumi's engine checks a pack's configuration by the same. */
export type SettingSchema = {
  readonly description: string;
} & (
  | {
      readonly type: "number" | "integer";
      readonly default: number;
      readonly minimum?: number;
      readonly exclusiveMinimum?: number;
      readonly maximum?: number;
    }
  | { readonly type: "boolean"; readonly default: boolean }
  | {
      readonly type: "object";
      readonly default: Readonly<Record<string, number>>;
      readonly additionalProperties: { readonly type: "number"; readonly minimum: number };
    }
  | {
      readonly type: "array";
      readonly default: readonly string[];
      /** `pattern` is a regular expression with its own anchors, as the engine applies it. */
      readonly items: { readonly type: "string"; readonly pattern: string };
    }
);

/** One schema per setting; every setting has a default. */
export type SettingsSchema<Settings extends object> = {
  readonly [Key in keyof Settings]: SettingSchema;
};

export type Resolved<Settings> =
  | { readonly kind: "ok"; readonly settings: Settings }
  | { readonly kind: "wrong"; readonly messages: readonly string[] };

/** The given settings over the defaults, or a message for each one that is wrong. */
export function resolveSettings<Settings extends object>(
  schema: SettingsSchema<Settings>,
  given: Readonly<Record<string, unknown>>,
): Resolved<Settings> {
  const schemas = schema as Readonly<Record<string, SettingSchema>>;
  const names = Object.keys(schemas);
  const messages = Object.entries(given).flatMap(([name, value]) => {
    const own = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    if (!own) return [`setting ${name} does not exist; allowed: ${names.join(", ") || "none"}`];
    const allowed = violation(own, value);
    return allowed ? [`setting ${name} is ${JSON.stringify(value)}; allowed: ${allowed}`] : [];
  });
  if (messages.length > 0) return { kind: "wrong", messages };
  const defaults = Object.fromEntries(names.map((name) => [name, schemas[name]?.default]));
  return { kind: "ok", settings: { ...defaults, ...given } as Settings };
}

/** What would be allowed, where `value` is not. */
function violation(schema: SettingSchema, value: unknown): string | undefined {
  switch (schema.type) {
    case "boolean":
      return typeof value === "boolean" ? undefined : "true or false";
    case "number":
    case "integer":
      return isNumberIn(schema, value) ? undefined : numberRange(schema);
    case "object": {
      const { minimum } = schema.additionalProperties;
      const isMap = value !== null && typeof value === "object" && !Array.isArray(value);
      const fits = isMap && Object.values(value).every((item) => isFiniteNumber(item) && item >= minimum);
      return fits ? undefined : `an object of numbers of ${minimum} or more`;
    }
    case "array": {
      const { pattern } = schema.items;
      const expression = new RegExp(pattern);
      const fits =
        Array.isArray(value) && value.every((item) => typeof item === "string" && expression.test(item));
      return fits ? undefined : `a list of texts that match ${pattern}`;
    }
  }
}

type NumberSchema = Extract<SettingSchema, { type: "number" | "integer" }>;

function isFiniteNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isNumberIn(schema: NumberSchema, value: unknown): boolean {
  if (!isFiniteNumber(value) || (schema.type === "integer" && !Number.isInteger(value))) return false;
  return (
    value >= (schema.minimum ?? Number.NEGATIVE_INFINITY) &&
    value > (schema.exclusiveMinimum ?? Number.NEGATIVE_INFINITY) &&
    value <= (schema.maximum ?? Number.POSITIVE_INFINITY)
  );
}

function numberRange({ type, minimum, exclusiveMinimum, maximum }: NumberSchema): string {
  const low =
    minimum !== undefined
      ? `from ${minimum}`
      : exclusiveMinimum !== undefined
        ? `above ${exclusiveMinimum}`
        : "";
  const high = maximum === undefined ? "" : `to ${maximum}`;
  return [type === "integer" ? "a whole number" : "a number", low, high].filter(Boolean).join(" ");
}
