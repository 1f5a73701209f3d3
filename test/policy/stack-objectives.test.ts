import assert from "node:assert/strict";
import { rules } from "../../policy/rules/registry";
import { asPromised } from "../../policy/stack-objectives";
import { stackPolicies } from "../../policy/stack-policies";
import { SETTING_NAMES, SETTINGS_NAMESPACE } from "../../stacks/settings";

/** Settings of the stack, by their names without the namespace, as the engine hands them over. */
const engineWith = (values: Readonly<Record<string, unknown>>) => ({
  PULUMI_CONFIG: JSON.stringify(
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [`${SETTINGS_NAMESPACE}:${name}`, value]),
    ),
  ),
});

/** The defaults that differ from the rules' own, as `rule setting value`. */
function promises(environment: Readonly<Record<string, string>>): string[] {
  return rules.flatMap((rule) =>
    Object.entries(asPromised(rule, environment).settings).flatMap(([name, schema]) =>
      schema.default === rule.settings[name]?.default ? [] : [`${rule.id} ${name} ${schema.default}`],
    ),
  );
}

const PROMISED = { rtoObjectiveSeconds: "200", standbyMonthlyBudgetUsd: "40", stackMonthlyBudgetUsd: "4.5" };
const CHANGED = [
  "failover-rto rtoSecondsLimit 200",
  "stack-idle-cost monthlyUsdLimit 4.5",
  "standby-idle-cost monthlyUsdLimit 40",
];

describe("policy/stack-objectives", () => {
  it("takes what the stack promises as the defaults, and nothing else", () => {
    assert.deepEqual(promises(engineWith({ ...PROMISED, recordTtlSeconds: "10" })).sort(), CHANGED);
  });

  it("reads settings that exist", () => {
    assert.deepEqual(
      Object.keys(PROMISED).filter((name) => !SETTING_NAMES.includes(name)),
      [],
    );
  });

  it("keeps the rule's own default where the stack promises no number, or none that the rule allows", () => {
    for (const text of ["auto", "none", "", "-1", "1e9", "0x10", "5 USD", " 5", "Infinity", 5, null, ["5"]]) {
      const values = Object.fromEntries(Object.keys(PROMISED).map((name) => [name, text]));
      assert.deepEqual(promises(engineWith(values)), [], JSON.stringify(text));
    }
    assert.deepEqual(promises(engineWith({ rtoObjectiveSeconds: "0", standbyMonthlyBudgetUsd: "0" })), []);
  });

  it("never loosens a rule's own default, which a stack could otherwise do for itself", () => {
    const promised = (values: Record<string, string>) => promises(engineWith(values));
    assert.deepEqual(promised({ rtoObjectiveSeconds: "301", standbyMonthlyBudgetUsd: "50.01" }), []);
    assert.deepEqual(promised({ rtoObjectiveSeconds: "299" }), ["failover-rto rtoSecondsLimit 299"]);
    assert.deepEqual(promised({ standbyMonthlyBudgetUsd: "49.99" }), [
      "standby-idle-cost monthlyUsdLimit 49.99",
    ]);
    assert.deepEqual(promised({ stackMonthlyBudgetUsd: "1000" }), ["stack-idle-cost monthlyUsdLimit 1000"]);
  });

  it("keeps the rule's own default where there is no configuration to read", () => {
    assert.deepEqual(promises({}), []);
    for (const text of ["", "{", "null", "5", "[]", '"text"', "{}"]) {
      assert.deepEqual(promises({ PULUMI_CONFIG: text }), [], text);
    }
  });

  it("is the default in the schema that the engine fills in, under what the configuration file says", () => {
    const schemas = stackPolicies(rules, engineWith(PROMISED)).flatMap(({ name, configSchema }) => {
      const schema = configSchema?.properties.monthlyUsdLimit as { default?: unknown } | undefined;
      return schema ? [[name, schema.default]] : [];
    });
    assert.deepEqual(Object.fromEntries(schemas), { "standby-idle-cost": 40, "stack-idle-cost": 4.5 });
  });
});
