import assert from "node:assert/strict";
import { answerSets } from "../../model/answer-sets";
import { planFromResources } from "../../model/plan-from-resources";
import { recoveryBound, sumBound } from "../../model/recovery-bound";
import type { StackResource } from "../../model/stack-resource";
import { rehearsablePlan, takenNotes } from "../../model/taken-addresses";
import { type Properties, UNKNOWN } from "../../model/unknown";
import { watchedBy } from "../../model/watched-endpoint";
import { resource, urn } from "./stack-fixture";

const RECORD = "aws:route53/record:Record";
const CHECK = "aws:route53/healthCheck:HealthCheck";
const INSTANCE = "aws:ec2/instance:Instance";
const EIP = "aws:ec2/eip:Eip";
const RANDOM = "random:index/randomId:RandomId";

const missing = (type: string, name: string, properties: Properties = {}, from?: Record<string, string[]>) =>
  resource(type, name, properties, { id: UNKNOWN, ...(from && { from }) });
const ip = (name: string) => urn(EIP, name);

/** A record of the pair whose addresses were computed from these resources. */
const side = (role: string, from: string[], properties: Properties = {}) =>
  missing(
    RECORD,
    role.toLowerCase(),
    {
      name: "app.example.com",
      type: "A",
      zoneId: "Z1",
      ttl: 60,
      records: [UNKNOWN],
      setIdentifier: role.toLowerCase(),
      failoverRoutingPolicies: [{ type: role }],
      ...(role === "PRIMARY" && { healthCheckId: UNKNOWN }),
      ...properties,
    },
    { records: from, ...(role === "PRIMARY" && { healthCheckId: [urn(CHECK, "p")] }) },
  );
const check = (from: string[]) =>
  missing(
    CHECK,
    "p",
    { type: "HTTP", requestInterval: 30, failureThreshold: 2, ipAddress: UNKNOWN },
    { ipAddress: from },
  );
const ips = (...names: string[]) => names.map((name) => missing(EIP, name, { publicIp: UNKNOWN }));

/** The plan of a pair and what its check is to the PRIMARY. */
function read(resources: StackResource[]) {
  const plan = rehearsablePlan(resources);
  const values = plan.recordSets.map(({ target }) => (target.kind === "values" ? target.values : undefined));
  const [set] = answerSets(plan);
  const [probe] = plan.healthChecks;
  assert.ok(set && probe);
  const watched = watchedBy(plan, probe, set.primary);
  return {
    plan,
    set,
    values,
    probed: probe.ipAddress,
    watched: watched.kind,
    bound: recoveryBound(plan, set),
  };
}

const pair = (primary: string[], secondary: string[], probed: string[], more: StackResource[] = []) =>
  read([...ips("a", "b"), check(probed), side("PRIMARY", primary), side("SECONDARY", secondary), ...more]);

describe("rehearsablePlan", () => {
  const [first, second] = ["203.0.113.254", "203.0.113.253"] as const;

  it("gives each record the address of what it was computed from, and its check the same", () => {
    const { values, probed, watched, bound } = pair([ip("a")], [ip("b")], [ip("a")]);
    assert.deepEqual([values, probed, watched], [[[first], [second]], first, "own"]);
    assert.deepEqual(bound, sumBound(2 * 36 + 6, 60));
  });

  it("knows a check that probes another member", () => {
    const { probed, watched, bound } = pair([ip("a")], [ip("b")], [ip("b")]);
    assert.deepEqual([probed, watched, bound.kind], [second, "other", "unbounded"]);
  });

  it("keeps the address of what exists already, which a check may name", () => {
    const { values, watched } = read([
      resource(EIP, "a", { publicIp: "192.0.2.7" }),
      ...ips("b"),
      missing(CHECK, "p", { type: "HTTP", requestInterval: 30, failureThreshold: 2, ipAddress: "192.0.2.7" }),
      side("PRIMARY", [ip("a")]),
      side("SECONDARY", [ip("b")]),
    ]);
    assert.deepEqual([values, watched], [[["192.0.2.7"], [first]], "own"]);
  });

  it("leaves a check alone whose address comes from nowhere, or from what no record leads to", () => {
    for (const from of [[], [ip("c")]]) {
      const { probed, watched } = pair([ip("a")], [ip("b")], from, ips("c"));
      assert.deepEqual([probed, watched], [UNKNOWN, "unknown"]);
    }
  });

  it("gives one address to members that come from one resource", () => {
    assert.deepEqual(pair([ip("a")], [ip("a")], [ip("a")]).values, [[first], [first]]);
  });

  it("leaves records unknown whose sources are not told, or are other records", () => {
    const other = missing(RECORD, "other", { name: "x.example.com", type: "A", zoneId: "Z1" });
    for (const from of [[], [other.urn], ["urn:gone"]]) {
      assert.deepEqual(pair(from, [ip("b")], from, [other]).values.slice(0, 2), [UNKNOWN, [first]]);
    }
  });

  it("looks past what has no address, beside what has", () => {
    const suffix = missing(RANDOM, "suffix");
    const { values, watched } = pair([ip("a"), suffix.urn], [suffix.urn, ip("b")], [ip("a")], [suffix]);
    assert.deepEqual([values, watched], [[[first], [second]], "own"]);
    assert.deepEqual(pair([ip("a"), suffix.urn], [ip("a")], [], [suffix]).values, [[first], [first]]);
  });

  it("gives a check of several sources the address of all of them, or of the one record that has one of them", () => {
    const joined = [ip("a"), ip("b")];
    assert.equal(pair([ip("a")], [ip("b")], joined).probed, UNKNOWN);
    assert.equal(pair(joined, [ip("c")], joined, ips("c")).probed, first);
    // The other member's own address goes before one that it has a part in.
    assert.deepEqual(pair(joined, [ip("b")], [ip("b")]).probed, second);
  });

  it("leads a record of two instances to one of them, as it does once their addresses are known", () => {
    const instances = ["i1", "i2"].map((name) => missing(INSTANCE, name));
    const from = instances.map((instance) => instance.urn);
    const { set, plan } = read([
      ...instances,
      ...ips("b"),
      check(from.slice(0, 1)),
      side("PRIMARY", from, { records: [UNKNOWN, UNKNOWN] }),
      side("SECONDARY", [ip("b")]),
    ]);
    assert.equal(set.primary.endpoint, from[0]);
    assert.deepEqual(
      plan.endpoints.map(({ addresses }) => addresses),
      [[first], [second]],
    );
  });

  it("takes an instance and its own address for one endpoint", () => {
    const instance = missing(INSTANCE, "web");
    const own = missing(EIP, "own", { instance: UNKNOWN, publicIp: UNKNOWN }, { instance: [instance.urn] });
    const { plan, set, watched } = pair([own.urn], [ip("b")], [instance.urn], [instance, own]);
    assert.deepEqual([set.primary.endpoint, watched], [instance.urn, "own"]);
    assert.deepEqual(plan.endpoints[0]?.addresses, [first]);
  });

  it("gives each of several unknown items its own address where as many resources tell them, else one", () => {
    const several = (records: Properties["records"], probed: string[]) =>
      read([
        ...ips("a", "b", "c"),
        check(probed),
        side("PRIMARY", [ip("a"), ip("b")], { records }),
        side("SECONDARY", [ip("c")]),
      ]);
    const each = several([UNKNOWN, UNKNOWN], [ip("b")]);
    assert.deepEqual([each.values[0], each.probed], [[first, second], second]);
    const known = several(["192.0.2.1", UNKNOWN, UNKNOWN], [ip("a")]);
    assert.deepEqual(known.values[0], ["192.0.2.1", first, second]);
    // Nothing tells which of the two the one is; the check of either is taken for its own.
    for (const records of [UNKNOWN, [UNKNOWN]] as const) {
      const one = several(records as Properties["records"], [ip("b")]);
      assert.deepEqual([one.values[0], one.probed, one.watched], [[first], first, "own"]);
    }
  });

  it("takes no address that the stack has, and IPv6 for AAAA", () => {
    const taken = resource(RECORD, "simple", { name: "s.example.com", type: "A", records: [first] });
    assert.deepEqual(pair([ip("a")], [ip("b")], [ip("a")], [taken]).values.slice(0, 2), [
      [second],
      ["203.0.113.252"],
    ]);
    const six = { type: "AAAA" };
    const { values, watched } = read([
      ...ips("a", "b"),
      check([ip("a")]),
      side("PRIMARY", [ip("a")], six),
      side("SECONDARY", [ip("b")], six),
    ]);
    assert.deepEqual([values, watched], [[["2001:db8:ffff::1"], ["2001:db8:ffff::2"]], "own"]);
  });

  it("is the plan itself where all addresses are known, and leaves names and TTLs unknown", () => {
    const known = [check([]), side("PRIMARY", [], { records: ["192.0.2.1"] })];
    const plan = planFromResources(known);
    assert.equal(rehearsablePlan(known, plan), plan);
    const named = [ip("a")].map((from) => side("PRIMARY", [from], { type: "CNAME" }));
    assert.deepEqual(rehearsablePlan([...ips("a"), ...named]), planFromResources([...ips("a"), ...named]));
    const timed = rehearsablePlan([...ips("a"), side("PRIMARY", [ip("a")], { ttl: UNKNOWN })]);
    assert.deepEqual(timed.recordSets[0]?.target, {
      kind: "values",
      values: [first],
      ttlSeconds: UNKNOWN,
      isTaken: true,
    });
  });
});

describe("takenNotes", () => {
  it("names each record that is played with stand-ins, and how many", () => {
    const { plan, set } = read([
      ...ips("a", "b", "c"),
      check([ip("a")]),
      side("PRIMARY", [ip("a")]),
      side("SECONDARY", [ip("b"), ip("c")], { records: [UNKNOWN, UNKNOWN] }),
    ]);
    assert.deepEqual(takenNotes(plan, set), [
      "app.example.com A: the address of the PRIMARY record is not known before the update; one is taken",
      "app.example.com A: the 2 addresses of the SECONDARY record are not known before the update; stand-ins are taken",
    ]);
    const known = read([
      check([]),
      ...["PRIMARY", "SECONDARY"].map((role, n) => side(role, [], { records: [`192.0.2.${n}`] })),
    ]);
    assert.deepEqual(takenNotes(known.plan, known.set), []);
  });
});
