import assert from "node:assert/strict";
import { fromEngineValue, UNKNOWN } from "../../model/unknown";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

describe("model/unknown", () => {
  it("turns every engine sentinel into UNKNOWN, at any depth", () => {
    const value = {
      a: ["04da6b54-80e4-46f7-96ec-b56ff0331ba9", 1],
      b: { c: "3eeb2bf0-c639-47a8-9e75-3b44932eb421" },
    };
    assert.deepEqual(fromEngineValue(value), { a: [UNKNOWN, 1], b: { c: UNKNOWN } });
  });

  it("opens a secret with a plain text and leaves an encrypted one unknown", () => {
    assert.equal(fromEngineValue({ [SIGNATURE]: SECRET, plaintext: '"hunter2"' }), "hunter2");
    assert.equal(fromEngineValue({ [SIGNATURE]: SECRET, ciphertext: "v1:abc" }), UNKNOWN);
    assert.equal(fromEngineValue({ [SIGNATURE]: SECRET, plaintext: "{half" }), UNKNOWN);
  });

  it("leaves plain values alone", () => {
    assert.deepEqual(fromEngineValue({ a: null, b: false, c: "", d: 0 }), { a: null, b: false, c: "", d: 0 });
  });
});
