import assert from "node:assert/strict";
import { UNKNOWN } from "../../../model/unknown";
import {
  secretKeys,
  toProviderInputs,
  toStored,
  toWire,
  withSecrets,
  withStoredSecrets,
} from "../../../rehearsal/standin/engine-encoding";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const secret = (rest: object) => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", ...rest });
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("standin/engine-encoding", () => {
  it("opens secrets, resources and unknown values for a provider that takes none", () => {
    const reference = { [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:x", id: "t-1" };
    assert.deepEqual(
      toProviderInputs({ topic: reference, list: [secret({ value: "a" })], arn: UNKNOWN_TEXT }),
      { topic: "t-1", list: ["a"], arn: UNKNOWN },
    );
  });

  it("keeps an archive, without the SDK's own mark", () => {
    const archive = { [SIGNATURE]: "0def7320c3a5731c473e5ecbe6d01bc7", path: "./dist" };
    assert.deepEqual(toProviderInputs({ code: { ...archive, __pulumiArchive: true } }), { code: archive });
  });

  it("writes unknown values as the engine's text and leaves absent ones out", () => {
    assert.deepEqual(toWire({ a: UNKNOWN, b: undefined, c: [{ d: UNKNOWN }], e: null }), {
      a: UNKNOWN_TEXT,
      c: [{ d: UNKNOWN_TEXT }],
      e: null,
    });
  });

  it("finds the properties that hold a secret and marks them again", () => {
    const wire = { open: "a", shut: { deep: [secret({ value: 1 })] } };
    assert.deepEqual(secretKeys(wire), ["shut"]);
    assert.deepEqual(withSecrets({ open: "a", shut: 1 }, ["shut"]), {
      open: "a",
      shut: secret({ value: 1 }),
    });
    assert.deepEqual(withStoredSecrets({ shut: { a: 1 } }, ["shut"]), {
      shut: secret({ plaintext: '{"a":1}' }),
    });
  });

  it("writes secrets of the wire as a state file does", () => {
    assert.deepEqual(toStored({ a: [secret({ value: "x" })], b: secret({ value: null }) }), {
      a: [secret({ plaintext: '"x"' })],
      b: secret({ plaintext: "null" }),
    });
  });
});
