import assert from "node:assert/strict";
import { answerSets } from "../../model/answer-sets";
import { planFromResources } from "../../model/plan-from-resources";
import type { StackResource } from "../../model/stack-resource";
import { rehearsablePlan, takenNotes } from "../../model/taken-addresses";
import { withTakenNames } from "../../model/taken-names";
import { UNKNOWN } from "../../model/unknown";
import { playableSystem } from "../../rehearsal/simulation/played-system";
import { check, primary, record, secondary } from "../policy/rules/records";

const pair = (name: string) => [primary({ name }), secondary({ name })];
const names = (resources: readonly StackResource[]) =>
  withTakenNames(planFromResources(resources)).recordSets.map(({ name }) => name);

describe("model/taken-names", () => {
  it("leaves a plan as it is whose names are all told", () => {
    const plan = planFromResources([...pair("app.example.com"), record("odd", { name: UNKNOWN })]);
    assert.equal(withTakenNames(plan), plan);
  });

  it("takes the zone's name from what the stack's host names agree on", () => {
    const apex = record("apex", { name: "" });
    const probing = (fqdn: string) => check({ fqdn });
    assert.deepEqual(names([...pair("www"), apex, probing("www.example.com")]), [
      "www.example.com",
      "www.example.com",
      "example.com",
    ]);
    const invented = ["www.z1.invalid", "www.z1.invalid"];
    assert.deepEqual(names([...pair("www"), probing("origin.example.com")]), invented);
    assert.deepEqual(names([...pair("www"), probing("www.s3-website.us-west-2.amazonaws.com")]), invented);
    const two = record("other", { name: "www.example.net", zoneId: "Z2" });
    assert.deepEqual(names([...pair("www"), probing("www.example.com"), two]), [
      ...invented,
      "www.example.net",
    ]);
  });

  it("keeps names of several zones apart", () => {
    const one = record("one", { name: "www" });
    const others = [
      record("two", { name: "www", zoneId: "Z2" }),
      record("three", { name: "", zoneId: UNKNOWN }),
    ];
    assert.deepEqual(names([one, ...others]), ["www.z1.invalid", "www.z2.invalid", "zone-3.invalid"]);
  });

  it("makes a pair of a zone that nothing tells one that is rehearsed, and says so", () => {
    const resources = [...pair("www"), check({ fqdn: undefined, ipAddress: "192.0.2.1" })];
    const plan = rehearsablePlan(resources);
    const [set, ...others] = answerSets(plan);
    assert.ok(set && others.length === 0);
    assert.equal(playableSystem(plan, set).kind, "playable");
    assert.deepEqual(takenNotes(plan, set), [
      "www.z1.invalid A: the name of its zone is not known before the update; one is taken",
    ]);
    assert.deepEqual(
      planFromResources(resources).recordSets.map(({ name }) => name),
      [UNKNOWN, UNKNOWN],
    );
  });
});
