import assert from "node:assert/strict";
import { checkPath } from "../../../stacks/settings/check-path";

const read = checkPath("/health");
const allowed = (text: string) => {
  const reading = read(text);
  return reading.kind === "refused" ? reading.allowed : undefined;
};

describe("stacks/settings/check-path", () => {
  it("takes a path as it is", () => {
    for (const path of ["/", "/health", "/healthz?deep=1&x=%20", `/${"a".repeat(254)}`]) {
      assert.deepEqual(read(path), { kind: "value", value: path });
    }
  });

  it("says what is wrong with another text, and proposes the usual path", () => {
    assert.deepEqual(
      [
        "",
        "health",
        "https://a.example.com/health",
        "/he alth",
        "/h\u00e4lth",
        "/health#top",
        `/${"a".repeat(255)}`,
      ].map(allowed),
      [
        "a path that begins with /",
        "a path that begins with /",
        "a path without a scheme and a host",
        "a path without spaces, in ASCII",
        "a path without spaces, in ASCII",
        "a path without a fragment",
        "a path of up to 255 characters",
      ],
    );
    const reading = read("");
    assert.equal(reading.kind === "refused" && reading.lever, "/health");
  });
});
