import assert from "node:assert/strict";
import { saidCost } from "../../../drill/seeds/cost-claims";
import { SEEDS } from "../../../drill/seeds/render-seeds";

describe("drill/seeds/cost-claims", () => {
  it("knows what every seed says of money, once", () => {
    assert.deepEqual(
      SEEDS.map((seed) => {
        const said = saidCost(seed);
        return [
          seed.number,
          said.kind,
          said.kind === "no-amount" ? said.short : `${said.of} ${said.monthlyUsd}`,
        ];
      }),
      [
        ["000", "amount", "stack 4"],
        ["001", "amount", "stack 1.5"],
        ["002", "no-amount", "two buckets"],
        ["003", "under", "standby 50"],
        ["004", "no-amount", "unnamed"],
      ],
    );
    for (const seed of SEEDS) if (seed.cost) assert.equal(saidCost(seed).says, seed.cost.says);
  });

  it("makes nothing up for a seed that it does not know", () => {
    assert.throws(() => saidCost({ number: "005" }), /^Error: what seed 005 says of money is not known$/);
  });
});
