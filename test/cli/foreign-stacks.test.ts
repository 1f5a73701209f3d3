import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { realSteps, rehearseCommand } from "../../cli/rehearse-command";
import type { RehearseArguments } from "../../cli/run-command";
import type { Report } from "../../drill/report/report";
import { rehearsalSamples } from "../drill/rehearsal-samples";
import { captured } from "./captured-io";
import { halves, loadBalancers, pythonServers, twoSites, withoutFailover } from "./foreign-stacks";

const GIVEN: RehearseArguments = {
  stack: "dev",
  set: [],
  scenario: "primary-down",
  cutovers: "20",
  resolvers: "10",
  seed: "1",
  speed: "10",
  replicationLagMs: "500",
};

/** The real command over a file of Pulumi's; of the loopback, which takes its time, only the samples of another run. */
describe("rehearse --state of programs that know nothing of this project", function () {
  // Each starts the simulation's thread and sweeps; a busy machine takes its time.
  this.timeout(60_000);

  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "warm-standby-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Sweeps other settings of the stack only where that is asked for: it plays each of them. */
  async function rehearsed(text: string, given: Partial<RehearseArguments> = {}, sweeps = false) {
    const state = path.join(folder, "state.json");
    writeFileSync(state, text);
    const io = captured({ cwd: folder, signal: new AbortController().signal, env: {} });
    const onLoopback: string[] = [];
    const code = await rehearseCommand({ ...GIVEN, state, report: "out", ...given }, [], io, (source) => ({
      ...realSteps(source),
      ...(sweeps ? {} : { frontier: async () => ({ kind: "absent", why: "not asked for" }) as const }),
      loopback: async ({ set, onSample }) => {
        onLoopback.push(`${set.name} ${set.type}`);
        for (const sample of rehearsalSamples()) onSample(sample);
        return undefined as never;
      },
    }));
    const file = (name: string) => readFileSync(path.join(folder, "out", name), "utf8");
    const report = JSON.parse(file("report.json")) as Report;
    return { code, report, onLoopback, page: file("report.html") };
  }

  const mandatory = ({ policy }: Report) =>
    policy.violations.filter(({ level }) => level === "mandatory").map(({ rule }) => rule);

  it("plays a Python program's servers, whose database and zone nobody here knows", async () => {
    const { code, report, onLoopback, page } = await rehearsed(pythonServers().export(), {}, true);
    assert.deepEqual([report.system, report.stack], ["py-webapp", "production"]);
    assert.deepEqual(onLoopback, ["app.example.com A"]);
    assert.equal(report.bound.rtoSeconds, 2 * 36 + 6 + 30 + 60);
    assert.equal(report.cutover.count, 20);
    assert.deepEqual([mandatory(report), report.others, report.verdict, code], [[], [], "met", 0]);
    assert.deepEqual(report.teardown, { created: null, deleted: null, left: [] });
    assert.deepEqual(report.notes, ["the stack was only read from a file; its deletion was not played"]);
    assert.match(page, /<figure id="frontier">/);
  });

  it("plays the slower of two sites, and simulates the other", async () => {
    const { report, onLoopback, page } = await rehearsed(twoSites().export());
    assert.deepEqual(onLoopback, ["docs.example.com A"]);
    assert.equal(report.bound.rtoSeconds, 3 * 38 + 8 + 30 + 60);
    const [apex, ...more] = report.others;
    assert.deepEqual(more, []);
    assert.ok(apex?.clientSeconds && apex.clientSeconds.max < 152);
    assert.deepEqual(
      [apex.name, apex.routing, apex.boundSeconds, apex.count, apex.why],
      ["example.com", "failover", 152, 20, null],
    );
    assert.match(page, /What else fails over/);
  });

  it("plays two load balancers, and says what a sound stack would have beside them", async () => {
    const { code, report, onLoopback } = await rehearsed(loadBalancers().export());
    assert.deepEqual(onLoopback, ["www.shop.example.com A"]);
    assert.equal(report.cutover.count, 20);
    assert.ok(mandatory(report).includes("standby-ready"));
    assert.deepEqual([report.verdict, code], ["missed", 10]);
  });

  it("has nothing to measure in a stack without failover", async () => {
    const { code, report, onLoopback } = await rehearsed(withoutFailover().export());
    assert.deepEqual([report.verdict, code, onLoopback, report.cutover.count], ["not-measured", 11, [], 0]);
  });

  it("names what cannot be rehearsed, with why, and plays the rest", async () => {
    const { code, report, onLoopback } = await rehearsed(halves().export());
    assert.deepEqual(onLoopback, ["app.example.com A"]);
    assert.deepEqual(
      report.others.map(({ name, count, why }) => [name, count, why?.replace(/urn:\S+/, "URN")]),
      [
        [
          "stray.example.com",
          0,
          "the failure cannot be simulated: health check 12345678-not-in-the-stack of URN is not in the stack",
        ],
        ["half.example.com", 0, "it has a PRIMARY and no SECONDARY, so nothing takes over"],
        ["near.example.com", 0, "geoproximity routing is not played"],
      ],
    );
    assert.equal(
      report.notes[0],
      "canary.example.com A: the only record of its weighted set; nothing takes over",
    );
    assert.deepEqual(
      [mandatory(report), code],
      [["failover-rto", "failover-rto", "failover-pair", "primary-health-check"], 10],
    );
  });

  it("plays a preview whose addresses do not exist yet, and judges them by no more than it knows", async () => {
    const { code, report, onLoopback } = await rehearsed(pythonServers().preview());
    assert.deepEqual(onLoopback, ["app.example.com A"]);
    assert.deepEqual([report.bound.rtoSeconds, report.cutover.count], [2 * 36 + 6 + 30 + 60, 20]);
    assert.deepEqual([mandatory(report), report.others, report.verdict, code], [[], [], "met", 0]);
    assert.deepEqual(report.notes, [
      ...["PRIMARY", "SECONDARY"].map(
        (role) =>
          `app.example.com A: the address of the ${role} record is not known before the update; one is taken`,
      ),
      "the stack was only read from a file; its deletion was not played",
    ]);
    const unknown = report.policy.violations.filter(({ message }) =>
      message.startsWith("unknown: ipAddress"),
    );
    assert.deepEqual(
      unknown.map(({ rule }) => rule),
      ["health-check-endpoint"],
    );
  });

  it("says of a preview which values it still needs, and meets nothing without them", async () => {
    const preview = JSON.parse(pythonServers().preview()) as {
      steps: { newState: { propertyDependencies?: Record<string, string[]> } }[];
    };
    for (const { newState } of preview.steps) delete newState.propertyDependencies?.records;
    const { code, report } = await rehearsed(JSON.stringify(preview));
    assert.deepEqual([report.verdict, code], ["not-measured", 11]);
    assert.match(
      String(report.others[0]?.why),
      /the values of \S+app-primary are not known before the update$/,
    );
  });

  it("plays a preview whose answers follow from what depends on what", async () => {
    const { report, onLoopback } = await rehearsed(twoSites().preview());
    assert.deepEqual([onLoopback, report.cutover.count], [["docs.example.com A"], 20]);
  });

  it("judges a scenario that is simulated only by its simulation", async () => {
    const { code, report, onLoopback, page } = await rehearsed(pythonServers().export(), {
      scenario: "health-lies",
    });
    assert.deepEqual([onLoopback, report.loopback.requests, report.verdict, code], [[], null, "missed", 10]);
    assert.equal(
      report.headline,
      "objective missed: nothing failed over, as the health check does not see this fault; 100 % of requests failed until the heal",
    );
    assert.ok(page.includes("Timeline of simulated cutover 0"));
    const note =
      "simulated only, and judged by the simulation: nothing of health-lies was played on loopback";
    assert.ok(report.notes[0]?.startsWith(note));
    assert.ok(page.includes("nothing of health-lies was played on loopback"));
  });

  it("keeps the promise where clients are served though nothing fails over, and says so in other words", async () => {
    const { code, report } = await rehearsed(pythonServers().export(), { scenario: "partition-minority" });
    assert.deepEqual([report.verdict, code], ["met", 0]);
    assert.equal(
      report.headline,
      "nothing had to fail over, as the health check does not see this fault; no request failed",
    );
  });

  it("has one tile and one verdict for mixed clients: of those that honour the TTL", async () => {
    const { code, report, page } = await rehearsed(pythonServers().export(), { scenario: "mixed-clients" });
    assert.deepEqual([report.verdict, report.headline, code], ["met", "objectives met", 0]);
    assert.ok(report.cutover.compliant && report.cutover.compliant.stranded === 0);
    assert.ok(
      report.cutover.otherKinds?.some(({ name, stranded }) => name === "jvm-for-ever" && stranded > 0),
    );
    assert.doesNotMatch(page, /<dd class="value bad">/);
    assert.match(page, /others: clamps-ttl [\d.]+ s.*; jvm-for-ever \d+ never/);
  });
});
