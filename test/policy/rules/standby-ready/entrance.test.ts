import assert from "node:assert/strict";
import { away, BUCKET, DISTRIBUTION, of, verdict, WEBSITE } from "./standby";

describe("policy/rules/standby-ready/entrance", () => {
  it("refuses a distribution that is not enabled", () => {
    assert.deepEqual(verdict(DISTRIBUTION, { enabled: true }), ["pass", "enabled"]);
    assert.deepEqual(
      of(DISTRIBUTION, { enabled: false }),
      away(
        DISTRIBUTION,
        "enabled",
        "has enabled false, so it refuses every request; allowed: true; set enabled to true (free until it is asked)",
      ),
    );
    assert.deepEqual(verdict(DISTRIBUTION), ["fail", "enabled"]);
  });

  it("refuses a website without index document", () => {
    assert.deepEqual(
      of(WEBSITE),
      away(
        WEBSITE,
        "indexDocument.suffix",
        "has no indexDocument.suffix, so its root is an error page; allowed: the name of a page; set " +
          "indexDocument.suffix to index.html (free)",
      ),
    );
    assert.deepEqual(verdict(WEBSITE, { indexDocument: { suffix: "index.html" } })[0], "pass");
    assert.deepEqual(verdict(WEBSITE, { redirectAllRequestsTo: { hostName: "a.example.com" } })[0], "pass");
    assert.deepEqual(verdict(BUCKET), ["pass", "website"]);
    assert.deepEqual(verdict(BUCKET, { website: { errorDocument: "e.html" } }), [
      "fail",
      "website.indexDocument",
    ]);
    assert.deepEqual(verdict(BUCKET, { website: { indexDocument: "i.html" } })[0], "pass");
  });
});
