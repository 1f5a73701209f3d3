import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import { RECORD, ZONE } from "../../../../rehearsal/standin/aws/route53-zone";
import { made, reasonsOf } from "./account-fixture";

const BASE = { zoneId: "Z0123456789ABCDEFGHIJ", name: "www.example.com", type: "A" };
const VALUES = { ttl: 60, records: ["192.0.2.1"] };
const ALIAS = { aliases: [{ name: "d-abc123def4.example.com", zoneId: "Z1", evaluateTargetHealth: false }] };

function reasons(change: object): string[] {
  return reasonsOf(RECORD, { ...BASE, ...change });
}

describe("standin/aws/route53-record", () => {
  it("names a record by zone, name, type and set identifier", () => {
    const id = (change: object) => made(RECORD, { ...BASE, ...VALUES, ...change }).id;
    assert.equal(id({}), "Z0123456789ABCDEFGHIJ_www.example.com_A");
    assert.equal(id({ name: "WWW.example.com." }), "Z0123456789ABCDEFGHIJ_www.example.com_A");
    assert.equal(
      id({ setIdentifier: "primary", failoverRoutingPolicies: [{ type: "PRIMARY" }] }),
      "Z0123456789ABCDEFGHIJ_www.example.com_A_primary",
    );
  });

  it("completes a short name with the zone's, once the zone is known", () => {
    const account = new MemoryAccount(true);
    const { id: zoneId } = made(ZONE, { name: "example.com" }, { account });
    const fqdn = (name: string, type = "A", records = ["192.0.2.1"]) =>
      made(RECORD, { zoneId, name, type, ttl: 60, records }, { account, name }).outputs.fqdn;
    assert.equal(fqdn("api"), "api.example.com");
    assert.equal(fqdn("www.example.com."), "www.example.com");
    assert.equal(fqdn("example.com"), "example.com");
    assert.equal(made(RECORD, { ...BASE, ...VALUES }).outputs.fqdn, "www.example.com");
  });

  it("takes either an alias or values with a TTL", () => {
    assert.deepEqual(reasons(VALUES), []);
    assert.deepEqual(reasons(ALIAS), []);
    assert.deepEqual(reasons({}), ["none of aliases or records is set; set one"]);
    assert.deepEqual(reasons({ ...ALIAS, ...VALUES }), [
      "aliases and records exclude each other; keep one",
      "ttl is 60 on an alias; Route 53 sets the TTL of an alias itself, leave it out",
    ]);
    assert.deepEqual(reasons({ ...ALIAS, ttl: 60 }), [
      "ttl is 60 on an alias; Route 53 sets the TTL of an alias itself, leave it out",
    ]);
    assert.deepEqual(reasons({ records: ["192.0.2.1"] }), [
      "ttl is missing, and a record that is no alias needs one",
    ]);
    for (const ttl of [0, 2_147_483_647, UNKNOWN]) assert.deepEqual(reasons({ ...VALUES, ttl }), []);
    assert.deepEqual(reasons({ ...VALUES, ttl: "abc" }), [
      'ttl: AWS takes whole seconds from 0 to 2147483647, got "abc"',
    ]);
    for (const ttl of [-1, 2_147_483_648, 1.5]) assert.equal(reasons({ ...VALUES, ttl }).length, 1);
  });

  it("needs a set identifier with a routing policy, and neither without the other", () => {
    const failover = { ...VALUES, failoverRoutingPolicies: [{ type: "PRIMARY" }] };
    assert.deepEqual(reasons({ ...failover, setIdentifier: "primary" }), []);
    assert.deepEqual(reasons(failover), [
      "setIdentifier is missing, and failoverRoutingPolicies needs it to tell the records of one name apart",
    ]);
    assert.deepEqual(reasons({ ...VALUES, setIdentifier: "primary" }), [
      'setIdentifier is "primary" without a routing policy; add one or leave it out',
    ]);
    assert.deepEqual(reasons({ ...failover, setIdentifier: "a", weightedRoutingPolicies: [{ weight: 1 }] }), [
      "failoverRoutingPolicies and weightedRoutingPolicies exclude each other; keep one",
    ]);
    assert.deepEqual(
      reasons({ ...VALUES, failoverRoutingPolicies: [], multivalueAnswerRoutingPolicy: false }),
      [],
    );
  });

  it("takes PRIMARY and SECONDARY, and weights from 0 to 255", () => {
    const failover = (type: unknown) =>
      reasons({ ...VALUES, setIdentifier: "a", failoverRoutingPolicies: [{ type }] });
    assert.deepEqual(failover("SECONDARY"), []);
    assert.deepEqual(failover(UNKNOWN), []);
    assert.deepEqual(failover("STANDBY"), [
      'failoverRoutingPolicies: AWS takes PRIMARY or SECONDARY, got "STANDBY"',
    ]);
    const weighted = (weight: unknown) =>
      reasons({ ...VALUES, setIdentifier: "a", weightedRoutingPolicies: [{ weight }] });
    for (const weight of [0, 255, UNKNOWN]) assert.deepEqual(weighted(weight), []);
    for (const weight of [-1, 256]) assert.equal(weighted(weight).length, 1);
  });

  it("takes values that fit the type", () => {
    const values = (type: string, records: string[]) => reasons({ type, ttl: 60, records });
    assert.deepEqual(values("AAAA", ["2001:db8::1"]), []);
    assert.deepEqual(values("A", ["2001:db8::1"]), [
      'records: an A record takes IPv4 addresses, got "2001:db8::1"',
    ]);
    assert.deepEqual(values("AAAA", ["192.0.2.1"]).length, 1);
    assert.deepEqual(values("CNAME", ["a.example.com", "b.example.com"]), [
      "records: a CNAME record takes one name, got 2",
    ]);
    assert.deepEqual(values("A", ["192.0.2.1", "192.0.2.1"]), ['records: "192.0.2.1" is there twice']);
    assert.deepEqual(values("TXT", []), ["records is empty; give a value or an alias"]);
    assert.deepEqual(reasons({ ...VALUES, type: "ANAME" }).length, 1);
  });

  it("refuses aliases that Route 53 cannot follow", () => {
    const [target] = ALIAS.aliases;
    assert.equal(reasons({ aliases: [target, target] }).length, 1);
    const cloudfront = (evaluateTargetHealth: boolean) =>
      reasons({ aliases: [{ ...target, zoneId: "Z2FDTNDATAQYW2", evaluateTargetHealth }] });
    assert.deepEqual(cloudfront(false), []);
    assert.deepEqual(cloudfront(true), [
      "aliases: the health of a CloudFront target cannot be evaluated; set evaluateTargetHealth to false",
    ]);
    assert.deepEqual(reasons({ ...ALIAS, type: "NS" }), ["aliases: an NS record cannot be an alias"]);
  });
});
