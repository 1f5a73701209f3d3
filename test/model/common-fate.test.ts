import assert from "node:assert/strict";
import { answerSets } from "../../model/answer-sets";
import { planFromResources } from "../../model/plan-from-resources";
import { recoveryBound } from "../../model/recovery-bound";
import type { StackResource } from "../../model/stack-resource";
import type { Properties } from "../../model/unknown";
import { watchedBy } from "../../model/watched-endpoint";
import { httpCheck, resource } from "./stack-fixture";

const RECORD = "aws:route53/record:Record";
const NAME = "app.example.com";
const P = "203.0.113.10";
const S = "198.51.100.10";

const record = (name: string, properties: Properties) =>
  resource(RECORD, name, {
    name: NAME,
    type: "A",
    zoneId: "Z1",
    ttl: 60,
    setIdentifier: name,
    ...properties,
  });
const side = (role: string, address: string, healthCheckId: string) =>
  record(role, { records: [address], failoverRoutingPolicies: [{ type: role }], healthCheckId });
const member = (name: string, address: string) =>
  record(name, {
    records: [address],
    weightedRoutingPolicies: [{ weight: 1 }],
    healthCheckId: `${name}-check`,
  });

function boundOf(resources: readonly StackResource[]): string | number {
  const plan = planFromResources(resources);
  const [set] = answerSets(plan);
  assert.ok(set);
  const bound = recoveryBound(plan, set);
  if (bound.kind === "bound") return bound.rtoSeconds;
  return bound.kind === "unbounded" ? bound.why : bound.path;
}
const pair = (ofPrimary: Properties, ofSecondary: Properties, ...more: StackResource[]) =>
  boundOf([
    httpCheck("p", ofPrimary),
    httpCheck("s", ofSecondary),
    side("PRIMARY", P, "p"),
    side("SECONDARY", S, "s"),
    ...more,
  ]);

const WITH_IT = (how: string) =>
  `the SECONDARY record's health check ${how}, so it fails with that and Route 53 answers PRIMARY`;

describe("model/common-fate", () => {
  it("leaves no bound where the SECONDARY's check fails with the PRIMARY's endpoint", () => {
    const children = { type: "CALCULATED", childHealthchecks: ["a", "b"] };
    const both = [httpCheck("a", { ipAddress: P }), httpCheck("b", { ipAddress: S })];
    const calculated = (childHealthThreshold: number) =>
      pair({ ipAddress: P }, { ...children, childHealthThreshold }, ...both);
    assert.equal(pair({ ipAddress: P }, { ipAddress: S }), 54 + 30 + 60);
    assert.equal(pair({ ipAddress: P }, { ipAddress: P, disabled: true }), 144);
    assert.equal(
      pair({ ipAddress: P }, { ipAddress: P }),
      WITH_IT(`probes ${P}, the PRIMARY record's endpoint`),
    );
    assert.equal(calculated(1), 144);
    assert.equal(calculated(2), WITH_IT(`has a child that probes ${P}, the PRIMARY record's endpoint`));
  });

  it("takes what both sides ask for the PRIMARY's, unless port or path tell them apart", () => {
    const asks = { fqdn: "monitor.example.net", port: 80, resourcePath: "/up" };
    assert.equal(pair(asks, asks), WITH_IT("probes monitor.example.net, the PRIMARY record's endpoint"));
    assert.equal(pair(asks, { ...asks, port: 81 }), 144);
    assert.equal(pair(asks, { ...asks, resourcePath: "/b" }), 144);
  });

  it("leaves no bound where the SECONDARY's check is unhealthy all the time", () => {
    assert.equal(
      pair({ ipAddress: P }, { ipAddress: S, invertHealthcheck: true }),
      "the SECONDARY record's health check stays unhealthy while that record's endpoint is well, so it is not answered with and Route 53 " +
        "answers PRIMARY",
    );
  });

  it("counts the members of a set that are left", () => {
    const set = (b: string, c: string) =>
      boundOf([
        httpCheck("a-check", { ipAddress: "192.0.2.1" }),
        httpCheck("b-check", { ipAddress: b }),
        httpCheck("c-check", { ipAddress: c }),
        ...["a", "b", "c"].map((name, index) => member(name, `192.0.2.${index + 1}`)),
      ]);
    assert.equal(set("192.0.2.1", "192.0.2.3"), 144);
    assert.equal(
      set("192.0.2.1", "192.0.2.1"),
      "the b record's health check probes 192.0.2.1, the a record's endpoint, so it fails with that and no other " +
        "member is left, and Route 53 answers with all",
    );
  });
});

describe("model/self-reference", () => {
  const probe = { fqdn: "probe.example.com" };
  const name = (properties: Properties, own = "probe.example.com") =>
    record("probe", { name: own, setIdentifier: undefined, ...properties });
  const why =
    `the health check probes probe.example.com, which leads to ${NAME}, the name whose answers it decides, so its ` +
    "result follows the failover";

  it("follows CNAMEs, aliases, chains and wildcards to the name itself", () => {
    const cname = (to: string) => ({ type: "CNAME", records: [to] });
    const alias = { ttl: undefined, aliases: [{ name: NAME, zoneId: "Z1", evaluateTargetHealth: false }] };
    const mid = resource(RECORD, "mid", { ...cname(NAME), name: "mid.example.com", zoneId: "Z1", ttl: 60 });
    const ways: StackResource[][] = [
      [name(cname(NAME))],
      [name(alias)],
      [name(cname("mid.example.com")), mid],
      [name(cname(NAME), "*.example.com")],
    ];
    for (const way of ways) assert.equal(pair(probe, { ipAddress: S }, ...way), why);
    assert.equal(pair(probe, { ipAddress: S }, name({ records: [P] })), 144);
    assert.equal(pair(probe, { ipAddress: S }, name(cname("other.example.net"))), 144);
  });

  it("is of the SECONDARY's check too, and not where the name is in a private zone", () => {
    assert.equal(
      pair({ ipAddress: P }, { fqdn: NAME }),
      `the SECONDARY record's health check probes ${NAME}, the name whose answers it decides, so it follows the ` +
        "failover and Route 53 answers PRIMARY",
    );
    const kindIn = (vpcs: Properties[]) => {
      const zone = resource(
        "aws:route53/zone:Zone",
        "zone",
        { name: "example.com", vpcs, zoneId: "Z1" },
        { id: "Z1" },
      );
      const plan = planFromResources([zone, httpCheck("p", { fqdn: NAME }), side("PRIMARY", P, "p")]);
      const [of] = plan.healthChecks;
      const [primary] = plan.recordSets;
      assert.ok(of && primary);
      return watchedBy(plan, of, primary).kind;
    };
    assert.deepEqual([kindIn([]), kindIn([{ vpcId: "vpc-1" }])], ["itself", "untold"]);
  });
});
