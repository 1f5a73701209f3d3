import assert from "node:assert/strict";
import { createLog, errorChain } from "../../../functions/assistant/log";

function rig(secrets: string[] = []) {
  const lines: string[] = [];
  const log = createLog({
    region: "us-east-1",
    build: "b1",
    now: () => Date.UTC(2026, 0, 1),
    secrets: () => secrets,
    write: (line) => lines.push(line),
  });
  return { log, lines };
}

describe("functions/assistant/log", () => {
  it("writes one JSON object per line, with time, region and build", () => {
    const { log, lines } = rig();
    log("info", { message: "two\nlines", status: 200 });
    assert.deepEqual(lines, [
      '{"level":"info","at":"2026-01-01T00:00:00.000Z","region":"us-east-1","build":"b1","message":"two\\nlines","status":200}',
    ]);
  });

  it("strikes out every secret that is known, also one that JSON escapes", () => {
    const { log, lines } = rig(["hush-hush", 'a"b\\c']);
    log("error", { message: 'hush-hush and a"b\\c', errors: [{ name: "E", message: "of hush-hush" }] });
    assert.doesNotMatch(lines[0] ?? "", /hush|a\\"b/);
    assert.equal(JSON.parse(lines[0] ?? "").message, "[secret] and [secret]");
  });

  it("tells errors by name and message, causes included, without a stack", () => {
    const cause = Object.assign(new Error("socket\nhang up"), { name: "SocketError" });
    assert.deepEqual(errorChain(new TypeError("outer", { cause })), [
      { name: "TypeError", message: "outer" },
      { name: "SocketError", message: "socket hang up" },
    ]);
    assert.deepEqual(errorChain("text"), [{ name: "string", message: "text" }]);
    const own = new Error("loop");
    own.cause = own;
    assert.equal(errorChain(own).length, 5);
    assert.equal(errorChain(new Error("x".repeat(501)))[0]?.message.length, 500);
  });
});
