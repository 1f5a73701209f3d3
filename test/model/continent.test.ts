import assert from "node:assert/strict";
import { continentOf } from "../../model/continent";
import { EVENLY_SPREAD } from "../../rehearsal/simulation/place";

describe("model/continent", () => {
  it("agrees with every place that the simulation has a resolver at", () => {
    for (const { place } of EVENLY_SPREAD) {
      assert.equal(continentOf(place.country), place.continent, place.name);
    }
  });

  it("does not know what is counted to two continents, or is no country", () => {
    assert.deepEqual(["CY", "TL", "XX", ""].map(continentOf), [undefined, undefined, undefined, undefined]);
    assert.deepEqual(["UA", "EG", "AQ"].map(continentOf), ["EU", "AF", "AN"]);
  });
});
