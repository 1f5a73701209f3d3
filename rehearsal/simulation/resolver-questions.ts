import { indexAt } from "./chance";
import type { PlaceShare } from "./place";
import type { ResolverDraws } from "./resolver-draws";

/** Where the resolvers of a cutover stand, and what their name servers draw for each of their questions. */
export class ResolverQuestions {
  private readonly placeIndexes: Int32Array;
  /** Questions that a resolver has asked in this cutover whose answers were drawn. */
  private readonly asked: Int32Array;
  private readonly weights: readonly number[];
  private resolver = 0;
  private cutover = 0;

  constructor(
    private readonly random: readonly ResolverDraws[],
    places: readonly PlaceShare[],
  ) {
    this.placeIndexes = new Int32Array(random.length);
    this.asked = new Int32Array(random.length);
    this.weights = places.map(({ weight }) => weight);
  }

  /** Everybody stands somewhere else, and has asked nothing. */
  startCutover(cutover: number): void {
    this.cutover = cutover;
    this.asked.fill(0);
    if (this.weights.length < 2) return;
    for (const [resolver, { place }] of this.random.entries()) {
      this.placeIndexes[resolver] = indexAt(this.weights, place.uniform(cutover));
    }
  }

  /** Index among the places. */
  placeOf(resolver: number): number {
    return this.placeIndexes[resolver] as number;
  }

  /** What draws for the next questions of this resolver, until it is asked for another; made once. */
  of(resolver: number): () => number {
    this.resolver = resolver;
    return this.draw;
  }

  private readonly draw = (): number => {
    const question = this.asked[this.resolver] as number;
    this.asked[this.resolver] = question + 1;
    return (this.random[this.resolver] as ResolverDraws).answer.uniform(this.cutover, question);
  };
}
