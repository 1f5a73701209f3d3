import assert from "node:assert/strict";
import fc from "fast-check";
import { answerSets, setMembers } from "../../model/answer-sets";
import { recordsBehind } from "../../model/answer-tree";
import {
  byZone,
  type FailoverPlan,
  failoverPairs,
  planSeenFrom,
  type RecordSet,
} from "../../model/failover-plan";
import { planFromResources } from "../../model/plan-from-resources";
import type { StackResource } from "../../model/stack-resource";
import { type Properties, UNKNOWN } from "../../model/unknown";
import { resource, urn } from "./stack-fixture";

const RECORD = "aws:route53/record:Record";
const ZONE = "aws:route53/zone:Zone";
const NAME = "app.example.com";

type Id = StackResource["id"];

const zone = (name: string, id: Id) => resource(ZONE, name, { name: "example.com" }, { id });
const record = (name: string, of: string, zoneId: Id, properties: Properties) =>
  resource(
    RECORD,
    name,
    { name: NAME, type: "A", zoneId, records: ["192.0.2.1"], ...properties },
    { from: { zoneId: [urn(ZONE, of)] } },
  );
const half = (name: string, of: string, zoneId: Id, role: string) =>
  record(name, of, zoneId, { failoverRoutingPolicies: [{ type: role }], healthCheckId: "hc-1" });
const weight = (name: string, of: string, zoneId: Id, value: number) =>
  record(name, of, zoneId, { weightedRoutingPolicies: [{ weight: value }], healthCheckId: "hc-1" });

const lastPart = (of: string | undefined) => of?.split("::").at(-1) ?? "";
const pairs = (resources: readonly StackResource[]) =>
  failoverPairs(planFromResources(resources)).map(({ primary, secondary }) => [
    lastPart(primary.urn),
    lastPart(secondary.urn),
  ]);
const sets = (resources: readonly StackResource[]) =>
  answerSets(planFromResources(resources)).map((set) => setMembers(set).map((each) => lastPart(each.urn)));

/** Public and private zone of one name, whose ids are known, or are not before they exist. */
const SPLITS: readonly (readonly [string, Id, Id])[] = [
  ["that exist", "Z1", "Z2"],
  ["before they exist", UNKNOWN, UNKNOWN],
  ["of which one exists", "Z1", UNKNOWN],
];

describe("model/failover-plan", () => {
  for (const [when, one, two] of SPLITS) {
    const zones = [zone("public", one), zone("private", two)];

    it(`keeps pairs of two zones ${when} apart`, () => {
      const whole = [
        ...zones,
        half("public-s", "public", one, "SECONDARY"),
        half("private-p", "private", two, "PRIMARY"),
        half("public-p", "public", one, "PRIMARY"),
        half("private-s", "private", two, "SECONDARY"),
      ];
      assert.deepEqual(pairs(whole), [
        ["public-p", "public-s"],
        ["private-p", "private-s"],
      ]);
      assert.deepEqual(sets(whole), pairs(whole));
    });

    it(`makes no pair of halves in two zones ${when}`, () => {
      const halves = [half("p", "public", one, "PRIMARY"), half("s", "private", two, "SECONDARY")];
      assert.deepEqual(pairs([...zones, ...halves]), []);
      const same = [half("p", "public", one, "PRIMARY"), half("s", "public", one, "SECONDARY")];
      assert.deepEqual(pairs([...zones, ...same]), [["p", "s"]]);
    });

    it(`keeps weights of two zones ${when} apart`, () => {
      assert.deepEqual(
        sets([
          ...zones,
          weight("a", "public", one, 1),
          weight("x", "private", two, 9),
          weight("b", "public", one, 2),
          weight("y", "private", two, 1),
        ]),
        [
          ["b", "a"],
          ["x", "y"],
        ],
      );
      assert.deepEqual(sets([...zones, weight("a", "public", one, 1), weight("x", "private", two, 9)]), []);
    });

    it(`leads through a name to the endpoint of its own zone of two ${when}`, () => {
      const web = (name: string, publicDns: string) =>
        resource("aws:ec2/instance:Instance", name, { publicDns }, { id: `i-${name}` });
      const target = (name: string, of: string, id: Id, publicDns: string) =>
        record(name, of, id, { name: "web.example.com", type: "CNAME", records: [publicDns] });
      const through = (name: string, of: string, id: Id) =>
        record(name, of, id, { name: "www.example.com", type: "CNAME", records: ["web.example.com"] });
      const plan = planFromResources([
        ...zones,
        web("outer", "outer.amazonaws.com"),
        web("inner", "inner.amazonaws.com"),
        target("public-web", "public", one, "outer.amazonaws.com"),
        target("private-web", "private", two, "inner.amazonaws.com"),
        through("private-www", "private", two),
        through("public-www", "public", one),
      ]);
      assert.deepEqual(
        plan.recordSets
          .filter(({ name }) => name === "www.example.com")
          .map(({ endpoint }) => lastPart(endpoint)),
        ["inner", "outer"],
      );
    });

    it(`follows an alias within its own zone of two ${when}`, () => {
      const alias = (name: string, of: string, id: Id) =>
        record(name, of, id, {
          name: "www.example.com",
          records: undefined,
          aliases: [{ name: NAME, zoneId: id }],
        });
      const plan = planFromResources([
        ...zones,
        half("public-p", "public", one, "PRIMARY"),
        half("private-p", "private", two, "PRIMARY"),
        alias("public-www", "public", one),
        alias("private-www", "private", two),
      ]);
      const behind = plan.recordSets
        .filter(({ name }) => name === "www.example.com")
        .map((each) => recordsBehind(plan, each).map((next) => lastPart(next.urn)));
      assert.deepEqual(behind, [["public-p"], ["private-p"]]);
    });
  }

  it("takes an id with the prefix of AWS's answers for the same zone", () => {
    const stack = [half("p", "none", "/hostedzone/Z1", "PRIMARY"), half("s", "none", "Z1", "SECONDARY")];
    assert.deepEqual(pairs(stack), [["p", "s"]]);
  });

  it("leads an alias whose zone is not known nowhere where two zones have the name", () => {
    const plan = (two: string) =>
      planFromResources([
        half("a", "none", "Z1", "PRIMARY"),
        half("b", "none", two, "SECONDARY"),
        record("www", "none", UNKNOWN, { name: "www.example.com", aliases: [{ name: NAME }] }),
      ]);
    const behind = (of: FailoverPlan) =>
      of.recordSets.filter(({ name }) => name !== NAME).flatMap((each) => recordsBehind(of, each).length);
    assert.deepEqual([behind(plan("Z1")), behind(plan("Z2"))], [[2], [0]]);
  });

  it("is seen from a zone with that zone's records, and all others of names that it has not", () => {
    const apart = [zone("public", "Z1"), zone("private", "Z2")];
    const all = planFromResources([
      ...apart,
      half("public-p", "public", "Z1", "PRIMARY"),
      half("private-p", "private", "Z2", "PRIMARY"),
      record("delegation", "public", "Z1", { type: "NS" }),
      record("elsewhere", "private", "Z2", { name: "elsewhere.example.com" }),
    ]);
    const from = (name: string) => {
      const seen = all.recordSets.find(({ urn: each }) => lastPart(each) === name) ?? assert.fail(name);
      return planSeenFrom(all, seen).recordSets.map((each) => lastPart(each.urn));
    };
    assert.deepEqual(from("public-p"), ["public-p", "delegation", "elsewhere"]);
    assert.deepEqual(from("private-p"), ["private-p", "delegation", "elsewhere"]);
  });

  it("is seen as it is where no name is in two zones, or the zone that asks is the one that is not known", () => {
    const one = planFromResources([zone("public", "Z1"), half("p", "public", "Z1", "PRIMARY")]);
    const [only] = one.recordSets;
    assert.ok(only && planSeenFrom(one, only) === one);
    const unknown: RecordSet = { ...only, urn: "own", zone: UNKNOWN };
    const others = ["Z1", "Z2"].map((id) => ({ ...only, urn: id, zone: id }));
    assert.deepEqual(planSeenFrom({ ...one, recordSets: [unknown, ...others] }, unknown).recordSets, [
      unknown,
    ]);
  });

  it("splits nothing where one zone is known, whatever is not known", () => {
    const zones = fc.array(fc.constantFrom("Z1", UNKNOWN), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(zones, (ids) => {
        const records = ids.map((zone, index) => ({ urn: `${index}`, zone }) as RecordSet);
        assert.deepEqual(byZone(records), [records]);
      }),
    );
  });

  it("puts every record into one set, and no two known zones into the same", () => {
    const zones = fc.array(fc.constantFrom("Z1", "Z2", "Z3", UNKNOWN), { maxLength: 12 });
    fc.assert(
      fc.property(zones, (ids) => {
        const records = ids.map((zone, index) => ({ urn: `${index}`, zone }) as RecordSet);
        const split = byZone(records);
        assert.deepEqual(new Set(split.flat()), new Set(records));
        assert.equal(split.flat().length, records.length);
        for (const set of split) {
          const known = new Set(set.map(({ zone }) => zone).filter((id) => id !== UNKNOWN));
          assert.ok(known.size <= 1);
        }
      }),
    );
  });
});
