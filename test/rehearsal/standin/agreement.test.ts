import assert from "node:assert/strict";
import { isUnknown } from "../../../model/unknown";
import { MemoryAccount } from "../../../rehearsal/standin/aws/account";
import { standinResourceTypes } from "../../../rehearsal/standin/aws/catalogue";
import { Refusal } from "../../../rehearsal/standin/aws/refusal";
import { StandinProvider, type Wire } from "../../../rehearsal/standin/plugin/provider";
import { StandinRegistry } from "../../../rehearsal/standin/standin-registry";
import { MINIMAL } from "./aws/minimal-inputs";

/** A way to the stand-in, with an empty account of its own. */
interface Front {
  make(type: string, name: string, inputs: Wire): unknown;
}

function mocks(): Front {
  const registry = new StandinRegistry("p", "dev", { "aws:region": "us-east-1" }, []);
  return {
    make: (type, name, object) => {
      const { id, object: properties } = registry.register({
        type,
        name,
        object,
        custom: true,
        remote: false,
        parent: "",
        provider: "",
        version: "",
        importId: "",
        protect: false,
        retainOnDelete: false,
        dependencies: [],
        propertyDependencies: {},
        additionalSecretOutputs: [],
      });
      return { id, properties };
    },
  };
}

function plugin(): Front {
  const provider = new StandinProvider(new MemoryAccount(true));
  provider.configure({ region: "us-east-1" });
  return {
    make: (type, name, object) => {
      const urn = `urn:pulumi:dev::p::${type}::${name}`;
      const { inputs, problems } = provider.check(urn, {}, object);
      assert.deepEqual(problems, []);
      return provider.create(urn, inputs, false);
    },
  };
}

function outcome(front: Front, type: string): unknown {
  try {
    return front.make(type, "x", MINIMAL[type] as Wire);
  } catch (error) {
    if (error instanceof Refusal) return error.lines;
    throw error;
  }
}

describe("standin: the mock monitor and the plugin agree", () => {
  for (const type of standinResourceTypes()) {
    it(`on ${type}, made or refused`, () => {
      assert.deepEqual(outcome(plugin(), type), outcome(mocks(), type));
    });
  }

  it("on a good part of the types by making them, without what they refer to", () => {
    const makes = standinResourceTypes().filter((type) => !Array.isArray(outcome(mocks(), type)));
    assert.ok(makes.length >= 25, `${makes.length} made`);
    assert.ok(Object.values(MINIMAL).every((inputs) => !Object.values(inputs).some(isUnknown)));
  });
});
