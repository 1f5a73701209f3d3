import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { playSeed } from "../../../drill/seeds/play-seed";
import {
  percentText,
  renderIntro,
  renderSeed,
  SEEDS,
  SEEDS_COMMAND,
  SEEDS_DOC,
} from "../../../drill/seeds/render-seeds";

const written = readFileSync(path.resolve(__dirname, "../../..", SEEDS_DOC), "utf8");
describe("drill/seeds/render-seeds", () => {
  for (const seed of SEEDS) {
    it(`stands in docs/seeds.md with what seed ${seed.number} gives now (else: ${SEEDS_COMMAND})`, function () {
      this.timeout(20_000);
      const start = written.indexOf(`## Seed ${seed.number}:`);
      assert.ok(start >= 0, "it is not there");
      const end = written.indexOf("## Seed", start + 1);
      assert.equal(written.slice(start, end < 0 ? undefined : end).trimEnd(), renderSeed(seed).trimEnd());
    });
  }

  it(`holds the five seeds in order and nothing else (else: ${SEEDS_COMMAND})`, () => {
    const headings = [...written.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    assert.deepEqual(
      headings,
      SEEDS.map(({ number, system }) => `Seed ${number}: \`${system}\``),
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

  it("never rounds a share to none or to all", () => {
    assert.deepEqual([0, 0.0009, 0.001, 0.5, 0.999, 0.9991, 1].map(percentText), [
      "0 %",
      "under 0.1 %",
      "0.1 %",
      "50.0 %",
      "99.9 %",
      "over 99.9 %",
      "100 %",
    ]);
  });
});
