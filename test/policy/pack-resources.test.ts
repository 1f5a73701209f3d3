import assert from "node:assert/strict";
import type { PolicyResource } from "@pulumi/policy";
import { planFromResources } from "../../model/plan-from-resources";
import { AWS_PROVIDER_TYPE, type StackResource } from "../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../model/unknown";
import { awaitsValues, stackResourcesOf } from "../../policy/pack-resources";
import { resource, urn } from "../model/stack-fixture";
import { policyResources } from "./policy-resources";
import { profileApiStack } from "./profile-api-stack";

class FakeAsset {
  readonly path = Promise.resolve("x");
}

describe("policy/pack-resources", () => {
  for (const preview of [true, false]) {
    it(`gives the same plan as the resources themselves ${preview ? "at preview" : "after an update"}`, () => {
      const stack = profileApiStack({ preview });
      const read = stackResourcesOf(policyResources(stack), preview ? "preview" : "settled");
      assert.deepEqual(planFromResources(read), planFromResources(stack));
      assert.deepEqual(
        read.map(({ urn: of, custom }) => ({ of, custom })),
        stack.map(({ urn: of, custom }) => ({ of, custom })),
      );
    });
  }

  it("reads on behind one unknown value", () => {
    const [read] = stackResourcesOf(
      policyResources([resource("aws:x/y:Z", "one", { a: UNKNOWN, b: 1, c: [{ d: UNKNOWN }, 2], e: null })]),
      "settled",
    );
    assert.deepEqual(read?.properties, { id: "one-id", a: UNKNOWN, b: 1, c: [{ d: UNKNOWN }, 2], e: null });
  });

  it("takes what the engine redacts for unknown, and nothing that only looks alike", () => {
    const [read] = stackResourcesOf(
      policyResources([resource("aws:x/y:Z", "one", { a: "[secret]", b: ["[secret]"], c: "a [secret]" })]),
      "settled",
    );
    assert.deepEqual(read?.properties, { id: "one-id", a: UNKNOWN, b: [UNKNOWN], c: "a [secret]" });
  });

  it("tells a value that the engine awaits, at any depth, from one that it hides", () => {
    const awaits = (properties: Properties) =>
      awaitsValues(policyResources([resource("aws:x/y:Z", "one", properties)]));
    assert.equal(awaits({ a: [{ b: UNKNOWN }] }), true);
    assert.equal(awaits({ a: [{ b: "[secret]" }], c: null }), false);
  });

  it("leaves the id of what does not exist unknown before an update only", () => {
    const without = [resource("aws:x/y:Z", "one", {}, { id: undefined })].map(
      (one): StackResource => ({ ...one, id: undefined }),
    );
    assert.equal(stackResourcesOf(policyResources(without), "preview")[0]?.id, UNKNOWN);
    assert.equal(stackResourcesOf(policyResources(without), "settled")[0]?.id, undefined);
    const unborn = policyResources([resource("aws:x/y:Z", "one", {}, { id: UNKNOWN })]);
    assert.equal(stackResourcesOf(unborn, "settled")[0]?.id, UNKNOWN);
  });

  it("adds default providers, which are not among the resources, once", () => {
    const providerUrn = urn(AWS_PROVIDER_TYPE, "default_7_48_0");
    const withProvider = (name: string) =>
      ({
        ...policyResources([resource("aws:s3/bucket:Bucket", name)])[0],
        provider: {
          type: AWS_PROVIDER_TYPE,
          urn: `${providerUrn}::04da6b54-80e4-46f7-96ec-b56ff0331ba9`,
          name: "default_7_48_0",
          props: { region: "us-west-2" },
        },
      }) as PolicyResource;
    const read = stackResourcesOf([withProvider("one"), withProvider("two")], "settled");
    assert.deepEqual(
      read.map(({ urn: of, provider, custom }) => ({ of, provider, custom })),
      [
        { of: providerUrn, provider: undefined, custom: true },
        { of: urn("aws:s3/bucket:Bucket", "one"), provider: providerUrn, custom: true },
        { of: urn("aws:s3/bucket:Bucket", "two"), provider: providerUrn, custom: true },
      ],
    );
    assert.equal(read[0]?.properties.region, "us-west-2");
  });

  it("keeps the parent, whichever of the two ways it is told", () => {
    const [parent] = policyResources([
      resource("warm-standby:components:X", "parent", {}, { custom: false }),
    ]);
    const [child] = policyResources([resource("aws:x/y:Z", "child")]);
    assert.ok(parent && child);
    const parentOf = (one: PolicyResource) => stackResourcesOf([one], "settled")[0]?.parent;
    assert.equal(parentOf(child), undefined);
    assert.equal(parentOf({ ...child, parent }), parent.urn);
    assert.equal(parentOf({ ...child, opts: { ...child.opts, parent: "urn:of:options" } }), "urn:of:options");
  });

  it("passes over assets, which no rule reads", () => {
    const [fixture] = policyResources([resource("aws:lambda/function:Function", "fn", { memorySize: 128 })]);
    const props = { code: new FakeAsset(), list: [new FakeAsset()], memorySize: 128 };
    const [read] = stackResourcesOf([{ ...fixture, props } as unknown as PolicyResource], "settled");
    assert.deepEqual(read?.properties, { code: {}, list: [{}], memorySize: 128 });
  });
});
