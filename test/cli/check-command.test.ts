import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type CheckSteps, checkCommand } from "../../cli/check-command";
import type { CheckArguments } from "../../cli/run-command";
import type { StoodUp } from "../../cli/stand-up";
import { UserError } from "../../cli/user-error";
import { microUsd } from "../../model/money";
import type { StackResource } from "../../model/stack-resource";
import { evaluate, type Finding, idleCostIn, type PolicyConfig } from "../../policy/evaluate";
import type { Phase } from "../../policy/rule";
import { rules } from "../../policy/rules/registry";
import { reportParts } from "../drill/report/report-parts";
import { captured } from "./captured-io";

const ROOT = path.resolve(__dirname, "../..");
const FINDING: Finding = {
  rule: "failover-ttl",
  level: "mandatory",
  verdict: "fail",
  urn: "urn:pulumi:dev::shop::aws:route53/record:Record::www",
  path: "ttl",
  message: "ttl is 300 s",
};

const stoodUp: Extract<StoodUp, { kind: "ok" }> = {
  kind: "ok",
  system: "profile-api",
  stack: "dev",
  resources: [],
  objectives: { rtoSeconds: 300, standbyMonthlyUsd: 50 },
  phase: "settled",
  notes: [],
};

/** A check of a sound stack, with some steps replaced. */
async function check(given: Partial<CheckArguments> = {}, steps: Partial<CheckSteps> = {}, cwd = "/nowhere") {
  const io = captured({ cwd });
  const { policy, cost } = reportParts();
  const real: CheckSteps = {
    standUp: async () => stoodUp,
    evaluate: () => policy,
    idleCost: () => cost,
    ...steps,
  };
  const code = await checkCommand({ stack: "dev", set: [], ...given }, [], io, () => real);
  return { code, io };
}

const found = (...findings: Finding[]): Partial<CheckSteps> => ({ evaluate: () => ({ rules: 4, findings }) });

describe("cli/check-command", () => {
  it("shows cost and rules on stderr and nothing on stdout", async () => {
    const { code, io } = await check();
    assert.equal(code, 0);
    assert.equal(io.out(), "");
    assert.deepEqual(io.err().split("\n"), [
      "profile-api (dev): 0 resources",
      "",
      "Idle cost of a month, dearest first",
      "USD/month For                     Resource            Region     Source, date",
      "    $2.00 health check with HTTPS primary-health-     global     [1] 2026-11-02",
      "          and fast interval       check",
      "          (standby)",
      "    $0.60 storage, 1 GB assumed   profiles            us-east-1  [1] 2026-11-02",
      "    $0.25 replica storage, 1 GB   profiles            us-west-2  [1] 2026-11-02",
      "          assumed (standby)",
      "Standby $2.25, whole stack $2.85 a month.",
      "[1] AWS Price List, AmazonRoute53",
      "",
      "Rules: 4 judged, none violated.",
      "",
    ]);
  });

  it("prints the report's cost and policy members and the notes on request", async () => {
    const standUp = async () => ({ ...stoodUp, notes: ["2 resources are still to be deleted"] });
    const { io } = await check({ json: true }, { standUp });
    const printed = JSON.parse(io.out());
    assert.deepEqual(Object.keys(printed), ["cost", "policy", "notes"]);
    assert.deepEqual(printed.notes, ["2 resources are still to be deleted"]);
    assert.deepEqual(Object.keys(printed.cost), [
      "standbyMonthlyUsd",
      "totalMonthlyUsd",
      "unpriced",
      "lines",
    ]);
    assert.deepEqual(printed.policy, { rules: 4, violations: [] });
  });

  it("prints with each cost line what is assumed of it and what makes it cost less", async () => {
    const { cost } = reportParts();
    const [first, ...rest] = cost.lines;
    const noted = {
      ...cost,
      lines: [
        { ...first!, note: "the bound", lever: "use less", leverSavesMicroUsd: microUsd(0.25) },
        ...rest,
      ],
    };
    const linesOf = async (idleCost: CheckSteps["idleCost"]) =>
      JSON.parse((await check({ json: true }, { idleCost })).io.out()).cost.lines;
    const bare = await linesOf(() => cost);
    assert.deepEqual(
      bare.filter((line: object) => "note" in line || "lever" in line),
      [],
    );
    const index = bare.findIndex(({ item }: { item: string }) => item === first!.item);
    assert.deepEqual(await linesOf(() => noted), [
      ...bare.slice(0, index),
      { ...bare[index], note: "the bound", lever: "use less", leverSavesMonthlyUsd: 0.25 },
      ...bare.slice(index + 1),
    ]);
  });

  it("prices versions by the day that it judges on", async () => {
    const dir = mkdtempSync(path.join(tmpdir(), "check-"));
    const given = process.env.WARM_STANDBY_AS_OF;
    const urnOf = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
    const provider = urnOf("pulumi:providers:aws", "aws");
    const inputs = { region: "us-west-2" };
    const cluster = { version: "1.34", tags: { role: "standby" } };
    const resources = [
      { urn: provider, type: "pulumi:providers:aws", custom: true, id: "p", inputs, outputs: inputs },
      {
        urn: urnOf("aws:eks/cluster:Cluster", "cluster"),
        type: "aws:eks/cluster:Cluster",
        custom: true,
        id: "c",
        inputs: cluster,
        outputs: cluster,
        provider: `${provider}::p`,
      },
    ];
    try {
      const state = path.join(dir, "state.json");
      writeFileSync(state, JSON.stringify({ version: 3, deployment: { resources } }));
      const costs: unknown[] = [];
      for (const day of ["2026-12-02", "2026-12-03"]) {
        process.env.WARM_STANDBY_AS_OF = day;
        const io = captured({ cwd: dir });
        const code = await checkCommand({ stack: "dev", state, set: [], json: true }, [], io);
        const { cost, policy } = JSON.parse(io.out());
        const { message } = policy.violations.find(({ rule }: Finding) => rule === "standby-idle-cost");
        costs.push([code, cost.totalMonthlyUsd, message.slice(0, 28)]);
      }
      assert.deepEqual(costs, [
        [10, 73, "the standby costs $73.00 a m"],
        [10, 438, "the standby costs $438.00 a "],
      ]);
    } finally {
      if (given === undefined) delete process.env.WARM_STANDBY_AS_OF;
      else process.env.WARM_STANDBY_AS_OF = given;
      rmSync(dir, { recursive: true });
    }
  });

  it("prices by the phase that it judges by", async () => {
    for (const phase of ["preview", "settled"] as const) {
      const told: string[] = [];
      const { policy, cost } = reportParts();
      await check(
        {},
        {
          standUp: async () => ({ ...stoodUp, phase }),
          evaluate: (_resources, _config, judgedBy) => {
            told.push(judgedBy);
            return policy;
          },
          idleCost: (_resources, _config, pricedBy) => {
            told.push(pricedBy);
            return cost;
          },
        },
      );
      assert.deepEqual(told, [phase, phase]);
    }
  });

  it("says every verdict where the stack cannot be priced, and that its cost is not known", async () => {
    const message = "the rule itself failed, so nothing is known to hold: no row";
    const own: Finding = { ...FINDING, rule: "standby-idle-cost", urn: "", message };
    const standUp = async () => ({ ...stoodUp, notes: ["2 resources are still to be deleted"] });
    const steps: Partial<CheckSteps> = {
      ...found(FINDING, own),
      standUp,
      idleCost: () => {
        throw new TypeError("no row");
      },
    };
    const plain = await check({}, steps);
    assert.deepEqual([plain.code, plain.io.out()], [10, ""]);
    assert.deepEqual(plain.io.err().split("\n"), [
      "profile-api (dev): 0 resources",
      "",
      "Idle cost of a month, dearest first",
      "Standby not known, whole stack not known a month.",
      "",
      "Rules: 4 judged, 2 violated.",
      "  mandatory failover-ttl (www): ttl is 300 s",
      "  mandatory standby-idle-cost: the rule itself failed, so nothing is known to",
      "  hold: no row",
      "Note: the idle cost is not known: pricing the stack failed: no row.",
      "Note: 2 resources are still to be deleted.",
      "",
    ]);
    const notes = [
      "the idle cost is not known: pricing the stack failed: no row",
      "2 resources are still to be deleted",
    ];
    const json = await check({ json: true }, steps);
    assert.equal(json.code, 10);
    const violations = [FINDING, own].map(({ rule, level, urn, message }) => ({ rule, level, urn, message }));
    assert.deepEqual(JSON.parse(json.io.out()), { cost: null, policy: { rules: 4, violations }, notes });
    const sarif = await check({ format: "sarif" }, steps);
    const [run] = JSON.parse(sarif.io.out()).runs;
    assert.deepEqual(
      [sarif.code, run.results.map(({ ruleId }: { ruleId: string }) => ruleId)],
      [10, ["failover-ttl", "standby-idle-cost"]],
    );
    assert.deepEqual(
      run.invocations[0].toolExecutionNotifications.map((told: { message: object }) => told.message),
      notes.map((text) => ({ text })),
    );
    const github = await check({ format: "github" }, steps);
    assert.deepEqual(
      [github.code, github.io.out().split("\n")],
      [
        10,
        [
          "::error title=failover-ttl (www)::ttl is 300 s",
          `::error title=standby-idle-cost::${message}`,
          ...notes.map((note) => `::notice title=warm-standby::${note}`),
          "",
        ],
      ],
    );
  });

  it("reports a plan that cannot be made as the failure of every rule", async () => {
    // Nothing can be read of a resource whose properties cannot be.
    const broken = {
      urn: "urn:pulumi:dev::shop::aws:route53/record:Record::www",
      type: "aws:route53/record:Record",
      custom: true,
      get properties(): never {
        throw new Error("unreadable");
      },
    } as unknown as StackResource;
    const { code, io } = await check(
      { json: true },
      {
        standUp: async () => ({ ...stoodUp, resources: [broken] }),
        evaluate: (resources, config, phase) => evaluate(resources, config, { phase }),
        idleCost: (resources, config, phase) => idleCostIn(resources, config, phase),
      },
    );
    assert.equal(code, 10);
    const { cost, policy, notes } = JSON.parse(io.out());
    assert.deepEqual(
      [cost, notes],
      [null, ["the idle cost is not known: pricing the stack failed: unreadable"]],
    );
    assert.equal(policy.rules, rules.length);
    assert.deepEqual(
      policy.violations.map(({ rule, level, message }: Finding) => [rule, level, message]),
      rules.map(({ id, level }) => [
        id,
        level,
        `the rule itself failed, so nothing is known to hold: unreadable; report it; until then set ${id} to disabled in the pack's configuration`,
      ]),
    );
  });

  it("ends with 10 on a mandatory violation, unknown ones included, and not on an advisory one", async () => {
    const at = async (changes: Partial<Finding>) => (await check({}, found({ ...FINDING, ...changes }))).code;
    assert.equal(await at({}), 10);
    assert.equal(await at({ verdict: "unknown" }), 10);
    assert.equal(await at({ level: "advisory" }), 0);
    assert.equal(await at({ level: "advisory", verdict: "unknown" }), 0);
    assert.equal(await at({ verdict: "pass" }), 0);
  });

  it("shows refusals before advice, and what the source does not tell", async () => {
    const advice: Finding = { ...FINDING, rule: "zone-recovery", level: "advisory", urn: "", message: "off" };
    const note =
      'encrypted, and so unknown: masterPassword of database; "pulumi stack export --show-secrets" writes them';
    const standUp = async () => ({ ...stoodUp, notes: [note] });
    const { io } = await check({}, { ...found(advice, FINDING), standUp });
    assert.deepEqual(io.err().split("\n").slice(-6), [
      "Rules: 4 judged, 2 violated.",
      "  mandatory failover-ttl (www): ttl is 300 s",
      "  advisory zone-recovery: off",
      'Note: encrypted, and so unknown: masterPassword of database; "pulumi stack',
      '  export --show-secrets" writes them.',
      "",
    ]);
  });

  it("shows forty violations and counts the rest, and writes all of them", async () => {
    const findings = Array.from({ length: 42 }, (_, index) => ({ ...FINDING, message: `m${index}` }));
    const shown = async (count: number) => {
      const { io } = await check({ json: true }, found(...findings.slice(0, count)));
      assert.equal(JSON.parse(io.out()).policy.violations.length, count);
      return io.err().split("\n").slice(-3);
    };
    assert.deepEqual(await shown(40), [
      "  mandatory failover-ttl (www): m38",
      "  mandatory failover-ttl (www): m39",
      "",
    ]);
    assert.deepEqual(await shown(42), [
      "  mandatory failover-ttl (www): m39",
      "  and 2 more, which --json shows too",
      "",
    ]);
  });

  it("writes SARIF of the file that was judged, relative to the folder of the call", async () => {
    const artifact = async (given: Partial<CheckArguments>, cwd: string) => {
      const { io, code } = await check({ format: "sarif", ...given }, found(FINDING), cwd);
      assert.equal(code, 10);
      const [result] = JSON.parse(io.out()).runs[0].results;
      return result.locations[0].physicalLocation.artifactLocation.uri;
    };
    assert.equal(await artifact({}, ROOT), "Pulumi.yaml");
    const state = path.join("policy", "rules", "failover-ttl", "bad.json");
    assert.equal(await artifact({ state }, ROOT), "policy/rules/failover-ttl/bad.json");
    const elsewhere = path.join(ROOT, "docs");
    assert.equal(await artifact({}, elsewhere), pathToFileURL(path.join(ROOT, "Pulumi.yaml")).href);
    assert.equal(await artifact({ state: "-" }, ROOT), "stdin");
  });

  it("writes annotations for GitHub", async () => {
    const { io } = await check({ format: "github" }, found(FINDING));
    assert.equal(io.out(), "::error title=failover-ttl (www)::ttl is 300 s\n");
    assert.equal((await check({ format: "github" })).io.out(), "");
  });

  it("puts what the stack promises under the rules, and a configuration over it", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "warm-standby-"));
    try {
      writeFileSync(
        path.join(folder, "config.json"),
        '{"all": "advisory", "failover-rto": "disabled", "standby-idle-cost": {"monthlyUsdLimit": 5}}',
      );
      const seen: [PolicyConfig, Phase][] = [];
      const steps: Partial<CheckSteps> = {
        standUp: async () => ({ ...stoodUp, phase: "preview" }),
        evaluate: (_, config, phase) => {
          seen.push([config, phase]);
          return { rules: 4, findings: [] };
        },
      };
      await check({}, steps, folder);
      await check({ policyConfig: "config.json" }, steps, folder);
      assert.deepEqual(seen, [
        [
          { "failover-rto": { rtoSecondsLimit: 300 }, "standby-idle-cost": { monthlyUsdLimit: 50 } },
          "preview",
        ],
        [
          {
            all: "advisory",
            "failover-rto": { rtoSecondsLimit: 300, enforcementLevel: "disabled" },
            "standby-idle-cost": { monthlyUsdLimit: 5 },
          },
          "preview",
        ],
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("writes the data, or the plain table, to a file on request", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "warm-standby-"));
    const written = () => readFileSync(path.join(folder, "out"), "utf8");
    try {
      const { io } = await check({ format: "github", output: "out" }, found(FINDING), folder);
      assert.deepEqual([io.out(), written()], ["", "::error title=failover-ttl (www)::ttl is 300 s\n"]);
      const table = await check({ output: "out" }, {}, folder);
      assert.deepEqual([table.io.out(), written()], ["", table.io.err()]);
      await assert.rejects(
        check({ output: "no/such/folder" }, {}, folder),
        new UserError(["--output is no/such/folder; it cannot be written: ENOENT"]),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("hands wrong arguments and wrong settings back as they are", async () => {
    await assert.rejects(check({ stack: "nonsense" }), (error: UserError) => {
      assert.match(
        error.lines.join("\n"),
        /^--stack is nonsense; the project has settings for ([\w-]+, )*dev, ([\w-]+, )*prod\b.*$/,
      );
      return true;
    });
    await assert.rejects(
      check({ format: "xml", policyConfig: "gone.json" }),
      new UserError([
        '--format is "xml"; it must be one of table, json, sarif, github',
        "--policy-config is gone.json; there is no such file",
      ]),
    );
    await assert.rejects(
      check({}, { standUp: async () => ({ kind: "invalid", messages: ["ttl is abc"] }) }),
      new UserError(["ttl is abc"]),
    );
    await assert.rejects(check({}, { standUp: async () => ({ kind: "failed", message: "no such type" }) }), {
      message: "no such type",
    });
  });
});
