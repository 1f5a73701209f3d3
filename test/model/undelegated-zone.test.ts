import assert from "node:assert/strict";
import type { HostedZone, RecordSet } from "../../model/failover-plan";
import { undelegatedZone } from "../../model/undelegated-zone";
import { UNKNOWN } from "../../model/unknown";
import { onlySet, planOf, record } from "../rehearsal/simulation/plan-fixture";

const ABOVE: HostedZone = { urn: "urn:above", name: "example.com", id: "Z1" };
const BELOW: HostedZone = { urn: "urn:below", name: "shop.example.com", id: "Z2" };
const NAME = "app.shop.example.com";

const half = (role: "PRIMARY" | "SECONDARY") =>
  record({ urn: `urn:${role}`, name: NAME, zone: BELOW.urn, routing: { kind: "failover", role } });
const ns = (changes: Partial<RecordSet> = {}) =>
  record({ urn: "urn:ns", name: "shop.example.com", type: "NS", zone: ABOVE.urn, ...changes });
const notes = (zones: readonly HostedZone[], ...more: RecordSet[]) => {
  const plan = { ...planOf([half("PRIMARY"), half("SECONDARY"), ...more]), zones };
  return undelegatedZone(plan, onlySet(plan));
};
const MISSING = [
  `${NAME} A: the stack has no NS record that delegates shop.example.com from example.com; resolvers reach the zone ` +
    "only where that record exists elsewhere",
];

describe("model/undelegated-zone", () => {
  it("tells of a zone below another of the stack that does not delegate it", () => {
    assert.deepEqual(notes([ABOVE, BELOW]), MISSING);
    assert.deepEqual(notes([BELOW, ABOVE]), MISSING);
    assert.deepEqual(notes([ABOVE, BELOW], ns()), []);
  });

  it("counts only a record of the zone above, of that name, and of its type", () => {
    assert.deepEqual(notes([ABOVE, BELOW], ns({ zone: BELOW.urn })), MISSING);
    assert.deepEqual(notes([ABOVE, BELOW], ns({ name: "other.example.com" })), MISSING);
    assert.deepEqual(notes([ABOVE, BELOW], ns({ name: "example.com" })), MISSING);
    assert.deepEqual(notes([ABOVE, BELOW], ns({ type: "TXT" })), MISSING);
  });

  it("says nothing while that record may be one that is not known yet", () => {
    for (const field of ["name", "type", "zone"] as const) {
      assert.deepEqual(notes([ABOVE, BELOW], ns({ [field]: UNKNOWN })), [], field);
    }
  });

  it("says nothing where no public zone of the stack is above", () => {
    assert.deepEqual(notes([BELOW]), []);
    assert.deepEqual(notes([{ ...ABOVE, isPrivate: true }, BELOW]), []);
    assert.deepEqual(notes([{ ...ABOVE, name: UNKNOWN }, BELOW]), []);
    assert.deepEqual(notes([{ ...ABOVE, name: "hop.example.com" }, BELOW]), []);
  });
});
