import assert from "node:assert/strict";
import { planFromResources } from "../../../model/plan-from-resources";
import type { StackResource } from "../../../model/stack-resource";
import { UNKNOWN } from "../../../model/unknown";
import { DEFAULT_ASSUMPTIONS } from "../../../policy/prices/assumptions";
import { PricedStack } from "../../../policy/prices/priced-stack";
import { primary, providers, standby } from "./meters";

const SUBNET = "aws:ec2/subnet:Subnet";
const INSTANCE = "aws:ec2/instance:Instance";

function stackOf(...resources: StackResource[]): PricedStack {
  const stack = [...providers, ...resources];
  return new PricedStack(stack, planFromResources(stack), DEFAULT_ASSUMPTIONS);
}

describe("policy/prices/priced-stack", () => {
  const first = standby(SUBNET, "first", { name: "web" }, { id: "subnet-1" });
  const second = standby(SUBNET, "second", { name: "web" }, { id: "subnet-2" });

  it("refers by id, also within a property", () => {
    const stack = stackOf(first, second);
    const one = standby(INSTANCE, "one", { subnetId: "subnet-2", nested: { id: "subnet-1" } });
    assert.equal(stack.reference(one, "subnetId", SUBNET), second);
    assert.equal(stack.reference(one, "nested.id", SUBNET), first);
    assert.equal(stack.reference(one, "subnetId", INSTANCE), undefined);
  });

  it("refers by what a property was computed from, and to nothing where several could be meant", () => {
    const stack = stackOf(first, second);
    const from = (...urns: string[]) =>
      standby(INSTANCE, "one", { subnetId: UNKNOWN }, { from: { subnetId: urns } });
    assert.equal(stack.reference(from(second.urn), "subnetId", SUBNET), second);
    assert.equal(stack.reference(from(second.urn, first.urn), "subnetId", SUBNET), undefined);
    assert.equal(stack.reference(from(), "subnetId", SUBNET), undefined);
  });

  it("finds by a name beside the one that names it", () => {
    const away = primary(SUBNET, "away", { name: "web" }, { id: "subnet-3" });
    const stack = stackOf(away, first);
    assert.equal(stack.named(standby(INSTANCE, "one"), SUBNET, "name", "web"), first);
    assert.equal(stack.named(primary(INSTANCE, "one"), SUBNET, "name", "web"), away);
    assert.equal(stack.named(primary(INSTANCE, "one"), SUBNET, "name", "other"), undefined);
    assert.deepEqual(stack.withText(SUBNET, "name", "web"), [away, first]);
  });
});
