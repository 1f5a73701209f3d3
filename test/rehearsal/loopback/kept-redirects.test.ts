import assert from "node:assert/strict";
import { KeptRedirects } from "../../../rehearsal/loopback/kept-redirects";

const FROM = "http://www.example.com/";
const TO = new URL("https://www.example.com/");

/** Where a browser goes from the URL at a moment, that was redirected there at 0 ms. */
function keptAt(nowMs: number, status: number, cacheControl?: string): string | undefined {
  const redirects = new KeptRedirects();
  redirects.note(
    FROM,
    { status, headers: cacheControl === undefined ? {} : { "cache-control": cacheControl } },
    TO,
    0,
  );
  assert.equal(redirects.targetOf(`${FROM}other`, nowMs), undefined);
  return redirects.targetOf(FROM, nowMs)?.href;
}

describe("rehearsal/loopback/kept-redirects", () => {
  it("keeps permanent redirects for good, and no others", () => {
    const years = 10 * 365 * 86_400_000;
    for (const status of [301, 308]) assert.equal(keptAt(years, status), TO.href);
    for (const status of [200, 302, 303, 307]) assert.equal(keptAt(0, status), undefined);
  });

  it("keeps one with a max-age until that is over, and at that moment no more", () => {
    for (const cacheControl of ["max-age=300", 'public, Max-Age="300"']) {
      assert.equal(keptAt(299_999, 301, cacheControl), TO.href);
      assert.equal(keptAt(300_000, 301, cacheControl), undefined);
    }
    assert.equal(keptAt(0, 301, "max-age=0"), undefined);
  });

  it("keeps none that forbids it", () => {
    for (const cacheControl of ["no-store", "no-cache", "private, NO-STORE", "max-age=300,no-cache"])
      assert.equal(keptAt(0, 301, cacheControl), undefined);
    assert.equal(keptAt(0, 301, "private"), TO.href);
  });

  it("takes the later of two for the same URL", () => {
    const redirects = new KeptRedirects();
    const moved = { status: 301, headers: {} };
    redirects.note(FROM, moved, TO, 0);
    redirects.note(FROM, moved, new URL("https://example.com/"), 1);
    assert.equal(redirects.targetOf(FROM, 1)?.href, "https://example.com/");
  });
});
