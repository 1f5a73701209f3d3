import assert from "node:assert/strict";
import { BUCKET_NAME_LENGTH_MAX, bucketNameProblem } from "../../model/bucket-name";

const LETTERS = "3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at both ends";

describe("model/bucket-name", () => {
  it("takes the names that S3 takes, both ends of their length included", () => {
    for (const name of ["abc", "a".repeat(63), "www.example.com", "a-b", "1.2.3", "1.2.3.4.5", "a0b"]) {
      assert.equal(bucketNameProblem(name), undefined, name);
    }
    assert.equal(BUCKET_NAME_LENGTH_MAX, 63);
  });

  const refused: readonly (readonly [name: string, problem: string])[] = [
    ["", LETTERS],
    ["ab", LETTERS],
    ["a".repeat(64), LETTERS],
    ["Abc", LETTERS],
    ["a_b", LETTERS],
    ["-ab", LETTERS],
    ["ab-", LETTERS],
    [".ab", LETTERS],
    ["a..b", "a name without two dots in a row"],
    ["192.0.2.1", "a name that is not written as an IP address"],
    ["xn--abc", "a name that does not begin with xn--"],
    ["sthree-a", "a name that does not begin with sthree-"],
    ["amzn-s3-demo-a", "a name that does not begin with amzn-s3-demo-"],
    ["a-s3alias", "a name that does not end in -s3alias"],
    ["a--ol-s3", "a name that does not end in --ol-s3"],
    ["a.mrap", "a name that does not end in .mrap"],
    ["a--x-s3", "a name that does not end in --x-s3"],
    ["a--table-s3", "a name that does not end in --table-s3"],
  ];
  for (const [name, problem] of refused) {
    it(`refuses ${JSON.stringify(name.length > 20 ? `${name.slice(0, 3)}... (${name.length})` : name)}`, () => {
      assert.equal(bucketNameProblem(name), problem);
    });
  }
});
