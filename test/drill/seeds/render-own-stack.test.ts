import assert from "node:assert/strict";
import { renderOwnStack } from "../../../drill/seeds/render-own-stack";
import { SEEDS } from "../../../drill/seeds/render-seeds";
import type { Seed } from "../../../drill/seeds/seed";
import type { StackResource } from "../../../model/stack-resource";
import { scenarioNames } from "../../../rehearsal/simulation/scenario";

const FEW = { cutovers: 10, resolvers: 5, seed: 7 };

const seedOf = (number: string) => SEEDS.find((seed) => seed.number === number) ?? assert.fail(number);
/** The document's own configuration in the place of a stack. */
const ownPlay = (seed: Seed, name: string) =>
  seed.plays.find((play) => play.name === name)?.resources ?? assert.fail(name);

describe("drill/seeds/render-own-stack", () => {
  it("knows every document's drill, each another one", () => {
    const drills = SEEDS.map(({ drill }) => drill.scenario);
    assert.deepEqual(
      drills.toSorted(),
      scenarioNames()
        .filter((name) => name.startsWith("drill-"))
        .sort(),
    );
    for (const { plays, drill } of SEEDS) assert.ok(plays.some(({ name }) => name === drill.play));
    for (const { claims, drill } of SEEDS)
      assert.equal(
        claims.length > 0,
        claims.some(({ play }) => play === drill.play),
      );
  });

  /** The paragraph under the heading, from what happened on. */
  const happened = (seed: Seed, resources: readonly StackResource[]) =>
    /Bound: [^.]*\. (.*?\.)( |$)/m.exec(renderOwnStack(seed, resources, FEW))?.[1];

  it("says what visitors met: a needless failover, nothing at all, or failed requests", () => {
    const [homelab, site, server] = [seedOf("000"), seedOf("002"), seedOf("004")];
    assert.equal(
      happened(homelab, ownPlay(homelab, "closet")),
      "No request failed: the name fails over although only the health path is gone.",
    );
    assert.equal(
      happened(site, ownPlay(site, "site")),
      "No request failed: the health check sees nothing of it, and DNS stays as it is.",
    );
    assert.match(
      happened(server, ownPlay(server, "server")) ?? "",
      /^Of the requests 100 % failed at first, .*none from \d+ s on\.$/,
    );
  });

  it("compares the claims of the drill's own play, and none where the document has none", () => {
    const api = seedOf("003");
    const said = (seed: Seed, play: string) =>
      [...renderOwnStack(seed, ownPlay(seed, play), FEW).matchAll(/^\| (.*?) \| at most/gm)].map(
        ([, says]) => says,
      );
    assert.deepEqual(said(api, "10 s x 3"), [
      "recovery in under 5 minutes, checked every 10 s, three failures",
    ]);
    assert.deepEqual(said(seedOf("002"), "site"), []);
  });

  it("sets the price of what the document counts apart from the rest", () => {
    const prices = (number: string, play: string) =>
      renderOwnStack(seedOf(number), ownPlay(seedOf(number), play), FEW)
        .split("\n")
        .find((line) => line.includes("while idle"));
    assert.equal(
      prices("001", "gateways"),
      "- `data-relay` while idle, at list prices: $2.00 a month (against the document's number: $0.50 above). What the " +
        "document speaks of: $1.50 (2 x health check, endpoint not surely in AWS $1.50). Beside that: $0.50 (hosted " +
        "zone $0.50).",
    );
    assert.match(
      prices("003", "10 s x 3") ?? "",
      /a month \(against the document's number: holds\)\. What the/,
    );
    assert.match(prices("004", "server") ?? "", /a month: public IPv4 address \$3\.65; /);
  });

  it("refuses a drill that is no scenario, and a stack without a name to fail over", () => {
    const seed = seedOf("001");
    const unknown = { ...seed, drill: { ...seed.drill, scenario: "drill-none" } };
    assert.throws(() => renderOwnStack(unknown, ownPlay(seed, "gateways"), FEW), {
      message: "the drill of seed 001 is drill-none, which is no scenario",
    });
    assert.throws(() => renderOwnStack(seed, [], FEW), {
      message: "the stack data-relay has no set of answers to play",
    });
  });
});
