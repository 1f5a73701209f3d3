import assert from "node:assert/strict";
import { UNKNOWN } from "../../../model/unknown";
import { resourcesFromDeployment } from "../../../rehearsal/standin/deployment";

const ZONE = "urn:pulumi:dev::p::aws:route53/zone:Zone::zone";
const TOPIC = "urn:pulumi:dev::p::aws:sns/topic:Topic::topic";
const SECRET = "4dabf18193072939515e22adb298388d";

function exported(resources: unknown): unknown {
  return { version: 3, deployment: { manifest: {}, resources } };
}

/** The error's message; anything else fails. */
function message(json: unknown): string {
  try {
    resourcesFromDeployment(json);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}

describe("standin/deployment", () => {
  it("reads an exported stack, without what is on its way out", () => {
    const resources = resourcesFromDeployment(
      exported([
        {
          urn: ZONE,
          custom: true,
          id: "Z1",
          type: "aws:route53/zone:Zone",
          outputs: { name: "example.com" },
        },
        { urn: TOPIC, custom: true, id: "old", type: "aws:sns/topic:Topic", delete: true },
      ]),
    );
    assert.deepEqual(
      resources.map(({ urn, id, properties }) => [urn, id, properties]),
      [[ZONE, "Z1", { name: "example.com" }]],
    );
  });

  it("reads an exported stack without resources", () => {
    assert.deepEqual(resourcesFromDeployment({ version: 3, deployment: { manifest: {} } }), []);
  });

  it("reads a preview: new states, nothing that leaves, the last word on a replacement", () => {
    const step = (op: string, urn: string, outputs?: object) => ({
      op,
      urn,
      ...(outputs ? { newState: { urn, custom: true, outputs } } : {}),
    });
    const resources = resourcesFromDeployment({
      steps: [
        step("create-replacement", ZONE, { name: "new.example.com" }),
        step("replace", ZONE, { name: "newer.example.com" }),
        step("delete-replaced", ZONE),
        step("delete", TOPIC),
      ],
    });
    assert.deepEqual(
      resources.map(({ urn, id, properties }) => [urn, id, properties]),
      [[ZONE, UNKNOWN, { name: "newer.example.com" }]],
    );
  });

  it("refuses a preview that leaves out what does not change", () => {
    const same = { op: "same", urn: TOPIC, newState: { urn: TOPIC, custom: true, id: "t" } };
    assert.equal(resourcesFromDeployment({ steps: [same], changeSummary: { same: 1 } }).length, 1);
    assert.equal(
      message({ steps: [same], changeSummary: { same: 74, create: 1 } }),
      'the preview leaves out 73 unchanged resources; make it with "pulumi preview --json --show-sames", or use "pulumi stack export"',
    );
  });

  it("takes what a preview hides as unknown", () => {
    const state = {
      urn: TOPIC,
      custom: true,
      id: "t",
      outputs: { name: "[secret]", list: ["[secret]", "a"] },
    };
    const [resource] = resourcesFromDeployment({ steps: [{ op: "same", urn: TOPIC, newState: state }] });
    assert.deepEqual(resource?.properties, { name: UNKNOWN, list: [UNKNOWN, "a"] });
  });

  it("opens a secret that is stored as text and keeps an encrypted one unknown", () => {
    const secret = (rest: object) => ({ [SECRET]: "1b47061264138c4ac30d75fd1eb44270", ...rest });
    const [resource] = resourcesFromDeployment(
      exported([
        {
          urn: TOPIC,
          custom: true,
          id: "t",
          outputs: { open: secret({ plaintext: '"a"' }), shut: secret({ ciphertext: "v1:x" }) },
        },
      ]),
    );
    assert.deepEqual(resource?.properties, { open: "a", shut: UNKNOWN });
  });

  it("says in one line what it got instead", () => {
    const lever = 'make one with "pulumi stack export --file state.json" or "pulumi preview --json"';
    const expected = (got: string) => `neither a stack export nor a preview: got ${got}; ${lever}`;
    assert.equal(message(null), expected("null"));
    assert.equal(message([]), expected("a list"));
    assert.equal(message("x"), expected("a string"));
    assert.equal(message({}), expected("an empty object"));
    assert.equal(message({ steps: [{ op: "create" }] }), expected("an object with steps"));
    assert.equal(message(exported([{ urn: "nonsense" }])), expected("an object with version, deployment"));
    assert.equal(message({ deployment: {} }), expected("an object with deployment"));
  });
});
