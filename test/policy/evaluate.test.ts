import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { type MaybeUnknown, UNKNOWN } from "../../model/unknown";
import { configFaults, evaluate, idleCostIn, type PolicyConfig } from "../../policy/evaluate";
import type { AnyRule, Judgement } from "../../policy/rule";
import { rules } from "../../policy/rules/registry";
import { resource } from "../model/stack-fixture";
import { anyResource } from "./any-resource";
import { profileApiStack } from "./profile-api-stack";
import { check, primary } from "./rules/records";

const STACK = resource("pulumi:pulumi:Stack", "stack", {}, { custom: false });

/** A rule that gives these judgements, or throws. */
function rule(id: string, judge: AnyRule["judge"], level: AnyRule["level"] = "mandatory"): AnyRule {
  const [model] = rules;
  assert.ok(model);
  return { ...model, id, level, settings: {}, judge };
}

const judgement = (verdict: Judgement["verdict"]): Judgement => ({
  verdict,
  urn: "u",
  path: "p",
  message: "m",
});
const saying = (verdict: Judgement["verdict"]) => rule("says", () => [judgement(verdict)]);

describe("policy/evaluate", () => {
  it("lets every rule judge the profile API, and none objects", () => {
    for (const preview of [true, false]) {
      const report = evaluate(profileApiStack({ preview }));
      assert.equal(report.rules, rules.length);
      assert.deepEqual(
        report.findings.filter(({ verdict }) => verdict === "fail" || verdict === "unknown"),
        [],
      );
      assert.deepEqual(
        [...new Set(report.findings.map(({ rule: id }) => id))],
        rules.map(({ id }) => id),
      );
    }
  });

  it("reports every verdict with rule, level, URN, path and message", () => {
    assert.deepEqual(
      evaluate([], {}, { rules: [saying("fail"), rule("softer", () => [judgement("fail")], "advisory")] }),
      {
        rules: 2,
        findings: [
          { rule: "says", level: "mandatory", verdict: "fail", urn: "u", path: "p", message: "m" },
          { rule: "softer", level: "advisory", verdict: "fail", urn: "u", path: "p", message: "m" },
        ],
      },
    );
  });

  it("takes the level from the configuration, and a rule's own entry before all", () => {
    const level = (config: PolicyConfig) =>
      evaluate([], config, { rules: [saying("fail")] }).findings[0]?.level;
    assert.equal(level({}), "mandatory");
    assert.equal(level({ says: "advisory" }), "advisory");
    assert.equal(level({ says: { enforcementLevel: "advisory" } }), "advisory");
    assert.equal(level({ says: "remediate" }), "mandatory");
    assert.equal(level({ all: "advisory" }), "advisory");
    assert.equal(level({ all: "advisory", says: "mandatory" }), "mandatory");
    assert.deepEqual(evaluate([], { says: "disabled" }, { rules: [saying("fail")] }), {
      rules: 0,
      findings: [],
    });
  });

  it("defers an unknown before an update, and refuses it where nothing will tell it", () => {
    const level = (phase: "preview" | "settled") =>
      evaluate([], {}, { rules: [saying("unknown")], phase }).findings[0]?.level;
    assert.equal(level("preview"), "advisory");
    assert.equal(level("settled"), "mandatory");
  });

  it("never softens a failure at preview", () => {
    assert.equal(
      evaluate([], {}, { rules: [saying("fail")], phase: "preview" }).findings[0]?.level,
      "mandatory",
    );
  });

  it("takes resources without an id for a preview", () => {
    const stack = [check(), primary({ ttl: UNKNOWN })];
    const levels = (resources: typeof stack) =>
      evaluate(resources).findings.flatMap(({ verdict, level }) => (verdict === "unknown" ? [level] : []));
    const rulesThatReadIt = ["failover-ttl", "failover-rto"];
    assert.deepEqual(
      levels(stack),
      rulesThatReadIt.map(() => "mandatory"),
    );
    const unborn = levels(
      stack.map((one) => ({
        ...one,
        id: UNKNOWN,
        properties: { ...one.properties, healthCheckId: UNKNOWN },
      })),
    );
    assert.deepEqual([...new Set(unborn)], ["advisory"]);
    assert.ok(unborn.length > rulesThatReadIt.length);
  });

  it("reports a rule that throws as a failure of that rule, and goes on", () => {
    const broken = rule("broken", () => {
      throw new Error("cannot read x");
    });
    assert.deepEqual(evaluate([STACK], {}, { rules: [broken, saying("pass")] }).findings, [
      {
        rule: "broken",
        level: "mandatory",
        verdict: "fail",
        urn: STACK.urn,
        path: "",
        message:
          "the rule itself failed, so nothing is known to hold: cannot read x; report it; until then set broken to " +
          "disabled in the pack's configuration",
      },
      { rule: "says", level: "mandatory", verdict: "pass", urn: "u", path: "p", message: "m" },
    ]);
  });

  it("refuses a configuration that names no rule, no level or no setting", () => {
    const messages = evaluate([], {
      "failover-tll": "mandatory",
      "failover-ttl": { enforcementLevel: "strict" as never, ttl: 1 },
    })
      .findings.filter(({ verdict }) => verdict === "fail")
      .map(({ rule: id, level, message }) => ({ id, level, message }));
    assert.deepEqual(messages, [
      {
        id: "failover-tll",
        level: "mandatory",
        message:
          "the configuration names rule failover-tll, which does not exist; allowed: all, " +
          rules.map(({ id }) => id).join(", "),
      },
      {
        id: "failover-ttl",
        level: "mandatory",
        message:
          'enforcementLevel of failover-ttl is "strict"; allowed: advisory, mandatory, remediate, disabled',
      },
      {
        id: "failover-ttl",
        level: "mandatory",
        message: "setting ttl does not exist; allowed: ttlSecondsMax",
      },
    ]);
  });

  for (const file of ["config.dev.json", "config.prod.json"]) {
    it(`takes ${file} as it is, and the profile API passes under it`, () => {
      const config = JSON.parse(readFileSync(path.resolve(__dirname, "../../policy", file), "utf8"));
      assert.deepEqual(
        evaluate(profileApiStack(), config).findings.filter(({ verdict }) => verdict === "fail"),
        [],
      );
    });
  }

  it("prices with the assumptions of the configuration", () => {
    const config = { "standby-idle-cost": { tableGb: 100, enforcementLevel: "advisory" } } as const;
    assert.equal(idleCostIn(profileApiStack()).standbyMicroUsd, 3_310_000);
    assert.equal(idleCostIn(profileApiStack(), config).standbyMicroUsd, 3_310_000 + 99 * 450_000);
  });

  it("prices with the assumptions of the rule that judges", () => {
    const alone = {
      "standby-idle-cost": { enforcementLevel: "disabled", tableGb: 1 },
      "stack-idle-cost": { monthlyUsdLimit: 50, tableGb: 100 },
    } as const;
    assert.equal(idleCostIn(profileApiStack(), alone).standbyMicroUsd, 3_310_000 + 99 * 450_000);
    const neither = { ...alone, "stack-idle-cost": { tableGb: 100 } };
    assert.equal(idleCostIn(profileApiStack(), neither).standbyMicroUsd, 3_310_000);
  });

  it("prices what an update will tell by the phase that is given, else by whether ids are known", () => {
    const type = "aws:ec2/instance:Instance";
    const server = (id: MaybeUnknown<string>) => [
      resource(
        type,
        "server",
        { region: "us-east-1", instanceType: UNKNOWN },
        { id, from: { instanceType: [STACK.urn] } },
      ),
    ];
    const config = { "standby-idle-cost": { allowMonthlyUsd: { [type]: 3 } } };
    const unpriced = (id: MaybeUnknown<string>, phase?: "preview" | "settled") =>
      idleCostIn(server(id), config, phase).unpriced.map(({ path }) => path);
    const awaited = ["instanceType"];
    assert.deepEqual([unpriced(UNKNOWN), unpriced("i-1")], [awaited, []]);
    assert.deepEqual([unpriced(UNKNOWN, "settled"), unpriced("i-1", "preview")], [[], awaited]);
  });

  it("judges the same stack the same way twice", () => {
    assert.deepEqual(evaluate(profileApiStack()), evaluate(profileApiStack()));
  });

  it("judges any resources whatever without a rule that fails to run", () => {
    fc.assert(
      fc.property(
        fc.array(anyResource, { maxLength: 12 }),
        fc.constantFrom("preview", "settled"),
        (stack, phase) => {
          const unique = stack.map((one, index) => ({ ...one, urn: `${one.urn}-${index}` }));
          const { findings } = evaluate(unique, {}, { phase: phase as "preview" | "settled" });
          assert.deepEqual(
            findings.filter(({ message }) =>
              /the rule itself failed|NaN|undefined|\[object|Symbol/.test(message),
            ),
            [],
          );
          assert.ok(rules.every(({ id }) => findings.some((finding) => finding.rule === id)));
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });

  it("tells everything in a configuration that is not allowed, a line each, before anything is judged", () => {
    const settings = { secondsMax: { type: "integer", description: "d", default: 60, minimum: 1 } } as const;
    const known = [{ ...rule("a", () => []), settings }, rule("b", () => [])];
    const faults = (config: Record<string, unknown>) => configFaults(config, known);
    assert.deepEqual(faults({}), []);
    assert.deepEqual(
      faults({ all: "advisory", a: { enforcementLevel: "disabled", secondsMax: 1 }, b: "mandatory" }),
      [],
    );
    assert.deepEqual(
      faults({ a: { secondsMax: 0, x: 1 }, b: "strict", c: {}, all: { enforcementLevel: 1 } }),
      [
        'enforcementLevel of b is "strict"; allowed: advisory, mandatory, remediate, disabled',
        "the configuration names rule c, which does not exist; allowed: all, a, b",
        "enforcementLevel of all is 1; allowed: advisory, mandatory, remediate, disabled",
        "a: setting secondsMax is 0; allowed: a whole number from 1",
        "a: setting x does not exist; allowed: secondsMax",
      ],
    );
    for (const entry of [null, 5, [], true]) {
      assert.deepEqual(faults({ a: entry }), [
        `a is ${JSON.stringify(entry)}; allowed: a level (advisory, mandatory, remediate, disabled) or an object of settings`,
      ]);
    }
    const strange = evaluate([STACK], { "failover-ttl": 5 } as unknown as PolicyConfig).findings[0];
    assert.deepEqual(
      [strange?.rule, strange?.level, strange?.verdict],
      ["failover-ttl", "mandatory", "fail"],
    );
  });
});
