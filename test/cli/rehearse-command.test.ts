import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { RehearsalSteps } from "../../cli/rehearse";
import { rehearseCommand } from "../../cli/rehearse-command";
import type { RehearseArguments } from "../../cli/run-command";
import { PROJECT_DIR } from "../../cli/stack-source";
import { UserError } from "../../cli/user-error";
import { TERMINAL_COLUMNS } from "../../drill/report/terminal";
import { SPEED_MAX } from "../../rehearsal/loopback/system-clock";
import { scenarioNames } from "../../rehearsal/simulation/scenario";
import { rehearsalSamples } from "../drill/rehearsal-samples";
import { captured } from "./captured-io";
import { fakeSteps, pairPlan, simulatedSamples } from "./rehearsal-fakes";

const DEFAULTS: RehearseArguments = {
  stack: "dev",
  set: [],
  scenario: "primary-down",
  cutovers: "1000",
  resolvers: "100",
  seed: "1",
  speed: "10",
  replicationLagMs: "500",
};

function settingsFiles(): string[] {
  return readdirSync(PROJECT_DIR)
    .filter((file) => /^Pulumi\..+\.yaml$/.test(file))
    .map((file) => file.slice("Pulumi.".length, -".yaml".length))
    .sort();
}

describe("cli/rehearse-command", () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(path.join(tmpdir(), "warm-standby-"));
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  const run = async (
    given: Partial<RehearseArguments> = {},
    steps: Partial<RehearsalSteps> = {},
    signal = new AbortController().signal,
    env = {},
  ) => {
    const io = captured({ cwd, signal, env });
    const code = await rehearseCommand({ ...DEFAULTS, ...given }, [], io, () => fakeSteps(steps));
    return { code, io };
  };
  const mistakes = async (given: Partial<RehearseArguments>) => {
    try {
      await run(given);
    } catch (error) {
      assert.ok(error instanceof UserError);
      return error.lines;
    }
    return assert.fail("nothing was refused");
  };

  it("writes the whole report and nothing to stdout", async () => {
    const { code, io } = await run();
    assert.equal(code, 0);
    assert.equal(io.out(), "");
    const folder = path.join(cwd, "reports", "dev-primary-down");
    assert.deepEqual(readdirSync(folder).sort(), [
      "report.html",
      "report.json",
      "report.md",
      "samples.ndjson",
      "timeline.svg",
    ]);
    const lines = readFileSync(path.join(folder, "samples.ndjson"), "utf8").trimEnd().split("\n");
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      [...simulatedSamples(), ...rehearsalSamples().map((sample) => ({ basis: "loopback", ...sample }))],
    );
    const report = JSON.parse(readFileSync(path.join(folder, "report.json"), "utf8"));
    assert.equal(report.verdict, "met");
    assert.equal(report.loopback.clientSeconds, 71.5);
  });

  it("tells progress, tables and the report's place on stderr", async () => {
    const { io } = await run();
    const lines = io.err().split("\n");
    assert.deepEqual(lines.slice(0, 6), [
      "stood up: profile-api, 0 resources",
      "judged: 4 rules, 0 mandatory violations; idle standby $2.25 a month",
      "playing profiles.example.com A: recovery at most 144 s",
      "simulated: 1,000 cutovers",
      "on loopback: real DNS and HTTP on this machine",
      "    10 s 10 requests, 0 failed; DNS: primary; 16 of 16 checkers healthy",
    ]);
    assert.ok(lines.includes("torn down: 57 deleted, 0 left"));
    assert.ok(lines.includes("Verdict: objectives met"));
    assert.ok(lines.includes("Report: reports/dev-primary-down/ (report.html, report.md, report.json)"));
  });

  it("says of a stack from a file that it was read, and that its deletion was played", async () => {
    writeFileSync(path.join(cwd, "shop.json"), "{}");
    const { io } = await run({ state: "shop.json" });
    const lines = io.err().split("\n");
    assert.equal(lines[0], "read: profile-api, 0 resources");
    assert.ok(lines.includes("deletion played: 57 deleted, 0 left"));
  });

  it("does not announce the loopback for a plan that sockets cannot play", async () => {
    const loopback: RehearsalSteps["loopback"] = async ({ onSample }) => {
      onSample({ atSeconds: 0, kind: "mark", mark: "end", detail: "no region" });
      return undefined as never;
    };
    const { io } = await run({}, { loopback });
    assert.doesNotMatch(io.err(), /on loopback: real DNS/);
  });

  it("fits 80 columns on a terminal, with colours and without, to the end or to an interrupt", async () => {
    const name = `${"profiles.".repeat(7)}example.com`;
    const records = pairPlan().recordSets.map((record) => ({ ...record, name }));
    const plan = () => ({ ...pairPlan(), recordSets: records });
    const shown = async (env: Record<string, string>, isInterrupted: boolean) => {
      const controller = new AbortController();
      const loopback: RehearsalSteps["loopback"] = async (play) => {
        await fakeSteps().loopback(play);
        if (isInterrupted) controller.abort(new Error("interrupted"));
        return undefined as never;
      };
      const { io } = await run({}, { plan, loopback }, controller.signal, env);
      const text = stripVTControlCharacters(io.err());
      assert.equal(text !== io.err(), env.FORCE_COLOR === "1");
      return text.split("\n");
    };
    for (const env of ["NO_COLOR", "FORCE_COLOR"].map((name) => ({ [name]: "1" }))) {
      for (const isInterrupted of [false, true]) {
        const lines = await shown(env, isInterrupted);
        assert.equal(lines.includes("Verdict: objectives met"), !isInterrupted);
        assert.deepEqual(
          lines.filter((line) => line.length > TERMINAL_COLUMNS),
          [],
        );
      }
    }
  });

  it("prints report.json on stdout when asked for it", async () => {
    const { io } = await run({ json: true, report: "out" });
    assert.equal(io.out(), readFileSync(path.join(cwd, "out", "report.json"), "utf8"));
  });

  it("ends with 10 when an objective is missed and with 11 when nothing was measured", async () => {
    const violation = {
      rule: "failover-ttl",
      level: "mandatory",
      urn: "u",
      path: "",
      message: "m",
      verdict: "fail",
    } as const;
    const missed = await run({}, { evaluate: () => ({ rules: 4, findings: [violation] }) });
    assert.equal(missed.code, 10);
    const unmeasured = await run({}, { obstacle: () => "no check" });
    assert.equal(unmeasured.code, 11);
    const both = await run(
      {},
      { obstacle: () => "no check", evaluate: () => ({ rules: 4, findings: [violation] }) },
    );
    assert.equal(both.code, 10);
    assert.match(
      both.io.err(),
      /^- rule failover-ttl: m\n(- .*\n)*- profiles\.example\.com A was not rehearsed: no check$/m,
    );
    assert.match(unmeasured.io.err(), /^- profiles\.example\.com A was not rehearsed: no check$/m);
  });

  it("tells every wrong argument at once, and touches nothing", async () => {
    writeFileSync(path.join(cwd, "notes.txt"), "");
    assert.deepEqual(
      await mistakes({
        stack: "nonsense",
        scenario: "meteor",
        cutovers: "-1",
        resolvers: "0",
        seed: "abc",
        speed: "0",
        replicationLagMs: "soon",
        report: "notes.txt",
        set: ["ttl"],
      }),
      [
        "--set is ttl; it must be key=value",
        `--stack is nonsense; the project has settings for ${settingsFiles().join(", ")}`,
        `--scenario is meteor; it must be one of ${scenarioNames().join(", ")}, all`,
        "--cutovers is -1; it must be a whole number from 1 to 1000000",
        "--resolvers is 0; it must be a whole number from 1 to 10000",
        "--seed is abc; it must be a whole number from 0 to 4294967295",
        `--speed is 0; it must be a number above 0 and up to ${SPEED_MAX}`,
        "--replication-lag-ms is soon; it must be a whole number from 0 to 3600000",
        `the report folder ${path.join(cwd, "notes.txt")} is a file; name a folder`,
      ],
    );
    assert.deepEqual(readdirSync(cwd), ["notes.txt"]);
    assert.deepEqual(await mistakes({ seed: "x", report: "new/folder" }), [
      "--seed is x; it must be a whole number from 0 to 4294967295",
    ]);
    assert.deepEqual(readdirSync(cwd), ["notes.txt"]);
  });

  it("tells wrong settings in their own lines and leaves no folder", async () => {
    await assert.rejects(
      run({}, { standUp: async () => ({ kind: "invalid", messages: ["ttl is abc", "interval is 20"] }) }),
      (error: UserError) => {
        assert.deepEqual(error.lines, ["ttl is abc", "interval is 20"]);
        return true;
      },
    );
    assert.deepEqual(readdirSync(cwd), []);
  });

  it("passes a failure of the program on and leaves no folder", async () => {
    await assert.rejects(run({}, { standUp: async () => ({ kind: "failed", message: "no such type" }) }), {
      message: "no such type",
    });
    assert.deepEqual(readdirSync(cwd), []);
  });

  it("says where the samples are when it is interrupted, and writes no report", async () => {
    const controller = new AbortController();
    const { code, io } = await run(
      {},
      {
        loopback: async ({ onSample, signal }) => {
          for (const sample of rehearsalSamples().slice(0, 100)) onSample(sample);
          controller.abort(new Error("interrupted"));
          signal.throwIfAborted();
          return undefined as never;
        },
      },
      controller.signal,
    );
    assert.equal(code, 11);
    const samples = path.join("reports", "dev-primary-down", "samples.partial.ndjson");
    assert.ok(io.err().endsWith(`warm-standby: interrupted; the samples so far are in\n  ${samples}\n`));
    assert.equal(
      readFileSync(path.join(cwd, samples), "utf8").trimEnd().split("\n").length,
      simulatedSamples().length + 100,
    );
    assert.deepEqual(readdirSync(path.join(cwd, "reports", "dev-primary-down")), ["samples.partial.ndjson"]);
  });

  it("keeps the samples of a simulation that is interrupted, and the report of the run before", async () => {
    await run();
    const folder = path.join(cwd, "reports", "dev-primary-down");
    const contents = () =>
      Object.fromEntries(
        readdirSync(folder).map((file) => [file, readFileSync(path.join(folder, file), "utf8")]),
      );
    const before = contents();
    const controller = new AbortController();
    const [first] = simulatedSamples();
    const { code } = await run(
      {},
      {
        simulate: async ({ onSample }) => {
          onSample?.(first!);
          controller.abort(new Error("interrupted"));
          // What comes after the message about the samples would make it untrue.
          onSample?.(first!);
          throw controller.signal.reason;
        },
      },
      controller.signal,
    );
    assert.equal(code, 11);
    assert.deepEqual(contents(), { ...before, "samples.partial.ndjson": `${JSON.stringify(first)}\n` });
  });

  it("hears an interrupt while it tears down and writes the report, and leaves none", async () => {
    const controller = new AbortController();
    const interruptedSoon = () => {
      // As a signal does, it comes in the next turn of the event loop.
      setImmediate(() => controller.abort(new Error("interrupted")));
      return fakeSteps().tearDown([]);
    };
    const { code, io } = await run({}, { tearDown: interruptedSoon }, controller.signal);
    assert.equal(code, 11);
    assert.deepEqual(readdirSync(path.join(cwd, "reports", "dev-primary-down")), ["samples.partial.ndjson"]);
    assert.match(io.err(), /^warm-standby: interrupted; the samples so far are in$/m);
  });

  it("takes what an interrupt makes fail for an interrupt", async () => {
    const controller = new AbortController();
    const lostChild = async () => {
      setImmediate(() => controller.abort(new Error("interrupted")));
      throw new Error("The service was stopped");
    };
    const { code, io } = await run({}, { simulate: lostChild }, controller.signal);
    assert.equal(code, 11);
    assert.ok(io.err().endsWith("warm-standby: interrupted; no sample was taken yet\n"));
  });

  it("ends with 10 when it is interrupted and a mandatory rule refuses the stack, and names the rule", async () => {
    const found = { rule: "failover-ttl", urn: "u", path: "", message: "m", verdict: "fail" } as const;
    const endOf = async (level: "mandatory" | "advisory") => {
      const controller = new AbortController();
      const interrupt = async () => {
        controller.abort(new Error("interrupted"));
        throw controller.signal.reason;
      };
      const evaluate = () => ({ rules: 4, findings: [{ ...found, level }] });
      const { code, io } = await run({}, { simulate: interrupt, evaluate }, controller.signal);
      return [code, io.err().split("\n").at(-2)];
    };
    assert.deepEqual(await endOf("mandatory"), [
      10,
      "Mandatory rules violated: failover-ttl; warm-standby check says how.",
    ]);
    assert.deepEqual(await endOf("advisory"), [11, "warm-standby: interrupted; no sample was taken yet"]);
  });

  it("says that there are no samples when it is interrupted before the first", async () => {
    const controller = new AbortController();
    const interrupt = async () => {
      controller.abort(new Error("interrupted"));
      throw controller.signal.reason;
    };
    const { code, io } = await run({}, { simulate: interrupt }, controller.signal);
    assert.equal(code, 11);
    assert.ok(io.err().endsWith("warm-standby: interrupted; no sample was taken yet\n"));
    assert.ok(!existsSync(path.join(cwd, "reports")));
  });

  it("gives the command that plays the same rehearsal again", async () => {
    await run({ report: "out", set: ["domainName=it's.example.com"], seed: "7" });
    const text = readFileSync(path.join(cwd, "out", "report.md"), "utf8");
    assert.ok(
      text.includes(
        "`warm-standby rehearse --stack dev --set 'domainName=it'\\''s.example.com' --scenario primary-down " +
          "--cutovers 1000 --resolvers 100 --seed 7 --speed 10 --replication-lag-ms 500`",
      ),
    );
  });
});
