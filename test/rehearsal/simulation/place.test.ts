import assert from "node:assert/strict";
import {
  distanceKm,
  EVENLY_SPREAD,
  HOME_PLACE,
  type Place,
  placeBeside,
} from "../../../rehearsal/simulation/place";

const place = (name: string): Place => placeBeside(name) ?? assert.fail(name);

describe("rehearsal/simulation/place", () => {
  it("measures great circles: nothing to itself, half the Earth to the other side, and a known distance", () => {
    assert.equal(distanceKm(HOME_PLACE, HOME_PLACE), 0);
    const antipode = { ...HOME_PLACE, latitude: -HOME_PLACE.latitude, longitude: HOME_PLACE.longitude + 180 };
    assert.ok(Math.abs(distanceKm(HOME_PLACE, antipode) - Math.PI * 6_371) < 1e-6);
    // London to Paris, 344 km.
    assert.ok(Math.abs(distanceKm(place("eu-west-2"), place("eu-west-3")) - 344) < 12);
    // Over the date line: Tokyo is nearer to Oregon than London is to Tokyo.
    const tokyo = place("ap-northeast-1");
    assert.ok(distanceKm(tokyo, place("us-west-2")) < distanceKm(tokyo, place("eu-west-2")));
    assert.equal(distanceKm(tokyo, HOME_PLACE), distanceKm(HOME_PLACE, tokyo));
  });

  it("has each region once, on the globe", () => {
    const names = EVENLY_SPREAD.map((share) => share.place.name);
    assert.equal(new Set(names).size, names.length);
    for (const { place: each } of EVENLY_SPREAD) {
      assert.ok(Math.abs(each.latitude) < 90 && Math.abs(each.longitude) <= 180, each.name);
      assert.match(each.country, /^[A-Z]{2}$/);
    }
  });

  it("knows no place for a region that it does not list", () => {
    assert.equal(placeBeside("xx-north-9"), undefined);
  });
});
