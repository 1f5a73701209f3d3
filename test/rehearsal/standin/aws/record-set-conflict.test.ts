import assert from "node:assert/strict";
import type { Properties } from "../../../../model/unknown";
import { type Account, MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import { DOMAIN_NAME } from "../../../../rehearsal/standin/aws/api-domain";
import { HEALTH_CHECK } from "../../../../rehearsal/standin/aws/route53-health-check";
import { RECORD, ZONE } from "../../../../rehearsal/standin/aws/route53-zone";
import { made, refusal } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

const TARGET = "d-abc123def4.execute-api.us-east-1.amazonaws.com";
const EAST_ZONE = "Z1UJRXOUMOOFQ8";

describe("standin/aws/record-set-conflict", () => {
  let account: Account;
  let zoneId: string;

  beforeEach(() => {
    account = new MemoryAccount(true);
    zoneId = made(ZONE, { name: "example.com" }, { account }).id;
  });

  const record = (name: string, change: Properties) =>
    made(
      RECORD,
      { zoneId, name: "www", type: "A", ttl: 60, records: ["192.0.2.1"], ...change },
      { account, name },
    );
  const reason = (change: Properties) => refusal(() => record("last", change))[0]?.replace(/^.*?": /, "");
  const failover = (type: string, setIdentifier: string): Properties => ({
    setIdentifier,
    failoverRoutingPolicies: [{ type }],
  });
  const alias = (name: string, aliasZoneId = EAST_ZONE): Properties => ({
    ttl: undefined,
    records: undefined,
    aliases: [{ name, zoneId: aliasZoneId, evaluateTargetHealth: false }],
  });

  it("takes one PRIMARY and one SECONDARY of a name and type", () => {
    record("a", failover("PRIMARY", "primary"));
    record("b", failover("SECONDARY", "standby"));
    record("c", { ...failover("PRIMARY", "primary"), type: "AAAA", records: ["2001:db8::1"] });
    assert.equal(
      reason(failover("PRIMARY", "other")),
      `www.example.com A has a PRIMARY record already, ${zoneId}_www_A_primary (InvalidChangeBatch); a failover pair has one of each`,
    );
  });

  it("takes each set identifier once", () => {
    record("a", { setIdentifier: "one", weightedRoutingPolicies: [{ weight: 1 }] });
    record("b", { setIdentifier: "two", weightedRoutingPolicies: [{ weight: 1 }] });
    assert.equal(
      reason({ setIdentifier: "two", weightedRoutingPolicies: [{ weight: 2 }] }),
      "www.example.com A two already exists (InvalidChangeBatch); give each record its own name, type or setIdentifier",
    );
  });

  it("takes one policy for all records of a name and type", () => {
    record("a", failover("PRIMARY", "primary"));
    assert.equal(
      reason({}),
      `www.example.com A mixes routing: ${zoneId}_www_A_primary is failover and this record is simple (InvalidChangeBatch); give all of them one policy`,
    );
  });

  it("takes a simple record once, unless it may overwrite", () => {
    record("a", {});
    assert.equal(
      reason({ name: "WWW.example.com" }),
      "www.example.com A already exists (InvalidChangeBatch); give each record its own name, type or setIdentifier",
    );
    record("b", { allowOverwrite: true });
    record("c", { name: "api" });
  });

  it("lets a record change itself", () => {
    record("a", failover("PRIMARY", "primary"));
    record("a", { ...failover("PRIMARY", "primary"), ttl: 30 });
    assert.equal(account.list(RECORD).length, 1);
  });

  it("keeps CNAMEs from the top of the zone and from names with other types", () => {
    const cname = { type: "CNAME", records: ["target.example.com"] };
    assert.equal(
      reason({ ...cname, name: "example.com" }),
      "a CNAME at the top of zone example.com is not permitted (InvalidChangeBatch); use an alias or a name below it",
    );
    record("a", {});
    assert.equal(
      reason(cname),
      `a CNAME cannot share the name www.example.com with another type (InvalidChangeBatch); ${zoneId}_www_A is there`,
    );
    record("b", { ...cname, name: "docs" });
    assert.match(reason({ name: "docs" }) ?? "", /cannot share the name docs\.example\.com/);
  });

  it("needs a zone and a health check that exist", () => {
    assert.equal(
      reason({ zoneId: "Z1" }),
      "hosted zone Z1 does not exist (NoSuchHostedZone); take zoneId from a zone or from getZone",
    );
    assert.match(reason({ healthCheckId: "gone" }) ?? "", /^health check gone does not exist/);
    const { id } = made(HEALTH_CHECK, { type: "HTTPS", fqdn: "a.example.com" }, { account });
    record("a", { ...failover("PRIMARY", "primary"), healthCheckId: id });
  });

  it("needs an alias target that lies in its zone and exists", () => {
    assert.equal(reason(alias(TARGET)), `alias target ${TARGET} does not exist (InvalidChangeBatch)`);
    for (const [name, zone] of [
      [TARGET, "Z2OJLYMUO9EFXC"],
      ["d-abc123def4.cloudfront.net", EAST_ZONE],
    ] as const) {
      assert.equal(
        reason(alias(name, zone)),
        `alias target ${name} does not lie in zone ${zone} (InvalidChangeBatch); take both from one domainNameConfiguration`,
      );
    }
    assert.equal(
      record("cdn", alias("d123.cloudfront.net", "Z2FDTNDATAQYW2")).outputs.fqdn,
      "www.example.com",
    );
  });

  it("takes an S3 website by the name and the zone of its region's endpoint", () => {
    const west = "s3-website-us-west-2.amazonaws.com";
    record("page", alias(west, "Z3BJ6K6RIION7M"));
    const outside = (name: string, zone: string) =>
      `alias target ${name} does not lie in zone ${zone} (InvalidChangeBatch); take websiteDomain and the bucket's hostedZoneId, both of one region`;
    assert.equal(reason(alias(west, "Z3AQBSTGFYJSTF")), outside(west, "Z3AQBSTGFYJSTF"));
    assert.equal(
      reason(alias("www.example.org", "Z3BJ6K6RIION7M")),
      outside("www.example.org", "Z3BJ6K6RIION7M"),
    );
    assert.equal(
      reason(alias(`www.example.com.${west}`, "Z3BJ6K6RIION7M")),
      `alias target www.example.com.${west} does not exist (InvalidChangeBatch); an alias to a website names its region, s3-website, and the bucket is found by the record's own name: take websiteDomain`,
    );
  });

  it("takes a distribution in CloudFront's zone, and AAAA of one with IPv6 only", () => {
    const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
    const distribution = (isIpv6Enabled: boolean) =>
      made(DISTRIBUTION, { ...MINIMAL[DISTRIBUTION], isIpv6Enabled }, { account });
    const { id, outputs } = distribution(false);
    const target = alias(String(outputs.domainName), "Z2FDTNDATAQYW2");
    record("cdn", target);
    assert.equal(
      reason({ ...target, type: "AAAA" }),
      `alias target ${String(outputs.domainName)} has no IPv6 addresses; set isIpv6Enabled of distribution ${id}`,
    );
    distribution(true);
    record("cdn6", { ...target, type: "AAAA" });
    assert.equal(
      reason(alias(String(outputs.domainName), "Z3BJ6K6RIION7M")),
      `alias target ${String(outputs.domainName)} does not lie in zone Z3BJ6K6RIION7M (InvalidChangeBatch); take websiteDomain and the bucket's hostedZoneId, both of one region`,
    );
  });

  it("needs a dual-stack target for AAAA", () => {
    const domain = (ipAddressType: string) => {
      const { domainNameConfiguration, ...rest } = MINIMAL[DOMAIN_NAME] ?? {};
      const configuration = { ...(domainNameConfiguration as Properties), ipAddressType };
      return made(
        DOMAIN_NAME,
        { ...rest, domainNameConfiguration: configuration },
        { account: new MemoryAccount(false) },
      );
    };
    const put = (ipAddressType: string) => {
      const { id, outputs } = domain(ipAddressType);
      account.put({ type: DOMAIN_NAME, urn: "d", id, region: "us-east-1", properties: outputs });
      return (outputs.domainNameConfiguration as Properties).targetDomainName as string;
    };
    const target = put("ipv4");
    assert.equal(
      reason({ ...alias(target), type: "AAAA" }),
      `alias target ${target} has no IPv6 addresses; set ipAddressType of custom domain profiles.example.com to dualstack`,
    );
    record("a", alias(target));
    put("dualstack");
    record("aaaa", { ...alias(target), type: "AAAA" });
  });

  it("refuses only by what it sees while the account is not known whole", () => {
    account = new MemoryAccount(false);
    record("a", { ...alias(TARGET), zoneId: "Z1", healthCheckId: "elsewhere", ...failover("PRIMARY", "p") });
    assert.match(
      reason({ ...alias(TARGET), zoneId: "Z1", name: "www", ...failover("PRIMARY", "q") }) ?? "",
      /has a PRIMARY record already/,
    );
  });
});
