import assert from "node:assert/strict";
import { runInNewContext } from "node:vm";
import { folderIndexCode } from "../../components/folder-index-code";

/** What the function makes of a visitor's request. */
const uriAfter = (uri: string, indexDocument = "index.html") =>
  runInNewContext(`${folderIndexCode(indexDocument)}; handler(event)`, { event: { request: { uri } } })
    .uri as string;

describe("components/folder-index-code", () => {
  const cases: readonly (readonly [uri: string, asked: string])[] = [
    ["/", "/index.html"],
    ["/docs/", "/docs/index.html"],
    ["/docs", "/docs"],
    ["/docs/a.html", "/docs/a.html"],
    ["/docs//", "/docs//index.html"],
  ];
  for (const [uri, asked] of cases) {
    it(`asks for ${asked} where a visitor asks for ${uri}`, () => assert.equal(uriAfter(uri), asked));
  }

  it("takes any name for the index, quotes included", () => {
    assert.equal(uriAfter("/", 'a"b.html'), '/a"b.html');
  });

  it("leaves the rest of the request as it is", () => {
    const request = { uri: "/", method: "GET", querystring: { a: { value: "b" } } };
    const after = runInNewContext(`${folderIndexCode("index.html")}; handler(event)`, { event: { request } });
    assert.deepEqual({ ...after }, { ...request, uri: "/index.html" });
  });

  it("is far below the 10 KB that CloudFront takes", () => {
    assert.ok(folderIndexCode("index.html").length < 1_000);
  });
});
