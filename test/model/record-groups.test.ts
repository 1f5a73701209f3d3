import assert from "node:assert/strict";
import { planFromResources } from "../../model/plan-from-resources";
import { isPrivateZone, recordGroups, zoneOfRecord } from "../../model/record-groups";
import { StackJoins } from "../../model/stack-joins";
import type { StackResource } from "../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../model/unknown";
import { resource, urn } from "./stack-fixture";

const RECORD = "aws:route53/record:Record";
const ZONE = "aws:route53/zone:Zone";
const ZONE_URN = urn(ZONE, "zone");

const record = (name: string, properties: Properties, from: Record<string, string[]> = {}) =>
  resource(RECORD, name, { name: "app.example.com", type: "A", zoneId: "Z1", ...properties }, { from });
const zone = (id: StackResource["id"] = "Z1", more: Properties = {}) =>
  resource(ZONE, "zone", { name: "example.com", ...more }, { id });

const sorted = (resources: readonly StackResource[]) => {
  const { groups, loose } = recordGroups(planFromResources(resources));
  return {
    groups: groups.map(({ zone: of, name, type, records }) => [of, name, type, records.length]),
    loose: loose.map(({ path, zone: of }) => [path, of]),
  };
};

const zoneOf = (resources: readonly StackResource[]) => {
  const [first] = planFromResources(resources).recordSets;
  assert.ok(first);
  return zoneOfRecord(first, new StackJoins(resources));
};

describe("model/record-groups", () => {
  it("puts records of one zone, name and type together, in the order of the first", () => {
    const stack = [
      record("a", {}),
      record("b", { type: "AAAA" }),
      record("c", { name: "App.example.com." }),
      record("d", { zoneId: "Z2" }),
    ];
    assert.deepEqual(sorted(stack), {
      groups: [
        ["Z1", "app.example.com", "A", 2],
        ["Z1", "app.example.com", "AAAA", 1],
        ["Z2", "app.example.com", "A", 1],
      ],
      loose: [],
    });
  });

  it("leaves what cannot be placed loose, with the first property that is not known", () => {
    const stack = [
      record("a", { zoneId: UNKNOWN, name: UNKNOWN }),
      record("b", { name: UNKNOWN, type: UNKNOWN }),
      record("c", { type: UNKNOWN }),
      record("d", { zoneId: undefined }),
    ];
    assert.deepEqual(sorted(stack), {
      groups: [],
      loose: [
        ["zoneId", UNKNOWN],
        ["name", "Z1"],
        ["type", "Z1"],
        ["zoneId", UNKNOWN],
      ],
    });
  });

  it("knows a zone of the stack by its id, with or without a prefix, and by dependency", () => {
    assert.equal(zoneOf([record("a", {}), zone()]), ZONE_URN);
    assert.equal(zoneOf([record("a", { zoneId: "/hostedzone/Z1" }), zone()]), ZONE_URN);
    assert.equal(zoneOf([record("a", { zoneId: "/hostedzone/Z9" }), zone()]), "Z9");
    assert.equal(zoneOf([record("a", { zoneId: UNKNOWN }, { zoneId: [ZONE_URN] }), zone(UNKNOWN)]), ZONE_URN);
    assert.equal(zoneOf([record("a", { zoneId: UNKNOWN }, { zoneId: ["urn:other"] }), zone()]), UNKNOWN);
    const second = { ...zone(UNKNOWN), urn: `${ZONE_URN}-2` };
    const either = record("a", { zoneId: UNKNOWN }, { zoneId: [ZONE_URN, second.urn] });
    assert.equal(zoneOf([either, zone(UNKNOWN), second]), UNKNOWN);
  });

  it("tells private zones by their VPCs", () => {
    const isPrivate = (vpcs: PropertyValue) =>
      isPrivateZone(ZONE_URN, new StackJoins([zone("Z1", { vpcs })]));
    assert.equal(isPrivate([{ vpcId: UNKNOWN }]), true);
    const others: PropertyValue[] = [[], undefined, null, UNKNOWN];
    assert.deepEqual(others.map(isPrivate), [false, false, false, false]);
    assert.equal(isPrivateZone("Z9", new StackJoins([])), false);
    assert.equal(isPrivateZone(UNKNOWN, new StackJoins([])), false);
  });
});
