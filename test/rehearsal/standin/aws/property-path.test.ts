import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { holdsUnknown, placesAt, replaceAt } from "../../../../rehearsal/standin/aws/property-path";

const TABLE = { name: "t", replicas: [{ regionName: "us-west-2" }, { regionName: "eu-west-1", arn: "a" }] };

describe("standin/aws/property-path", () => {
  it("finds one place per member of a list", () => {
    assert.deepEqual(placesAt(TABLE, "name"), [{ written: "name", value: "t" }]);
    assert.deepEqual(placesAt(TABLE, "replicas[].arn"), [
      { written: "replicas[0].arn", value: undefined },
      { written: "replicas[1].arn", value: "a" },
    ]);
  });

  it("finds nothing inside what is absent, and the unknown itself inside the unknown", () => {
    assert.deepEqual(placesAt(TABLE, "aliases[].name"), []);
    assert.deepEqual(placesAt(TABLE, "ttl.enabled"), []);
    assert.deepEqual(placesAt({ replicas: UNKNOWN }, "replicas[].arn"), [
      { written: "replicas", value: UNKNOWN },
    ]);
  });

  it("replaces every named place in a copy", () => {
    const copy = replaceAt(TABLE, "replicas[].arn", () => UNKNOWN);
    assert.deepEqual(copy, {
      name: "t",
      replicas: [
        { regionName: "us-west-2", arn: UNKNOWN },
        { regionName: "eu-west-1", arn: UNKNOWN },
      ],
    });
    assert.equal(TABLE.replicas[0]?.arn, undefined);
    assert.deepEqual(
      replaceAt({ a: 1 }, "b.c", () => 2),
      { a: 1 },
    );
    assert.deepEqual(
      replaceAt({ a: 1 }, "b", () => 2),
      { a: 1, b: 2 },
    );
  });

  it("sees an unknown value however deep it sits", () => {
    assert.equal(holdsUnknown({ a: [{ b: UNKNOWN }] }), true);
    assert.equal(holdsUnknown({ a: [{ b: null }], c: undefined }), false);
  });
});
