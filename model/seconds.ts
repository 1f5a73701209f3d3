/** No automatic detection at all: the set never leaves its primary by itself. */
export interface Unbounded {
  readonly kind: "unbounded";
  readonly why: string;
  /** What gives it a bound with its price, where one setting does. */
  readonly change?: string;
  /** URN of another record of the set, to which alone the change is made: the lost one's own check is well. */
  readonly other?: string;
  /** Property that the change is to, where the check is well. */
  readonly path?: string;
}

/** `path` is the property, on the resource `urn`, that is not known yet. */
export interface NotKnown {
  readonly kind: "unknown";
  readonly urn: string;
  readonly path: string;
}

export type Seconds = { readonly kind: "seconds"; readonly seconds: number } | Unbounded | NotKnown;

/** The longest of several, or the first that is no number. */
export function longest(all: readonly Seconds[]): Seconds {
  let seconds = 0;
  for (const each of all) {
    if (each.kind !== "seconds") return each;
    seconds = Math.max(seconds, each.seconds);
  }
  return { kind: "seconds", seconds };
}
