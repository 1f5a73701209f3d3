import assert from "node:assert/strict";
import { answeringPlaces, meet } from "../../model/answering-places";
import { planFromResources } from "../../model/plan-from-resources";
import { UNKNOWN } from "../../model/unknown";
import { resource } from "./stack-fixture";

const record = (name: string, properties: object) =>
  resource("aws:route53/record:Record", name, { name, zoneId: "Z1", ttl: 60, ...properties });

describe("model/answering-places", () => {
  const plan = planFromResources([
    record("app.example.com", { type: "CNAME", records: ["Origin.example.com."] }),
    record("origin.example.com", { type: "A", records: ["192.0.2.1"] }),
    record("loop.example.com", { type: "CNAME", records: ["loop.example.com"] }),
  ]);
  const places = answeringPlaces(plan);

  it("follows a name through the records of the zone to its address", () => {
    assert.deepEqual(
      [...places.ofName("app.example.com")],
      ["app.example.com", "origin.example.com", "192.0.2.1"],
    );
    assert.deepEqual([...places.ofName("loop.example.com")], ["loop.example.com"]);
    assert.deepEqual([...places.ofName("elsewhere.example.net")], ["elsewhere.example.net"]);
  });

  it("meets where two arrive at one place, and is made once for a plan", () => {
    const [app] = plan.recordSets;
    assert.ok(app);
    assert.equal(meet(places.ofRecord(app), places.ofName("192.0.2.1")), true);
    assert.equal(meet(places.ofRecord(app), places.ofName("192.0.2.2")), false);
    assert.equal(answeringPlaces({ ...plan }), places);
  });

  it("arrives at the name of a record whose health an alias takes over, before its addresses are known", () => {
    const one = record("one.example.com", { type: "A", records: UNKNOWN, healthCheckId: "hc-1" });
    const aliases = [{ name: "one.example.com", zoneId: "Z1", evaluateTargetHealth: true }];
    const { recordSets, endpoints } = planFromResources([
      record("www.example.com", { type: "A", aliases }),
      one,
    ]);
    const [www] = recordSets;
    assert.ok(www);
    assert.deepEqual([...answeringPlaces({ recordSets, endpoints }).ofRecord(www)], ["one.example.com"]);
  });
});
