import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { resourceType } from "../../../../rehearsal/standin/aws/catalogue";
import { check } from "../../../../rehearsal/standin/aws/check";
import type { ProviderScope } from "../../../../rehearsal/standin/aws/resource-type";
import { reasonsOf, SCOPE, urnOf } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

const TOPIC = "aws:sns/topic:Topic";
const TABLE = "aws:dynamodb/table:Table";
const ROLE = "aws:iam/role:Role";

function checked(token: string, news: Properties, scope: Partial<ProviderScope> = {}, olds?: Properties) {
  return check(resourceType(token), urnOf(token, "profiles"), news, { ...SCOPE, ...scope }, olds);
}

describe("standin/aws/check", () => {
  it("fills in the provider's defaults under what is given", () => {
    const { inputs } = checked(TABLE, {
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      readCapacity: 1,
    });
    assert.equal(inputs.billingMode, "PROVISIONED");
    assert.equal(checked(TABLE, { ...MINIMAL[TABLE] }).inputs.billingMode, "PAY_PER_REQUEST");
  });

  it("fills in the provider's region, unless the resource has its own", () => {
    assert.equal(checked(TOPIC, {}).inputs.region, "us-east-1");
    assert.equal(checked(TOPIC, { region: "us-west-2" }).inputs.region, "us-west-2");
    assert.equal("region" in checked(ROLE, MINIMAL[ROLE] ?? {}).inputs, false);
    assert.deepEqual(checked(TOPIC, {}, { region: undefined }).problems, [
      { property: "region", reason: "region is missing; set aws:region, or region on the provider" },
    ]);
    assert.deepEqual(checked(TOPIC, {}, { region: UNKNOWN }).problems, []);
  });

  it("merges the provider's default tags under the resource's own", () => {
    const defaultTags = { system: "profile-api", role: "primary" };
    const merged = (tags: Properties | undefined) => checked(TOPIC, { tags }, { defaultTags }).inputs.tagsAll;
    assert.deepEqual(merged({ role: "dns" }), { system: "profile-api", role: "dns" });
    assert.deepEqual(merged(undefined), defaultTags);
    assert.deepEqual(checked(TOPIC, {}).inputs.tagsAll, {});
    assert.equal(checked(TOPIC, { tags: UNKNOWN }).inputs.tagsAll, UNKNOWN);
    assert.equal(checked(TOPIC, {}, { defaultTags: UNKNOWN }).inputs.tagsAll, UNKNOWN);
    assert.equal("tagsAll" in checked("aws:iam/rolePolicy:RolePolicy", {}).inputs, false);
  });

  it("generates a name once, keeps it, and draws another for a replacement", () => {
    const name = checked(TOPIC, {}).inputs.name;
    assert.match(String(name), /^profiles-[0-9a-f]{7}$/);
    assert.equal(checked(TOPIC, {}).inputs.name, name);
    assert.equal(checked(TOPIC, { fifoTopic: true }, {}, { name: String(name) }).inputs.name, name);
    assert.notEqual(checked(TOPIC, { fifoTopic: true }).inputs.name, name);
    assert.match(String(checked(TOPIC, { namePrefix: "ops-" }).inputs.name), /^ops-[0-9a-f]{7}$/);
    assert.equal(checked(TOPIC, { namePrefix: UNKNOWN }).inputs.name, UNKNOWN);
    assert.equal(checked(TOPIC, { name: "alarms" }).inputs.name, "alarms");
    assert.match(String(checked(TOPIC, {}, {}, { name: "alarms" }).inputs.name), /^profiles-/);
  });

  it("names a missing property, also inside a list, and calls an unknown one present", () => {
    assert.deepEqual(reasonsOf(ROLE, {}), ["assumeRolePolicy is missing, and AWS cannot do without it"]);
    assert.deepEqual(reasonsOf(ROLE, { assumeRolePolicy: UNKNOWN }), []);
    assert.deepEqual(
      reasonsOf("aws:route53/record:Record", {
        zoneId: "Z1",
        name: "www",
        type: "A",
        aliases: [{ name: "d-abc.example.com", evaluateTargetHealth: false }],
      }),
      ["aliases[0].zoneId is missing, and AWS cannot do without it"],
    );
  });

  it("refuses a property that the type does not have", () => {
    assert.deepEqual(reasonsOf(TOPIC, { nmae: "alarms" }), [
      "nmae is no property of aws:sns/topic:Topic; leave it out",
    ]);
    assert.deepEqual(reasonsOf(TOPIC, { nmae: undefined }), []);
  });

  it("writes JSON documents as text and refuses text that is none", () => {
    const document = { Version: "2012-10-17", Statement: [] };
    assert.equal(
      checked(ROLE, { assumeRolePolicy: document }).inputs.assumeRolePolicy,
      JSON.stringify(document),
    );
    assert.equal(
      checked(ROLE, { assumeRolePolicy: { Statement: UNKNOWN } }).inputs.assumeRolePolicy,
      UNKNOWN,
    );
    assert.deepEqual(reasonsOf(ROLE, { assumeRolePolicy: "{" }), [
      'assumeRolePolicy: AWS takes JSON, got "{"',
    ]);
  });
});
