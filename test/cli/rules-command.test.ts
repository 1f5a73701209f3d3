import assert from "node:assert/strict";
import { rulesCommand } from "../../cli/rules-command";
import { UserError } from "../../cli/user-error";
import { rules } from "../../policy/rules/registry";
import { captured } from "./captured-io";

describe("cli/rules-command", () => {
  it("lists every rule with its settings and its page, as data on stdout", async () => {
    const io = captured();
    assert.equal(await rulesCommand({ json: true }, [], io), 0);
    const listed = JSON.parse(io.out());
    assert.deepEqual(
      listed.map(({ id }: { id: string }) => id),
      rules.map(({ id }) => id),
    );
    assert.deepEqual(listed[0].settings, [
      {
        name: "ttlSecondsMax",
        default: 60,
        description: "The longest TTL, in seconds, that a record of such a set may have.",
      },
    ]);
    assert.equal(listed[0].documentation, "docs/rules/failover-ttl.md");
    assert.equal(io.err(), "");
  });

  it("lists them as text in 80 columns", async () => {
    const io = captured();
    assert.equal(await rulesCommand({}, [], io), 0);
    const lines = io.out().split("\n");
    assert.deepEqual(
      lines.filter((line) => line.length > 80),
      [],
    );
    for (const { id, level } of rules) assert.ok(lines.includes(`${id} (${level})`), id);
  });

  it("refuses stray arguments", async () => {
    await assert.rejects(
      rulesCommand({}, ["unexpected argument x"], captured()),
      new UserError(["unexpected argument x"]),
    );
  });
});
