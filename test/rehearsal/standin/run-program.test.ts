import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { StackResource } from "../../../model/stack-resource";
import { standinResourceTypes } from "../../../rehearsal/standin/aws/catalogue";
import { resourcesFromDeployment } from "../../../rehearsal/standin/deployment";
import { type ProgramRun, type RunOptions, runUnderMocks } from "../../../rehearsal/standin/run-program";
import { tearDown } from "../../../rehearsal/standin/teardown";

const CASES = path.join(__dirname, "fixtures", "cases");
const TYPED = path.join(__dirname, "fixtures", "typed");
const ABORT_MS_MAX = 1_000;

function run(name: string, options: Partial<RunOptions> = {}): Promise<ProgramRun> {
  const { config, ...rest } = options;
  return runUnderMocks({ projectDir: CASES, stack: "dev", config: { case: name, ...config }, ...rest });
}

function ok(result: ProgramRun): Extract<ProgramRun, { kind: "ok" }> {
  if (result.kind !== "ok") throw new Error(JSON.stringify(result));
  return result;
}

describe("standin/run-program", function () {
  this.timeout(30_000);

  describe("a program that runs", () => {
    let result: Extract<ProgramRun, { kind: "ok" }>;
    let byName: Map<string, StackResource>;

    before(async () => {
      result = ok(await run("pair", { config: { token: "x", numbers: "[1,2]" } }));
      byName = new Map(result.resources.map((resource) => [resource.name, resource]));
    });

    it("lists what it registered, parents and providers in their places", () => {
      const urn = (qualified: string) => `urn:pulumi:dev::cases::${qualified}`;
      const fallback = urn("pulumi:providers:aws::default_7_48_0");
      const standby = urn("pulumi:providers:aws::standby");
      const stack = urn("pulumi:pulumi:Stack::cases-dev");
      const alarms = urn("cases:index:Alarms::alarms");
      const listed = result.resources.map(({ urn: own, parent, provider }) => [own, parent, provider]);
      assert.deepEqual(
        listed.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
        [
          [urn("aws:cloudwatch/logGroup:LogGroup::logs"), stack, fallback],
          [urn("aws:dynamodb/table:Table::profiles"), stack, fallback],
          [urn("aws:route53/record:Record::www"), stack, fallback],
          [urn("cases:index:Alarms$aws:sns/topic:Topic::alarms-topic"), alarms, standby],
          [
            urn("cases:index:Alarms$aws:sns/topicSubscription:TopicSubscription::alarms-mail"),
            alarms,
            standby,
          ],
          [alarms, stack, undefined],
          [fallback, undefined, undefined],
          [standby, stack, undefined],
          [stack, undefined, undefined],
        ],
      );
    });

    it("knows what each property was computed from", () => {
      const record = byName.get("www");
      assert.deepEqual(record?.propertyDependencies.records, [byName.get("profiles")?.urn]);
      assert.deepEqual(record?.propertyDependencies.ttl, []);
      assert.deepEqual(
        [...(record?.dependencies ?? [])].sort(),
        [byName.get("logs")?.urn, byName.get("profiles")?.urn].sort(),
      );
    });

    it("gives each resource what AWS would give it", () => {
      const topic = byName.get("alarms-topic");
      assert.match(String(topic?.id), /^arn:aws:sns:us-west-2:123456789012:alarms-topic-[0-9a-f]{7}$/);
      assert.deepEqual(topic?.properties.tagsAll, { role: "standby" });
      assert.equal(byName.get("logs")?.properties.region, "us-east-1");
      assert.deepEqual(byName.get("logs")?.properties.tagsAll, { role: "dns" });
      assert.equal(byName.get("www")?.properties.fqdn, "www.example.com");
    });

    it("returns the outputs of the stack, secrets opened", () => {
      assert.deepEqual(result.outputs, {
        topicArn: byName.get("alarms-topic")?.id,
        fqdn: "www.example.com",
        region: "us-west-2",
        token: "x",
        numbers: [1, 2],
      });
      assert.deepEqual(byName.get("alarms")?.properties.topicArn, byName.get("alarms-topic")?.id);
    });

    it("writes a deployment that reads back as the same resources", () => {
      const text = JSON.stringify(result.deployment);
      assert.deepEqual(resourcesFromDeployment(JSON.parse(text)), result.resources);
    });
  });

  it("runs the project's own program, twice the same to the byte", async () => {
    const project = { projectDir: path.resolve(__dirname, "../../.."), stack: "dev" };
    const [first, second] = await Promise.all([runUnderMocks(project), runUnderMocks(project)]);
    assert.equal(JSON.stringify(ok(second).deployment), JSON.stringify(ok(first).deployment));
    assert.deepEqual(tearDown(ok(first).resources).left, []);
  });

  it("reads typed settings, and starts the program from the project's directory", async () => {
    const { outputs } = ok(await runUnderMocks({ projectDir: TYPED, stack: "dev" }));
    assert.deepEqual(outputs, { count: "5", on: true, list: ["a", "b"], hidden: "hush", directory: "typed" });
  });

  it("refuses settings of another type than declared, once the program let them pass", async () => {
    const result = await runUnderMocks({ projectDir: TYPED, stack: "dev", config: { count: "many" } });
    assert.deepEqual(result, {
      kind: "invalid",
      messages: ['typed:count is "many"; Pulumi.yaml declares it as integer'],
    });
  });

  it("reports settings that the program refuses, line by line", async () => {
    assert.deepEqual(await run("invalid"), { kind: "invalid", messages: ["ttl is abc", "region is Mars"] });
  });

  it("reports every type that the stand-in does not know as the user's to mend", async () => {
    const line = (type: string) =>
      `${type} is not known to the stand-in; known: ${standinResourceTypes().length} types of AWS; describe it under rehearsal/standin/aws, or rehearse an exported state with --state FILE`;
    assert.deepEqual(await run("unknown-type"), {
      kind: "invalid",
      messages: [line("aws:rds/instance:Instance"), line("aws:elasticache/cluster:Cluster")],
    });
  });

  it("reports settings that cannot be read, without running anything", async () => {
    const result = await runUnderMocks({ projectDir: CASES, stack: "locked" });
    assert.equal(result.kind, "invalid");
  });

  const FAILURES: Readonly<Record<string, string>> = {
    throws: "a mistake of the program",
    "throws-later": "a mistake in an apply",
    waits: "the program ended while something in it still waited for a value",
    exits: "the program's process ended with code 3 before it answered: leaving early",
  };
  describe("a program that fails", () => {
    const results = new Map<string, ProgramRun>();

    // Each run has a process of its own, so they can share the machine.
    before(async () => {
      const names = Object.keys(FAILURES);
      const runInTurn = async () => {
        for (let name = names.shift(); name !== undefined; name = names.shift())
          results.set(name, await run(name));
      };
      await Promise.all([runInTurn(), runInTurn()]);
    });

    for (const [name, message] of Object.entries(FAILURES)) {
      it(`does so in plain lines: ${name}`, () => {
        assert.deepEqual(results.get(name), { kind: "failed", message });
      });
    }
  });

  it("ends a program and what it started within a second of the signal, and starts none after it", async () => {
    const directory = mkdtempSync(path.join(tmpdir(), "standin-abort-"));
    try {
      const pidFile = path.join(directory, "pids");
      const controller = new AbortController();
      const running = run("hangs", { signal: controller.signal, config: { pidFile } });
      await eventually(() => existsSync(pidFile) && readFileSync(pidFile, "utf8") !== "");
      const pids = readFileSync(pidFile, "utf8").split(" ").map(Number);
      assert.deepEqual(pids.map(isRunning), [true, true]);
      const abortedAtMs = performance.now();
      controller.abort();
      const stopped = { kind: "failed", message: "stopped before the program had ended" };
      assert.deepEqual(await running, stopped);
      await eventually(() => !pids.some(isRunning));
      assert.ok(performance.now() - abortedAtMs < ABORT_MS_MAX);
      assert.deepEqual(await run("pair", { signal: controller.signal }), stopped);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

async function eventually(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** A process that ended but that nobody has asked about yet is not running. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch (error) {
    const isWithoutProc = (error as NodeJS.ErrnoException).code === "ENOENT" && !existsSync("/proc/self");
    return isWithoutProc;
  }
}
