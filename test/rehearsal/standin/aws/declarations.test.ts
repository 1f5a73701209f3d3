import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resourceType, standinResourceTypes } from "../../../../rehearsal/standin/aws/catalogue";
import { made } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

/** What the SDK declares of one resource class. */
interface Declared {
  readonly inputs: string[];
  readonly required: string[];
  readonly outputs: string[];
  /** Outputs that are always there. */
  readonly certain: string[];
}

/** Reads `aws:iam/role:Role` from `iam/role.d.ts` of the installed SDK: an oracle that nobody here wrote. */
function declared(token: string): Declared {
  const [, module = "", className = ""] = token.split(":");
  const file = createRequire(__filename).resolve(`@pulumi/aws/${module}.d.ts`);
  const source = readFileSync(file, "utf8").replace(/\/\*\*[\s\S]*?\*\//g, "");
  const args = new RegExp(`export interface ${className}Args \\{([\\s\\S]*?)\\n\\}`).exec(source)?.[1] ?? "";
  const body =
    new RegExp(`export declare class ${className} extends([\\s\\S]*?)\\n\\}`).exec(source)?.[1] ?? "";
  const fields = [...args.matchAll(/^ {4}(\w+)(\??):/gm)];
  const outputs = [...body.matchAll(/^ {4}readonly (\w+): pulumi\.Output<([\s\S]*?)>;$/gm)];
  return {
    inputs: fields.map((match) => match[1] ?? "").sort(),
    required: fields.flatMap((match) => (match[2] === "" ? [match[1] ?? ""] : [])).sort(),
    outputs: outputs.map((match) => match[1] ?? "").sort(),
    certain: outputs.flatMap((match) => (match[2]?.includes("undefined") ? [] : [match[1] ?? ""])).sort(),
  };
}

/** Null in AWS's own answers where the property does not apply. */
const NULL_WHEN_UNUSED = new Set([
  "amazonManagedKafkaEventSourceConfig",
  "globalTableWitness",
  "instanceMarketOptions",
  "logging",
  "objectLockConfiguration",
  "replicationConfiguration",
  "selfManagedKafkaEventSourceConfig",
  "website",
]);

describe("standin/aws declarations against the installed SDK", () => {
  for (const token of standinResourceTypes()) {
    const type = resourceType(token);
    const sdk = declared(token);

    it(`${token} takes exactly the inputs of the SDK`, () => {
      assert.ok(sdk.inputs.length > 0);
      assert.deepEqual([...type.inputs].sort(), sdk.inputs);
    });

    it(`${token} demands what the SDK demands`, () => {
      const required = (type.required ?? []).filter((path) => !/[.[]/.test(path)).sort();
      assert.deepEqual(required, sdk.required);
    });

    it(`${token} replaces, defaults and computes only what the SDK has`, () => {
      const beyond = (names: readonly string[], known: readonly string[]) =>
        names.map((path) => path.split(/[.[]/)[0] ?? "").filter((name) => !known.includes(name));
      assert.deepEqual(beyond(type.replaceOn, sdk.inputs), []);
      assert.deepEqual(beyond(Object.keys(type.defaults ?? {}), sdk.inputs), []);
      assert.deepEqual(beyond(type.computed, sdk.outputs), []);
    });

    it(`${token} answers every output that the SDK calls certain, and no other`, () => {
      const minimal = MINIMAL[token];
      assert.ok(minimal, `minimal-inputs.ts has no entry for ${token}`);
      const { outputs } = made(token, minimal);
      const absent = sdk.certain.filter(
        (name) => outputs[name] === undefined || (outputs[name] === null && !NULL_WHEN_UNUSED.has(name)),
      );
      assert.deepEqual(absent, []);
      assert.deepEqual(
        Object.keys(outputs).filter((name) => !sdk.outputs.includes(name)),
        [],
      );
    });
  }
});
