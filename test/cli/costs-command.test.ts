import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { costsCommand } from "../../cli/costs-command";
import type { StackSource } from "../../cli/stack-source";
import type { StoodUp } from "../../cli/stand-up";
import { UserError } from "../../cli/user-error";
import { SEEDS } from "../../drill/seeds/render-seeds";
import { SYSTEMS } from "../../stacks/settings";
import { captured } from "./captured-io";

const topic: Extract<StoodUp, { kind: "ok" }> = {
  kind: "ok",
  system: "any",
  stack: "any",
  resources: [],
  objectives: { rtoSeconds: 300, standbyMonthlyUsd: 50 },
  phase: "settled",
  notes: [],
};

/** The command over these stacks, and which of them it stood up. */
async function costs(json: boolean, stoodUp: (stack: string) => StoodUp = () => topic) {
  const io = captured();
  const stacks: string[] = [];
  const standUp = async (source: StackSource) => {
    assert.ok(source.kind === "program");
    stacks.push(source.stack);
    return stoodUp(source.stack);
  };
  const code = await costsCommand({ json }, [], io, standUp);
  return { io, stacks, code };
}

describe("cli/costs-command", () => {
  it("prices a stack of every system, in the order of the seeds", async () => {
    const { stacks, code, io } = await costs(false);
    assert.equal(code, 0);
    assert.deepEqual(stacks, ["homelab-assistant", "data-relay", "static-site", "dev", "web-server"]);
    assert.deepEqual(SEEDS.map(({ system }) => system).sort(), [...SYSTEMS].sort());
    for (const stack of stacks) {
      assert.ok(existsSync(path.join(__dirname, "../..", `Pulumi.${stack}.yaml`)), stack);
    }
    assert.equal(io.out(), "");
    assert.match(io.err(), /^System {12}Seed/);
  });

  it("gives the figures to stdout with --json", async () => {
    const { io } = await costs(true);
    assert.deepEqual(
      JSON.parse(io.out()).map(({ system, seed, idleMonthlyUsd, verdict }: Record<string, unknown>) => [
        system,
        seed,
        idleMonthlyUsd,
        verdict,
      ]),
      [
        ["homelab-assistant", "000", 0, "$4.00 below"],
        ["data-relay", "001", 0, "$1.50 below"],
        ["static-site", "002", 0, "no amount"],
        ["profile-api", "003", 0, "holds"],
        ["web-server", "004", 0, "no amount"],
      ],
    );
  });

  it("tells the wrong settings of every stack, and prices none then", async () => {
    const wrong = (stack: string): StoodUp =>
      stack === "dev" || stack === "web-server" ? { kind: "invalid", messages: ["wrong"] } : topic;
    await assert.rejects(costs(true, wrong), new UserError(["stack dev: wrong", "stack web-server: wrong"]));
  });

  it("names the stack that cannot be stood up", async () => {
    await assert.rejects(
      costs(false, () => ({ kind: "failed", message: "no such module" })),
      new Error("stack homelab-assistant: no such module"),
    );
  });

  it("refuses stray arguments before it stands anything up", async () => {
    await assert.rejects(
      costsCommand({}, ["unexpected argument x"], captured()),
      new UserError(["unexpected argument x"]),
    );
  });
});
