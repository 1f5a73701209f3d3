import assert from "node:assert/strict";
import { parseChatRequest, refuseByHeaders } from "../../../functions/assistant/chat-request";

function parsed(body: unknown) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const result = parseChatRequest(Buffer.from(text));
  return result.kind === "ok" ? result.value : [result.problem.status, result.problem.code];
}

function headers(more: Partial<Parameters<typeof refuseByHeaders>[0]>) {
  const given = {
    contentType: "application/json",
    contentEncoding: undefined,
    contentLength: undefined,
    ...more,
  };
  const result = refuseByHeaders(given);
  return result.kind === "ok" ? "ok" : [result.problem.status, result.problem.code];
}

describe("functions/assistant/chat-request", () => {
  it("reads a message, and gives it the default conversation", () => {
    assert.deepEqual(parsed({ message: "hi" }), {
      message: "hi",
      conversation: "default",
      messageId: undefined,
    });
    assert.deepEqual(parsed({ message: "a\n\tb", conversation: "phone", messageId: "m-1" }), {
      message: "a\n\tb",
      conversation: "phone",
      messageId: "m-1",
    });
  });

  it("limits each field, on both sides", () => {
    const invalid = [400, "invalid_request"];
    const isFine = (body: object) => !Array.isArray(parsed(body));
    assert.equal(isFine({ message: "x".repeat(2_000) }), true);
    assert.deepEqual(parsed({ message: "x".repeat(2_001) }), invalid);
    assert.equal(isFine({ message: "😀".repeat(2_000) }), true);
    assert.deepEqual(parsed({ message: "😀".repeat(2_001) }), invalid);
    assert.equal(isFine({ message: "x", conversation: "c".repeat(64) }), true);
    assert.deepEqual(parsed({ message: "x", conversation: "c".repeat(65) }), invalid);
    assert.equal(isFine({ message: "x", messageId: "m".repeat(128) }), true);
    assert.deepEqual(parsed({ message: "x", messageId: "m".repeat(129) }), invalid);
    for (const message of ["", " \n", "a\u0000b", "\ud800", 7, null, ["x"]]) {
      assert.deepEqual(parsed({ message }), invalid, JSON.stringify(message));
    }
    for (const name of ["", "_x", "a b", "a#b", 7, null]) {
      assert.deepEqual(parsed({ message: "x", conversation: name }), invalid, JSON.stringify(name));
      assert.deepEqual(parsed({ message: "x", messageId: name }), invalid, JSON.stringify(name));
    }
  });

  it("names every wrong field at once and repeats none of their content", () => {
    const result = parseChatRequest(
      Buffer.from(JSON.stringify({ message: "", conversation: "!", messageId: "?", hush: "s3cret" })),
    );
    assert.deepEqual(result, {
      kind: "refused",
      problem: {
        status: 400,
        code: "invalid_request",
        message:
          "fields are message, conversation, messageId and no other; " +
          "message must be a text of 1 to 2000 characters, not all blank; " +
          "conversation must be 1 to 64 letters, digits, - or _, the first a letter or digit; " +
          "messageId must be 1 to 128 letters, digits, - or _, the first a letter or digit.",
      },
    });
  });

  it("wants one JSON object in UTF-8 of at most 16 KiB", () => {
    for (const body of ["", "{", "nope"]) assert.deepEqual(parsed(body), [400, "invalid_json"]);
    for (const body of ["[]", "null", '"x"', "7"]) assert.deepEqual(parsed(body), [400, "invalid_body"]);
    const latin = parseChatRequest(Buffer.from('{"message":"\xe9"}', "latin1"));
    assert.equal(latin.kind === "refused" && latin.problem.code, "invalid_json");
    const padded = (bytes: number) => JSON.stringify({ message: "x" }).padEnd(bytes);
    assert.equal(Array.isArray(parsed(padded(16_384))), false);
    assert.deepEqual(parsed(padded(16_385)), [413, "body_too_large"]);
  });

  it("refuses by the headers alone what need not be read", () => {
    assert.equal(headers({}), "ok");
    assert.equal(headers({ contentType: 'Application/JSON; charset="UTF-8"' }), "ok");
    assert.equal(headers({ contentLength: "16384", contentEncoding: "identity" }), "ok");
    assert.deepEqual(headers({ contentLength: "16385" }), [413, "body_too_large"]);
    assert.deepEqual(headers({ contentEncoding: "gzip" }), [415, "unsupported_encoding"]);
    for (const contentType of [undefined, "text/plain", "application/json; charset=latin1"]) {
      assert.deepEqual(headers({ contentType }), [415, "unsupported_media_type"]);
    }
  });
});
