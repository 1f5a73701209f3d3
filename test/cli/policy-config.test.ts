import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { policyConfig, withObjectives } from "../../cli/policy-config";

describe("cli/policy-config", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "warm-standby-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const read = async (text: string) => {
    writeFileSync(path.join(folder, "c.json"), text);
    const problems: string[] = [];
    return { config: await policyConfig("c.json", folder, problems), problems };
  };

  it("reads what the engine's pack takes; the project's own examples are sound", async () => {
    const config = { all: "mandatory", "failover-ttl": { ttlSecondsMax: 30 } };
    assert.deepEqual(await read(JSON.stringify(config)), { config, problems: [] });
    for (const name of ["config.dev.json", "config.prod.json"]) {
      const problems: string[] = [];
      await policyConfig(name, path.resolve(__dirname, "../../policy"), problems);
      assert.deepEqual(problems, []);
    }
    assert.deepEqual(await policyConfig(undefined, folder, []), {});
  });

  it("holds the stack against its own objectives, the whole stack where it has a budget", () => {
    const two = {
      "failover-rto": { rtoSecondsLimit: 200 },
      "standby-idle-cost": { monthlyUsdLimit: 40 },
    };
    assert.deepEqual(withObjectives({}, { rtoSeconds: 200, standbyMonthlyUsd: 40 }), two);
    assert.deepEqual(withObjectives({}, { rtoSeconds: 200, standbyMonthlyUsd: 40, stackMonthlyUsd: 5 }), {
      ...two,
      "stack-idle-cost": { monthlyUsdLimit: 5 },
    });
  });

  it("leaves the last word to the file", () => {
    const file = { "stack-idle-cost": { monthlyUsdLimit: 7 }, "failover-rto": "advisory" } as const;
    assert.deepEqual(withObjectives(file, { rtoSeconds: 200, standbyMonthlyUsd: 40, stackMonthlyUsd: 5 }), {
      "failover-rto": { rtoSecondsLimit: 200, enforcementLevel: "advisory" },
      "standby-idle-cost": { monthlyUsdLimit: 40 },
      "stack-idle-cost": { monthlyUsdLimit: 7 },
    });
  });

  it("refuses what is wrong in one line each", async () => {
    assert.deepEqual((await read("{")).problems, [
      "--policy-config c.json: half a file: the JSON stops at line 1 before it is complete; policy/config.dev.json is an example",
    ]);
    assert.deepEqual((await read("[]")).problems, [
      "--policy-config c.json: it must be an object with an entry for each rule to configure",
    ]);
    const wrong = await read('{"failover-ttl": {"ttlSecondsMax": -1}, "all": "strict"}');
    assert.deepEqual(wrong.config, {});
    assert.deepEqual(wrong.problems.length, 2);
    assert.match(
      wrong.problems[0] ?? "",
      /^--policy-config c\.json: enforcementLevel of all is "strict"; allowed: /,
    );
    assert.match(
      wrong.problems[1] ?? "",
      /^--policy-config c\.json: failover-ttl: setting ttlSecondsMax is -1; allowed: /,
    );
  });
});
