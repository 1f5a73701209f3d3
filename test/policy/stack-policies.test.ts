import assert from "node:assert/strict";
import type { StackValidationArgs } from "@pulumi/policy";
import type { StackResource } from "../../model/stack-resource";
import { UNKNOWN } from "../../model/unknown";
import type { AnyRule } from "../../policy/rule";
import { rules } from "../../policy/rules/registry";
import { stackPolicies } from "../../policy/stack-policies";
import { resource } from "../model/stack-fixture";
import { policyResources } from "./policy-resources";
import { alias, check, primary, record, secondary } from "./rules/records";

type Reported = { message: string; urn?: string; enforcementLevel?: string };

/** What a rule of the pack reports on a stack, and its reason if it does not apply. */
async function validate(
  id: string,
  stack: Parameters<typeof policyResources>[0],
  {
    environment = {},
    config = {},
    of = rules,
  }: { environment?: object; config?: object; of?: readonly AnyRule[] } = {},
) {
  const policy = stackPolicies(of, environment as Record<string, string>).find(({ name }) => name === id);
  assert.ok(policy);
  const reported: Reported[] = [];
  let notApplicable: string | undefined;
  const args = {
    resources: policyResources(stack),
    getConfig: () => config,
    notApplicable: (reason?: string) => {
      notApplicable = reason;
    },
  } as unknown as StackValidationArgs;
  await policy.validateStack(args, ((one: Reported) => reported.push(one)) as never);
  return { reported, notApplicable };
}

const unknownTtl = [check(), primary({ ttl: UNKNOWN }), secondary()];

describe("policy/stack-policies", () => {
  it("makes one stack policy of every rule, with its level and the schema of its settings", () => {
    assert.deepEqual(
      stackPolicies(rules, {}).map(({ name, description, enforcementLevel, configSchema }) => ({
        name,
        description,
        enforcementLevel,
        settings: Object.keys(configSchema?.properties ?? {}),
      })),
      rules.map(({ id, title, level, settings }) => ({
        name: id,
        description: title,
        enforcementLevel: level,
        settings: Object.keys(settings),
      })),
    );
  });

  it("says nothing of what passes", async () => {
    assert.deepEqual(await validate("failover-ttl", [check(), primary(), secondary()]), {
      reported: [],
      notApplicable: undefined,
    });
  });

  it("reports a failure at the level of the policy, with the record's URN", async () => {
    const { reported } = await validate("failover-ttl", [primary({ ttl: 61 })]);
    assert.deepEqual(
      reported.map(({ urn, enforcementLevel }) => ({ urn, enforcementLevel })),
      [{ urn: primary().urn, enforcementLevel: undefined }],
    );
  });

  it("says that a rule does not apply", async () => {
    assert.deepEqual(await validate("failover-ttl", [record("plain")]), {
      reported: [],
      notApplicable: "the stack has no failover or health-checked records",
    });
  });

  for (const [environment, level] of [
    [{ PULUMI_DRY_RUN: "true" }, "advisory"],
    [{ PULUMI_NODEJS_DRY_RUN: "true" }, "advisory"],
    [{ PULUMI_DRY_RUN: "false" }, undefined],
    [{ PULUMI_NODEJS_DRY_RUN: "false" }, undefined],
    // The first of an operation around this one, the second of this one.
    [{ PULUMI_DRY_RUN: "true", PULUMI_NODEJS_DRY_RUN: "false" }, undefined],
    [{ PULUMI_DRY_RUN: "false", PULUMI_NODEJS_DRY_RUN: "true" }, "advisory"],
    [{ PULUMI_DRY_RUN: "false", PULUMI_NODEJS_DRY_RUN: "" }, undefined],
    [{}, "advisory"],
  ] as const) {
    it(`reports an unknown as ${level ?? "the policy's level"} with ${JSON.stringify(environment)}`, async () => {
      const { reported } = await validate("failover-ttl", unknownTtl, { environment });
      assert.deepEqual(
        reported.map(({ enforcementLevel }) => enforcementLevel),
        [level],
      );
      assert.match(reported[0]?.message ?? "", /^unknown: ttl of PRIMARY A record of app\.example\.com; /);
    });
  }

  it("finds an unknown value at any depth, where the engine does not say", async () => {
    const levels = async (stack: readonly StackResource[], environment: object) =>
      (await validate("primary-health-check", stack, { environment })).reported.map(
        ({ enforcementLevel }) => enforcementLevel,
      );
    const target = alias("d-1.execute-api.us-east-1.amazonaws.com", UNKNOWN);
    const unknownCheck = [primary({ ...target, healthCheckId: undefined })];
    assert.deepEqual(await levels(unknownCheck, {}), ["advisory"]);
    assert.deepEqual(await levels(unknownCheck, { PULUMI_DRY_RUN: "" }), ["advisory"]);
    assert.deepEqual(await levels(unknownCheck, { PULUMI_DRY_RUN: "false" }), [undefined]);
  });

  it("refuses a secret of a state that cannot be decrypted, for nothing will tell it", async () => {
    const levels = async (environment: object) =>
      (
        await validate("failover-ttl", [check(), primary({ ttl: "[secret]" }), secondary()], { environment })
      ).reported.map(({ message, enforcementLevel }) => [message.split(";")[0], enforcementLevel]);
    const unknown = "unknown: ttl of PRIMARY A record of app.example.com";
    assert.deepEqual(await levels({}), [[unknown, undefined]]);
    assert.deepEqual(await levels({ PULUMI_NODEJS_DRY_RUN: "false" }), [[unknown, undefined]]);
    assert.deepEqual(await levels({ PULUMI_NODEJS_DRY_RUN: "true" }), [[unknown, "advisory"]]);
  });

  it("takes what has no id at a preview for what does not exist, whose open properties have defaults", async () => {
    const server: StackResource = {
      ...resource("aws:ec2/instance:Instance", "server", {
        instanceType: "t4g.nano",
        tenancy: UNKNOWN,
        region: "us-west-2",
        tags: { role: "standby" },
      }),
      id: undefined,
      propertyDependencies: { instanceType: [], region: [], tags: [] },
    };
    const paths = async (PULUMI_DRY_RUN: string, one = server) =>
      (await validate("standby-idle-cost", [one], { environment: { PULUMI_DRY_RUN } })).reported.map(
        ({ message }) => message.split(" of ")[0],
      );
    assert.deepEqual(await paths("true"), []);
    assert.deepEqual(await paths("false"), ["unknown: tenancy"]);
    const given = { ...server.propertyDependencies, tenancy: [] };
    assert.deepEqual(await paths("true", { ...server, propertyDependencies: given }), ["unknown: tenancy"]);
  });

  it("takes the rule's settings from the pack's configuration", async () => {
    const stack = [primary({ ttl: 61 })];
    assert.deepEqual((await validate("failover-ttl", stack, { config: { ttlSecondsMax: 61 } })).reported, []);
    const wrong = await validate("failover-ttl", stack, { config: { ttlSecondsMax: "x" } });
    assert.deepEqual(
      wrong.reported.map(({ message }) => message),
      ['setting ttlSecondsMax is "x"; allowed: a whole number from 1 to 172800'],
    );
  });

  it("reports a rule that throws as that rule's failure", async () => {
    const [model] = rules;
    assert.ok(model);
    const broken: AnyRule = {
      ...model,
      id: "broken",
      judge: () => {
        throw new Error("cannot read x");
      },
    };
    const stack = resource("pulumi:pulumi:Stack", "stack", {}, { custom: false });
    const { reported } = await validate("broken", [stack], { of: [broken] });
    assert.deepEqual(reported, [
      {
        message:
          "the rule itself failed, so nothing is known to hold: cannot read x; report it; until then set broken to " +
          "disabled in the pack's configuration",
        urn: stack.urn,
      },
    ]);
  });
});
