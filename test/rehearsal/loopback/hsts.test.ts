import assert from "node:assert/strict";
import { HstsMemory } from "../../../rehearsal/loopback/hsts";

const HOST = "www.example.com";

/** Whether a browser that got this header at 0 ms keeps to HTTPS for a host at a moment. */
function held(header: string | undefined, host: string, atMs: number, scheme: "http" | "https" = "https") {
  const memory = new HstsMemory();
  memory.note(HOST, scheme, header === undefined ? {} : { "strict-transport-security": header }, 0);
  return memory.holds(host, atMs);
}

describe("rehearsal/loopback/hsts", () => {
  it("holds until max-age is over, and at that moment no more", () => {
    assert.equal(held("max-age=300", HOST, 299_999), true);
    assert.equal(held('max-age="300"', HOST, 0), true);
    assert.equal(held("max-age=300", HOST, 300_000), false);
    assert.equal(held("max-age=0", HOST, 0), false);
  });

  it("takes note of replies by HTTPS only, and of nothing without a max-age", () => {
    assert.equal(held("max-age=300", HOST, 0, "http"), false);
    for (const header of [undefined, "", "includeSubDomains", "max-age=soon"])
      assert.equal(held(header, HOST, 0), false);
  });

  it("holds names below the host only where the header includes them", () => {
    assert.equal(held("max-age=300; includeSubDomains", `a.${HOST}`, 0), true);
    assert.equal(held("max-age=300", `a.${HOST}`, 0), false);
    assert.equal(held("max-age=300; includeSubDomains", "example.com", 0), false);
    assert.equal(held("max-age=300; includeSubDomains", `x${HOST}`, 0), false);
  });

  it("forgets a host that says 0 later", () => {
    const memory = new HstsMemory();
    memory.note(HOST, "https", { "strict-transport-security": "max-age=300" }, 0);
    memory.note(HOST, "https", { "strict-transport-security": "max-age=0" }, 1_000);
    assert.equal(memory.holds(HOST, 1_000), false);
  });
});
