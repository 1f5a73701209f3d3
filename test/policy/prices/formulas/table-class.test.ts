import assert from "node:assert/strict";
import { planFromResources } from "../../../../model/plan-from-resources";
import type { StackResource } from "../../../../model/stack-resource";
import { type MaybeUnknown, type Properties, UNKNOWN } from "../../../../model/unknown";
import { DEFAULT_ASSUMPTIONS } from "../../../../policy/prices/assumptions";
import { classPrice, tableClassIn } from "../../../../policy/prices/formulas/table-class";
import { readCosts } from "../../../../policy/prices/function-traffic";
import { PricedStack } from "../../../../policy/prices/priced-stack";
import { urn } from "../../../model/stack-fixture";
import { primary, providers, standby } from "../meters";

const TABLE = "aws:dynamodb/table:Table";
const REPLICA = "aws:dynamodb/tableReplica:TableReplica";
const IA = "STANDARD_INFREQUENT_ACCESS";
const table = (properties: Properties) =>
  primary(TABLE, "t", { billingMode: "PAY_PER_REQUEST", ...properties });
const replica = (properties: Properties) =>
  standby(
    REPLICA,
    "r",
    { globalTableArn: UNKNOWN, ...properties },
    { from: { globalTableArn: [urn(TABLE, "t")] } },
  );

function stackOf(...resources: StackResource[]): PricedStack {
  const all = [...providers, ...resources];
  return new PricedStack(all, planFromResources(all), DEFAULT_ASSUMPTIONS);
}

describe("policy/prices/formulas/table-class", () => {
  it("names the row of each class", () => {
    assert.equal(classPrice("dynamodb/storage", "STANDARD"), "dynamodb/storage");
    assert.equal(classPrice("dynamodb/storage", IA), "dynamodb/storage-infrequent-access");
  });

  it("finds the class of the copy in a region", () => {
    const classes = (ofTable: Properties, ...replicas: Properties[]) => {
      const own = table(ofTable);
      const stack = stackOf(own, ...replicas.map(replica));
      const places: readonly MaybeUnknown<string>[] = ["us-east-1", "us-west-2", UNKNOWN];
      return places.map((place) => tableClassIn(own, place, stack));
    };
    assert.deepEqual(classes({}), ["STANDARD", "STANDARD", "STANDARD"]);
    assert.deepEqual(classes({ tableClass: IA }), [IA, IA, IA]);
    assert.deepEqual(classes({ tableClass: IA }, {}), [IA, IA, IA]);
    assert.deepEqual(classes({}, { tableClassOverride: IA }), ["STANDARD", IA, IA]);
    assert.deepEqual(classes({ tableClass: IA }, { tableClassOverride: "STANDARD" }), [IA, "STANDARD", IA]);
    const unknown = { kind: "unknown", path: "tableClassOverride" };
    assert.deepEqual(classes({}, { tableClassOverride: UNKNOWN }), [
      "STANDARD",
      { ...unknown, place: "us-west-2" },
      { ...unknown, place: UNKNOWN },
    ]);
  });

  const reader = primary("aws:lambda/function:Function", "reader");

  it("decides the price of reads that probes make", () => {
    const reads = (properties: Properties) => {
      const own = table(properties);
      return readCosts(reader, own, 10, stackOf(own, reader)).flatMap(({ resource: whose, meters }) =>
        meters.map((meter) => {
          assert.equal(whose, meter.kind === "metered" ? reader : own);
          return meter.kind === "metered" ? meter.price : meter;
        }),
      );
    };
    assert.deepEqual(reads({}), ["dynamodb/read-request"]);
    assert.deepEqual(reads({ tableClass: IA }), ["dynamodb/read-request-infrequent-access"]);
    assert.deepEqual(reads({ tableClass: UNKNOWN }), [
      { kind: "unknown", path: "tableClass", place: "us-east-1", replica: true },
    ]);
  });
});
