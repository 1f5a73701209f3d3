import { PROVIDER_TYPE_PREFIX, type StackResource } from "../../model/stack-resource";
import table from "./classes.json";
import { FORMULAS } from "./formulas";
import type { Formula } from "./formulas/formula";

/** What a resource of a type costs while nobody uses it. There is no default: what is not listed is unknown. */
export type IdleClass =
  | { readonly kind: "container"; readonly why: string }
  | { readonly kind: "free"; readonly evidence: string }
  | { readonly kind: "usage"; readonly evidence: string }
  | { readonly kind: "priced"; readonly formula: Formula }
  | { readonly kind: "unknown" };

/** Providers whose resources exist only in the state file or on the machine that runs the program. */
const LOCAL_PACKAGES: readonly string[] = ["random", "tls", "command", "local", "null", "archive", "time"];

const classes = new Map<string, IdleClass>();
for (const kind of ["free", "usage"] as const) {
  for (const { evidence, types } of table[kind]) {
    for (const type of types) classes.set(type, { kind, evidence });
  }
}
for (const [type, formula] of Object.entries(FORMULAS)) classes.set(type, { kind: "priced", formula });

/** The class by exact type token; a name that merely looks alike is another type. */
export function idleClass({ type, custom }: Pick<StackResource, "type" | "custom">): IdleClass {
  if (type.startsWith(PROVIDER_TYPE_PREFIX) || type.startsWith("pulumi:pulumi:")) {
    return { kind: "container", why: "part of Pulumi itself" };
  }
  if (!custom) return { kind: "container", why: "a component, whose children are priced one by one" };
  const listed = classes.get(type);
  if (listed) return listed;
  if (LOCAL_PACKAGES.includes(type.split(":")[0] ?? "")) {
    return { kind: "free", evidence: "exists in the state only, not at a cloud" };
  }
  return { kind: "unknown" };
}

/** Every type that has a class, for the listing and for tests. */
export function classifiedTypes(): readonly string[] {
  return [...classes.keys()].sort();
}
