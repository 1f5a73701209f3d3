import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { StackResource } from "../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../model/unknown";
import { rules } from "../../policy/rules/registry";
import { TemporaryProject } from "../build/temporary-project";
import { resource } from "../model/stack-fixture";
import { PackClient } from "./pack-client";
import { profileApiStack } from "./profile-api-stack";
import { check, primary, record, recordUrn, secondary } from "./rules/records";

const ROOT = path.resolve(__dirname, "../..");
const SOURCES = ["policy", "model"];

/** The project's pack with its sources and the real bundler, to be changed at will. */
function copiedPack(): TemporaryProject {
  const project = new TemporaryProject();
  for (const folder of SOURCES) {
    cpSync(path.join(ROOT, folder), project.file(folder), {
      recursive: true,
      filter: (source) => !source.includes(`${path.sep}dist`),
    });
  }
  return project;
}

function edit(project: TemporaryProject, file: string, from: string, to: string): void {
  const text = readFileSync(project.file(file), "utf8");
  assert.ok(text.includes(from), `${file} has no ${from}`);
  writeFileSync(project.file(file), text.replace(from, to));
}

describe("policy/pack, through its own server", function () {
  this.timeout(60_000);
  let pack: PackClient;

  before(async () => {
    pack = await PackClient.start(path.join(ROOT, "policy"));
  });
  after(() => pack.stop());
  afterEach(() => pack.configure({}));

  it("tells its name, version, rules and their settings", async () => {
    const { name, version, policiesList } = await pack.info();
    assert.deepEqual({ name, version }, { name: "warm-standby", version: "0.1.0" });
    assert.deepEqual(
      policiesList.map((policy) => ({
        name: policy.name,
        description: policy.description,
        settings: policy.configschema?.properties?.fieldsMap.map(([setting]) => setting).sort(),
      })),
      rules.map(({ id, title, settings }) => ({
        name: id,
        description: title,
        settings: Object.keys(settings).sort(),
      })),
    );
  });

  for (const preview of [true, false]) {
    it(`lets the profile API pass ${preview ? "at its first preview" : "once it exists"}`, async () => {
      assert.deepEqual(await pack.analyzeStack(profileApiStack({ preview })), {
        diagnostics: [],
        notApplicable: ["failover-ttl", "stack-idle-cost", "checkers-admitted"],
      });
    });
  }

  it("refuses what is wrong, at the level of each rule", async () => {
    const bad: StackResource[] = [
      ...profileApiStack().filter(({ type }) => !type.startsWith("aws:route53/")),
      check({ failureThreshold: 10, requestInterval: 30 }),
      primary({ ttl: 61 }),
      secondary(),
      resource("aws:medialive/channel:Channel", "endpoint", {
        region: "us-west-2",
        tags: { role: "standby" },
      }),
    ];
    const { diagnostics, notApplicable } = await pack.analyzeStack(bad);
    assert.deepEqual(notApplicable, [
      "stack-idle-cost",
      "alias-target",
      "checkers-admitted",
      "zone-recovery",
    ]);
    assert.deepEqual(
      diagnostics.map(({ policy, level, message }) => `${level} ${policy}: ${message.split(";")[0]}`),
      [
        "mandatory failover-ttl: PRIMARY A record of app.example.com has a ttl of 61 s, for which clients keep the failed side",
        "mandatory failover-rto: PRIMARY A record of app.example.com recovers within 457 s (detection 366 + propagation 30 + cache 61)",
        "mandatory standby-idle-cost: endpoint (aws:medialive/channel:Channel) has no known idle price: it is charged by the hour while it exists, and its price is not in the list",
      ],
    );
    assert.equal(diagnostics[0]?.urn, recordUrn("primary"));
  });

  it("says what it cannot know yet as an advisory, and goes on judging the rest", async () => {
    const unborn = [
      check({ failureThreshold: UNKNOWN }),
      primary({ ttl: UNKNOWN }),
      secondary({ ttl: 61 }),
    ].map((one): StackResource => ({ ...one, id: UNKNOWN }));
    const { diagnostics } = await pack.analyzeStack([...unborn, record("plain", { name: UNKNOWN })]);
    assert.deepEqual(
      diagnostics.map(({ policy, level, message }) => `${level} ${policy}: ${message.split(";")[0]}`),
      [
        "advisory failover-ttl: unknown: ttl of PRIMARY A record of app.example.com",
        "mandatory failover-ttl: SECONDARY A record of app.example.com has a ttl of 61 s, for which clients keep the failed side",
        "mandatory failover-rto: PRIMARY A record of app.example.com has no bound on its recovery: health check hc-1 is not in this stack, so its timing cannot be read",
        'advisory health-check-shared: HTTPS health check "check" is attached to nothing: no record, calculated check or alarm of this stack uses it',
      ],
    );
  });

  it("tells a value that the program gave from one that it left to the provider, by the inputs", async () => {
    const database = resource("aws:rds/instance:Instance", "db", {
      region: "us-west-2",
      tags: { role: "standby" },
      engine: "mysql",
      engineVersion: "8.4",
      instanceClass: "db.t4g.small",
      allocatedStorage: 20,
      storageType: "gp3",
      multiAz: UNKNOWN,
    });
    const { multiAz: _, ...left } = database.properties;
    const unborn: StackResource = { ...database, id: UNKNOWN };
    const unknowns = async (inputs: Properties) => {
      await pack.analyze(unborn, inputs);
      const { diagnostics } = await pack.analyzeStack([unborn]);
      return diagnostics
        .filter(({ policy }) => policy === "standby-idle-cost")
        .map(({ level, message }) => `${level} ${message.split(" of ")[0]}`);
    };
    assert.deepEqual(await unknowns(left), []);
    assert.deepEqual(await unknowns({ ...left, multiAz: UNKNOWN }), ["advisory unknown: multiAz"]);
    assert.deepEqual(await unknowns(left), []);
  });

  it("takes levels and settings from the pack's configuration", async () => {
    const stack = [check(), primary({ ttl: 61 }), secondary({ ttl: 61 })];
    const findings = async () =>
      (await pack.analyzeStack(stack)).diagnostics.map(({ policy, level }) => `${level} ${policy}`);
    assert.deepEqual(await findings(), ["mandatory failover-ttl", "mandatory failover-ttl"]);
    await pack.configure({ "failover-ttl": { level: "advisory" } });
    assert.deepEqual(await findings(), ["advisory failover-ttl", "advisory failover-ttl"]);
    await pack.configure({ "failover-ttl": { level: "mandatory", settings: { ttlSecondsMax: 61 } } });
    assert.deepEqual(await findings(), []);
    await pack.configure({ "failover-ttl": { level: "disabled" } });
    assert.deepEqual(await findings(), []);
  });

  it("refuses after an update what it still cannot know", async () => {
    const updating = await PackClient.start(path.join(ROOT, "policy"), false);
    try {
      const { diagnostics } = await updating.analyzeStack([check(), primary({ ttl: UNKNOWN }), secondary()]);
      assert.deepEqual(
        diagnostics.map(({ policy, level }) => `${level} ${policy}`),
        ["mandatory failover-ttl", "mandatory failover-rto"],
      );
    } finally {
      await updating.stop();
    }
  });

  describe("with sources that change", () => {
    let project: TemporaryProject;
    const title = rules[0]?.title ?? "";
    before(() => {
      project = copiedPack();
    });
    after(() => project.remove());

    async function withPack<T>(use: (pack: PackClient) => Promise<T>): Promise<T> {
      const copy = await PackClient.start(project.file("policy"));
      try {
        return await use(copy);
      } finally {
        await copy.stop();
      }
    }
    const firstTitle = () => withPack(async (copy) => (await copy.info()).policiesList[0]?.description);

    it("builds itself where there is no bundle, and rebuilds where a source is newer", async () => {
      assert.equal(await firstTitle(), title);
      edit(project, "policy/rules/failover-ttl/rule.ts", title, "Another title");
      assert.equal(await firstTitle(), "Another title");
    });

    it("fails the rule that throws, and goes on with the others", async () => {
      edit(
        project,
        "policy/rules/failover-rto/rule.ts",
        "judge: (wholeStack, ",
        "judge: (_stack, _settings) => { throw new Error('cannot read x'); }, spare: (wholeStack, ",
      );
      const { diagnostics } = await withPack((copy) =>
        copy.analyzeStack([check(), primary({ ttl: 61 }), secondary()]),
      );
      assert.deepEqual(
        diagnostics.map(({ policy, level, message }) => `${level} ${policy}: ${message.split(";")[0]}`),
        [
          "mandatory failover-ttl: PRIMARY A record of app.example.com has a ttl of 61 s, for which clients keep the failed side",
          "mandatory failover-rto: the rule itself failed, so nothing is known to hold: cannot read x",
        ],
      );
    });

    it("refuses in one line to judge by what it cannot compile", async () => {
      writeFileSync(project.file("policy/judgement.ts"), "export const = 1;\n");
      await assert.rejects(firstTitle(), ({ message }: Error) => {
        assert.match(
          message,
          /^policy pack: bundle policy is out of date \(policy\/judgement\.ts changed\) and cannot be rebuilt: /,
        );
        assert.equal(message.split("\n").length, 1);
        return true;
      });
    });
  });
});
