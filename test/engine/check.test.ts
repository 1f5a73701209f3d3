import assert from "node:assert/strict";
import path from "node:path";
import { UNKNOWN } from "../../model/unknown";
import { evaluate } from "../../policy/evaluate";
import { readStack, type StackReading } from "../../rehearsal/standin/deployment";
import { runUnderMocks } from "../../rehearsal/standin/run-program";
import { EngineProject, HAS_ENGINE, type Outcome, SKIPPED } from "./engine-project";

const SHOP = path.resolve(__dirname, "fixtures/shop");
const NAMES = ["check", "kept", "primary", "renamed", "secondary", "shop-dev", "zone"];

/** Every verdict of every rule, without its words: those of a preview tell when a value will be known. */
function verdicts({ resources, preview }: StackReading): string[] {
  return evaluate(resources, {}, { phase: preview ? "preview" : "settled" })
    .findings.map(({ rule, level, verdict, urn }) => `${rule} ${level} ${verdict} ${urn.split("::").at(-1)}`)
    .sort();
}

const refusals = (stack: StackReading) =>
  verdicts(stack).filter((verdict) => /^\S+ mandatory (fail|unknown) /.test(verdict));

const names = ({ resources }: StackReading) =>
  resources.flatMap(({ type, name }) => (type.startsWith("pulumi:providers:") ? [] : [name])).sort();

describe(`engine: what check reads of it${SKIPPED}`, function () {
  this.timeout(300_000);
  let project: EngineProject;
  let first: StackReading;
  let state: StackReading;
  let unchanged: StackReading;
  let changed: StackReading;
  let judged: Outcome;
  let failed: Outcome;

  before(async function () {
    if (!HAS_ENGINE) return this.skip();
    project = await EngineProject.create(SHOP, "example.com");
    first = readStack(await project.json("preview", "--json"));
    const { code, stdout, stderr } = await project.pulumi("up", "--yes", "--skip-preview");
    assert.equal(code, 0, stdout + stderr);
    state = readStack(await project.json("stack", "export"));
    unchanged = readStack(await project.json("preview", "--json", "--show-sames"));
    const pack = path.resolve(__dirname, "../../policy");
    const second = ["--json", "--show-sames", "--refresh", "--config", "shop:step=2"];
    judged = await project.pulumi("preview", ...second, "--policy-pack", pack);
    changed = readStack(JSON.parse(judged.stdout));
    failed = await project.pulumi("preview", "--json", "--config", "shop:step=none");
  });
  after(() => project?.remove());

  it("gives the program, its preview, its state and a preview without changes the same verdicts", async () => {
    const run = await runUnderMocks({ projectDir: SHOP, stack: "dev" });
    assert.ok(run.kind === "ok", JSON.stringify(run));
    const program = verdicts({ resources: run.resources, preview: false, notes: [] });
    assert.deepEqual(refusals(state), []);
    for (const stack of [first, state, unchanged]) {
      assert.deepEqual(names(stack), [...NAMES, "deleted"].sort());
      assert.deepEqual(verdicts(stack), program);
    }
    assert.deepEqual([first.preview, state.preview, unchanged.preview], [true, false, true]);
  });

  it("refuses what the pack refuses in the engine", () => {
    assert.notEqual(judged.code, 0);
    assert.deepEqual(
      refusals(changed).map((refusal) => refusal.replace(" mandatory fail", "")),
      ["failover-rto primary", "failover-ttl primary", "failover-ttl secondary"],
    );
  });

  it("sees a replaced resource once and as it will be, and a deleted one not at all, after a refresh too", () => {
    assert.deepEqual(names(changed), [...NAMES, "added"].sort());
    const find = (name: string) => changed.resources.find((resource) => resource.name === name);
    assert.deepEqual([find("renamed")?.id, find("renamed")?.properties.name], [UNKNOWN, "after"]);
    const old = state.resources.find(({ name }) => name === "check");
    // Only a preview tells what the program gave and is not known yet: here nothing.
    assert.deepEqual(find("check"), { ...old, givenUnknown: [], provider: find("check")?.provider });
    assert.equal(find("primary")?.properties.ttl, 300);
    assert.equal(
      changed.resources.find(({ type }) => type === "pulumi:providers:aws")?.properties.region,
      "us-east-1",
    );
  });

  it("names the values that the engine hides", () => {
    assert.deepEqual(first.notes.length, 1);
    assert.match(first.notes[0] ?? "", /^secret, and so unknown: displayName of kept; /);
    assert.match(state.notes[0] ?? "", /^encrypted, and so unknown: displayName of kept; /);
  });

  it("refuses the preview of a program that failed", () => {
    assert.throws(() => readStack(JSON.parse(failed.stdout)), {
      message:
        "the preview failed, so it lists a part of the stack only: Configuration 'shop:step' value 'none' is not a valid number",
    });
  });
});
