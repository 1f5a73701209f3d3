import assert from "node:assert/strict";
import { VARIABLE_TEXT, wrongToolLines } from "../../../../functions/assistant/user-data/variable-texts";

describe("functions/assistant/user-data/variable-texts", () => {
  it("judges tools as the application does", () => {
    assert.deepEqual(wrongToolLines('[{"name":"lights","host":"100.64.0.10","port":8123}]'), []);
    assert.deepEqual(wrongToolLines("{"), ["not valid JSON; allowed: a list of tools"]);
  });

  it("takes 1 to 2000 characters that a single-quoted text may hold", () => {
    assert.deepEqual(
      ["", "a", "x".repeat(2_000), "x".repeat(2_001), "it's", "ä", "a\nb"].map((text) =>
        VARIABLE_TEXT.test(text),
      ),
      [false, true, true, false, false, false, false],
    );
  });
});
