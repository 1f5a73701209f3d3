import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { hostedZones, MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import { invoke, standinInvokes } from "../../../../rehearsal/standin/aws/invokes";
import type { ProviderScope } from "../../../../rehearsal/standin/aws/resource-type";
import { RECORD, ZONE } from "../../../../rehearsal/standin/aws/route53-zone";
import { made, refusal, SCOPE } from "./account-fixture";

const REGION = "aws:index/getRegion:getRegion";
const GET_ZONE = "aws:route53/getZone:getZone";
const EMPTY = new MemoryAccount(true);

function region(args: Record<string, string>, scope: Partial<ProviderScope> = {}) {
  return invoke(REGION, args, { ...SCOPE, ...scope }, EMPTY);
}

describe("standin/aws/invokes", () => {
  it("answers the region of the provider, or the one asked for", () => {
    assert.deepEqual(region({}, { region: "us-west-2" }), {
      id: "us-west-2",
      name: "us-west-2",
      region: "us-west-2",
      description: "US West (Oregon)",
      endpoint: "ec2.us-west-2.amazonaws.com",
    });
    assert.equal(region({ region: "eu-west-1" }).region, "eu-west-1");
    assert.deepEqual(
      refusal(() => region({}, { region: undefined })),
      ["getRegion: region is missing; set aws:region, or region on the provider"],
    );
    assert.deepEqual(
      refusal(() => region({}, { region: UNKNOWN })),
      ["getRegion: the provider's region is not known yet"],
    );
    assert.equal(refusal(() => region({ region: "mars-1" })).length, 1);
  });

  it("answers account and partition", () => {
    const identity = invoke("aws:index/getCallerIdentity:getCallerIdentity", {}, SCOPE, EMPTY);
    assert.equal(identity.accountId, "123456789012");
    assert.match(String(identity.userId), /^AIDA[A-Z0-9]{17}$/);
    const partition = invoke("aws:index/getPartition:getPartition", {}, SCOPE, EMPTY);
    assert.equal(partition.partition, "aws");
  });

  it("finds a zone that was there before, by name or id, and counts its records", () => {
    const account = new MemoryAccount(true, hostedZones(["example.com"]));
    const zone = invoke(GET_ZONE, { name: "Example.com." }, SCOPE, account);
    assert.match(String(zone.zoneId), /^Z[A-Z0-9]{20}$/);
    assert.equal(zone.name, "example.com");
    assert.equal(zone.resourceRecordSetCount, 2);
    assert.equal((zone.nameServers as string[]).length, 4);
    assert.deepEqual(invoke(GET_ZONE, { zoneId: zone.zoneId }, SCOPE, account), zone);
    const { zoneId } = zone;
    made(RECORD, { zoneId, name: "www", type: "A", ttl: 60, records: ["192.0.2.1"] }, { account });
    assert.equal(invoke(GET_ZONE, { zoneId }, SCOPE, account).resourceRecordSetCount, 3);
  });

  it("finds a zone that the stack made, public or private as asked", () => {
    const account = new MemoryAccount(true);
    const { id } = made(ZONE, { name: "example.com" }, { account, name: "public" });
    const inside = made(
      ZONE,
      { name: "example.com", vpcs: [{ vpcId: "vpc-1" }] },
      { account, name: "private" },
    );
    const found = (args: Record<string, string | boolean>) =>
      invoke(GET_ZONE, { name: "example.com", ...args }, SCOPE, account).zoneId;
    assert.equal(found({}), id);
    assert.equal(found({ privateZone: true }), inside.id);
    made(ZONE, { name: "example.com" }, { account, name: "again" });
    assert.deepEqual(
      refusal(() => found({})),
      ["getZone: 2 hosted zones are named example.com; look the zone up by zoneId"],
    );
  });

  it("says what AWS says of a zone that is not there", () => {
    assert.deepEqual(
      refusal(() => invoke(GET_ZONE, { name: "example.org" }, SCOPE, EMPTY)),
      ["getZone: no matching Route 53 Hosted Zone found for example.org; create it, or name one that exists"],
    );
    assert.equal(refusal(() => invoke(GET_ZONE, {}, SCOPE, EMPTY)).length, 1);
  });

  it("refuses a function that it does not know, and arguments that are not known", () => {
    assert.deepEqual(
      refusal(() => invoke("aws:rds/getInstance:getInstance", {}, SCOPE, EMPTY)),
      [
        `aws:rds/getInstance:getInstance is not known to the stand-in; known: ${standinInvokes().length} functions of AWS; describe it in rehearsal/standin/aws/invokes.ts, or rehearse an exported state with --state FILE`,
      ],
    );
    assert.equal(refusal(() => invoke(GET_ZONE, { name: UNKNOWN }, SCOPE, EMPTY)).length, 1);
    assert.deepEqual(
      standinInvokes(),
      [
        "aws:cloudfront/getCachePolicy:getCachePolicy",
        "aws:cloudfront/getOriginRequestPolicy:getOriginRequestPolicy",
        "aws:cloudfront/getResponseHeadersPolicy:getResponseHeadersPolicy",
        "aws:ec2/getAmi:getAmi",
        "aws:ec2/getManagedPrefixList:getManagedPrefixList",
        "aws:iam/getPolicyDocument:getPolicyDocument",
        "aws:index/getAvailabilityZones:getAvailabilityZones",
        "aws:index/getCallerIdentity:getCallerIdentity",
        "aws:index/getPartition:getPartition",
        "aws:ssm/getParameter:getParameter",
        GET_ZONE,
        REGION,
      ].sort(),
    );
  });
});
