import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import { failoverPair } from "../../../../policy/rules/failover-pair/rule";
import { failoverStack } from "../../../model/stack-fixture";
import { judged } from "../judged";
import { alias, check, primary, record, recordUrn, secondary } from "../records";
import { brief } from "./brief";

const ROLE_PATH = "failoverRoutingPolicies[0].type";

describe("policy/rules/failover-pair, targets", () => {
  it("refuses two sides that lead to one target", () => {
    assert.deepEqual(judged(failoverPair, [primary(), secondary({ records: ["192.0.2.1"] }), check()]), [
      {
        verdict: "fail",
        urn: recordUrn("secondary"),
        path: "records",
        message:
          "SECONDARY A record of app.example.com leads where its PRIMARY does: both sides lead to 192.0.2.1, so a " +
          "failover changes nothing; allowed: a target of its own for each side; lead the SECONDARY to the standby " +
          "(a record costs nothing while idle)",
      },
    ]);
    const both = (ofPrimary: Properties, ofSecondary: Properties) =>
      brief([primary(ofPrimary), secondary(ofSecondary), check()]);
    const records = (...values: string[]): Properties => ({ records: values });
    const cname = (value: string): Properties => ({ type: "CNAME", records: [value] });
    const passed = [`pass primary ${ROLE_PATH}`];
    assert.deepEqual(both(alias("a.example.net"), alias("A.example.net.")), [
      "fail secondary aliases[0].name",
    ]);
    assert.deepEqual(both(cname("a.example.net"), cname("a.example.net.")), ["fail secondary records"]);
    assert.deepEqual(both(records("192.0.2.1", "192.0.2.2"), records("192.0.2.2", "192.0.2.1")), [
      "fail secondary records",
    ]);
    assert.deepEqual(both(records("192.0.2.1", "192.0.2.2"), records("192.0.2.2")), passed);
    assert.deepEqual(both(records("192.0.2.1"), records("192.0.2.1", "192.0.2.2")), [
      "fail secondary records",
    ]);
    assert.deepEqual(both(records("192.0.2.1"), records("192.0.2.2", "192.0.2.3")), passed);
    assert.deepEqual(both(alias("a.example.net"), alias("b.example.net")), passed);
    assert.deepEqual(both(alias(UNKNOWN), alias(UNKNOWN)), passed);
    assert.deepEqual(both({ records: [] }, { records: [] }), passed);
  });

  it("refuses two sides that arrive at one address through other records", () => {
    const origin = (address: string) =>
      record("origin", { name: "origin.example.com", records: [address], healthCheckId: undefined });
    const of = (address: string) =>
      brief([primary(), secondary(alias("origin.example.com")), origin(address), check()]);
    assert.deepEqual(of("192.0.2.1"), ["fail secondary aliases[0].name"]);
    assert.deepEqual(of("192.0.2.7"), [`pass primary ${ROLE_PATH}`]);
  });

  for (const preview of [true, false]) {
    it(`refuses two sides at one endpoint of the stack ${preview ? "before" : "after"} it exists`, () => {
      const stack = failoverStack({ preview });
      const first = stack.find(({ urn: of }) => of === recordUrn("primary"));
      const same = stack.map(
        (one): StackResource =>
          one.urn === recordUrn("secondary") && first
            ? {
                ...one,
                properties: { ...one.properties, aliases: first.properties.aliases ?? null },
                propertyDependencies: first.propertyDependencies,
              }
            : one,
      );
      assert.deepEqual(brief(same, {}, preview ? "preview" : "settled"), ["fail secondary aliases[0].name"]);
    });
  }
});
