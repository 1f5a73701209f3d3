import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Properties, UNKNOWN } from "../../../model/unknown";
import { bucketObjects } from "../../../rehearsal/loopback/stored-objects";
import { resource } from "../../model/stack-fixture";

const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";
const object = (key: Properties[string], properties: Properties, bucket = "one") =>
  resource(OBJECT, String(key), { bucket, key, ...properties });
const shown = (...objects: ReturnType<typeof object>[]) =>
  [...bucketObjects(objects, "one")].map(([key, { body, contentType, cacheControl }]) => [
    key,
    body.toString(),
    contentType,
    cacheControl,
  ]);

describe("rehearsal/loopback/stored-objects", () => {
  it("takes the content as it is given: text, base64, or the text or file of an asset", () => {
    const file = "site-maintenance/index.html";
    assert.deepEqual(
      shown(
        object("a", { content: "text", contentType: "text/plain", cacheControl: "no-store" }),
        object("b", { contentBase64: Buffer.from("more").toString("base64") }),
        object("c", { source: { text: "asset" } }),
        object("d", { source: { path: file } }),
      ),
      [
        ["a", "text", "text/plain", "no-store"],
        ["b", "more", "binary/octet-stream", undefined],
        ["c", "asset", "binary/octet-stream", undefined],
        ["d", readFileSync(path.join(__dirname, "../../..", file), "utf8"), "binary/octet-stream", undefined],
      ],
    );
  });

  it("leaves other buckets and keys that are not known yet", () => {
    assert.deepEqual(shown(object("a", { content: "x" }, "two"), object(UNKNOWN, { content: "x" })), []);
  });

  it("says which file is gone", () => {
    assert.throws(() => shown(object("a", { source: { path: "gone/index.html" } })), {
      message: "a: gone/index.html is not there; run the rehearsal in the project",
    });
  });
});
