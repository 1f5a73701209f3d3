import assert from "node:assert/strict";
import { quoted, sourceWords, violationOf } from "../../cli/replay-words";

const DEV = { stack: "dev", set: [] };
const REPLAY = "late; replay: warm-standby rehearse --scenario primary-down --seed 7";

describe("cli/replay-words", () => {
  it("names the stack and its changed settings, or the file", () => {
    assert.deepEqual(sourceWords({ ...DEV, set: ["ttl=10"] }), ["--stack", "dev", "--set", "ttl=10"]);
    assert.deepEqual(sourceWords({ ...DEV, state: "state.json" }), ["--state", "state.json"]);
  });

  it("quotes what a shell would take apart", () => {
    assert.deepEqual(["a-b.c:/d=1", "my state.json", "it's"].map(quoted), [
      "a-b.c:/d=1",
      "'my state.json'",
      "'it'\\''s'",
    ]);
  });

  it("adds the stack to the command of a violation, and to nothing else", () => {
    assert.equal(
      violationOf(REPLAY, { ...DEV, set: ["domainName=a b"] }),
      `${REPLAY} --stack dev --set 'domainName=a b'`,
    );
    assert.equal(
      violationOf(REPLAY, { ...DEV, state: "my state.json" }),
      `${REPLAY} --state 'my state.json'`,
    );
    assert.equal(
      violationOf(REPLAY, { ...DEV, member: "eu west" }),
      `${REPLAY} --stack dev --member 'eu west'`,
    );
    assert.equal(violationOf("3 more of the same run", DEV), "3 more of the same run");
  });
});
