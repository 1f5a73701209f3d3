import { isUnknown, type PropertyValue } from "../../../model/unknown";
import type { Meter, Place } from "../meter";
import { unknownInput, unpriced } from "./formula";
import { at, booleanAt, listAt, numberAt } from "./read";

/**
 * Reads the inputs of a formula. What is not known yet, not set although needed, or of another kind than AWS
 * defines becomes a problem that takes the place of the meters, so that no default hides it.
 */
export class Inputs {
  private readonly problems: Meter[] = [];
  private besides?: Inputs;

  /** @param prefix where the properties stand in their resource: `scalingConfig.`, say. */
  constructor(
    private readonly properties: PropertyValue,
    readonly place: Place,
    private readonly prefix = "",
  ) {}

  /** Empty text counts as absent, and absent without a fallback is a problem. */
  text(path: string, fallback?: string): string {
    const value = this.at(path);
    if (typeof value === "string" && value !== "") return value;
    return this.fallBack(path, value === "" ? undefined : value, fallback, "text") ?? "";
  }

  /** Text that may be written as a number: a version, a size. */
  numeral(path: string, fallback?: string): string {
    const value = this.at(path);
    return typeof value === "number" ? String(value) : this.text(path, fallback);
  }

  /** No size, count or period is below 0; one that is could make up for another and hide what bills. */
  number(path: string, fallback?: number): number {
    const value = this.at(path);
    const number = numberAt(value);
    if (typeof number === "number") {
      if (number < 0) this.refuse(`${this.prefix}${path} is ${number}, below 0`, path);
      return number;
    }
    return this.fallBack(path, value, fallback, "a number") ?? 0;
  }

  flag(path: string, fallback: boolean): boolean {
    const value = this.at(path);
    const flag = booleanAt(value);
    if (typeof flag === "boolean") return flag;
    return this.fallBack(path, value, fallback, "true or false") ?? false;
  }

  /** An absent list is empty. */
  list(path: string): readonly PropertyValue[] {
    const value = this.at(path);
    const list = listAt(value);
    if (Array.isArray(list)) return list;
    return this.fallBack<readonly PropertyValue[]>(path, value, [], "a list") ?? [];
  }

  /** Refuses a property of another kind where the formula reads it some other way; unknown and absent are left to it. */
  check(path: string, kind: "number" | "flag" | "text" | "list"): void {
    const value = this.at(path);
    if (isUnknown(value) || !this.has(path)) return;
    if (kind === "number") this.number(path);
    else if (kind === "flag") this.flag(path, false);
    else if (kind === "text") this.text(path);
    else this.list(path);
  }

  has(path: string): boolean {
    const value = this.at(path);
    return value !== undefined && value !== null && value !== "";
  }

  refuse(why: string, path?: string): void {
    this.problems.push(unpriced(why, path === undefined ? undefined : this.prefix + path, this.place));
  }

  unknown(path: string): void {
    this.problems.push(unknownInput(this.prefix + path, this.place));
  }

  /**
   * Reads what bills besides the meters, such as monitoring or extended support. Its problems stand beside them: what
   * is known still counts.
   */
  get extras(): Inputs {
    this.besides ??= new Inputs(this.properties, this.place, this.prefix);
    return this.besides;
  }

  /** Whether all that the meters themselves depend on could be read. */
  get sound(): boolean {
    return this.problems.length === 0;
  }

  /** The meters, unless an input of theirs is missing; and what is wrong with the extras in either case. */
  or(meters: readonly Meter[]): Meter[] {
    return [...(this.sound ? meters : this.problems), ...(this.besides?.or([]) ?? [])];
  }

  private at(path: string): PropertyValue {
    return at(this.properties, ...path.split("."));
  }

  private fallBack<Value>(
    path: string,
    value: PropertyValue,
    fallback: Value | undefined,
    kind: string,
  ): Value | undefined {
    if (isUnknown(value)) this.unknown(path);
    else if (value !== undefined && value !== null) this.refuse(`${this.prefix}${path} is not ${kind}`, path);
    else if (fallback === undefined) this.refuse(`${this.prefix}${path} is not set`, path);
    return fallback;
  }
}
