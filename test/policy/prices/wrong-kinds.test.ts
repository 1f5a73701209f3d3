import assert from "node:assert/strict";
import type { StackResource } from "../../../model/stack-resource";
import type { Properties, PropertyValue } from "../../../model/unknown";
import { costOf } from "./meters";
import { pricedSamples, pricedTypes } from "./priced-samples";

type Path = readonly (string | number)[];

/** The value, with every path that is read in it noted. */
function watched(value: PropertyValue, seen: Map<string, Path>, path: Path = []): PropertyValue {
  if (value === null || typeof value !== "object") return value;
  return new Proxy(value, {
    get(target, key) {
      const found = Reflect.get(target, key) as PropertyValue;
      if (typeof key !== "string") return found;
      const index = Array.isArray(target);
      if (index && !/^\d+$/.test(key)) return found;
      const at = [...path, index ? Number(key) : key];
      seen.set(at.join("."), at);
      return watched(found, seen, at);
    },
  });
}

function valueAt(value: PropertyValue, path: Path): PropertyValue {
  return path.reduce<PropertyValue>((found, step) => (found as Properties | undefined)?.[step], value);
}

function replaced(value: PropertyValue, [step, ...rest]: Path, by: PropertyValue): PropertyValue {
  if (step === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as Properties) }) as Properties;
  copy[step] = replaced(copy[step], rest, by);
  return copy;
}

const KINDS: readonly PropertyValue[] = ["wrong", 7, true, { wrong: 1 }, ["wrong"]];

/** Numbers and booleans may be written as text, and some text as a number. */
function kindOf(value: PropertyValue): string {
  if (Array.isArray(value)) return "list";
  if (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))) return "number";
  return typeof value;
}

/** What no property of the kind can be; of a property that the sample does not set, only what hardly any is. */
function wrongFor(value: PropertyValue): readonly PropertyValue[] {
  if (value === undefined) return KINDS.filter((wrong) => kindOf(wrong) === "object");
  return KINDS.filter((wrong) => kindOf(wrong) !== kindOf(value));
}

/** Properties that are objects, by which a resource is a cheaper one: what is no wrong kind of them. */
const OBJECTS: readonly RegExp[] = [
  /^aws:ec2\/instance:Instance rootBlockDevice$/,
  /^aws:sagemaker\/endpointConfiguration:EndpointConfiguration .*roductionVariants\.\d\.serverlessConfig$/,
];

describe("policy/prices, of values of a wrong kind", function () {
  this.timeout(30_000);

  it("prices a sensible resource of at least 160 types", () => {
    const types = pricedTypes();
    assert.ok(types.length >= 160, `${types.length} types`);
    const listed = new Set(pricedSamples().map(({ type }) => type));
    assert.deepEqual(
      [...listed].filter((type) => !types.includes(type)),
      [],
    );
  });

  it("never gets cheaper by one without saying what it cannot read", () => {
    let tried = 0;
    for (const { type, resources } of pricedSamples()) {
      const before = costOf(resources).totalMicroUsd;
      for (const [index, resource] of resources.entries()) {
        const seen = new Map<string, Path>();
        const put = (properties: PropertyValue): StackResource[] =>
          resources.with(index, { ...resource, properties: properties as Properties });
        costOf(put(watched(resource.properties, seen)));
        for (const path of seen.values()) {
          if (OBJECTS.some((object) => object.test(`${resource.type} ${path.join(".")}`))) continue;
          for (const wrong of wrongFor(valueAt(resource.properties, path))) {
            const { totalMicroUsd, unpriced } = costOf(put(replaced(resource.properties, path, wrong)));
            tried += 1;
            assert.ok(
              totalMicroUsd >= before || unpriced.length > 0,
              `${type}: ${resource.name}.${path.join(".")} = ${JSON.stringify(wrong)}: ${before} -> ${totalMicroUsd}`,
            );
          }
        }
      }
    }
    assert.ok(tried > 3_000, `${tried} values`);
  });
});
