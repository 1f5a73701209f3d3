import assert from "node:assert/strict";
import { RecentMap } from "../../../rehearsal/loopback/recent-map";

describe("rehearsal/loopback/recent-map", () => {
  it("holds twice its size at most, however many keys come", () => {
    const map = new RecentMap<number, number>(100);
    let most = 0;
    for (let key = 0; key < 10_000; key++) {
      map.set(key, key);
      most = Math.max(most, map.held);
    }
    assert.equal(most, 200);
    assert.equal(map.get(9_999), 9_999);
    assert.equal(map.get(0), undefined);
  });

  it("keeps what is used through any number of keys that are not", () => {
    const map = new RecentMap<string, string>(10);
    map.set("used", "here");
    for (let key = 0; key < 1_000; key++) {
      map.set(`noise ${key}`, "");
      assert.equal(map.get("used"), "here");
    }
  });

  it("keeps the last `size` keys, and gives the latest value", () => {
    const map = new RecentMap<number, string>(3);
    for (const key of [1, 2, 3, 4]) map.set(key, `${key}`);
    map.set(2, "two");
    assert.deepEqual(
      [2, 3, 4].map((key) => map.get(key)),
      ["two", "3", "4"],
    );
  });
});
