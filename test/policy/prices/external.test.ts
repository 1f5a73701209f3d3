import assert from "node:assert/strict";
import type { StackResource } from "../../../model/stack-resource";
import type { Properties } from "../../../model/unknown";
import { stackIdleCost } from "../../../policy/rules/stack-idle-cost/rule";
import { standbyIdleCost } from "../../../policy/rules/standby-idle-cost/rule";
import { resource } from "../../model/stack-fixture";
import { profileApiStack } from "../profile-api-stack";
import { judged } from "../rules/judged";
import { amounts, costOf, primary, providers, standby } from "./meters";

const STACK = resource("pulumi:pulumi:Stack", "stack", {}, { custom: false });
const NAT = "aws:ec2/natGateway:NatGateway";
const only = (read: StackResource): StackResource => ({ ...read, external: true });
const nat = (name: string) => standby(NAT, name);

describe("policy/prices, of resources that are only read", () => {
  it("prices what the stack makes, and of what it reads only the number", () => {
    const own = costOf([nat("a"), nat("b")]);
    const read = costOf([nat("a"), only(nat("b"))]);
    assert.deepEqual([own.totalMicroUsd, own.external, own.counts.priced], [65_700_000, undefined, 2]);
    assert.deepEqual(
      [read.totalMicroUsd, read.external, read.counts.priced],
      [32_850_000, [{ urn: nat("b").urn, standby: true }], 1],
    );
  });

  it("tells the primary's from the standby's", () => {
    const other = standby("aws:dynamodb/table:Table", "kept", { tags: { role: "standby" } });
    const { external } = costOf([other, only(primary(NAT, "a")), only(nat("b"))]);
    assert.deepEqual(
      external?.map(({ standby: is }) => is),
      [false, true],
    );
  });

  it("does not refuse a type without a price, and counts no type that is free", () => {
    const unknown = standby("aws:madeup/thing:Thing", "thing");
    const free = standby("aws:iam/role:Role", "role");
    assert.equal(costOf([unknown]).unpriced.length, 1);
    const { unpriced, external } = costOf([only(unknown), only(free)]);
    assert.deepEqual([unpriced, external?.length], [[], 1]);
  });

  it("does not charge this stack for probes of another's function", () => {
    const stack = profileApiStack({ preview: false });
    const isFunction = ({ type }: StackResource) => type === "aws:lambda/function:Function";
    const functions = new Set(stack.filter(isFunction).map(({ urn }) => urn));
    const lines = (resources: readonly StackResource[]) =>
      costOf(resources).lines.filter(({ urn }) => functions.has(urn)).length;
    assert.ok(lines(stack) > 0);
    assert.equal(lines(stack.map((one) => (isFunction(one) ? only(one) : one))), 0);
  });

  it("does not take a scaling minimum for counted where what it scales is another stack's", () => {
    const service = standby("aws:ecs/service:Service", "web", { name: "web", desiredCount: 0 });
    const target = standby("aws:appautoscaling/target:Target", "scale", {
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: "service/default/web",
      minCapacity: 2,
    });
    const why = (of: StackResource) =>
      costOf([of, target])
        .unpriced.filter(({ urn }) => urn === target.urn)
        .map((one) => one.why);
    assert.deepEqual(why(service), []);
    assert.deepEqual(why(only(service)), [
      "it keeps at least 2 of ecs:service:DesiredCount, and service/default/web is not in this stack",
    ]);
  });

  it("prices a node that the stack adds to a cache group, its own or another's", () => {
    const group = standby("aws:elasticache/replicationGroup:ReplicationGroup", "group", {
      nodeType: "cache.t4g.micro",
    });
    const properties: Properties = { replicationGroupId: "group-id", nodeType: "cache.t4g.micro" };
    const node = standby("aws:elasticache/cluster:Cluster", "node", properties);
    const lines = (of: StackResource) =>
      Object.keys(amounts({ lines: costOf([of, node]).lines.filter(({ urn }) => urn === node.urn) }));
    for (const of of [group, only(group)]) assert.deepEqual(lines(of), ["cache.t4g.micro cache node"]);
  });

  it("says in the message how many are left out, of the standby and of the stack", () => {
    const stack = [STACK, ...providers, nat("a"), only(nat("b")), only(primary(NAT, "c"))];
    const marked = stack.map((one) =>
      one.type === NAT
        ? { ...one, properties: { tags: { role: one.name === "c" ? "primary" : "standby" } } }
        : one,
    );
    const first = (rule: typeof standbyIdleCost | typeof stackIdleCost, monthlyUsdLimit: number) =>
      judged(rule as typeof standbyIdleCost, marked, { monthlyUsdLimit })[0]?.message.split(
        "; do without",
      )[0];
    assert.equal(
      first(standbyIdleCost, 50),
      "the standby costs $32.85 a month while idle, in 1 line; 1 resource that is only read is not priced; allowed: below $50.00",
    );
    assert.match(
      first(standbyIdleCost, 30) ?? "",
      /^the standby costs \$32\.85 a month while idle; 1 resource that is only read is not priced; allowed: below \$30\.00/,
    );
    assert.equal(
      first(stackIdleCost, 50),
      "the stack costs $32.85 a month while idle, in 1 line; 2 resources that are only read are not priced; allowed: below $50.00",
    );
  });
});
