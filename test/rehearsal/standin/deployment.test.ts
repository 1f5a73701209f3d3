import assert from "node:assert/strict";
import { UNKNOWN } from "../../../model/unknown";
import { readStack, resourcesFromDeployment } from "../../../rehearsal/standin/deployment";

const ZONE = "urn:pulumi:dev::p::aws:route53/zone:Zone::zone";
const TOPIC = "urn:pulumi:dev::p::aws:sns/topic:Topic::topic";
const SECRET = "4dabf18193072939515e22adb298388d";

const topic = (changes: object = {}) => ({
  urn: TOPIC,
  type: "aws:sns/topic:Topic",
  custom: true,
  id: "t",
  outputs: { name: "a" },
  ...changes,
});

function exported(resources: unknown, changes: object = {}, version: unknown = 3): unknown {
  return { version, deployment: { manifest: {}, resources, ...changes } };
}

const secret = (rest: object) => ({ [SECRET]: "1b47061264138c4ac30d75fd1eb44270", ...rest });

/** The error's message; anything else fails. */
function message(json: unknown): string {
  try {
    readStack(json);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}

const LEVER = 'make one with "pulumi stack export --file state.json" or "pulumi preview --json"';

describe("standin/deployment", () => {
  it("reads an exported stack, without what is on its way out", () => {
    const { resources, preview, notes } = readStack(
      exported([
        {
          urn: ZONE,
          custom: true,
          id: "Z1",
          type: "aws:route53/zone:Zone",
          outputs: { name: "example.com" },
        },
        topic({ delete: true }),
      ]),
    );
    assert.deepEqual(
      resources.map(({ urn, id, properties }) => [urn, id, properties]),
      [[ZONE, "Z1", { name: "example.com" }]],
    );
    const leaving =
      '1 resource is still to be deleted, left out here, and may bill until then: topic; "pulumi up" deletes what is left';
    assert.deepEqual([preview, notes], [false, [leaving]]);
  });

  it("counts what is still to be deleted", () => {
    const note = (count: number) =>
      readStack(exported(Array.from({ length: count }, () => topic({ delete: true })))).notes;
    assert.deepEqual(note(0), []);
    assert.match(note(2)[0] ?? "", /^2 resources are still to be deleted, .*: topic, topic; /);
  });

  it("reads an exported stack without resources", () => {
    assert.deepEqual(resourcesFromDeployment({ version: 3, deployment: { manifest: {} } }), []);
    assert.deepEqual(resourcesFromDeployment(exported(null)), []);
  });

  it("reads older and newer versions and a backend's own file alike, and no other version", () => {
    for (const version of [1, 2, 3, 4, undefined]) {
      assert.equal(resourcesFromDeployment(exported([topic()], {}, version)).length, 1);
      const latest = { resources: [topic()] };
      assert.equal(resourcesFromDeployment({ version, checkpoint: { stack: "dev", latest } }).length, 1);
    }
    for (const version of [0, 5, "3"]) {
      assert.equal(
        message(exported([topic()], {}, version)),
        `version ${JSON.stringify(version)} of Pulumi's format; allowed: 1, 2, 3, 4; ${LEVER}`,
      );
    }
    assert.equal(
      message({ version: 3, checkpoint: { stack: "dev" } }),
      `a checkpoint of a stack that was never deployed; ${LEVER}`,
    );
  });

  it("reads a preview as one", () => {
    const step = {
      op: "create",
      urn: TOPIC,
      newState: { urn: TOPIC, custom: true, inputs: { key: "[secret]" } },
    };
    const { resources, preview, notes } = readStack({ steps: [step] });
    assert.deepEqual(
      resources.map(({ id, properties }) => [id, properties]),
      [[UNKNOWN, { key: UNKNOWN }]],
    );
    assert.equal(preview, true);
    assert.deepEqual(notes, [
      'secret, and so unknown: key of topic; "pulumi stack export --show-secrets" writes what is deployed in plain text',
    ]);
  });

  it("opens a secret in plain text, keeps an encrypted one unknown and says how to see it", () => {
    const outputs = {
      open: secret({ plaintext: '"a"' }),
      shut: secret({ ciphertext: "v1:x" }),
      tags: { deep: [secret({ ciphertext: "v1:y" })] },
      archive: { [SECRET]: "0def7320c3a5731c473e5ecbe6d01bc7", path: "." },
      text: "[secret]",
    };
    const component = { urn: ZONE, custom: false, outputs: { shut: secret({ ciphertext: "v1:z" }) } };
    const inputs = { shut: secret({ ciphertext: "v1:x" }) };
    const { resources, notes } = readStack(exported([topic({ inputs, outputs }), component]));
    assert.deepEqual(resources[0]?.properties, {
      open: "a",
      shut: UNKNOWN,
      tags: { deep: [UNKNOWN] },
      archive: outputs.archive,
      text: "[secret]",
    });
    assert.deepEqual(notes, [
      'encrypted, and so unknown: shut of topic, tags of topic; "pulumi stack export --show-secrets" writes them in plain text',
    ]);
  });

  it("names five encrypted values and counts the rest", () => {
    const shut = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, secret({})]));
    const note = (count: number) => readStack(exported([topic({ outputs: shut(count) })])).notes[0] ?? "";
    assert.match(note(5), /: p0 of topic, p1 of topic, p2 of topic, p3 of topic, p4 of topic; /);
    assert.match(note(6), /, p4 of topic and 1 more; /);
  });

  it("says what an interrupted update left open, and leaves out what it had deleted", () => {
    const { resources, notes } = readStack(
      exported([topic({ pendingReplacement: true })], {
        pending_operations: [{ type: "creating", resource: { urn: ZONE } }, {}],
      }),
    );
    const finds =
      'was interrupted, and what it left is not in the file and may bill; "pulumi refresh" finds it';
    assert.deepEqual(resources, []);
    assert.deepEqual(notes, [
      `an operation on zone (creating) ${finds}`,
      `an operation on a resource ${finds}`,
      'topic was deleted and not made again; "pulumi up" does it',
    ]);
  });

  it("says in one line what it got instead", () => {
    const expected = (got: string) => `neither a stack export nor a preview: got ${got}; ${LEVER}`;
    assert.equal(message(null), expected("null"));
    assert.equal(message([]), expected("a list"));
    assert.equal(message("x"), expected("a string"));
    assert.equal(message({}), expected("an empty object"));
    assert.equal(message({ a: 1, b: 2 }), expected("an object with a, b"));
    assert.equal(message({ deployment: null }), expected("an object with deployment"));
    assert.equal(
      message({ version: 4, terraform_version: "1.9.0", resources: [] }),
      expected("a Terraform state"),
    );
  });

  it("refuses half a state", () => {
    assert.equal(
      message({ deployment: {} }),
      `half a state: it holds neither a manifest nor resources; ${LEVER}`,
    );
    assert.equal(
      message(exported({})),
      `half a state: its resources are an empty object, not a list; ${LEVER}`,
    );
    assert.equal(message(exported([topic(), null])), `half a state: resource 2 of 2 has no URN; ${LEVER}`);
    assert.equal(
      message(exported([{ urn: "nonsense" }])),
      `half a state: resource 1 of 1 has no URN; ${LEVER}`,
    );
  });
});
