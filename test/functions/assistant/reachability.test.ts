import assert from "node:assert/strict";
import { createReachability } from "../../../functions/assistant/reachability";
import { closedPort, localServer } from "./local-server";

describe("functions/assistant/reachability", () => {
  function rig(reachable: boolean[] = [true]) {
    let nowMs = 1_000_000;
    const probes: string[] = [];
    const { check, forget } = createReachability({
      now: () => nowMs,
      probe: async (host, port, timeoutMs) => {
        probes.push(`${host}:${port} ${timeoutMs}`);
        return reachable[probes.length - 1] ?? false;
      },
    });
    const advance = (ms: number) => {
      nowMs += ms;
    };
    return { check, forget, probes, advance };
  }

  it("probes once for many askers and keeps the result for 15 s, at 15 s no more", async () => {
    const { check, probes, advance } = rig([true, false]);
    assert.deepEqual(await Promise.all([check("nas", 80), check("nas", 80)]), [true, true]);
    advance(14_999);
    assert.equal(await check("nas", 80), true);
    assert.deepEqual(probes, ["nas:80 800"]);
    advance(1);
    assert.equal(await check("nas", 80), false);
  });

  it("keeps places apart, and forgets one when told to", async () => {
    const { check, forget, probes } = rig([true, false, false]);
    assert.deepEqual([await check("nas", 80), await check("nas", 81)], [true, false]);
    forget("nas", 80);
    assert.equal(await check("nas", 80), false);
    assert.equal(probes.length, 3);
  });

  it("does not trust a result from the future of a clock that was set back", async () => {
    const { check, probes, advance } = rig([true, true]);
    await check("nas", 80);
    advance(-1);
    await check("nas", 80);
    assert.equal(probes.length, 2);
  });

  it("takes a probe that fails for away", async () => {
    const { check } = createReachability({
      now: () => 0,
      probe: () => Promise.reject(new Error("no such name")),
    });
    assert.equal(await check("nas", 80), false);
  });

  it("sees by a real connection what listens and what does not", async () => {
    const server = await localServer(() => ({ status: 200, body: "" }));
    const { check } = createReachability({ now: () => 0 });
    try {
      assert.equal(await check("127.0.0.1", server.port), true);
      assert.equal(await check("127.0.0.1", await closedPort()), false);
      assert.equal(await check("no-such-host.invalid", 80), false);
    } finally {
      await server.close();
    }
  });

  it("gives up on a host that drops packets within its limit", async () => {
    // 192.0.2.0/24 is for documentation: nothing answers there. Where even the route is missing it fails at once.
    const { check } = createReachability({ now: () => 0, timeoutMs: 60 });
    const started = performance.now();
    assert.equal(await check("192.0.2.1", 80), false);
    assert(performance.now() - started < 1_000);
  });
});
