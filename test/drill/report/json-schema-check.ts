/** The part of JSON Schema that `report.schema.json` uses; a keyword beyond it is an error, never ignored. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: false;
  readonly items?: Schema;
}

const KEYWORDS = new Set(
  "$schema $id $defs title description $ref type const enum minimum required properties additionalProperties items".split(
    " ",
  ),
);

/** Where `value` is not what the schema says: paths, empty when it fits. */
export function misfits(value: unknown, root: Schema & { $defs: Record<string, Schema> }): string[] {
  const check = (item: unknown, given: Schema, path: string): string[] => {
    const strange = Object.keys(given).find((keyword) => !KEYWORDS.has(keyword));
    if (strange) throw new Error(`${path}: keyword ${strange} is not checked here`);
    const schema = given.$ref === undefined ? given : root.$defs[given.$ref.replace("#/$defs/", "")];
    if (!schema) throw new Error(`${path}: ${given.$ref} is not defined`);
    if ("const" in schema && item !== schema.const) return [path];
    if (schema.enum && !schema.enum.includes(item)) return [path];
    const types = schema.type === undefined ? undefined : [schema.type].flat();
    if (types && !types.some((type) => isOf(type, item))) return [path];
    if (typeof item === "number" && item < (schema.minimum ?? Number.NEGATIVE_INFINITY)) return [path];
    if (Array.isArray(item)) {
      return schema.items
        ? item.flatMap((each, index) => check(each, schema.items!, `${path}[${index}]`))
        : [];
    }
    if (item === null || typeof item !== "object") return [];
    const members = item as Record<string, unknown>;
    const { properties = {}, required = [] } = schema;
    return [
      ...required.filter((name) => !(name in members)).map((name) => `${path}.${name} is missing`),
      ...Object.entries(members).flatMap(([name, member]) => {
        const property = properties[name];
        if (property) return check(member, property, `${path}.${name}`);
        return schema.additionalProperties === false ? [`${path}.${name} is not in the format`] : [];
      }),
    ];
  };
  return check(value, root, "report");
}

function isOf(type: string, value: unknown): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return value !== null && typeof value === "object" && !Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type && !Number.isNaN(value);
  }
}
