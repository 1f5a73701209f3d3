import assert from "node:assert/strict";
import { lostOf } from "../../../rehearsal/loopback/lost-writes";

describe("rehearsal/loopback/lost-writes", () => {
  it("says nothing of writes that nobody was promised, and counts those that are missing all the same", () => {
    assert.equal(lostOf({ acknowledged: 0, lost: 0 }), null);
    assert.equal(lostOf({ acknowledged: 1, lost: 0 }), 0);
    assert.equal(lostOf({ acknowledged: 5, lost: 2 }), 2);
    assert.equal(lostOf({ acknowledged: 0, lost: 3 }), 3);
  });
});
