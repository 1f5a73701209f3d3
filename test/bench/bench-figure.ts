/** One figure that the project promises, and what this machine says of it. */
export interface BenchFigure {
  readonly name: string;
  readonly value: string;
  readonly target: string;
  readonly basis: string;
  /** Undefined where it could not be measured; `value` then says why. */
  readonly ok?: boolean;
}

export function upTo(name: string, value: number, limit: number, unit: string, basis: string): BenchFigure {
  return {
    name,
    value: `${rounded(value)} ${unit}`,
    target: `under ${limit} ${unit}`,
    basis,
    ok: value < limit,
  };
}

export function rounded(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}
