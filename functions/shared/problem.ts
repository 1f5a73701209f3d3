/** Why a request is refused, in words a caller may read: never an internal message, never a stack trace. */
export interface Problem {
  readonly status: number;
  /** Stable, for programs. */
  readonly code: string;
  /** One line, for people: what, got, allowed. */
  readonly message: string;
}

/** What a request says once it is understood, or why it is refused. */
export type Parsed<T> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "refused"; readonly problem: Problem };

export function ok<T>(value: T): Parsed<T> {
  return { kind: "ok", value };
}

export function refused(status: number, code: string, message: string): Parsed<never> {
  return { kind: "refused", problem: { status, code, message } };
}
