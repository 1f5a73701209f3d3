import assert from "node:assert/strict";
import { planFromResources } from "../../../../model/plan-from-resources";
import type { StackResource } from "../../../../model/stack-resource";
import { DEFAULT_ASSUMPTIONS } from "../../../../policy/prices/assumptions";
import { type Link, madeFrom } from "../../../../policy/prices/formulas/made-from";
import { PricedStack } from "../../../../policy/prices/priced-stack";
import { primary, providers, standby } from "../meters";

const DATABASE = "aws:rds/instance:Instance";
const LINKS: readonly Link[] = [{ property: "replicateSourceDb", to: { [DATABASE]: ["identifier", "arn"] } }];

function origins(one: StackResource, ...others: StackResource[]) {
  const resources = [...providers, one, ...others];
  const stack = new PricedStack(resources, planFromResources(resources), DEFAULT_ASSUMPTIONS);
  const { resources: found, isCut } = madeFrom(one, stack, LINKS);
  return [found.map(({ name }) => name), isCut];
}

/** Number `index` of a chain, each made from the next. */
const link = (index: number) =>
  primary(DATABASE, `${index}`, { identifier: `n${index}`, replicateSourceDb: `n${index + 1}` });
const chain = (count: number) => Array.from({ length: count }, (_, index) => link(index));

describe("policy/prices/formulas/made-from", () => {
  it("goes back to where the stack ends, twenty resources far", () => {
    assert.deepEqual(origins(link(0)), [["0"], false]);
    const [first, ...others] = chain(20);
    assert.ok(first);
    const twenty = [first, ...others].map(({ name }) => name);
    assert.deepEqual(origins(first, ...others), [twenty, false]);
    assert.deepEqual(origins(first, ...others, link(20)), [twenty, true]);
  });

  it("leaves a circle", () => {
    const last = primary(DATABASE, "1", { identifier: "n1", replicateSourceDb: "n0" });
    assert.deepEqual(origins(link(0), last), [["0", "1"], true]);
  });

  it("takes a name in its own region first, and an ARN's name in the ARN's", () => {
    const east = primary(DATABASE, "east", { identifier: "main" });
    const west = standby(DATABASE, "west", { identifier: "main" });
    const of = (replicateSourceDb: string) => standby(DATABASE, "replica", { replicateSourceDb });
    const arn = (region: string) => `arn:aws:rds:${region}:123456789012:db:main`;
    assert.deepEqual(origins(of("main"), east, west), [["replica", "west"], false]);
    assert.deepEqual(origins(of("main"), east), [["replica", "east"], false]);
    assert.deepEqual(origins(of(arn("us-east-1")), west, east), [["replica", "east"], false]);
    assert.deepEqual(origins(of(arn("eu-west-1")), west, east), [["replica"], false]);
  });
});
