import assert from "node:assert/strict";
import { leftOutOf, settledWords } from "../../drill/unrehearsed";
import type { RecordSet, Routing } from "../../model/failover-plan";
import { type Properties, UNKNOWN } from "../../model/unknown";
import { resource } from "../model/stack-fixture";
import { aliasTo, planOf, record } from "../rehearsal/simulation/plan-fixture";

const CHECKED: RecordSet["healthCheck"] = { kind: "check", urn: "urn:check" };

function set(name: string, routing: Routing, changes: Partial<RecordSet> = {}): RecordSet {
  const of = routing.kind === "failover" ? String(routing.role) : "";
  return record({ urn: `urn:${name}/${of}`, name, routing, ...changes });
}

const failover = (role: "PRIMARY" | "SECONDARY" | typeof UNKNOWN): Routing =>
  ({ kind: "failover", role }) as Routing;
const WEIGHTED: Routing = { kind: "weighted", weight: 1 };
const leftOut = (...records: RecordSet[]) => leftOutOf(planOf(records), []);
const whys = (...records: RecordSet[]) => leftOut(...records).unrehearsed.map(({ why }) => why);

describe("drill/unrehearsed", () => {
  it("leaves out nothing of a pair, a set with a check, and simple records", () => {
    const records = [
      set("a.example.com", failover("PRIMARY")),
      set("a.example.com", failover("SECONDARY")),
      set("b.example.com", WEIGHTED, { urn: "urn:b1", healthCheck: CHECKED }),
      set("b.example.com", WEIGHTED, { urn: "urn:b2" }),
      set("c.example.com", { kind: "simple" }),
    ];
    assert.deepEqual(leftOut(...records), {
      unrehearsed: [],
      notes: ["b.example.com A (urn:b2): without a health check; whom it answers never fail over"],
    });
    const checked = records.map((each) => ({ ...each, healthCheck: CHECKED }));
    const spare = checked.map((each) =>
      each.urn === "urn:b2" ? set("b.example.com", { kind: "weighted", weight: 0 }, { urn: "urn:b2" }) : each,
    );
    for (const all of [checked, spare]) assert.deepEqual(leftOut(...all), { unrehearsed: [], notes: [] });
  });

  it("says of which members a load balancer's own health is not played", () => {
    const balancer = "shop-1234.us-east-1.elb.amazonaws.com";
    const pair = (primary: RecordSet["target"]) => [
      set("a.example.com", failover("PRIMARY"), { target: primary, healthCheck: CHECKED }),
      set("a.example.com", failover("SECONDARY")),
    ];
    assert.deepEqual(leftOut(...pair(aliasTo(balancer, true))), {
      unrehearsed: [],
      notes: [
        "a.example.com A (PRIMARY): EvaluateTargetHealth of a load balancer is not modelled here; " +
          "AWS would fail over by it",
      ],
    });
    for (const target of [aliasTo(balancer), aliasTo("d-1.execute-api.us-east-1.amazonaws.com", true)])
      assert.deepEqual(leftOut(...pair(target)).notes, []);
  });

  it("names halves, records too many, and roles that are not known", () => {
    const name = "a.example.com";
    assert.deepEqual(whys(set(name, failover("PRIMARY"))), [
      "it has a PRIMARY and no SECONDARY, so nothing takes over",
    ]);
    assert.deepEqual(whys(set(name, failover("SECONDARY"))), [
      "it has a SECONDARY and no PRIMARY, so nothing can fail over",
    ]);
    const pair = [set(name, failover("PRIMARY")), set(name, failover("SECONDARY"))];
    assert.deepEqual(whys(...pair, set(name, failover("PRIMARY"), { urn: "urn:third" })), [
      "it has 2 PRIMARY and 1 SECONDARY records; Route 53 takes one of each",
    ]);
    assert.deepEqual(whys(set(name, failover(UNKNOWN))), [
      "the role of one of its records is not known before the update",
    ]);
  });

  it("names routing that is not played, and records whose name or type is not known", () => {
    const near: Routing = { kind: "other", policy: "geoproximity" };
    assert.deepEqual(leftOut(set("a.example.com", near)).unrehearsed, [
      { name: "a.example.com", type: "A", routing: "other", why: "geoproximity routing is not played" },
    ]);
    assert.deepEqual(
      leftOut(record({ urn: "urn:x", name: UNKNOWN, routing: failover("PRIMARY") })).unrehearsed,
      [{ name: "urn:x", type: "A", routing: "failover", why: "its name is not known before the update" }],
    );
    assert.deepEqual(whys(record({ urn: "urn:x", type: UNKNOWN, routing: failover("PRIMARY") })), [
      "its type is not known before the update",
    ]);
  });

  it("notes sets among which no health decides", () => {
    const canary = set("c.example.com", WEIGHTED, { healthCheck: CHECKED });
    const shares = ["1", "2"].map((urn) => set("s.example.com", WEIGHTED, { urn }));
    assert.deepEqual(leftOut(...shares, canary), {
      unrehearsed: [],
      notes: [
        "c.example.com A: the only record of its weighted set; nothing takes over",
        "s.example.com A: 2 weighted records without a health check; nothing of them fails over",
      ],
    });
  });

  it("is in the order of the names, whatever that of the records", () => {
    const halves = ["b.example.com", "a.example.com"].map((name) => set(name, failover("PRIMARY")));
    const names = (records: RecordSet[]) => leftOut(...records).unrehearsed.map(({ name }) => name);
    assert.deepEqual(names(halves), ["a.example.com", "b.example.com"]);
    assert.deepEqual(names(halves.toReversed()), names(halves));
  });

  it("names resources that keep failover records where nothing reads them, and those that may", () => {
    const EXCLUSIVE = "aws:route53/recordsExclusive:RecordsExclusive";
    const NATIVE = "aws-native:route53:RecordSet";
    const unread = (type: string, properties: Properties) =>
      leftOutOf(planOf([]), [resource(type, "live", properties)]);
    const why =
      "it keeps failover records where nothing here reads them; declare each of them as an aws.route53.Record";
    const told = (type: string, words: string) => ({
      unrehearsed: [{ name: "live", type, routing: "failover", why: words }],
      notes: [],
    });
    assert.deepEqual(unread(NATIVE, { failover: "PRIMARY" }), told("RecordSet", why));
    assert.deepEqual(
      unread(EXCLUSIVE, { resourceRecordSets: [{ name: "a" }, { failover: "PRIMARY" }] }),
      told("RecordsExclusive", why),
    );
    assert.deepEqual(
      unread(EXCLUSIVE, { resourceRecordSets: UNKNOWN }),
      told(
        "RecordsExclusive",
        "whether it keeps failover records is not known before the update: resourceRecordSets",
      ),
    );
    const nothing = { unrehearsed: [], notes: [] };
    assert.deepEqual(unread(NATIVE, { weight: 1 }), nothing);
    assert.deepEqual(unread(EXCLUSIVE, { resourceRecordSets: [{ name: "a" }] }), nothing);
  });

  it("says of a settled stack that nothing will tell what is not known", () => {
    assert.equal(
      settledWords("the values of urn:a are not known before the update"),
      "the values of urn:a are not known, and nothing here will tell them",
    );
    assert.equal(
      settledWords("the TTL of urn:a is not known before the update; one is taken"),
      "the TTL of urn:a is not known, and nothing here will tell it; one is taken",
    );
    assert.equal(settledWords("no check"), "no check");
  });
});
