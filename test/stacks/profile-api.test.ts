import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parseOutputs } from "../../contract/read-outputs";
import { failoverPairs } from "../../model/failover-plan";
import { failoverSides } from "../../model/failover-sides";
import { planFromResources } from "../../model/plan-from-resources";
import { recoveryBound } from "../../model/recovery-bound";
import { indexByUrn, resourceRole } from "../../model/resource-placement";
import { regionalName, TABLE_ACTIONS } from "../../stacks/profile-api";
import { lines, named, type Registration } from "../components/registrations";
import { SAMPLE_OUTPUTS } from "../contract/sample-outputs";
import { settingsOf } from "./parsed-settings";
import { asStackResources, build, isCustom, WHOLE_STACK } from "./profile-api-stack";

const isProvider = ({ type }: Registration) => type === "pulumi:providers:aws";
const isIam = ({ type }: Registration) => type === "aws:iam/rolePolicy:RolePolicy";

describe("stacks/profile-api", () => {
  let registrations: readonly Registration[];
  let outputs: unknown;
  before(async () => {
    const recording = await build();
    registrations = recording.registrations;
    outputs = await new Promise((resolve) => pulumi.output(recording.result).apply(resolve));
  });
  const failover = () => registrations.filter(({ parent }) => parent === "failover");

  it("is exactly these resources, each with its parent and provider", () => {
    assert.deepEqual(lines(registrations), WHOLE_STACK);
  });

  it("has two providers, which tag what they make", () => {
    const tags = (role: string, region: string) =>
      JSON.stringify({ tags: { system: "profile-api", environment: "dev", role, region } });
    assert.deepEqual(
      registrations.filter(isProvider).map(({ name, inputs }) => [name, inputs.region, inputs.defaultTags]),
      [
        ["primary", "us-east-1", tags("primary", "us-east-1")],
        ["standby", "us-west-2", tags("standby", "us-west-2")],
      ],
    );
  });

  it("leaves nothing to a default provider", () => {
    const strays = registrations.filter((it) => isCustom(it) && !isProvider(it) && it.provider === undefined);
    assert.deepEqual(lines(strays), []);
  });

  it("keeps each side's resources on its own provider", () => {
    for (const { name, provider } of registrations) {
      if (provider === undefined) continue;
      if (/^(standby|certificate-standby)/.test(name)) assert.equal(provider, "standby", name);
      if (/^(primary|certificate-primary)/.test(name)) assert.equal(provider, "primary", name);
    }
  });

  it("never computes a value of one side's API from the other side's", () => {
    for (const side of ["primary", "standby"]) {
      const other = side === "primary" ? "standby" : "primary";
      for (const { name, computedFrom } of registrations.filter(({ name }) =>
        name.startsWith(`${side}-api`),
      )) {
        for (const source of Object.values(computedFrom).flat()) {
          assert.ok(
            !source.startsWith(other) && source !== `certificate-${other}-validation`,
            `${name} <- ${source}`,
          );
        }
      }
    }
  });

  it("gives each function the permission on its own region's table only", () => {
    const policies = registrations
      .filter(isIam)
      .map(({ name, inputs }) => [name, JSON.parse(inputs.policy as string).Statement[0]]);
    const statement = (region: string) => ({
      Sid: "SingleItemsOfTheLocalTable",
      Effect: "Allow",
      Action: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
      Resource: [`arn:aws:dynamodb:${region}:123456789012:table/profiles-table-1`],
    });
    assert.deepEqual(policies, [
      ["primary-api-function-policy", statement("us-east-1")],
      ["standby-api-function-policy", statement("us-west-2")],
    ]);
  });

  it("has no wildcard in an action, and in a resource only where Lambda chooses the name", () => {
    for (const { inputs } of registrations.filter(isIam)) {
      const statements: { Action: string[]; Resource: string[] }[] = JSON.parse(
        inputs.policy as string,
      ).Statement;
      assert.deepEqual(
        statements
          .flatMap(({ Action, Resource }) => [...Action, ...Resource])
          .filter((it) => it.includes("*")),
        statements
          .flatMap(({ Resource }) => Resource)
          .filter((it) => /:log-group:\/aws\/lambda\/dev-[a-z]+-api:log-stream:\*$/.test(it)),
      );
    }
  });

  it("allows on the table what the function's code calls, and nothing else", () => {
    const source = readFileSync(path.join(__dirname, "../../functions/profile-api/profile-store.ts"), "utf8");
    const commands = new Set(
      [...source.matchAll(/\bnew (\w+)Command\(/g)].map(([, command]) => `dynamodb:${command}Item`),
    );
    assert.deepEqual([...commands].sort(), [...TABLE_ACTIONS]);
  });

  it("routes what the function's code answers, and nothing else", () => {
    const source = readFileSync(path.join(__dirname, "../../functions/profile-api/handler.ts"), "utf8");
    const answered = [...source.matchAll(/case "((?:GET|PUT|POST|DELETE) [^"]+)":/g)].map(
      ([, route]) => route,
    );
    const routed = registrations
      .filter(({ type, parent }) => type === "aws:apigatewayv2/route:Route" && parent === "standby-api")
      .map(({ inputs }) => inputs.routeKey);
    assert.deepEqual(routed.sort(), answered.sort());
  });

  it("checks the primary by its own name, never by the name that fails over", () => {
    const { fqdn, resourcePath } = named(registrations, "primary-health-check").inputs;
    assert.deepEqual([fqdn, resourcePath], ["us-east-1.profiles.example.com", "/healthz"]);
    for (const { inputs } of registrations) assert.notEqual(inputs.fqdn, "profiles.example.com");
  });

  it("puts the check on both PRIMARY records and on no other", () => {
    const checked = registrations.filter(({ inputs }) => "healthCheckId" in inputs);
    assert.deepEqual(
      checked.map(({ name, computedFrom }) => [name, computedFrom.healthCheckId]),
      [
        ["failover-primary-a", ["primary-health-check"]],
        ["failover-primary-aaaa", ["primary-health-check"]],
      ],
    );
  });

  it("has no TTL on any alias, and overwrites no record that was there before", () => {
    for (const { inputs, name } of registrations.filter(({ type }) => type === "aws:route53/record:Record")) {
      assert.equal("ttl" in inputs, !("aliases" in inputs), name);
      assert.equal(inputs.allowOverwrite, false, name);
    }
  });

  it("answers for the name only when both regions serve it, and checks only what is there", () => {
    const domains = (side: string) =>
      ["failover", "regional"].flatMap((it) => [
        `${side}-api-${it}-domain-name`,
        `${side}-api-${it}-domain-mapping`,
      ]);
    for (const { name, waitsFor } of failover()) {
      const missing = [...domains("primary"), ...domains("standby")].filter((it) => !waitsFor.includes(it));
      assert.deepEqual(missing, [], name);
    }
    const { waitsFor } = named(registrations, "primary-health-check");
    const needed = [...domains("primary"), "primary-api-record-a", "primary-api-record-aaaa"];
    assert.deepEqual(
      needed.filter((it) => !waitsFor.includes(it)),
      [],
    );
  });

  it("makes each domain wait for its own region's validated certificate", () => {
    for (const side of ["primary", "standby"]) {
      for (const name of ["failover", "regional"]) {
        const domain = named(registrations, `${side}-api-${name}-domain-name`);
        assert.deepEqual(domain.computedFrom, {
          domainNameConfiguration: [`certificate-${side}-validation`],
        });
      }
    }
  });

  it("counts everything to the primary, the standby or DNS", () => {
    const resources = asStackResources(registrations);
    const custom = resources.filter((it) => it.custom && !it.type.startsWith("pulumi:"));
    assert.deepEqual(
      custom.filter((it) => resourceRole(it, resources) === undefined).map(({ name }) => name),
      [],
    );
    assert.deepEqual(
      custom.filter((it) => resourceRole(it, resources) === "dns").map(({ name }) => name),
      ["health-alerts-topic", "primary-health-check", "health-alarm"],
    );
  });

  it("is the plan that its settings promise: two pairs, one check, the same bound", () => {
    const resources = asStackResources(registrations);
    const plan = planFromResources(resources);
    const pairs = failoverPairs(plan);
    assert.deepEqual(
      pairs.map(({ name, type }) => `${name} ${type}`),
      ["profiles.example.com A", "profiles.example.com AAAA"],
    );
    for (const pair of pairs) assert.deepEqual(recoveryBound(plan, pair), settingsOf().bound);
    const { primaryRegions, standbyRegions } = failoverSides(plan, resources, indexByUrn(resources));
    assert.deepEqual([[...primaryRegions], [...standbyRegions]], [["us-east-1"], ["us-west-2"]]);
  });

  it("tells what the contract promises", () => {
    const parsed = parseOutputs(outputs, "dev");
    assert.deepEqual(parsed, {
      kind: "ok",
      outputs: {
        ...SAMPLE_OUTPUTS,
        healthCheckId: "primary-health-check-id",
        records: ["A", "AAAA"].flatMap((type) =>
          SAMPLE_OUTPUTS.records.map((record) => ({ ...record, type })),
        ),
        alarmTopicArns: {
          health: "arn:topic:health-alerts-topic",
          replication: "arn:topic:replication-alerts-topic",
          standbyErrors: "arn:topic:standby-errors-alerts-topic",
        },
      },
    });
  });

  it("names a region below the failover name", () => {
    assert.equal(regionalName("eu-west-1", "profiles.example.com"), "eu-west-1.profiles.example.com");
  });
});
