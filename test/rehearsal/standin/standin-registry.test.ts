import assert from "node:assert/strict";
import { standinResourceTypes } from "../../../rehearsal/standin/aws/catalogue";
import { type Registration, StandinRegistry } from "../../../rehearsal/standin/standin-registry";
import { refusal } from "./aws/account-fixture";

const TOPIC = "aws:sns/topic:Topic";
const SIGNATURE = "4dabf18193072939515e22adb298388d";

function registration(type: string, name: string, change: Partial<Registration> = {}): Registration {
  return {
    type,
    name,
    custom: true,
    remote: false,
    parent: "",
    provider: "",
    version: "7.48.0",
    importId: "",
    protect: false,
    retainOnDelete: false,
    object: {},
    dependencies: [],
    propertyDependencies: {},
    additionalSecretOutputs: [],
    ...change,
  };
}

describe("standin/standin-registry", () => {
  let registry: StandinRegistry;
  const fresh = (config: Record<string, string>, zones: string[] = []) =>
    new StandinRegistry("p", "dev", config, zones);
  const refused = (type: string, change: Partial<Registration> = {}) =>
    refusal(() => registry.register(registration(type, "x", change)));

  beforeEach(() => {
    registry = fresh({ "aws:region": "us-east-1", "aws:defaultTags": '{"tags":{"system":"s"}}' });
  });

  it("names resources by the types of all their parents but the stack", () => {
    const register = (type: string, name: string, change: Partial<Registration>) =>
      registry.register(registration(type, name, change)).urn;
    const stack = register("pulumi:pulumi:Stack", "p-dev", { custom: false });
    assert.equal(stack, "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev");
    const outer = register("p:index:Outer", "outer", { custom: false, parent: stack });
    assert.equal(outer, "urn:pulumi:dev::p::p:index:Outer::outer");
    const inner = register("p:index:Inner", "inner", { custom: false, parent: outer });
    assert.equal(inner, "urn:pulumi:dev::p::p:index:Outer$p:index:Inner::inner");
    assert.equal(
      register(TOPIC, "topic", { parent: inner }),
      "urn:pulumi:dev::p::p:index:Outer$p:index:Inner$aws:sns/topic:Topic::topic",
    );
  });

  it("makes the default provider from the stack's settings, once", () => {
    const first = registry.register(registration(TOPIC, "a"));
    registry.register(registration(TOPIC, "b"));
    assert.deepEqual(first.object.tagsAll, { system: "s" });
    const { resources } = registry.deployment().deployment;
    assert.deepEqual(
      resources.map(({ urn }) => urn.split("::").slice(2).join("::")),
      ["pulumi:providers:aws::default_7_48_0", "aws:sns/topic:Topic::a", "aws:sns/topic:Topic::b"],
    );
  });

  it("takes region and tags from an explicit provider", () => {
    const object = { region: "us-west-2", defaultTags: '{"tags":{"role":"standby"}}' };
    const { urn, id } = registry.register(registration("pulumi:providers:aws", "standby", { object }));
    const topic = registry.register(registration(TOPIC, "a", { provider: `${urn}::${id}` }));
    assert.equal(topic.object.region, "us-west-2");
    assert.deepEqual(topic.object.tagsAll, { role: "standby" });
    const answered = registry.invoke("aws:index/getRegion:getRegion", {}, `${urn}::${id}`, "7.48.0");
    assert.equal(answered.region, "us-west-2");
  });

  it("keeps secrets secret, in the answer and in the state", () => {
    const secret = (rest: object) => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", ...rest });
    const object = { displayName: secret({ value: "hush" }) };
    const topic = registry.register(registration(TOPIC, "a", { object, additionalSecretOutputs: ["owner"] }));
    assert.deepEqual(topic.object.displayName, secret({ value: "hush" }));
    const stored = registry.deployment().deployment.resources.at(-1);
    assert.deepEqual(stored?.inputs?.displayName, secret({ plaintext: '"hush"' }));
    assert.deepEqual(stored?.outputs?.owner, secret({ plaintext: '"123456789012"' }));
  });

  it("remembers options that a state file keeps", () => {
    registry.register(registration(TOPIC, "a", { protect: true, retainOnDelete: true }));
    const state: object = registry.deployment().deployment.resources.at(-1) ?? {};
    assert.deepEqual([Reflect.get(state, "protect"), Reflect.get(state, "retainOnDelete")], [true, true]);
  });

  it("refuses every fault of a resource at once, by type, name and property", () => {
    const type = "aws:route53/healthCheck:HealthCheck";
    assert.deepEqual(refused(type, { object: { requestInterval: 20 } }), [
      `${type} "x": type is missing, and AWS cannot do without it`,
      `${type} "x": requestInterval: AWS takes 10 or 30, got 20; the interval cannot be changed after creation`,
    ]);
    assert.deepEqual(registry.deployment().deployment.resources.length, 1);
  });

  it("refuses what it does not play", () => {
    const known = `known: ${standinResourceTypes().length} types of AWS`;
    const lever = "describe it under rehearsal/standin/aws, or rehearse an exported state with --state FILE";
    for (const type of ["aws:rds/instance:Instance", "random:index/randomId:RandomId"])
      assert.deepEqual(refused(type), [`${type} is not known to the stand-in; ${known}; ${lever}`]);
    assert.deepEqual(refused("pulumi:providers:random"), [
      "pulumi:providers:random is not known to the stand-in, which plays AWS only; rehearse an exported state with --state FILE",
    ]);
    assert.equal(refused("awsx:lb:NetworkLoadBalancer", { custom: false, remote: true }).length, 1);
    assert.equal(refused(TOPIC, { importId: "arn" }).length, 1);
  });

  it("refuses a name twice, a file that is not there and a region that is none", () => {
    registry.register(registration(TOPIC, "x"));
    assert.deepEqual(refused(TOPIC), [
      'aws:sns/topic:Topic "x": the name is taken by a resource of this type and parent; give each its own',
    ]);
    const code = { [SIGNATURE]: "0def7320c3a5731c473e5ecbe6d01bc7", path: "./no-such-directory" };
    assert.deepEqual(refused("aws:lambda/function:Function", { object: { code } }), [
      'aws:lambda/function:Function "x": code: ./no-such-directory does not exist; build it first',
    ]);
    assert.deepEqual(refused("pulumi:providers:aws", { object: { region: "mars" } }), [
      'pulumi:providers:aws "x": region is "mars", which is no AWS region; write it as us-east-1 or us-west-2',
    ]);
  });

  it("refuses a resource without a provider where the default one is disabled", () => {
    registry = fresh({ "pulumi:disable-default-providers": '["aws"]', "aws:region": "us-east-1" });
    const reason =
      "has no provider, and pulumi:disable-default-providers disables the default one; give it an explicit provider";
    assert.deepEqual(refused(TOPIC), [`${TOPIC} ${reason}`]);
    registry = fresh({ "pulumi:disable-default-providers": '["*"]' });
    assert.deepEqual(refused(TOPIC), [`${TOPIC} ${reason}`]);
    registry = fresh({ "pulumi:disable-default-providers": '["gcp"]', "aws:region": "us-east-1" });
    registry.register(registration(TOPIC, "x"));
  });

  it("knows the zones that the account has already", () => {
    const lookup = () =>
      registry.invoke("aws:route53/getZone:getZone", { name: "example.com" }, "", "7.48.0");
    assert.equal(refusal(lookup).length, 1);
    registry = fresh({ "aws:region": "us-east-1" }, ["example.com"]);
    assert.equal(lookup().name, "example.com");
  });

  it("takes the outputs of components and of the stack", () => {
    const stack = registry.register(registration("pulumi:pulumi:Stack", "p-dev", { custom: false }));
    registry.setOutputs(stack.urn, { url: "https://example.com" });
    assert.deepEqual(registry.stackOutputs(), { url: "https://example.com" });
    assert.deepEqual(registry.deployment().deployment.resources[0]?.outputs, { url: "https://example.com" });
  });
});
