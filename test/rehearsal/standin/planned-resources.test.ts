import assert from "node:assert/strict";
import { UNKNOWN } from "../../../model/unknown";
import { plannedResources } from "../../../rehearsal/standin/planned-resources";

const ZONE = "urn:pulumi:dev::p::aws:route53/zone:Zone::zone";
const TOPIC = "urn:pulumi:dev::p::aws:sns/topic:Topic::topic";
const PROVIDER = "urn:pulumi:dev::p::pulumi:providers:aws::default_7_48_0";

interface Sides {
  readonly old?: object;
  readonly next?: object;
}

function step(op: string, urn: string, { old, next }: Sides) {
  return {
    op,
    urn,
    ...(old ? { oldState: { urn, custom: true, ...old } } : {}),
    ...(next ? { newState: { urn, custom: true, ...next } } : {}),
  };
}

function planned(steps: readonly object[], rest: object = {}) {
  return plannedResources({ steps, ...rest }).resources.map(({ urn, id, properties }) => [
    urn,
    id,
    properties,
  ]);
}

function message(json: object): string {
  try {
    plannedResources(json);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}

const inputs = (name: string) => ({ inputs: { name } });

describe("standin/planned-resources", () => {
  it("takes a replacement once, with its new inputs and no id, in either order of its steps", () => {
    const old = { id: "Z1", inputs: { name: "old" }, outputs: { name: "old", arn: "old" } };
    const next = inputs("new");
    const detailed = [
      step("create-replacement", ZONE, { old, next }),
      step("replace", ZONE, { old, next }),
      step("delete-replaced", ZONE, { old }),
    ];
    const expected = [[ZONE, UNKNOWN, { name: "new" }]];
    assert.deepEqual(planned(detailed), expected);
    assert.deepEqual(planned(detailed.toReversed()), expected);
    assert.deepEqual(planned([step("replace", ZONE, { old, next })]), expected);
  });

  it("tells what the program gave and is unknown yet from what it leaves to the provider", () => {
    const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const next = { inputs: { name: unknownText, plain: 1 }, propertyDependencies: { name: null } };
    const [zone] = plannedResources({ steps: [step("create", ZONE, { next })] }).resources;
    assert.deepEqual(zone?.properties, { name: UNKNOWN, plain: 1 });
    assert.deepEqual(zone?.givenUnknown, ["name"]);
  });

  it("leaves out what is deleted, even where a refresh found it just before", () => {
    const old = { id: "t", ...inputs("a") };
    for (const op of ["delete", "discard"]) {
      assert.deepEqual(planned([step("refresh", TOPIC, { old, next: old }), step(op, TOPIC, { old })]), []);
    }
    assert.deepEqual(planned([step("delete-replaced", TOPIC, { old })]), []);
    assert.deepEqual(planned([step("remove-pending-replace", TOPIC, { old })]), []);
    assert.deepEqual(planned([step("refresh", TOPIC, { old })]), []);
  });

  it("keeps the id of what stays, and of what does not change the outputs too", () => {
    const old = { id: "t", inputs: { name: "a" }, outputs: { name: "a", arn: "arn" } };
    assert.deepEqual(planned([step("same", TOPIC, { old, next: inputs("a") })]), [
      [TOPIC, "t", { name: "a", arn: "arn" }],
    ]);
    assert.deepEqual(planned([step("update", TOPIC, { old, next: inputs("b") })]), [
      [TOPIC, "t", { name: "b" }],
    ]);
    assert.deepEqual(planned([step("create", TOPIC, { next: inputs("b") })]), [
      [TOPIC, UNKNOWN, { name: "b" }],
    ]);
    assert.deepEqual(planned([step("read", TOPIC, { next: { id: "r", ...inputs("b") } })]), [
      [TOPIC, "r", { name: "b" }],
    ]);
  });

  it("takes the last word on a resource that is refreshed and then updated", () => {
    const old = { id: "t", inputs: { name: "a" }, outputs: { name: "found" } };
    const steps = [
      step("refresh", TOPIC, { old, next: old }),
      step("update", TOPIC, { old, next: inputs("b") }),
    ];
    assert.deepEqual(planned(steps), [[TOPIC, "t", { name: "b" }]]);
  });

  it("takes the engine's sentinels and its masks as unknown, and names the masks", () => {
    const next = {
      inputs: { topic: "04da6b54-80e4-46f7-96ec-b56ff0331ba9", tags: { who: "[secret]" }, key: "[secret]" },
    };
    const json = { steps: [step("create", TOPIC, { next })] };
    const { resources, masked } = plannedResources(json);
    assert.deepEqual(resources[0]?.properties, { topic: UNKNOWN, tags: { who: UNKNOWN }, key: UNKNOWN });
    assert.deepEqual(masked, ["tags of topic", "key of topic"]);
  });

  it("makes the default provider, which has no step, from the settings", () => {
    const next = { provider: `${PROVIDER}::4b7`, ...inputs("a") };
    const steps = [step("create", TOPIC, { next }), step("create", ZONE, { next })];
    const provider = (config: object) => planned(steps, { config })[0];
    assert.deepEqual(provider({ "aws:region": "eu-west-1", "p:region": "no" }), [
      PROVIDER,
      UNKNOWN,
      { region: "eu-west-1" },
    ]);
    assert.deepEqual(provider({ "awsx:region": "no" }), [PROVIDER, UNKNOWN, { region: UNKNOWN }]);
    assert.equal(planned(steps).length, 3);
    const own = step("create", PROVIDER, { next: { inputs: { region: "us-east-1" } } });
    assert.deepEqual(planned([own, ...steps])[0], [PROVIDER, UNKNOWN, { region: "us-east-1" }]);
  });

  it("refuses a preview that failed, in one line, and not one that a policy refused", () => {
    const steps = [step("create", TOPIC, { next: inputs("a") })];
    const error = (text: string) => ({ severity: "error", message: text });
    const failed = error("error: preview failed\n");
    const cause = error(
      "\u001b[31merror: Running program 'index.js' failed:\nError: boom\n    at index.js:1\n",
    );
    assert.equal(
      message({ steps, diagnostics: [failed, cause] }),
      "the preview failed, so it lists a part of the stack only: Running program 'index.js' failed: Error: boom",
    );
    const yaml = {
      severity: "info#err",
      message: "\u001b[31mError\u001b[0m: Property tl does not exist\n\n",
    };
    const stack = step("create", "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev", { next: inputs("a") });
    assert.equal(
      message({ steps: [stack], diagnostics: [yaml] }),
      "the preview failed, so it lists a part of the stack only: Property tl does not exist",
    );
    // What a program that goes on writes there is no failure.
    assert.equal(planned([stack, ...steps], { diagnostics: [yaml] }).length, 2);
    const plain = { severity: "info#err", message: "looking up\n" };
    assert.equal(planned([stack], { diagnostics: [plain] }).length, 1);
    const warning = { severity: "warning", message: "warning: old" };
    assert.equal(planned(steps, { diagnostics: [warning, failed] }).length, 1);
  });

  it("refuses a preview that leaves out what does not change", () => {
    const same = step("same", TOPIC, { next: { id: "t" } });
    assert.equal(planned([same], { changeSummary: { same: 1 } }).length, 1);
    assert.equal(
      message({ steps: [same], changeSummary: { same: 74, create: 1 } }),
      'the preview leaves out 73 unchanged resources; make it again with "pulumi preview --json --show-sames", or use "pulumi stack export"',
    );
  });

  it("refuses a step without what comes of it", () => {
    assert.equal(
      message({ steps: [step("same", TOPIC, { next: {} }), { op: "create", urn: ZONE }] }),
      "half a preview: step 2 of 2 (create) has no new state",
    );
    assert.equal(message({ steps: [null] }), "half a preview: step 1 of 1 (undefined) has no new state");
  });
});
