/** The part of JSON Schema that the schemas here use; a keyword beyond it is an error, never ignored. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

const KEYWORDS = new Set(
  [
    "$schema $id id $defs definitions title description default $ref type const enum minimum maximum pattern",
    "format required properties additionalProperties items minItems uniqueItems anyOf oneOf",
  ].flatMap((words) => words.split(" ")),
);

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  uri: (text) => /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(text) && URL.canParse(text),
  "uri-reference": (text) => /^[^\s<>"{}|\\^`]*$/.test(text) && URL.canParse(text, "file:///"),
  "date-time": (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text),
};

/** Where `value` is not what the schema says: paths, empty when it fits. */
export function misfits(value: unknown, root: object): string[] {
  const check = (item: unknown, given: Schema, path: string): string[] => {
    const strange = Object.keys(given).find((keyword) => !KEYWORDS.has(keyword));
    if (strange) throw new Error(`${path}: keyword ${strange} is not checked here`);
    const schema = given.$ref === undefined ? given : referred(given.$ref, root);
    if (given.$ref !== undefined) return check(item, schema, path);
    if (!fitsValue(item, schema)) return [path];
    const fitting = (schemas: readonly Schema[]) =>
      schemas.filter((each) => check(item, each, path).length === 0).length;
    if (schema.anyOf && fitting(schema.anyOf) === 0) return [`${path} is none of its forms`];
    if (schema.oneOf && fitting(schema.oneOf) !== 1) return [`${path} is not one of its forms`];
    if (Array.isArray(item)) {
      return schema.items
        ? item.flatMap((each, index) => check(each, schema.items!, `${path}[${index}]`))
        : [];
    }
    if (item === null || typeof item !== "object") return [];
    const members = item as Record<string, unknown>;
    const { properties = {}, required = [], additionalProperties = true } = schema;
    return [
      ...required.filter((name) => !(name in members)).map((name) => `${path}.${name} is missing`),
      ...Object.entries(members).flatMap(([name, member]) => {
        const property = properties[name];
        if (property) return check(member, property, `${path}.${name}`);
        if (typeof additionalProperties === "object")
          return check(member, additionalProperties, `${path}.${name}`);
        return additionalProperties ? [] : [`${path}.${name} is not in the format`];
      }),
    ];
  };
  return check(value, root, "report");
}

function referred(reference: string, root: object): Schema {
  const [start, ...names] = reference.split("/");
  const found = names.reduce<unknown>(
    (at, name) => (at as Record<string, unknown> | undefined)?.[name],
    root,
  );
  if (start !== "#" || found === undefined) throw new Error(`${reference} is not defined`);
  return found as Schema;
}

/** What a schema says of a value itself, without what is in it. */
function fitsValue(item: unknown, schema: Schema): boolean {
  if ("const" in schema && item !== schema.const) return false;
  if (schema.enum && !schema.enum.includes(item)) return false;
  const types = schema.type === undefined ? undefined : [schema.type].flat();
  if (types && !types.some((type) => isOf(type, item))) return false;
  if (typeof item === "number") {
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
    return item >= minimum && item <= maximum;
  }
  if (typeof item === "string") {
    if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(item)) return false;
    if (schema.format === undefined) return true;
    const fits = FORMATS[schema.format];
    if (!fits) throw new Error(`format ${schema.format} is not checked here`);
    return fits(item);
  }
  if (!Array.isArray(item)) return true;
  const different = new Set(item.map((each) => JSON.stringify(each)));
  return item.length >= (schema.minItems ?? 0) && !(schema.uniqueItems && different.size < item.length);
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
