import { PROVIDER_TYPE_PREFIX, type StackResource } from "../../model/stack-resource";
import { type ListedClass, listedClass, listedTypes } from "./class-list";
import { currentType } from "./former-types";
import { FORMULAS } from "./formulas";
import type { Formula } from "./formulas/formula";

/** What a resource of a type costs while nobody uses it. There is no default: what is not listed is unknown. */
export type IdleClass =
  | { readonly kind: "container"; readonly why: string }
  | { readonly kind: "free"; readonly evidence: string }
  | { readonly kind: "usage"; readonly evidence: string }
  | { readonly kind: "priced"; readonly formula: Formula }
  | {
      readonly kind: "unknown";
      /**
       * `continuous`: charged by activity or a schedule, used or not; `undecided`: listed without a price;
       * `unlisted`: no type of the package that the classes are made for.
       */
      readonly cause: "continuous" | "undecided" | "unlisted";
      /** The reason as a clause, to stand after the type and a colon. */
      readonly why: string;
    };

/** The version of `@pulumi/aws` whose every type has a class. */
export const CLASSED_PACKAGE = "@pulumi/aws 7.48.0";

/** Providers whose resources exist only in the state file or on the machine that runs the program. */
const LOCAL_PACKAGES: readonly string[] = ["random", "tls", "command", "local", "null", "archive", "time"];

/** The class by exact type token; a name that merely looks alike is another type. */
export function idleClass({ type, custom }: Pick<StackResource, "type" | "custom">): IdleClass {
  if (type.startsWith(PROVIDER_TYPE_PREFIX) || type.startsWith("pulumi:pulumi:")) {
    return { kind: "container", why: "part of Pulumi itself" };
  }
  if (!custom) return { kind: "container", why: "a component, whose children are priced one by one" };
  const known = awsClass(type) ?? awsClass(currentType(type));
  if (known) return known;
  const [owner = ""] = type.split(":");
  if (LOCAL_PACKAGES.includes(owner)) {
    return { kind: "free", evidence: "exists in the state only, not at a cloud" };
  }
  const why =
    owner === "aws"
      ? `${CLASSED_PACKAGE}, whose types are classed here, has no such type`
      : `only the types of ${CLASSED_PACKAGE} are classed here`;
  return { kind: "unknown", cause: "unlisted", why };
}

/** A formula says more than a table, so it comes first. */
function awsClass(type: string): IdleClass | undefined {
  const formula = Object.hasOwn(FORMULAS, type) ? FORMULAS[type] : undefined;
  if (formula) return { kind: "priced", formula };
  const listed = listedClass(type);
  return listed && classOfListed(listed);
}

function classOfListed({ kind, reason }: ListedClass): IdleClass {
  if (kind === "free" || kind === "usage") return { kind, evidence: reason };
  if (kind === "unknown") return { kind, cause: "undecided", why: reason };
  const why = `it is charged by ${reason}, with or without requests, so no price is known beforehand`;
  return { kind: "unknown", cause: kind, why };
}

/** Every type that has a class, for the listing and for tests. */
export function classifiedTypes(): readonly string[] {
  return [...new Set([...listedTypes(), ...Object.keys(FORMULAS)])].sort();
}

export type ClassCounts = Readonly<Record<"free" | "priced" | "usage" | "continuous" | "unknown", number>>;

/** How many types each class holds; together, all of the package. */
export function classCounts(): ClassCounts {
  const counts = { free: 0, priced: 0, usage: 0, continuous: 0, unknown: 0 };
  for (const type of classifiedTypes()) {
    counts[Object.hasOwn(FORMULAS, type) ? "priced" : (listedClass(type)?.kind ?? "unknown")] += 1;
  }
  return counts;
}
