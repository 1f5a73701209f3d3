import assert from "node:assert/strict";
import fc from "fast-check";
import { parseProfileId, parseProfileWrite } from "../../../functions/profile-api/profile-request";

const JSON_TYPE = "application/json";

function parse(
  body: string | undefined,
  contentType: string | undefined = JSON_TYPE,
  isBase64Encoded = false,
) {
  return parseProfileWrite({ body, contentType, isBase64Encoded });
}

/** The code and message of a refusal, or what was understood. */
function outcome(fields: unknown) {
  const parsed = parse(JSON.stringify(fields));
  return parsed.kind === "ok" ? parsed.value : parsed.problem.message;
}

function codeOf(parsed: ReturnType<typeof parse>) {
  return parsed.kind === "ok" ? "ok" : `${parsed.problem.status} ${parsed.problem.code}`;
}

const DISPLAY_NAME = "displayName must be a line of 1 to 80 characters, not all blank.";
const BIO = "bio must be a text of at most 1000 characters.";
const INTERESTS =
  "interests must be a list of at most 20 different lines of 1 to 40 characters, none all blank.";

describe("functions/profile-api/profile-request", () => {
  it("takes ids of 1 to 64 letters, digits, - and _, beginning with a letter or digit", () => {
    const accepted = (id: string | undefined) => parseProfileId(id).kind === "ok";
    const good = ["a", "7", "Ada-Lovelace_1815", "a".repeat(64)];
    const bad = [undefined, "", "_healthz", "-a", "a".repeat(65), "a b", "a/b", "a%62", "ä", "a\n", "../a"];
    assert.deepEqual(good.filter(accepted), good);
    assert.deepEqual(bad.filter(accepted), []);
  });

  it("reads the fields and fills in what may be left out", () => {
    assert.deepEqual(outcome({ displayName: "Ada" }), {
      draft: { displayName: "Ada", bio: "", interests: [] },
      expectedVersion: undefined,
    });
    assert.deepEqual(outcome({ displayName: "Ada", bio: "a\n\tb", interests: ["x"], expectedVersion: 1 }), {
      draft: { displayName: "Ada", bio: "a\n\tb", interests: ["x"] },
      expectedVersion: 1,
    });
  });

  it("holds displayName to its bounds", () => {
    const good = ["x", "x".repeat(80), "🙂".repeat(80), " x "];
    const bad = ["", " ", "x".repeat(81), "🙂".repeat(81), "a\nb", "a\u0000", "\ud83d", 1, null, ["x"]];
    const refusals = (values: unknown[]) => values.map((displayName) => outcome({ displayName }));
    assert.deepEqual(refusals(bad), Array(bad.length).fill(DISPLAY_NAME));
    assert.deepEqual(
      refusals(good).filter((one) => typeof one === "string"),
      [],
    );
    assert.equal(outcome({}), DISPLAY_NAME);
  });

  it("holds bio and interests to their bounds", () => {
    const bio = (value: unknown) => outcome({ displayName: "Ada", bio: value });
    assert.equal(typeof bio("x".repeat(1000)), "object");
    assert.deepEqual([bio("x".repeat(1001)), bio("\u0007"), bio(null)], [BIO, BIO, BIO]);
    const interests = (value: unknown) => outcome({ displayName: "Ada", interests: value });
    const different = (count: number) => Array.from({ length: count }, (_, index) => `i${index}`);
    assert.equal(typeof interests(different(20)), "object");
    assert.equal(typeof interests(["x".repeat(40)]), "object");
    const bad = [different(21), ["x".repeat(41)], ["x", "x"], [""], [1], "x", null, { length: 0 }];
    assert.deepEqual(bad.map(interests), Array(bad.length).fill(INTERESTS));
  });

  it("takes whole versions from 1", () => {
    const version = (expectedVersion: unknown) => typeof outcome({ displayName: "Ada", expectedVersion });
    const bad = [0, -1, 1.5, "1", null, 2 ** 53].map(version);
    assert.deepEqual(bad, Array(6).fill("string"));
    assert.equal(version(2 ** 53 - 1), "object");
  });

  it("reports every wrong field at once and repeats no more than 40 characters of a name", () => {
    assert.equal(
      outcome({ bio: 1, [`"${"x".repeat(60)}`]: 1 }),
      `"\\"${"x".repeat(39)}..." is not a field; fields are displayName, bio, interests, expectedVersion; ` +
        `${DISPLAY_NAME.slice(0, -1)}; ${BIO}`,
    );
    const text = '{"displayName":"Ada","__proto__":{"bio":"x"}}';
    assert.equal(codeOf(parse(text)), "400 invalid_profile");
  });

  it("wants JSON, says so and tells the kinds of refusal apart", () => {
    const body = '{"displayName":"Ada"}';
    const types = [
      "application/json",
      "Application/JSON; charset=UTF-8",
      ' application/json;charset="utf-8" ',
    ];
    assert.deepEqual(
      types.map((type) => codeOf(parse(body, type))),
      ["ok", "ok", "ok"],
    );
    const others = ["", "text/plain", "application/json; charset=latin1", "application/jsonx"];
    assert.deepEqual(
      others.map((type) => codeOf(parse(body, type))),
      Array(4).fill("415 unsupported_media_type"),
    );
    assert.deepEqual(
      [undefined, "", "{", "nul", "{}x"].map((text) => codeOf(parse(text))),
      Array(5).fill("400 invalid_json"),
    );
    assert.deepEqual(
      ["null", "[]", '"x"', "1"].map((text) => codeOf(parse(text))),
      Array(4).fill("400 invalid_body"),
    );
  });

  it("decodes base64 and refuses bytes that are not UTF-8", () => {
    const base64 = (bytes: Buffer) => codeOf(parse(bytes.toString("base64"), JSON_TYPE, true));
    assert.equal(base64(Buffer.from('{"displayName":"Zoë"}')), "ok");
    assert.equal(base64(Buffer.from('{"displayName":"Zoë"}', "latin1")), "400 invalid_json");
  });

  it("takes 16384 bytes and not one more, before it looks inside", () => {
    const padded = (bytes: number) => '{"displayName":"Ada"}'.padEnd(bytes, " ");
    assert.equal(codeOf(parse(padded(16_384))), "ok");
    assert.equal(codeOf(parse(padded(16_385))), "413 body_too_large");
    assert.equal(codeOf(parse("ä".repeat(8_193))), "413 body_too_large");
    assert.equal(
      codeOf(parse(Buffer.alloc(16_385).toString("base64"), JSON_TYPE, true)),
      "413 body_too_large",
    );
  });

  it("never throws and never lets anything but the four fields through", () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        const parsed = parse(body);
        if (parsed.kind === "ok") {
          assert.deepEqual(Object.keys(parsed.value.draft), ["displayName", "bio", "interests"]);
        }
      }),
    );
  });
});
