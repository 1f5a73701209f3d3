import assert from "node:assert/strict";
import { GivenInputs } from "../../policy/given-inputs";
import { UNKNOWN_TEXT } from "./policy-resources";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

describe("policy/given-inputs", () => {
  it("keeps the names of what was given and is not known, a secret's too", () => {
    const given = new GivenInputs();
    given.note("urn:a", {
      known: 1,
      none: null,
      open: UNKNOWN_TEXT,
      secret: { [SIGNATURE]: SECRET, value: UNKNOWN_TEXT },
      shown: { [SIGNATURE]: SECRET, value: 60 },
      deeper: { one: UNKNOWN_TEXT },
    });
    assert.deepEqual(given.unknownOf("urn:a"), ["open", "secret"]);
  });

  it("tells resources without such a value from those that it never saw, and takes the last word on each", () => {
    const given = new GivenInputs();
    given.note("urn:a", { open: UNKNOWN_TEXT });
    given.note("urn:a", { open: 1 });
    assert.deepEqual(given.unknownOf("urn:a"), []);
    assert.equal(given.unknownOf("urn:b"), undefined);
  });
});
