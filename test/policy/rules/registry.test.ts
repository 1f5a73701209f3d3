import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { ENGINE_UNKNOWN_STRINGS } from "../../../model/unknown";
import { evaluate } from "../../../policy/evaluate";
import { ruleById, rules } from "../../../policy/rules/registry";
import { differences, fixtureConfig, fixtureResources, readFixture } from "../../../policy/rules/rule-docs";
import { resolveSettings } from "../../../policy/settings";
import { readStack } from "../../../rehearsal/standin/deployment";
import { member } from "../../../rehearsal/standin/engine-json";

const ROOT = path.resolve(__dirname, "../../..");

/** What a finding says of which property, whatever its words. */
function placeOf({ verdict, urn, path: property }: { verdict: string; urn: string; path: string }): string {
  return `${verdict} ${urn} ${property}`;
}

const [UNKNOWN_TEXT = ""] = ENGINE_UNKNOWN_STRINGS;

/** A fixture with the field at `jsonPath` not known yet: a state, or the preview that makes it. */
function withUnknown(fixture: unknown, jsonPath: string, isPreview: boolean): unknown {
  const copy = structuredClone(fixture);
  const keys = jsonPath.split(".");
  const last = keys.pop() ?? "";
  const parent = keys.reduce(member, copy) as Record<string, unknown>;
  parent[last] = UNKNOWN_TEXT;
  if (!isPreview) return copy;
  const resources = member(member(copy, "deployment"), "resources") as { urn: string }[];
  return { steps: resources.map((newState) => ({ op: "same", urn: newState.urn, newState })) };
}

describe("policy/rules/registry", () => {
  it("lists exactly these rules, in this order", () => {
    assert.deepEqual(
      rules.map(({ id }) => id),
      [
        "failover-ttl",
        "failover-rto",
        "standby-idle-cost",
        "stack-idle-cost",
        "failover-pair",
        "primary-health-check",
        "health-check-self-reference",
        "health-check-stuck",
        "health-check-shared",
        "health-check-endpoint",
        "alias-target",
        "replica-parity",
        "standby-ready",
        "alarm-region",
        "checkers-admitted",
        "region-placement",
        "zone-recovery",
      ],
    );
  });

  it("has a folder for every rule and a rule for every folder", () => {
    const folders = readdirSync(path.join(ROOT, "policy/rules"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    assert.deepEqual(folders.sort(), rules.map(({ id }) => id).sort());
  });

  it("finds a rule by its id only", () => {
    assert.equal(ruleById("failover-ttl")?.id, "failover-ttl");
    assert.equal(ruleById("Failover-TTL"), undefined);
  });

  for (const rule of rules) {
    describe(rule.id, () => {
      it("has every part", () => {
        const parts = ["rule.ts", "note.ts", "good.json", "bad.json"].map(
          (file) => `policy/rules/${rule.id}/${file}`,
        );
        const outside = [`docs/rules/${rule.id}.md`, `test/policy/rules/${rule.id}/rule.test.ts`];
        assert.deepEqual(
          [...parts, ...outside].filter((file) => !existsSync(path.join(ROOT, file))),
          [],
        );
        const { refuses, why, lever, whenUnknown, whenNotToUse, limits, sources } = rule.note;
        const texts = [rule.title, refuses, why, lever, whenUnknown, whenNotToUse, ...limits];
        assert.ok(limits.length > 0 && sources.length > 0);
        assert.deepEqual(
          texts.filter((text) => text.length < 40),
          [],
        );
        assert.deepEqual(
          sources.filter(
            ({ title, url }) => title === "" || !/^https:\/\/(docs\.)?aws\.amazon\.com\//.test(url),
          ),
          [],
        );
      });

      it("has a described setting with a default that its own schema takes", () => {
        const settings = Object.entries(rule.settings);
        const defaults = Object.fromEntries(settings.map(([name, schema]) => [name, schema.default]));
        assert.deepEqual(resolveSettings(rule.settings, defaults).kind, "ok");
        assert.deepEqual(
          settings.filter(([, { description }]) => !/^[A-Z].{20,}\.$/.test(description)),
          [],
        );
      });

      it("has fixtures that differ in one field, of which one passes and one fails", () => {
        assert.equal(differences(readFixture(rule.id, "good"), readFixture(rule.id, "bad")).length, 1);
        const verdicts = (name: "good" | "bad") =>
          evaluate(fixtureResources(rule.id, name), fixtureConfig(rule.id), { rules: [rule] }).findings.map(
            ({ verdict }) => verdict,
          );
        assert.ok(verdicts("good").includes("pass"));
        assert.ok(verdicts("good").every((verdict) => verdict === "pass" || verdict === "notApplicable"));
        assert.equal(verdicts("bad").filter((verdict) => verdict === "fail").length, 1);
        assert.ok(!verdicts("bad").includes("unknown"));
      });

      for (const phase of ["preview", "settled"] as const) {
        it(`never passes what the field decides while that is not known, ${phase}`, () => {
          const fixture = readFixture(rule.id, "good");
          const [difference] = differences(fixture, readFixture(rule.id, "bad"));
          const findingsOf = (json: unknown) => {
            const { resources } = readStack(json);
            return evaluate(resources, fixtureConfig(rule.id), { rules: [rule], phase }).findings;
          };
          const refused = findingsOf(readFixture(rule.id, "bad")).map(placeOf);
          const decided = findingsOf(structuredClone(fixture)).filter(
            (finding) => finding.verdict === "pass" && !refused.includes(placeOf(finding)),
          );
          assert.ok(decided.length > 0);
          const untold = findingsOf(withUnknown(fixture, difference?.path ?? "", phase === "preview"));
          assert.ok(untold.some(({ verdict }) => verdict === "unknown" || verdict === "fail"));
          const passed = untold.map(placeOf);
          assert.deepEqual(
            decided.map(placeOf).filter((place) => passed.includes(place)),
            [],
          );
        });
      }

      it("does not apply to an empty stack, and says so once", () => {
        assert.deepEqual(
          evaluate([], {}, { rules: [rule] }).findings.map(({ verdict }) => verdict),
          ["notApplicable"],
        );
      });
    });
  }
});
