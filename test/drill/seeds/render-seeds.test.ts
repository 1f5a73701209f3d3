import assert from "node:assert/strict";
import { playSeed } from "../../../drill/seeds/play-seed";
import { OWN_STACK_HEADING } from "../../../drill/seeds/render-own-stack";
import { renderIntro, renderSeed, SEEDS, SEEDS_COMMAND } from "../../../drill/seeds/render-seeds";
import { WRITTEN as written } from "./own-stack-part";

describe("drill/seeds/render-seeds", () => {
  for (const seed of SEEDS) {
    it(`stands in docs/seeds.md with what seed ${seed.number} gives now (else: ${SEEDS_COMMAND})`, function () {
      this.timeout(60_000);
      const start = written.indexOf(`## Seed ${seed.number}:`);
      assert.ok(start >= 0, "it is not there");
      const end = written.indexOf(OWN_STACK_HEADING, start);
      assert.equal(written.slice(start, end).trimEnd(), renderSeed(seed).trimEnd());
    });
  }

  it(`holds the five seeds in order and nothing else (else: ${SEEDS_COMMAND})`, () => {
    const headings = [...written.matchAll(/^#{2,} .*$/gm)].map(([heading]) => heading);
    assert.deepEqual(
      headings,
      SEEDS.flatMap(({ number, system, stack }) => [
        `## Seed ${number}: \`${system}\``,
        `${OWN_STACK_HEADING} \`${stack}\``,
      ]),
    );
    assert.equal(SEEDS.length, 5);
    assert.equal(written.slice(0, written.indexOf("## Seed")).trimEnd(), renderIntro().trimEnd());
  });

  it("breaks no invariant with any seed, and compares each claim with something measured", () => {
    for (const { plays, claims } of SEEDS) {
      const played = new Map(
        plays.map((play) => [play.name, playSeed(play, { cutovers: 10, resolvers: 5, seed: 7 })]),
      );
      for (const { bound, violations } of played.values()) {
        assert.deepEqual([bound.kind, violations], ["bound", 0]);
      }
      for (const { play, measure } of claims) {
        assert.ok((played.get(play)?.measured[measure].count ?? 0) > 0, `${play} ${measure}`);
      }
    }
  });

  it("gives the same text twice, and another with another seed", () => {
    const [seed = assert.fail()] = SEEDS;
    const render = (number: number) => renderSeed(seed, { cutovers: 20, resolvers: 5, seed: number });
    assert.equal(render(1), render(1));
    assert.notEqual(render(1), render(2));
  });
});
