import assert from "node:assert/strict";
import { planFromResources } from "../../../model/plan-from-resources";
import type { StackResource } from "../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../model/unknown";
import { idleCost } from "../../../policy/prices/idle-cost";
import { type FixtureOptions, resource } from "../../model/stack-fixture";

const ADDRESS = "198.51.100.7";
const TABLE_ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/memory";
const TABLE = "aws:dynamodb/table:Table";
const ROLE = "aws:iam/role:Role";

const inEast = (type: string, name: string, properties: Properties, options: FixtureOptions = {}) =>
  resource(type, name, { region: "us-east-1", ...properties }, options);
const check = resource("aws:route53/healthCheck:HealthCheck", "check", {
  type: "HTTPS",
  ipAddress: ADDRESS,
  resourcePath: "/healthz",
  requestInterval: 30,
});
const instance = inEast("aws:ec2/instance:Instance", "host", {
  instanceType: "t4g.nano",
  iamInstanceProfile: "profile-id",
});
const address = inEast("aws:ec2/eip:Eip", "address", { instance: "host-id", publicIp: ADDRESS });
const profile = resource("aws:iam/instanceProfile:InstanceProfile", "profile", { role: "role-id" });
const role = resource(ROLE, "role", {});
const table = (properties: Properties = {}) =>
  inEast(TABLE, "memory", { name: "memory", arn: TABLE_ARN, billingMode: "PAY_PER_REQUEST", ...properties });
const statement = (changes: Properties = {}): Properties => ({
  ...{ Effect: "Allow", Action: ["dynamodb:GetItem"], Resource: [TABLE_ARN] },
  ...changes,
});
const text = (...statements: Properties[]) => JSON.stringify({ Statement: statements });
const rolePolicy = (policy: PropertyValue, options: FixtureOptions = {}) =>
  resource("aws:iam/rolePolicy:RolePolicy", "grant", { role: "role-id", policy }, options);

/** `resource: quantity and price of what probes read`, and `resource kind path` of what cannot be told. */
function reads(...stack: StackResource[]): readonly string[] {
  const resources = [check, address, ...stack];
  const report = idleCost(resources, planFromResources(resources));
  const name = (urn: string) => urn.split("::").at(-1);
  return [
    ...report.lines
      .filter(({ item }) => item.startsWith("table reads"))
      .map(
        ({ urn, item, region, monthlyMicroUsd }) => `${name(urn)}: ${item}, ${region}, ${monthlyMicroUsd}`,
      ),
    ...report.unpriced
      .filter(({ path }) => path === "billingMode")
      .map(({ urn, kind, path }) => `${name(urn)} ${kind} ${path}`),
  ];
}

/** 1,401,600 reads at 0.125 USD a million. */
const LINE = "host: table reads of 1401600 probes, 1 each assumed, us-east-1, 175200";
const host = [instance, profile, role];

describe("policy/prices/instance-traffic", () => {
  it("charges one read for each probe to the table that the instance's role may read", () => {
    assert.deepEqual(reads(...host, table(), rolePolicy(text(statement()))), [LINE]);
  });

  const policies: [title: string, statements: Properties[], expected: string[]][] = [
    ["one action and one resource without a list", [statement({ Action: "dynamodb:Query" })], [LINE]],
    ["a wildcard, whatever its case", [statement({ Action: "DynamoDB:Get*", Resource: TABLE_ARN })], [LINE]],
    ["the same table twice", [statement(), statement({ Action: "dynamodb:Scan" })], [LINE]],
    ["any action on it", [statement({ Action: "*" })], [LINE]],
    ["writes alone", [statement({ Action: ["dynamodb:PutItem", "dynamodb:Put*"] })], []],
    ["a denial", [statement({ Effect: "Deny" })], []],
    ["another table", [statement({ Resource: `${TABLE_ARN}-2` })], []],
    ["everything, which names no table", [statement({ Resource: "*" })], []],
  ];
  for (const [title, statements, expected] of policies) {
    it(`reads a policy of ${title}`, () => {
      assert.deepEqual(reads(...host, table(), rolePolicy(text(...statements))), expected);
    });
  }

  it("finds the policy as an object, attached, or inside the role", () => {
    const document = { Statement: statement() };
    assert.deepEqual(reads(...host, table(), rolePolicy(document)), [LINE]);
    const policy = resource("aws:iam/policy:Policy", "policy", { policy: text(statement()), arn: "arn:p" });
    const attachment = (policyArn: string) =>
      resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attachment", {
        role: "role-id",
        policyArn,
      });
    assert.deepEqual(reads(...host, table(), policy, attachment("policy-id")), [LINE]);
    assert.deepEqual(reads(...host, table(), policy, attachment("arn:p")), [LINE]);
    assert.deepEqual(reads(...host, table(), policy, attachment("arn:other")), []);
    const withInline = resource(ROLE, "role", { inlinePolicies: [{ policy: text(statement()) }] });
    assert.deepEqual(reads(instance, profile, withInline, table()), [LINE]);
  });

  it("finds the table by what the policy is computed from before it has a text", () => {
    const unborn = table({ arn: UNKNOWN });
    const policy = (from: string[]) => rolePolicy(UNKNOWN, { id: UNKNOWN, from: { policy: from } });
    assert.deepEqual(reads(...host, unborn, policy([unborn.urn])), [LINE]);
    assert.deepEqual(reads(...host, unborn, policy([])), []);
  });

  it("charges nothing where no role leads to the table, or its capacity is provisioned", () => {
    const grant = rolePolicy(text(statement()));
    assert.deepEqual(reads(instance, role, table(), grant), []);
    assert.deepEqual(reads(instance, profile, table(), grant), []);
    assert.deepEqual(reads(...host, table(), rolePolicy("no JSON")), []);
    assert.deepEqual(
      reads(...host, table({ billingMode: "PROVISIONED", readCapacity: 1, writeCapacity: 1 }), grant),
      [],
    );
    assert.deepEqual(reads(instance, profile, role, table(), grant).length, 1);
  });

  it("does not know the reads of a table whose billing is not known", () => {
    assert.deepEqual(reads(...host, table({ billingMode: UNKNOWN }), rolePolicy(text(statement()))), [
      "memory input billingMode",
    ]);
  });
});
