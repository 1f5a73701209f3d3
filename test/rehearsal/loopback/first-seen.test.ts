import assert from "node:assert/strict";
import { FirstSeen } from "../../../rehearsal/loopback/first-seen";

describe("rehearsal/loopback/first-seen", () => {
  it("keeps the first sight of the endpoint from the moment on", () => {
    const seen = new FirstSeen();
    seen.see("standby", 1);
    assert.equal(seen.afterSeconds, null);
    seen.lookFor("standby", 10);
    seen.see("standby", 9.999);
    seen.see("primary", 11);
    seen.see(null, 12);
    assert.equal(seen.afterSeconds, null);
    seen.see("standby", 12.345);
    seen.see("standby", 13);
    assert.equal(seen.afterSeconds, 2.345);
  });

  it("counts a sight at the very moment", () => {
    const seen = new FirstSeen();
    seen.lookFor("standby", 10);
    seen.see("standby", 10);
    assert.equal(seen.afterSeconds, 0);
  });

  it("forgets when it looks for something else", () => {
    const seen = new FirstSeen();
    seen.lookFor("standby", 0);
    seen.see("standby", 1);
    seen.lookFor("primary", 2);
    assert.equal(seen.afterSeconds, null);
    seen.see("standby", 3);
    assert.equal(seen.afterSeconds, null);
  });
});
