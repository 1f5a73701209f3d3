import continuous from "./classes/continuous.json";
import free from "./classes/free.json";
import unknown from "./classes/unknown.json";
import usage from "./classes/usage.json";

/**
 * The class of a type without a formula.
 * `free`: no charge of its own. `usage`: charged only when somebody uses it. `continuous`: charged by activity or a
 * schedule while nobody uses it, so that no price is known beforehand. `unknown`: undecided, or without a price.
 */
export interface ListedClass {
  readonly kind: "free" | "usage" | "continuous" | "unknown";
  /** The evidence of `free` and `usage`, what drives `continuous`, why `unknown` is undecided. */
  readonly reason: string;
}

/** By AWS service, the names of types between spaces: `"sns": "Topic TopicSubscription"`. */
type Names = Readonly<Record<string, string | undefined>>;

/**
 * The tables in `classes/`. A reason that names no source is judgement, gone through type by type in November 2026
 * and not checked against AWS's pages one by one; what was not sure is `unknown`.
 */
const GROUPS: readonly (ListedClass & { readonly types: Names })[] = [
  ...free.map(({ evidence, types }) => ({ kind: "free" as const, reason: evidence, types })),
  ...usage.map(({ evidence, types }) => ({ kind: "usage" as const, reason: evidence, types })),
  ...continuous.map(({ driver, types }) => ({ kind: "continuous" as const, reason: driver, types })),
  ...unknown.map(({ why, types }) => ({ kind: "unknown" as const, reason: why, types })),
];

/** Service -> name -> class. Whole tokens would cost every start of the pack ten milliseconds more. */
const services = new Map<string, Map<string, ListedClass>>();
for (const group of GROUPS) {
  for (const service of Object.keys(group.types)) {
    const names = services.get(service) ?? new Map<string, ListedClass>();
    services.set(service, names);
    for (const name of namesOf(group.types, service)) names.set(name, group);
  }
}

function namesOf(types: Names, service: string): readonly string[] {
  return types[service]?.split(" ") ?? [];
}

/** The package names every type in this way; a test holds the list to the package's own. */
function typeToken(service: string, name: string): string {
  return `aws:${service}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

/** The class of a type by its exact token. */
export function listedClass(type: string): ListedClass | undefined {
  const service = type.slice("aws:".length, type.indexOf("/"));
  const name = type.slice(type.lastIndexOf(":") + 1);
  return type === typeToken(service, name) ? services.get(service)?.get(name) : undefined;
}

/** Every type of the tables, as often as they list it. */
export function listedTypes(): string[] {
  return GROUPS.flatMap(({ types }) =>
    Object.keys(types).flatMap((service) => namesOf(types, service).map((name) => typeToken(service, name))),
  );
}
