import assert from "node:assert/strict";
import fc from "fast-check";
import { cacheControlOf, contentTypeOf, siteFiles, UNKNOWN_CONTENT_TYPE } from "../../model/site-files";

const PAGE = "public, max-age=60";
const PART = "public, max-age=86400";
const YEAR = "public, max-age=31536000, immutable";

describe("model/site-files", () => {
  const types: readonly (readonly [key: string, type: string])[] = [
    ["index.html", "text/html; charset=utf-8"],
    ["about/INDEX.HTML", "text/html; charset=utf-8"],
    ["style.css", "text/css; charset=utf-8"],
    ["app.min.js", "text/javascript; charset=utf-8"],
    ["module.mjs", "text/javascript; charset=utf-8"],
    ["mark.svg", "image/svg+xml; charset=utf-8"],
    ["favicon.ico", "image/vnd.microsoft.icon"],
    ["photo.JPG", "image/jpeg"],
    ["font.woff2", "font/woff2"],
    ["data.json", "application/json"],
    ["site.webmanifest", "application/manifest+json"],
    ["robots.txt", "text/plain; charset=utf-8"],
    ["feed.xml", "application/xml; charset=utf-8"],
    ["archive.tar.gz", UNKNOWN_CONTENT_TYPE],
    ["LICENSE", UNKNOWN_CONTENT_TYPE],
    [".html", UNKNOWN_CONTENT_TYPE],
    ["folder.html/file", UNKNOWN_CONTENT_TYPE],
    ["a.constructor", UNKNOWN_CONTENT_TYPE],
    ["a.", UNKNOWN_CONTENT_TYPE],
  ];
  for (const [key, type] of types) {
    it(`serves ${key} as ${type}`, () => {
      assert.equal(contentTypeOf(key), type);
    });
  }

  const ages: readonly (readonly [key: string, cacheControl: string])[] = [
    ["index.html", PAGE],
    ["feed.xml", PAGE],
    ["LICENSE", PAGE],
    // A page keeps its name, whatever it looks like.
    ["report-0123abcd.html", PAGE],
    ["style.css", PART],
    ["mark.svg", PART],
    ["app.0123abc.js", PART],
    ["app.0123abcd.js", YEAR],
    ["app-0123ABCD.js", YEAR],
    [`app.${"0123abcd".repeat(8)}.css`, YEAR],
    [`app.${"0123abcd".repeat(8)}0.css`, PART],
    // Words may be made of these letters; hashes of eight and more of one kind alone are one in forty.
    ["the-defaced.png", PART],
    ["a-deadbeef.png", PART],
    ["0123abcd.js", PART],
    // A date is no hash either.
    ["photo-20240115.jpg", PART],
    ["report.20241231.pdf", PART],
    ["photo-2024011a.jpg", YEAR],
  ];
  for (const [key, cacheControl] of ages) {
    it(`lets ${key.length > 40 ? `${key.slice(0, 12)}... (${key.length})` : key} be kept: ${cacheControl}`, () => {
      assert.equal(cacheControlOf(key), cacheControl);
    });
  }

  it("lists every file once, in the order of the keys", () => {
    assert.deepEqual(siteFiles(["style.css", "index.html"]), [
      { key: "index.html", contentType: "text/html; charset=utf-8", cacheControl: PAGE },
      { key: "style.css", contentType: "text/css; charset=utf-8", cacheControl: PART },
    ]);
  });

  it("gives every key whatever a media type and a cache control", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (keys) => {
        const files = siteFiles(keys);
        assert.deepEqual(
          files.map(({ key }) => key),
          [...keys].sort(),
        );
        for (const { contentType, cacheControl } of files) {
          assert.match(contentType, /^[a-z]+\/[\w.+-]+(; charset=utf-8)?$/);
          assert.match(cacheControl, /^public, max-age=\d+(, immutable)?$/);
        }
      }),
    );
  });
});
