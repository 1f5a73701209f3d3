import type { RandomStream } from "./random";

/** What Route 53 draws when it answers. */
export interface Chance {
  /** The index of one of these, by its share of the weights; they add up to more than 0. */
  one(weights: readonly number[]): number;
  /** So many different indexes below `n`, in any order with equal chance. */
  some(n: number, count: number): number[];
}

/** Draws from a stream, one number for each thing drawn. */
export function chanceOf(random: RandomStream): Chance {
  return {
    one: (weights) => indexAt(weights, random.uniform()),
    some: (n, count) => {
      const left = Array.from({ length: n }, (_, index) => index);
      const chosen: number[] = [];
      while (left.length > 0 && chosen.length < count) {
        chosen.push(...left.splice(random.below(left.length), 1));
      }
      return chosen;
    },
  };
}

/** Where a point in [0, 1) falls among weights laid side by side; one of weight 0 is never met. */
export function indexAt(weights: readonly number[], point: number): number {
  let left = point * weights.reduce((sum, weight) => sum + weight, 0);
  const index = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  // The sum of the weights can round to just below the point.
  return index >= 0 ? index : weights.length - 1;
}

/** One way in which everything can be drawn, and how likely that is. */
export interface Drawn<Result> {
  readonly result: Result;
  readonly probability: number;
}

/**
 * Every way in which something can be drawn. Of several in any order only who comes first is told apart, the rest
 * follow in a circle: whoever uses the first has each with equal chance.
 */
export function everyWay<Result>(make: (chance: Chance) => Result): Drawn<Result>[] {
  const ways: Drawn<Result>[] = [];
  const explore = (path: readonly number[]): void => {
    let step = 0;
    let probability = 1;
    const branches: number[][] = [];
    const choose = (weights: readonly number[]): number => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const possible = weights.flatMap((weight, index) => (weight > 0 ? [index] : []));
      const index = step < path.length ? (path[step] as number) : (possible[0] as number);
      if (step >= path.length) branches.push(possible);
      probability *= (weights[index] as number) / total;
      step++;
      return index;
    };
    const taken: number[] = [...path];
    const result = make({
      one: (weights) => {
        const index = choose(weights);
        taken[step - 1] = index;
        return index;
      },
      some: (n, count) => {
        const first = choose(new Array(n).fill(1));
        taken[step - 1] = first;
        return Array.from({ length: Math.min(n, count) }, (_, place) => (first + place) % n);
      },
    });
    ways.push({ result, probability });
    // The last branch first: paths are visited in the order of their choices, each once.
    for (const [depth, possible] of [...branches.entries()].reverse()) {
      const at = path.length + depth;
      for (const index of possible.slice(1)) explore([...taken.slice(0, at), index]);
    }
  };
  explore([]);
  return ways;
}
