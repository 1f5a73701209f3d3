import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { configFaults, type PolicyConfig } from "../../policy/evaluate";
import { SYSTEMS } from "../../stacks/settings";
import { objectivesOf, ownConfig } from "../stacks/judged-system";

const POLICY = path.resolve(__dirname, "../../policy");

/** The systems whose stack file has their own name; the profile API has one for each of its scales. */
const NAMED = SYSTEMS.filter((system) => system !== "profile-api");

const configOf = (name: string): PolicyConfig =>
  JSON.parse(readFileSync(path.join(POLICY, `config.${name}.json`), "utf8"));

describe("policy/config.<system>.json", () => {
  for (const system of NAMED) {
    it(`holds ${system} to what Pulumi.${system}.yaml promises, and sets nothing else`, () => {
      assert.deepEqual(configOf(system), ownConfig(system));
      assert.deepEqual(configFaults(configOf(system)), []);
    });
  }

  it("promises the budgets that README.md names", () => {
    const budgets = NAMED.map((system) => [system, objectivesOf(system).stackMonthlyUsd]);
    assert.deepEqual(Object.fromEntries(budgets), {
      "homelab-assistant": 15,
      "data-relay": 5,
      "static-site": 5,
      "web-server": 20,
    });
    for (const stack of ["dev", "prod", ...NAMED]) {
      const { rtoSeconds, standbyMonthlyUsd } = objectivesOf(stack);
      assert.deepEqual({ rtoSeconds, standbyMonthlyUsd }, { rtoSeconds: 300, standbyMonthlyUsd: 50 }, stack);
    }
  });

  it("is no looser on the profile API than its stack files", () => {
    for (const stack of ["dev", "prod"]) {
      const { "standby-idle-cost": standby } = configOf(stack);
      const limit = typeof standby === "object" ? standby.monthlyUsdLimit : undefined;
      assert.ok(Number(limit) <= objectivesOf(stack).standbyMonthlyUsd, `${stack}: ${limit}`);
    }
  });
});
