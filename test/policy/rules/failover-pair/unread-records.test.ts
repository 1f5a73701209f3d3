import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { failoverPair } from "../../../../policy/rules/failover-pair/rule";
import { resource, urn } from "../../../model/stack-fixture";
import { judged } from "../judged";
import { brief } from "./brief";

describe("policy/rules/failover-pair: records that are kept elsewhere", () => {
  it("refuses failover records that no rule reads, wherever they are kept", () => {
    const EXCLUSIVE = "aws:route53/recordsExclusive:RecordsExclusive";
    const policy = (RuleType: string) => JSON.stringify({ Rules: { one: { RuleType } } });
    const kept = (type: string, properties: Properties, more: Partial<StackResource> = {}) =>
      brief([{ ...resource(type, "kept", properties), ...more }]);
    const sets = (...failover: PropertyValue[]): Properties => ({
      resourceRecordSets: failover.map((one) => ({ name: "app.example.com", failover: one })),
    });
    assert.deepEqual(judged(failoverPair, [resource(EXCLUSIVE, "kept", sets(undefined, "PRIMARY"))]), [
      {
        verdict: "fail",
        urn: urn(EXCLUSIVE, "kept"),
        path: "resourceRecordSets",
        message:
          "kept (aws:route53/recordsExclusive:RecordsExclusive) keeps failover records where no rule reads them, so " +
          "nothing is known of that failover; allowed: aws.route53.Record; declare each of them as one (free)",
      },
    ]);
    assert.deepEqual(kept("aws-native:route53:RecordSet", { failover: "SECONDARY" }), ["fail kept failover"]);
    assert.deepEqual(kept("aws-native:route53:RecordSetGroup", { recordSets: [{ failover: "PRIMARY" }] }), [
      "fail kept recordSets",
    ]);
    const TRAFFIC = "aws:route53/trafficPolicy:TrafficPolicy";
    const traffic = resource(TRAFFIC, "kept", { document: policy("failover") });
    assert.match(
      judged(failoverPair, [traffic])[0]?.message ?? "",
      /\(saves \$50\.00 a month for each policy record\)$/,
    );
    const none = ["notApplicable  "];
    assert.deepEqual(kept(TRAFFIC, { document: policy("weighted") }), none);
    assert.deepEqual(kept(EXCLUSIVE, sets(undefined, "")), none);
    assert.deepEqual(kept(EXCLUSIVE, { resourceRecordSets: "x" }), none);
    assert.deepEqual(kept("aws-native:route53:RecordSet", { name: "app.example.com" }), none);
    for (const unknowable of [UNKNOWN, [UNKNOWN], [{ failover: UNKNOWN }]] as PropertyValue[]) {
      assert.deepEqual(kept(EXCLUSIVE, { resourceRecordSets: unknowable }), [
        "unknown kept resourceRecordSets",
      ]);
    }
    assert.deepEqual(kept(TRAFFIC, { document: "{" }), ["unknown kept document"]);
    const left: Partial<StackResource> = { id: UNKNOWN, givenUnknown: [] };
    assert.deepEqual(kept("aws-native:route53:RecordSet", { failover: UNKNOWN }, left), none);
  });
});
