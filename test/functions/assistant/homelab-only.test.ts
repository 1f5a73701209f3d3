import assert from "node:assert/strict";
import { awayAnswer, callTool, createHomelabOnly } from "../../../functions/assistant/homelab-only";
import { closedPort, localServer } from "./local-server";

const LIGHTS = { name: "lights", host: "127.0.0.1", port: 1, path: "/api" };

describe("functions/assistant/homelab-only", () => {
  it("answers uniformly for every tool", () => {
    assert.equal(
      awayAnswer("lights"),
      "Lights isn't reachable right now; try again when the homelab is back.",
    );
    assert.equal(
      awayAnswer("front-door"),
      "Front door isn't reachable right now; try again when the homelab is back.",
    );
  });

  function rig(reachable: boolean, call: () => Promise<never>) {
    const events: string[] = [];
    const ask = createHomelabOnly({
      reachability: {
        check: async () => reachable,
        forget: (host, port) => void events.push(`forget ${host}:${port}`),
      },
      call,
      onFailure: (tool, error) => events.push(`${tool}: ${(error as Error).message}`),
    });
    return { ask, events };
  }

  it("does not call what the probe does not find", async () => {
    const { ask, events } = rig(false, () => assert.fail());
    assert.deepEqual([await ask(LIGHTS, "off"), events], [{ kind: "away" }, []]);
  });

  it("turns a failed call into the same outcome, and forgets the probe", async () => {
    const { ask, events } = rig(true, () => Promise.reject(new Error("socket hang up")));
    assert.deepEqual(await ask(LIGHTS, "off"), { kind: "away" });
    assert.deepEqual(events, ["forget 127.0.0.1:1", "lights: socket hang up"]);
  });

  it("hands the message over and the reply back, without any token", async () => {
    const server = await localServer(() => ({ status: 200, body: { reply: "They are off." } }));
    try {
      const outcome = await callTool({ ...LIGHTS, port: server.port }, "lights off");
      assert.deepEqual(outcome, { kind: "answered", reply: "They are off." });
      const [{ method, url, body, headers } = assert.fail()] = server.received;
      assert.deepEqual([method, url, body], ["POST", "/api", '{"message":"lights off"}']);
      assert.equal(headers.authorization, undefined);
    } finally {
      await server.close();
    }
  });

  it("tells a tool that says no from one that does not work", async () => {
    const answers = [
      { status: 404, body: "" },
      { status: 503, body: "" },
      { status: 200, body: "not JSON" },
      { status: 200, body: { reply: "" } },
      { status: 200, body: "null" },
      { status: 200, body: { reply: "x".repeat(16_384) } },
      { status: 200, body: { reply: "x".repeat(16_372) } },
    ];
    const server = await localServer((_request, count) => answers[count - 1]);
    const tool = { ...LIGHTS, port: server.port };
    try {
      assert.deepEqual(await callTool(tool, "x"), { kind: "refused", status: 404 });
      for (let failing = 1; failing <= 5; failing++) await assert.rejects(callTool(tool, "x"));
      const long = await callTool(tool, "x");
      assert.equal(long.kind === "answered" && long.reply.length, 4_000);
      await assert.rejects(callTool(tool, "x", 50), { name: "TimeoutError" });
      await assert.rejects(callTool({ ...tool, port: await closedPort() }, "x"));
    } finally {
      await server.close();
    }
  });
});
