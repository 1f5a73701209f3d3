import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { SweepArguments } from "../../cli/run-command";
import { type StandUp, sweepCommand } from "../../cli/sweep-command";
import { UserError } from "../../cli/user-error";
import { profileApi } from "../../drill/seeds/profile-api";
import { at } from "../../model/property";
import type { StackResource } from "../../model/stack-resource";
import type { PropertyValue } from "../../model/unknown";
import { captured } from "./captured-io";

const GIVEN: SweepArguments = { stack: "dev", set: [], cutovers: "2", resolvers: "3", seed: "1" };
const ALIASES = profileApi.plays[0]?.resources ?? [];

function asCnames(resources: readonly StackResource[]): StackResource[] {
  return resources.map((resource) => {
    if (!["primary", "secondary"].includes(resource.name)) return resource;
    const { aliases, ...properties } = resource.properties;
    const records: PropertyValue = [at(aliases, 0, "name") ?? null];
    return { ...resource, properties: { ...properties, type: "CNAME", ttl: 10, records } };
  });
}

const ok = (resources: readonly StackResource[]): Awaited<ReturnType<StandUp>> => ({
  kind: "ok",
  system: "profile-api",
  stack: "dev",
  resources,
  objectives: { rtoSeconds: 300, standbyMonthlyUsd: 50 },
  phase: "settled",
  notes: [],
});

/** The program with aliases, and with CNAMEs where the settings say so. */
const program: StandUp = async (source) =>
  ok(source.kind === "program" && source.config.recordMode === "cname" ? asCnames(ALIASES) : ALIASES);

async function run(given: Partial<SweepArguments> = {}, standUp = program, cwd = "/nowhere") {
  const io = captured({ cwd, signal: new AbortController().signal, env: {} });
  const code = await sweepCommand({ ...GIVEN, ...given }, [], io, standUp);
  return { code, io };
}

describe("cli/sweep-command", () => {
  it("plays both kinds of records, and tells each setting once", async () => {
    const { code, io } = await run();
    const rows = io
      .err()
      .split("\n")
      .slice(1)
      .filter((line) => /(alias|CNAME) /.test(line.slice(4, 12)));
    assert.deepEqual([code, io.out()], [0, ""]);
    assert.deepEqual([rows.length, new Set(rows.map((row) => row.slice(4, 33))).size], [40, 40]);
    const current = rows.filter((row) => row.slice(0, 3).includes("*"));
    assert.deepEqual(
      current.map((row) => row.slice(4, 33)),
      ["alias     10 s     3   60 s  "],
    );
  });

  it("plays a fault that the health check sees, and says so where it sees none", async () => {
    const withChecks = (properties: Record<string, PropertyValue>) =>
      run({ json: true }, async () =>
        ok(
          ALIASES.map((resource) =>
            resource.type === "aws:route53/healthCheck:HealthCheck"
              ? { ...resource, properties: { ...resource.properties, ...properties } }
              : resource,
          ),
        ),
      );
    assert.match((await withChecks({})).io.err(), /\(primary-down, 2 cutovers/);
    const tcp = await withChecks({ type: "TCP", resourcePath: null, searchString: null });
    assert.match(tcp.io.err(), /\(primary-refuses, 2 cutovers/);
    const [first] = JSON.parse(tcp.io.out()) as { cutoverSeconds: { p50: number } | null }[];
    assert.ok((first?.cutoverSeconds?.p50 ?? 0) > 0);
    const blind = await withChecks({ disabled: true });
    assert.equal(blind.code, 11);
    assert.equal(
      blind.io.err(),
      "warm-standby: the health checks see neither a primary that answers errors nor one that refuses connections, so " +
        "that no setting decides who comes over\n",
    );
  });

  it("prints the figures as JSON when asked for them", async () => {
    const { io } = await run({ json: true });
    const printed = JSON.parse(io.out()) as { frontier: number | null; records: string }[];
    const numbers = printed.flatMap(({ frontier }) => (frontier === null ? [] : [frontier]));
    assert.equal(printed.length, 40);
    assert.deepEqual(
      numbers,
      numbers.map((_, index) => index + 1),
    );
  });

  it("leaves out the kind of records that the settings refuse, and says why", async () => {
    const { code, io } = await run({}, async (source, signal) =>
      source.kind === "program" && source.config.recordMode === "cname"
        ? { kind: "invalid", messages: ["a name at the apex has no CNAME"] }
        : program(source, signal),
    );
    assert.equal(code, 0);
    assert.ok(
      io.err().startsWith("warm-standby: recordMode cname is left out: a name at the apex has no CNAME\n"),
    );
    assert.doesNotMatch(io.err(), /\n... CNAME/);
  });

  it("writes page and figures to a folder, and leaves none behind when it fails", async () => {
    const cwd = mkdtempSync(path.join(tmpdir(), "sweep-"));
    try {
      const { io } = await run({ report: "out/deep" }, program, cwd);
      assert.deepEqual(readdirSync(path.join(cwd, "out/deep")).sort(), ["sweep.html", "sweep.json"]);
      assert.ok(io.err().endsWith("Report: out/deep/ (sweep.html, sweep.json)\n"));
      const page = readFileSync(path.join(cwd, "out/deep/sweep.html"), "utf8");
      assert.ok(page.includes("warm-standby sweep --stack dev --cutovers 2 --resolvers 3 --seed 1<"));
      await assert.rejects(run({ report: "gone" }, async () => ({ kind: "failed", message: "broken" }), cwd));
      await assert.rejects(run({ report: "gone", seed: "x" }, program, cwd), UserError);
      assert.equal(existsSync(path.join(cwd, "gone")), false);
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });

  it("tells every wrong argument together, before anything is stood up", async () => {
    const given = { cutovers: "10001", resolvers: "0", seed: "-1", report: "", stack: "nowhere" };
    await assert.rejects(
      run(given, async () => assert.fail("stood up")),
      (error: UserError) => {
        assert.deepEqual(error.lines.slice(1), [
          "--cutovers is 10001; it must be a whole number from 1 to 10000",
          "--resolvers is 0; it must be a whole number from 1 to 1000",
          "--seed is -1; it must be a whole number from 0 to 4294967295",
          '--report is ""; name a folder',
        ]);
        return true;
      },
    );
  });

  it("ends with 11 and the reason when there is nothing to sweep", async () => {
    const { code, io } = await run({}, async () => ok([]));
    assert.deepEqual([code, io.err()], [11, "warm-standby: the stack has no failover pair to play\n"]);
  });

  it("stops between two settings when it is interrupted", async () => {
    const interrupt = new AbortController();
    let written = 0;
    const stderr = {
      isTTY: true,
      write: () => {
        if (++written === 3) interrupt.abort(new Error("interrupted"));
      },
    };
    const io = captured({ signal: interrupt.signal, stderr });
    await assert.rejects(sweepCommand(GIVEN, [], io, program), /interrupted/);
    assert.equal(written, 3);
  });
});
