import { ok, type Parsed, refused } from "../shared/problem";
import { isVersion } from "./profile-request";

/** What must hold of the stored profile for a write to happen. */
export type Precondition =
  | { readonly kind: "none" }
  /** `If-None-Match: *` */
  | { readonly kind: "absent" }
  /** `If-Match: *` */
  | { readonly kind: "present" }
  /** `If-Match: "4-1f3a9c02b7d4"`: exactly the write that the caller has seen. */
  | { readonly kind: "revision"; readonly version: number; readonly revision: string }
  /** `expectedVersion` in the body: the number only, which another region may have given to another write. */
  | { readonly kind: "version"; readonly version: number };

const ENTITY_TAG = /^"([1-9][0-9]{0,15})-([0-9a-f]{12})"$/;

/** Reads the precondition of a PUT; at most one may be given. Header values as sent, undefined when absent. */
export function parsePrecondition(given: {
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
  readonly expectedVersion: number | undefined;
}): Parsed<Precondition> {
  const { ifMatch, ifNoneMatch, expectedVersion } = given;
  if ([ifMatch, ifNoneMatch, expectedVersion].filter((one) => one !== undefined).length > 1) {
    return refused(
      400,
      "invalid_precondition",
      "If-Match, If-None-Match and expectedVersion exclude each other.",
    );
  }
  if (expectedVersion !== undefined) return ok({ kind: "version", version: expectedVersion });
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch.trim() === "*") return ok({ kind: "absent" });
    return refused(400, "invalid_precondition", "If-None-Match of a PUT must be *.");
  }
  if (ifMatch === undefined) return ok({ kind: "none" });
  if (ifMatch.trim() === "*") return ok({ kind: "present" });
  const [, version, revision] = ENTITY_TAG.exec(ifMatch.trim()) ?? [];
  if (revision !== undefined && isVersion(Number(version))) {
    return ok({ kind: "revision", version: Number(version), revision });
  }
  return refused(
    400,
    "invalid_precondition",
    "If-Match must be * or one ETag of this profile, with its quotes.",
  );
}

/** Whether the `If-None-Match` of a GET names this tag, so that 304 is the answer (RFC 9110: weak comparison). */
export function isAlreadyKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  const tags = (ifNoneMatch ?? "").split(",").map((one) => one.trim().replace(/^W\//, ""));
  return tags.includes(tag) || tags.includes("*");
}
