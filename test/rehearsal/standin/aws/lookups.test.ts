import assert from "node:assert/strict";
import { CHECKER_CIDRS } from "../../../../model/checker-addresses";
import type { Properties } from "../../../../model/unknown";
import { type Account, MemoryAccount } from "../../../../rehearsal/standin/aws/account";
import { availabilityZoneId } from "../../../../rehearsal/standin/aws/availability-zone";
import { invoke } from "../../../../rehearsal/standin/aws/invokes";
import { architectureOf, findImage } from "../../../../rehearsal/standin/aws/machine-image";
import { made, refusal, SCOPE } from "./account-fixture";
import { MINIMAL } from "./minimal-inputs";

const EMPTY = new MemoryAccount(true);
const PARAMETER = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

function lookUp(token: string, args: Properties, account: Account = EMPTY): Properties {
  return invoke(token, args, SCOPE, account);
}

const parameter = (args: Properties, account?: Account) =>
  lookUp("aws:ssm/getParameter:getParameter", args, account);
const image = (args: Properties) => lookUp("aws:ec2/getAmi:getAmi", args);
const prefixList = (args: Properties) => lookUp("aws:ec2/getManagedPrefixList:getManagedPrefixList", args);
const zones = (args: Properties) => lookUp("aws:index/getAvailabilityZones:getAvailabilityZones", args);
const cachePolicy = (args: Properties, account?: Account) =>
  lookUp("aws:cloudfront/getCachePolicy:getCachePolicy", args, account);

describe("standin/aws lookups", () => {
  it("names the newest image of Amazon Linux 2023, another one in each region", () => {
    const answer = parameter({ name: PARAMETER });
    assert.match(String(answer.value), /^ami-0[0-9a-f]{16}$/);
    assert.deepEqual(answer, {
      arn: `arn:aws:ssm:us-east-1::parameter${PARAMETER}`,
      id: PARAMETER,
      insecureValue: answer.value,
      name: PARAMETER,
      region: "us-east-1",
      type: "String",
      value: answer.value,
      version: 1,
      withDecryption: true,
    });
    assert.equal(findImage(String(answer.value))?.architecture, "arm64");
    assert.notEqual(parameter({ name: PARAMETER, region: "us-west-2" }).value, answer.value);
    assert.notEqual(parameter({ name: PARAMETER.replace("arm64", "x86_64") }).value, answer.value);
    assert.equal(parameter({ name: PARAMETER.replace("default", "6.1") }).value, answer.value);
    assert.match(
      refusal(() => parameter({ name: "/none" }))[0] ?? "",
      /^getParameter: \/none does not exist in us-east-1/,
    );
  });

  it("reads a parameter of the stack, and shows no secret in plain text", () => {
    const account = new MemoryAccount(true);
    made(
      "aws:ssm/parameter:Parameter",
      { name: "/a/token", type: "SecureString", value: "hush" },
      { account },
    );
    const answer = parameter({ name: "/a/token" }, account);
    assert.deepEqual([answer.value, answer.insecureValue, answer.type], ["hush", "", "SecureString"]);
  });

  it("finds the same image by name and filters", () => {
    const filters = [
      { name: "name", values: ["al2023-ami-2023.*-kernel-6.1-*"] },
      { name: "architecture", values: ["arm64"] },
    ];
    const found = image({ owners: ["amazon"], mostRecent: true, filters });
    assert.equal(found.id, parameter({ name: PARAMETER }).value);
    assert.equal(found.imdsSupport, "v2.0");
    assert.equal(found.rootDeviceName, "/dev/xvda");
    assert.deepEqual(
      refusal(() => image({ owners: ["amazon"], filters: filters.slice(1) })),
      ["getAmi: 4 images fit; set mostRecent, or filter by name"],
    );
    assert.match(refusal(() => image({ owners: ["self"] }))[0] ?? "", /^getAmi: no image in us-east-1/);
    assert.match(
      refusal(() => image({ filters: [{ name: "kernel", values: ["6.1"] }] }))[0] ?? "",
      /^getAmi: filter "kernel" is not known to the stand-in/,
    );
  });

  it("tells processors by the type of instance", () => {
    for (const type of ["t4g.nano", "c7gn.large", "m6gd.xlarge", "a1.medium"])
      assert.equal(architectureOf(type), "arm64");
    for (const type of ["t3.nano", "t3a.micro", "g4dn.xlarge", "m7i.large"])
      assert.equal(architectureOf(type), "x86_64");
  });

  it("finds the checkers' prefix list by name or id", () => {
    const name = "com.amazonaws.us-east-1.route53-healthchecks";
    const list = prefixList({ name });
    const id = String(list.id);
    assert.match(String(list.id), /^pl-0[0-9a-f]{16}$/);
    assert.deepEqual(list, {
      addressFamily: "IPv4",
      arn: `arn:aws:ec2:us-east-1:aws:prefix-list/${id}`,
      entries: CHECKER_CIDRS.map((cidr) => ({ cidr, description: "" })),
      id,
      maxEntries: 0,
      name,
      ownerId: "AWS",
      region: "us-east-1",
      tags: {},
      version: 0,
    });
    assert.equal(prefixList({ id }).name, name);
    assert.equal(prefixList({ filters: [{ name: "prefix-list-name", values: [name] }] }).id, list.id);
    assert.match(
      refusal(() => prefixList({ name: name.replace("us-east-1", "us-west-2") }))[0] ?? "",
      /^getManagedPrefixList: 0 lists in us-east-1 fit "com\.amazonaws\.us-west-2\.route53-healthchecks"/,
    );
  });

  it("lists the zones of a region", () => {
    assert.deepEqual(zones({ region: "us-west-2", state: "available" }), {
      id: "us-west-2",
      region: "us-west-2",
      state: "available",
      names: ["us-west-2a", "us-west-2b", "us-west-2c", "us-west-2d"],
      groupNames: ["us-west-2-zg-1"],
      zoneIds: ["usw2-az1", "usw2-az2", "usw2-az3", "usw2-az4"],
    });
    assert.equal((zones({}).names as string[]).length, 6);
    assert.deepEqual(zones({ excludeNames: ["us-east-1a"], excludeZoneIds: ["use1-az2"] }).names, [
      ...["us-east-1c", "us-east-1d", "us-east-1e", "us-east-1f"],
    ]);
    const ids = ["eu-central-1a", "ap-northeast-1c", "ap-southeast-2b", "sa-east-1a", "ca-central-1d"];
    assert.deepEqual(ids.map(availabilityZoneId), [
      "euc1-az1",
      "apne1-az2",
      "apse2-az2",
      "sae1-az1",
      "cac1-az3",
    ]);
  });

  it("finds CloudFront's own policies and the stack's", () => {
    const managed = cachePolicy({ name: "Managed-CachingDisabled" });
    assert.equal(managed.id, "4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
    assert.equal(managed.arn, "arn:aws:cloudfront:::cache-policy/4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
    assert.deepEqual([managed.minTtl, managed.defaultTtl, managed.maxTtl], [0, 0, 0]);
    assert.equal(cachePolicy({ id: managed.id }).name, "Managed-CachingDisabled");
    const headers = lookUp("aws:cloudfront/getResponseHeadersPolicy:getResponseHeadersPolicy", {
      name: "Managed-SecurityHeadersPolicy",
    });
    assert.equal(headers.id, "67f7725c-6f97-4210-82d7-5512b31e9d03");
    const account = new MemoryAccount(true);
    const token = "aws:cloudfront/cachePolicy:CachePolicy";
    const { id } = made(token, { ...MINIMAL[token], name: "short", maxTtl: 60, defaultTtl: 30 }, { account });
    const own = cachePolicy({ name: "short" }, account);
    assert.deepEqual([own.id, own.minTtl, own.defaultTtl, own.maxTtl], [id, 0, 30, 60]);
    assert.match(
      refusal(() => cachePolicy({ name: "CachingDisabled" }))[0] ?? "",
      /^getCachePolicy: no policy "CachingDisabled"; AWS's own are Managed-CachingOptimized, /,
    );
    assert.deepEqual(
      refusal(() => cachePolicy({})),
      ["getCachePolicy: name or id is needed, and not both; give one"],
    );
  });
});
