import assert from "node:assert/strict";
import { queriedRouting, queriesMicroUsd, queryPriceText } from "../../../policy/prices/route53-price";

describe("policy/prices/route53-price", () => {
  it("prices queries by the million, to the micro-dollar", () => {
    assert.deepEqual(
      [0, 1, 2, 3, 1_000_000, 26_280_000].map((queries) => queriesMicroUsd(queries)),
      [0, 0, 1, 1, 400_000, 10_512_000],
    );
  });

  it("prices queries by the routing of the records that are asked", () => {
    const kinds = ["simple", "failover", "weighted", "multivalue", "latency", "geolocation"] as const;
    const asked = [...kinds, "geoproximity", "cidr"] as const;
    assert.deepEqual(asked.map(queryPriceText), [
      ...["$0.40", "$0.40", "$0.40", "$0.40", "$0.60", "$0.70", "$0.70", "$0.80"],
    ]);
    // 1,500,000 queries at 0.40, 0.60, 0.70 and 0.80 USD a million.
    assert.deepEqual(
      (["weighted", "latency", "geolocation", "cidr"] as const).map((routing) =>
        queriesMicroUsd(1_500_000, routing),
      ),
      [600_000, 900_000, 1_050_000, 1_200_000],
    );
  });

  it("has no price for a policy that is not in the list", () => {
    const other = (policy: string) => queriedRouting({ kind: "other", policy });
    assert.deepEqual(
      [other("cidr"), other("geoproximity"), other("nearest"), other("toString"), other("")],
      ["cidr", "geoproximity", undefined, undefined, undefined],
    );
    assert.equal(queriedRouting({ kind: "latency", region: "us-east-1" }), "latency");
  });
});
