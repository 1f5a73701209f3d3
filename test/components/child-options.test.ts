import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { childOptions } from "../../components/child-options";
import { named, record } from "./registrations";

class Pair extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("test:index:Pair", name, {}, opts);
    const first = new sns.Topic(`${name}-first`, {}, childOptions(this, opts));
    new sns.Topic(`${name}-second`, {}, childOptions(this, opts, { dependsOn: [first] }));
    this.registerOutputs({});
  }
}

describe("components/child-options", () => {
  const build = async (waits: boolean) => {
    const { registrations } = await record(() => {
      const provider = new Provider("primary", { region: "us-east-1" });
      const before = new sns.Topic("before", {}, { provider });
      return new Pair("pair", { provider, ...(waits ? { dependsOn: [before] } : {}) });
    });
    return (name: string) => named(registrations, name);
  };

  it("makes a child of the component, on its provider", async () => {
    const of = await build(true);
    for (const name of ["pair-first", "pair-second"]) {
      assert.deepEqual([of(name).parent, of(name).provider], ["pair", "primary"]);
    }
  });

  it("has children wait for what the component waits for, and for what they wait for themselves", async () => {
    const of = await build(true);
    assert.deepEqual(of("pair-first").waitsFor, ["before"]);
    assert.deepEqual(of("pair-second").waitsFor, ["before", "pair-first"]);
  });

  it("waits for nothing where nobody says so", async () => {
    const of = await build(false);
    assert.deepEqual(of("pair-first").waitsFor, []);
    assert.deepEqual(of("pair-second").waitsFor, ["pair-first"]);
  });
});
