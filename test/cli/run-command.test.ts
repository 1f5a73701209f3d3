import assert from "node:assert/strict";
import { runCommand, type Verbs } from "../../cli/run-command";
import { UserError } from "../../cli/user-error";
import { captured } from "./captured-io";

/** Verbs that only note how they were called. */
function noted(result: () => 0 | 10 = () => 0) {
  const calls: { verb: string; given: unknown; problems: string[] }[] = [];
  const verb = (name: string) => async (given: unknown, problems: string[]) => {
    calls.push({ verb: name, given, problems });
    return result();
  };
  return {
    calls,
    verbs: {
      rehearse: verb("rehearse"),
      sweep: verb("sweep"),
      check: verb("check"),
      costs: verb("costs"),
      rules: verb("rules"),
    } satisfies Verbs,
  };
}

describe("cli/run-command", () => {
  it("has the documented defaults", async () => {
    const { calls, verbs } = noted();
    assert.equal(await runCommand(["rehearse"], captured(), verbs), 0);
    assert.deepEqual(calls, [
      {
        verb: "rehearse",
        given: {
          stack: "dev",
          set: [],
          scenario: "primary-down",
          resolvers: "100",
          seed: "1",
          speed: "10",
          replicationLagMs: "500",
        },
        problems: [],
      },
    ]);
  });

  it("hands arguments over as they were given", async () => {
    const { calls, verbs } = noted(() => 10);
    const argv = ["check", "--stack", "prod", "--set", "a=1", "--set", "b=2", "--json", "--state", "s.json"];
    assert.equal(await runCommand(argv, captured(), verbs), 10);
    assert.deepEqual(calls[0]?.given, { stack: "prod", set: ["a=1", "b=2"], json: true, state: "s.json" });
    await runCommand(["rehearse", "--cutovers", "-1"], captured(), verbs);
    assert.equal((calls[1]?.given as { cutovers: string } | undefined)?.cutovers, "-1");
  });

  it("collects every stray argument before the verb judges the rest", async () => {
    const { calls, verbs } = noted();
    await runCommand(["rehearse", "--fast", "9", "now", "-x", "--seed", "2"], captured(), verbs);
    assert.deepEqual(calls[0]?.problems, [
      "unknown option --fast; --help lists the options",
      "unexpected argument now",
      "unknown option -x; --help lists the options",
    ]);
  });

  it("tells a user's mistakes in plain lines and ends with 2", async () => {
    const io = captured();
    const verbs = { ...noted().verbs, check: async () => Promise.reject(new UserError(["one", "two"])) };
    assert.equal(await runCommand(["check"], io, verbs), 2);
    assert.equal(io.err(), "warm-standby: one\nwarm-standby: two\n");
    assert.equal(io.out(), "");
  });

  it("refuses no command, an unknown one and a missing value", async () => {
    for (const [argv, line] of [
      [[], "no command given; the commands are rehearse, sweep, check, costs, rules"],
      [["drive"], "unknown command drive; the commands are rehearse, sweep, check, costs, rules"],
      [["rehearse", "--speed"], "option --speed <x> argument missing"],
    ] as const) {
      const io = captured();
      assert.equal(await runCommand(argv, io, noted().verbs), 2);
      assert.equal(io.err(), `warm-standby: ${line}\n`);
    }
  });

  it("shows help and version on stdout", async () => {
    for (const [argv, expected] of [
      [["--help"], /^Usage: warm-standby/],
      [["rehearse", "--help"], /--replication-lag-ms <ms>/],
      [["--version"], /^\d+\.\d+\.\d+\n$/],
    ] as const) {
      const io = captured();
      assert.equal(await runCommand(argv, io, noted().verbs), 0);
      assert.match(io.out(), expected);
      assert.equal(io.err(), "");
    }
  });

  it("takes what an interrupt makes fail for an interrupt", async () => {
    const controller = new AbortController();
    const io = captured({ signal: controller.signal });
    const rules = async () => {
      // As a signal does, it is heard in the next turn of the event loop.
      setImmediate(() => controller.abort(new Error("interrupted")));
      throw new Error("The service was stopped");
    };
    assert.equal(await runCommand(["rules"], io, { ...noted().verbs, rules }), 11);
    assert.equal(io.err(), "warm-standby: interrupted\n");
  });

  it("tells its own failure in one line, with the stack only on request", async () => {
    const verbs = {
      ...noted().verbs,
      check: async () => Promise.reject(new Error("the disk is full\nmore")),
    };
    const quiet = captured();
    assert.equal(await runCommand(["check"], quiet, verbs), 1);
    assert.equal(
      quiet.err(),
      "warm-standby: the disk is full\nwarm-standby: set DEBUG=warm-standby to see where\n",
    );
    const loud = captured({ env: { DEBUG: "warm-standby" } });
    assert.equal(await runCommand(["check"], loud, verbs), 1);
    assert.match(loud.err(), /^warm-standby: the disk is full\nError: the disk is full\nmore\n {4}at /);
  });
});
