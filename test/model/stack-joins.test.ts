import assert from "node:assert/strict";
import { StackJoins } from "../../model/stack-joins";
import type { StackResource } from "../../model/stack-resource";
import { type PropertyValue, UNKNOWN } from "../../model/unknown";
import { resource, urn } from "./stack-fixture";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const INSTANCE = "aws:ec2/instance:Instance";
const a = resource(GROUP, "a");
const b = resource(GROUP, "b");

/** What an instance's groups come to: names found, ids left over. */
function groups(value: PropertyValue, dependencies: readonly string[] = []) {
  const instance = resource(INSTANCE, "server", { groups: value }, { from: { groups: [...dependencies] } });
  const { found, outside } = new StackJoins([a, b, instance]).references(instance, "groups", GROUP);
  return [found.map(({ name }) => name), [...outside]];
}

describe("model/stack-joins", () => {
  it("follows ids, one or many, and keeps those that are not of the stack", () => {
    assert.deepEqual(groups("a-id"), [["a"], []]);
    assert.deepEqual(groups(["b-id", "sg-0f", "a-id"]), [["b", "a"], ["sg-0f"]]);
    assert.deepEqual(groups(undefined), [[], []]);
    assert.deepEqual(groups([]), [[], []]);
    assert.deepEqual(groups(["", null, 7, {}]), [[], []]);
  });

  it("follows dependencies where ids are unknown, and says where those do not suffice", () => {
    assert.deepEqual(groups(UNKNOWN, [a.urn, b.urn]), [["a", "b"], []]);
    assert.deepEqual(groups([UNKNOWN, UNKNOWN], [a.urn, b.urn]), [["a", "b"], []]);
    assert.deepEqual(groups([UNKNOWN, UNKNOWN], [a.urn]), [["a"], [UNKNOWN]]);
    assert.deepEqual(groups(UNKNOWN, [urn(INSTANCE, "other")]), [[], [UNKNOWN]]);
    assert.deepEqual(groups(UNKNOWN), [[], [UNKNOWN]]);
    assert.deepEqual(groups(["a-id", UNKNOWN], [a.urn, b.urn]), [["a", "b"], []]);
  });

  it("does not take a known id's dependency for an unknown one", () => {
    assert.deepEqual(groups(["a-id", UNKNOWN], [a.urn]), [["a"], [UNKNOWN]]);
  });

  it("follows the dependency of a known id where the resource does not tell its own", () => {
    const joined = (id: StackResource["id"], type = GROUP) => {
      const target = resource(type, "silent");
      const silent: StackResource = { ...target, ...{ id } };
      const server = resource(INSTANCE, "server", { group: "sg-1" }, { from: { group: [target.urn] } });
      return new StackJoins([silent, server]).references(server, "group", GROUP);
    };
    assert.deepEqual(
      joined(undefined).found.map(({ name }) => name),
      ["silent"],
    );
    assert.deepEqual(joined(undefined).outside, []);
    assert.deepEqual(joined(UNKNOWN).outside, []);
    assert.deepEqual(joined("sg-2").outside, ["sg-1"]);
    assert.deepEqual(joined(undefined, INSTANCE).outside, ["sg-1"]);
  });

  it("does so in a list only where every id without a resource has a resource without an id", () => {
    const silent = ["one", "two"].map((name): StackResource => ({ ...resource(GROUP, name), id: undefined }));
    const joined = (value: readonly string[]) => {
      const from = { groups: [...silent, a].map((group) => group.urn) };
      const server = resource(INSTANCE, "server", { groups: [...value] }, { from });
      const references = new StackJoins([...silent, a, server]).references(server, "groups", GROUP);
      return [references.found.map(({ name }) => name), references.outside];
    };
    assert.deepEqual(joined(["sg-1", "a-id", "sg-2"]), [["a", "one", "two"], []]);
    assert.deepEqual(joined(["sg-1", "a-id"]), [["a"], ["sg-1"]]);
    assert.deepEqual(joined(["sg-1", "sg-2", "sg-3"]), [[], ["sg-1", "sg-2", "sg-3"]]);
  });

  it("takes the one beside the referrer where two regions have the same id", () => {
    const cluster = (region: string) =>
      resource("aws:rds/cluster:Cluster", region, { region }, { id: "same" });
    const member = resource("aws:rds/clusterInstance:ClusterInstance", "member", {
      region: "us-west-2",
      clusterIdentifier: "same",
    });
    const joins = new StackJoins([cluster("us-east-1"), cluster("us-west-2"), member]);
    const [found] = joins.references(member, "clusterIdentifier", "aws:rds/cluster:Cluster").found;
    assert.equal(found?.name, "us-west-2");
  });

  it("finds what refers to a resource, also deeper in a property", () => {
    const one = resource(INSTANCE, "one", { groups: ["a-id"] });
    const two = resource(INSTANCE, "two", { deep: [{ group: "a-id" }] });
    const joins = new StackJoins([a, b, one, two]);
    const names = (found: readonly { name: string }[]) => found.map(({ name }) => name);
    assert.deepEqual(names(joins.referring(a, "groups", INSTANCE)), ["one"]);
    assert.deepEqual(names(joins.referring(b, "groups", INSTANCE)), []);
    const deep = joins.referring(a, "deep", INSTANCE, ({ properties }) =>
      Array.isArray(properties.deep) ? ["a-id"] : undefined,
    );
    assert.deepEqual(names(deep), ["two"]);
  });

  it("finds what was computed from a resource", () => {
    const one = resource(INSTANCE, "one", {}, { from: { x: [a.urn], y: [a.urn] } });
    const joins = new StackJoins([a, b, one]);
    assert.deepEqual(joins.dependents(a, INSTANCE), [one]);
    assert.deepEqual(joins.dependents(b, INSTANCE), []);
  });
});
