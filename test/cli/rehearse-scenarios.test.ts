import assert from "node:assert/strict";
import type { RehearsalSteps, SimulatedFigures } from "../../cli/rehearse";
import { rehearseCommand } from "../../cli/rehearse-command";
import { scenarioLines } from "../../cli/rehearse-scenarios";
import type { RehearseArguments } from "../../cli/run-command";
import { UserError } from "../../cli/user-error";
import { TERMINAL_COLUMNS } from "../../drill/report/terminal";
import { memberName } from "../../model/answer-sets";
import { type Scenario, scenarioNames } from "../../rehearsal/simulation/scenario";
import { bothDown } from "../../rehearsal/simulation/scenarios/both-down";
import { healthLies } from "../../rehearsal/simulation/scenarios/health-lies";
import { lagGrowing } from "../../rehearsal/simulation/scenarios/lag-growing";
import { primaryDown } from "../../rehearsal/simulation/scenarios/primary-down";
import { reportParts } from "../drill/report/report-parts";
import { routedPlan, weights } from "../rehearsal/simulation/set-fixture";
import { captured } from "./captured-io";
import { fakeSteps, pairPlan } from "./rehearsal-fakes";

const GIVEN: RehearseArguments = {
  stack: "dev",
  set: [],
  scenario: "all",
  resolvers: "100",
  seed: "7",
  speed: "10",
  replicationLagMs: "500",
};

const FIGURES = reportParts().simulation as SimulatedFigures;
const VIOLATION =
  "late; replay: warm-standby rehearse --scenario primary-down --seed 7 --cutovers 1 --resolvers 100";

async function run(given: Partial<RehearseArguments> = {}, steps: Partial<RehearsalSteps> = {}) {
  const io = captured({ cwd: "/nowhere", signal: new AbortController().signal, env: {} });
  const code = await rehearseCommand({ ...GIVEN, ...given }, [], io, () => fakeSteps(steps));
  return { code, io };
}

/** Steps whose every scenario ends so. */
function ending(figures: Partial<SimulatedFigures>): Partial<RehearsalSteps> {
  return {
    simulateEach: async (_options, scenarios, _signal, onDone) => {
      for (const scenario of scenarios) onDone(scenario, { ...FIGURES, ...figures });
    },
  };
}

describe("cli/rehearse-scenarios", () => {
  it("tells every scenario in one line of a terminal, and nothing on stdout", async () => {
    const { code, io } = await run();
    const lines = io.err().trimEnd().split("\n");
    assert.equal(code, 0);
    assert.equal(lines[0], "profiles.example.com A, recovery at most 144 s by arithmetic");
    const told = lines.slice(3, 3 + scenarioNames().length).map((line) => line.split(" ", 1)[0]);
    assert.deepEqual(told, scenarioNames());
    assert.deepEqual(
      lines.filter((line) => line.length > TERMINAL_COLUMNS),
      [],
    );
    assert.ok(io.err().includes("100 cutovers x 100 resolvers each, seed 7."));
    assert.ok(
      io.err().includes("The arithmetic bounds one lasting fault that the check sees;\nslowest may be"),
    );
    assert.equal(io.out(), "");
  });

  it("misses where a mandatory rule is violated, however well every scenario went", async () => {
    const finding = (level: "mandatory" | "advisory") => ({
      rule: "failover-ttl",
      level,
      verdict: "fail" as const,
      urn: "urn:a",
      path: "ttl",
      message: "too long",
    });
    const ran = (level: "mandatory" | "advisory") =>
      run({}, { evaluate: () => ({ rules: 17, findings: [finding(level)] }) });
    const refused = await ran("mandatory");
    assert.equal(refused.code, 10);
    assert.match(
      refused.io.err(),
      /\nMandatory rules violated: failover-ttl; warm-standby check says how\.\n$/,
    );
    assert.equal((await ran("advisory")).code, 0);
  });

  it("plays as many cutovers of each as are asked for", async () => {
    let played = 0;
    await run(
      { cutovers: "12" },
      {
        simulateEach: async ({ cutovers }) => {
          played = cutovers;
        },
      },
    );
    assert.equal(played, 12);
  });

  it("prints the figures as JSON when asked for it, without what only pictures need", async () => {
    const { io } = await run({ json: true }, ending({ outlook: "stays", plots: {} as never }));
    const printed = JSON.parse(io.out()) as Record<string, unknown>[];
    assert.deepEqual(
      printed.map(({ scenario }) => scenario),
      scenarioNames(),
    );
    assert.deepEqual(printed[0], {
      set: "profiles.example.com A",
      lost: "PRIMARY",
      scenario: primaryDown.name,
      title: primaryDown.title,
      ...JSON.parse(JSON.stringify(FIGURES)),
      outlook: "stays",
    });
  });

  it("plays the loss of the member that is named, the heaviest otherwise, and writes out what would act", async () => {
    const plan = () => routedPlan(weights(50, 50));
    const lost: string[] = [];
    const simulateEach: RehearsalSteps["simulateEach"] = async ({ set }) => {
      lost.push(memberName(set.primary), ...set.others.map(memberName));
    };
    await run({}, { plan, simulateEach });
    const { io } = await run({ member: "m2" }, { plan, simulateEach, obstacle: () => undefined });
    assert.deepEqual(lost, ["m1", "m2", "m2", "m1"]);
    assert.match(io.err(), / \(weighted, m2 lost\), recovery /);
    await assert.rejects(run({ member: "m3" }, { plan, simulateEach }), (error: UserError) => {
      assert.deepEqual(error.lines, ["--member is m3; it must be one of m1, m2"]);
      return true;
    });
    await assert.rejects(run({ member: "SECONDARY" }), (error: UserError) => {
      assert.deepEqual(error.lines, [
        "--member is SECONDARY; the stack has no set that several members serve; of a pair the PRIMARY is lost",
      ]);
      return true;
    });
    const refused = await run({}, { obstacle: () => "no \u001b[2Jcheck" });
    assert.match(refused.io.err(), /not rehearsed: no \\u001b\[2Jcheck\n/);
  });

  it("ends with 10 when an invariant breaks, and tells the command that plays it again on the same stack", async () => {
    const { code, io } = await run({ stack: "prod" }, ending({ violations: [VIOLATION] }));
    assert.equal(code, 10);
    assert.ok(io.err().includes(`  invariant violated: ${VIOLATION} --stack prod\n`));
  });

  it("ends with 10 when clients are late of a fault that the checks see, and of no other", async () => {
    const late = { ...FIGURES.cutover, clientSeconds: { p5: 1, p50: 2, p95: 3, p99: 4, max: 300 } };
    const intime = { ...FIGURES.cutover, clientSeconds: { p5: 1, p50: 2, p95: 3, p99: 4, max: 299.999 } };
    const codeOf = async (figures: Partial<SimulatedFigures>) => (await run({}, ending(figures))).code;
    assert.equal(await codeOf({ outlook: "fails-over", cutover: late }), 10);
    assert.equal(await codeOf({ outlook: "fails-over", cutover: intime }), 0);
    // One plain fault has to be recovered from whatever the checks make of it, alone and among all.
    assert.equal(await codeOf({ outlook: "open", cutover: late }), 10);
  });

  it("ends with 11 and the reason when nothing can be played", async () => {
    const refused = await run({}, { obstacle: () => "no check" });
    assert.equal(refused.code, 11);
    assert.equal(refused.io.err(), "warm-standby: profiles.example.com A was not rehearsed: no check\n");
    const untold = { obstacle: () => "the TTL of urn:a is not known before the update" };
    const settled = await run({}, untold);
    assert.match(settled.io.err(), /: the TTL of urn:a is not known, and nothing here will tell it\n$/);
    const sound = await fakeSteps().standUp(new AbortController().signal);
    const preview = await run(
      {},
      { ...untold, standUp: async () => ({ ...sound, phase: "preview" }) as typeof sound },
    );
    assert.match(preview.io.err(), /: the TTL of urn:a is not known before the update\n$/);
    const alone = await run({}, { plan: () => ({ ...pairPlan(), recordSets: [] }) });
    assert.deepEqual(
      [alone.code, alone.io.err()],
      [11, "warm-standby: the stack has no failover pair to play\n"],
    );
    const finding = { rule: "failover-ttl", level: "mandatory", urn: "u", path: "", message: "m" } as const;
    const evaluate = () => ({ rules: 4, findings: [{ ...finding, verdict: "fail" } as const] });
    assert.equal((await run({}, { obstacle: () => "no check", evaluate })).code, 10);
  });

  it("plays every set that can be played, names the others, and meets nothing then", async () => {
    const pair = pairPlan().recordSets;
    const named = (name: string) => pair.map((record) => ({ ...record, urn: `${record.urn}/${name}`, name }));
    const plan = () => ({
      ...pairPlan(),
      recordSets: [
        ...named("a.example.com"),
        ...named("b.example.com"),
        ...named("half.example.com").slice(1),
      ],
    });
    const { code, io } = await run({}, { plan });
    const headings = io
      .err()
      .split("\n")
      .filter((line) => line.includes("recovery at most"));
    assert.deepEqual(headings, [
      "a.example.com A, recovery at most 144 s by arithmetic",
      "b.example.com A, recovery at most 144 s by arithmetic",
    ]);
    assert.ok(
      io
        .err()
        .endsWith(
          "warm-standby: half.example.com A was not rehearsed: it has a SECONDARY and no PRIMARY, so nothing can fail over\n",
        ),
    );
    assert.equal(code, 11);
    const late = { ...FIGURES.cutover, clientSeconds: { p5: 1, p50: 2, p95: 3, p99: 4, max: 300 } };
    assert.equal((await run({}, { plan, ...ending({ outlook: "fails-over", cutover: late }) })).code, 10);
  });

  it("refuses a report folder, a wrong number and a wrong stack together", async () => {
    await assert.rejects(run({ report: "out", seed: "x" }), (error: UserError) => {
      assert.deepEqual(error.lines, [
        "--seed is x; it must be a whole number from 0 to 4294967295",
        "--report is out; a report is of one scenario, and --scenario is all",
      ]);
      return true;
    });
    await assert.rejects(
      run({}, { standUp: async () => ({ kind: "invalid", messages: ["ttl is abc"] }) }),
      (error: UserError) => error instanceof UserError && error.lines.join() === "ttl is abc",
    );
  });
});

describe("scenarioLines", () => {
  // The names' column is as wide as the longest name.
  const named = (rest: string, { name }: Scenario = primaryDown) =>
    `${name.padEnd(Math.max(...scenarioNames().map(({ length }) => length)) + 1)}${rest}`;
  const lines = (figures: Partial<SimulatedFigures>, scenario: Scenario = primaryDown) =>
    scenarioLines({ scenario, result: { ...FIGURES, ...figures } }, GIVEN, 300);

  it("has a dash for what did not happen, and says what no checker sees", () => {
    const nobody = { count: 1, stranded: 5 };
    assert.equal(
      lines(
        {
          cutover: nobody,
          // The heal finds at the primary whoever never left it.
          failback: { count: 1, stranded: 0, clientSeconds: FIGURES.failback.clientSeconds! },
          outlook: "stays",
          requests: { sent: 10, served: 9, failed: 1 },
        },
        healthLies,
      )[0],
      named("      -       -      -       5       -  10 %    unseen", healthLies),
    );
  });

  it("tells below it what did not end as it must, and of no scenario that no failover helps", () => {
    const nobody = { count: 1, stranded: 5 };
    const failedShare = [{ atSeconds: 0, sent: 10, failed: 10 }];
    assert.deepEqual(lines({ cutover: nobody, failedShare, outlook: "fails-over" }).slice(1), [
      "  no simulated client was ever served elsewhere; the objective is under 300 s",
    ]);
    for (const scenario of [healthLies, bothDown]) {
      const outlook = scenario === healthLies ? "stays" : "fails-over";
      assert.deepEqual(lines({ cutover: nobody, failedShare, outlook }, scenario).slice(1), []);
      assert.deepEqual(
        lines({ cutover: nobody, failedShare, outlook, violations: ["late"] }, scenario).slice(1),
        ["  invariant violated: late"],
      );
    }
  });

  it("says that nobody was led to what fails, whatever the scenario does, and what has no check", () => {
    const noteOf = (figures: Partial<SimulatedFigures>, scenario?: Scenario) =>
      lines({ outlook: "open", ...figures }, scenario)[0]
        ?.trimEnd()
        .split("  ")
        .at(-1)
        ?.trim();
    const untouched = { cutover: 100, failback: 100 };
    const nobody = { count: 1, stranded: 0 };
    assert.equal(noteOf({ cutover: nobody, untouched }), "away");
    assert.equal(noteOf({ cutover: nobody, untouched }, bothDown), "away");
    assert.deepEqual(lines({ cutover: nobody, untouched, outlook: "open" }).slice(1), []);
    assert.notEqual(noteOf({ cutover: { ...nobody, stranded: 1 }, untouched }), "away");
    assert.notEqual(noteOf({ cutover: nobody, untouched: { cutover: 0, failback: 0 } }), "away");
    assert.notEqual(noteOf({ untouched }), "away");
    assert.equal(noteOf({ idle: ["nothing to do"] }), "no check");
  });

  it("tells writes lost and how far the primary is behind, where the scenario touches the data", () => {
    const seconds = (p50: number) => ({ p5: 1, p50, p95: p50, p99: p50, max: p50 });
    const replication = { lostSeconds: seconds(72.241), behindSeconds: seconds(1) };
    assert.match(String(lines({ replication }, lagGrowing)[0]), / {2}72\.2\/1\.0$/);
    assert.doesNotMatch(String(lines({ replication })[0]), /72/);
  });

  it("keeps figures apart that are wider than their columns, without tenths from 1,000 s on", () => {
    const of = (p50: number, max: number) => ({ p5: 1, p50, p95: max, p99: max, max });
    const phase = (p50: number, max: number) => ({
      count: 1,
      stranded: 1_234_567,
      clientSeconds: of(p50, max),
    });
    const [line] = lines(
      {
        cutover: phase(999.94, 12_345_678),
        failback: phase(999.95, 49_741.5),
        outlook: "fails-over",
        requests: { sent: 10, served: 0, failed: 10 },
        replication: { lostSeconds: of(1_000.4, 2_000), behindSeconds: of(168_528.6, 168_528.6) },
      },
      lagGrowing,
    );
    assert.equal(line, named("  999.9 12345678   1000 1,234,567 1,234,567 100 % 1000/168529", lagGrowing));
  });

  it("has median and slowest otherwise", () => {
    const clientSeconds = { p5: 1, p50: 61.54, p95: 80, p99: 90, max: 95.16 };
    const phase = { count: 1, stranded: 0, clientSeconds };
    assert.equal(
      lines({
        cutover: phase,
        failback: { ...phase, stranded: 7 },
        outlook: "fails-over",
        requests: { sent: 0, served: 0, failed: 0 },
      })[0],
      named("   61.5    95.2   61.5       0       7     -"),
    );
  });
});
