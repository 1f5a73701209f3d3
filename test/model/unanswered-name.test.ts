import assert from "node:assert/strict";
import { planFromResources } from "../../model/plan-from-resources";
import type { StackResource } from "../../model/stack-resource";
import { unansweredName, unansweredTarget, unansweredText } from "../../model/unanswered-name";
import { type Properties, UNKNOWN } from "../../model/unknown";
import { resource } from "./stack-fixture";

const RECORD = "aws:route53/record:Record";
const zone = (name: Properties[string] = "example.com", more: Properties = {}) =>
  resource("aws:route53/zone:Zone", `zone-${String(name)}`, { name, ...more }, { id: `Z-${String(name)}` });

function record(name: Properties[string], properties: Properties = {}): StackResource {
  const written: Properties = { name, type: "A", zoneId: "Z-example.com", ttl: 60, records: ["192.0.2.1"] };
  return resource(RECORD, `${String(name)} ${Object.keys(properties)}`, { ...written, ...properties });
}

const cname = (name: string, target: Properties[string], more: Properties = {}) =>
  record(name, { type: "CNAME", records: [target], ...more });
const alias = (name: string, target: string, type = "A") =>
  record(name, { type, records: undefined, aliases: [{ name: target, zoneId: "Z-example.com" }] });

function asked(type: "A" | "AAAA", ...resources: readonly StackResource[]) {
  return unansweredName(planFromResources([zone(), ...resources]), "www.example.com.", type);
}

const nothing = (name: string) => ({ name, found: "nothing" });

describe("model/unanswered-name", () => {
  it("is a name without records, or without any that answers with such addresses", () => {
    const text = record("www", { type: "TXT" });
    assert.deepEqual(asked("A"), nothing("www.example.com"));
    assert.deepEqual(asked("A", record("www", { type: "AAAA" }), text), {
      name: "www.example.com",
      found: ["AAAA", "TXT"],
    });
    assert.equal(asked("A", record("www"), text), undefined);
    assert.equal(asked("AAAA", record("www", { type: "AAAA" })), undefined);
  });

  it("follows CNAMEs and aliases to where they end, and leaves what is outside alone", () => {
    assert.deepEqual(asked("A", cname("www", "gone.example.com")), nothing("gone.example.com"));
    assert.deepEqual(asked("A", alias("www", "gone.example.com")), nothing("gone.example.com"));
    assert.equal(asked("A", cname("www", "gone.example.com"), record("gone")), undefined);
    assert.equal(asked("A", cname("www", "gone.example.net")), undefined);
    assert.equal(asked("A", cname("www", UNKNOWN)), undefined);
  });

  it("is answered where one of several records is", () => {
    const member = (target: string) =>
      cname("www", target, { setIdentifier: target, weightedRoutingPolicies: [{ weight: 1 }] });
    const [lost, kept] = [member("gone.example.com"), member("kept.example.com")];
    assert.deepEqual(asked("A", lost, kept), nothing("gone.example.com"));
    assert.equal(asked("A", lost, kept, record("kept")), undefined);
  });

  it("sees names that lead back to themselves", () => {
    assert.deepEqual(asked("A", cname("www", "b.example.com"), alias("b", "www.example.com")), {
      name: "www.example.com",
      found: "circle",
    });
  });

  it("knows wildcards, and that a name of its own hides them", () => {
    assert.equal(asked("A", record("*.example.com")), undefined);
    const www = record("www", { type: "TXT" });
    assert.deepEqual(asked("A", record("*.example.com"), www), { name: "www.example.com", found: ["TXT"] });
  });

  const elsewhere: readonly (readonly [string, readonly StackResource[]])[] = [
    ["a zone that is not the stack's", []],
    ["a zone that is only read", [{ ...zone(), external: true }]],
    ["a private zone", [zone("example.com", { vpcs: [{ vpcId: "vpc-1" }] })]],
    ["a zone of a name that is not known", [zone(), zone(UNKNOWN)]],
    ["a name that may be that of a record", [zone(), record(UNKNOWN)]],
    ["a record of a type that is not known", [zone(), record("www", { type: UNKNOWN })]],
    ["a name that is delegated", [zone(), record("www", { type: "NS", records: ["ns.example.net"] })]],
    ["a zone of its own below", [zone(), { ...zone("www.example.com"), external: true }]],
    ["a zone with records that are not read", [zone(), resource("aws-native:route53:RecordSet", "other")]],
  ];
  for (const [what, resources] of elsewhere) {
    it(`says nothing of ${what}`, () => {
      assert.equal(unansweredName(planFromResources(resources), "www.example.com", "A"), undefined);
    });
  }

  it("takes names of AWS for answered", () => {
    const balancer = resource("aws:lb/loadBalancer:LoadBalancer", "lb", { dnsName: "lb.example.com" });
    assert.deepEqual(asked("A", alias("www", "lb.example.com")), nothing("lb.example.com"));
    assert.equal(asked("A", alias("www", "lb.example.com"), balancer), undefined);
  });

  it("tells where a record leads, and that it leads to its own name", () => {
    const plan = planFromResources([zone(), record("www"), alias("www", "www.example.com")]);
    const [values, circle] = plan.recordSets.map((each) => unansweredTarget(plan, each, "A"));
    assert.deepEqual([values, circle], [undefined, { name: "www.example.com", found: "circle" }]);
  });

  it("says what is there instead", () => {
    const text = (found: readonly string[] | "nothing" | "circle") =>
      unansweredText({ name: "a.example.com", found }, "A");
    assert.deepEqual(
      [text("nothing"), text(["AAAA", "TXT"]), text("circle")],
      [
        "a.example.com, of which the stack's own zone has no record",
        "a.example.com, of which the stack's own zone has no A record but AAAA and TXT",
        "a.example.com, which leads back to itself",
      ],
    );
  });
});
