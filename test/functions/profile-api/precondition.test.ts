import assert from "node:assert/strict";
import { isAlreadyKnown, parsePrecondition } from "../../../functions/profile-api/precondition";

function parse(given: Partial<Parameters<typeof parsePrecondition>[0]>) {
  const parsed = parsePrecondition({
    ifMatch: undefined,
    ifNoneMatch: undefined,
    expectedVersion: undefined,
    ...given,
  });
  return parsed.kind === "ok" ? parsed.value : parsed.problem.message;
}

describe("functions/profile-api/precondition", () => {
  it("reads each way of stating one", () => {
    assert.deepEqual(parse({}), { kind: "none" });
    assert.deepEqual(parse({ ifNoneMatch: "*" }), { kind: "absent" });
    assert.deepEqual(parse({ ifMatch: " * " }), { kind: "present" });
    assert.deepEqual(parse({ ifMatch: '"12-00ff00ff00ff"' }), {
      kind: "revision",
      version: 12,
      revision: "00ff00ff00ff",
    });
    assert.deepEqual(parse({ expectedVersion: 3 }), { kind: "version", version: 3 });
  });

  it("refuses two at once", () => {
    const message = "If-Match, If-None-Match and expectedVersion exclude each other.";
    assert.equal(parse({ ifMatch: "*", ifNoneMatch: "*" }), message);
    assert.equal(parse({ ifMatch: "*", expectedVersion: 1 }), message);
    assert.equal(parse({ ifNoneMatch: "*", expectedVersion: 1 }), message);
  });

  it("refuses tags that cannot be its own, weak ones and lists", () => {
    const tags = ["", "1", '"1"', '"0-00ff00ff00ff"', '"1-00FF00FF00FF"', 'W/"1-00ff00ff00ff"'];
    const lengths = ['"1-00ff00ff00f"', '"1-00ff00ff00fff"'];
    const list = '"1-00ff00ff00ff", "2-00ff00ff00ff"';
    assert.deepEqual(
      [...tags, ...lengths, list, '"9999999999999999-00ff00ff00ff"'].map((ifMatch) => parse({ ifMatch })),
      Array(10).fill("If-Match must be * or one ETag of this profile, with its quotes."),
    );
    assert.equal(parse({ ifNoneMatch: '"1-00ff00ff00ff"' }), "If-None-Match of a PUT must be *.");
  });

  it("knows a tag in a list, weak or not, and the star", () => {
    const tag = '"1-00ff00ff00ff"';
    const known = [tag, `W/${tag}`, `"x" , ${tag}`, "*"];
    const unknown = [undefined, "", '"2-00ff00ff00ff"', "1-00ff00ff00ff"];
    assert.deepEqual(
      known.filter((one) => !isAlreadyKnown(one, tag)),
      [],
    );
    assert.deepEqual(
      unknown.filter((one) => isAlreadyKnown(one, tag)),
      [],
    );
  });
});
