import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { UNKNOWN } from "../../../../model/unknown";
import { standbyIdleCost } from "../../../../policy/rules/standby-idle-cost/rule";
import { resource, urn } from "../../../model/stack-fixture";
import { primary, providers, standby } from "../../prices/meters";
import { profileApiStack } from "../../profile-api-stack";
import { judged } from "../judged";
import { testPossibleStandby } from "../possible-standby";

const ENDPOINT = "aws:medialive/channel:Channel";
const INSTANCE = "aws:ec2/instance:Instance";
const STACK = resource("pulumi:pulumi:Stack", "stack", {}, { custom: false });

/** A standby that costs exactly so many USD a month, all of it declared. */
function costing(usd: number) {
  return judged(standbyIdleCost, [STACK, ...providers, standby(ENDPOINT, "endpoint")], {
    allowMonthlyUsd: { [ENDPOINT]: usd },
  }).map(({ verdict, message }) => ({ verdict, message }));
}

function verdicts(
  resources: readonly StackResource[],
  settings = {},
  phase: "preview" | "settled" = "preview",
) {
  return judged(standbyIdleCost, [STACK, ...providers, ...resources], settings, phase).map(
    ({ verdict, urn: of, path }) => ({ verdict, of, path }),
  );
}

describe("policy/rules/standby-idle-cost", () => {
  testPossibleStandby(standbyIdleCost);

  for (const preview of [true, false]) {
    it(`passes the profile API ${preview ? "before it exists" : "that exists"}, far below 5 USD`, () => {
      const stack = profileApiStack({ preview });
      assert.deepEqual(
        judged(standbyIdleCost, stack, { monthlyUsdLimit: 5 }, preview ? "preview" : "settled"),
        [
          {
            verdict: "pass",
            urn: urn("pulumi:pulumi:Stack", "profiles-test"),
            path: "",
            message: "the standby costs $3.31 a month while idle, in 10 lines; allowed: below $5.00",
          },
        ],
      );
    });
  }

  it("does not pass by an amount declared for what the update will tell, only for what nothing will", () => {
    const server = standby(
      INSTANCE,
      "server",
      {
        instanceType: UNKNOWN,
        associatePublicIpAddress: false,
        rootBlockDevice: { volumeType: "gp3", volumeSize: 10 },
      },
      { id: UNKNOWN, from: { instanceType: [urn(INSTANCE, "other")] } },
    );
    const of = (phase: "preview" | "settled", usd: number) =>
      judged(
        standbyIdleCost,
        [STACK, ...providers, server],
        { monthlyUsdLimit: 50, allowMonthlyUsd: { [INSTANCE]: usd } },
        phase,
      ).map(({ verdict, path, message }) => [verdict, path, message.split("\n")[0]?.split("; ")[0]]);
    const awaited = [
      [
        "unknown",
        "instanceType",
        "unknown: instanceType of server (aws:ec2/instance:Instance), on which its idle price depends",
      ],
    ];
    assert.deepEqual(of("preview", 1), awaited);
    // It may turn out to have a price, so the amount does not refuse either.
    assert.deepEqual(of("preview", 60), awaited);
    assert.deepEqual(of("settled", 1), [
      ["pass", "", "the standby costs $1.80 a month while idle, in 2 lines"],
    ]);
    assert.deepEqual(of("settled", 60), [["fail", "", "the standby costs $60.80 a month while idle"]]);
  });

  it("refuses a resource of another provider, and names the amount that lets it in", () => {
    const type = "aws-native:rds:DbCluster";
    const stack = [...profileApiStack(), resource(type, "db")];
    assert.deepEqual(judged(standbyIdleCost, stack), [
      {
        verdict: "fail",
        urn: urn(type, "db"),
        path: "",
        message:
          `db (${type}) has no known idle price: only the types of @pulumi/aws 7.48.0 are classed here; allowed: a ` +
          "standby of known prices below $50.00 a month; leave it out, or declare what one costs: " +
          `allowMonthlyUsd {"${type}": <USD a month>}`,
      },
    ]);
    assert.deepEqual(
      judged(standbyIdleCost, stack, { allowMonthlyUsd: { [type]: 0 } }).map(({ verdict }) => verdict),
      ["pass"],
    );
  });

  it("refuses a size that the program gives and nothing tells yet", () => {
    const database = (changes: Partial<StackResource>): StackResource => ({
      ...standby("aws:rds/instance:Instance", "db", {
        engine: "mysql",
        engineVersion: "8.4",
        instanceClass: "db.t4g.small",
        allocatedStorage: 20,
        storageType: "gp3",
        multiAz: UNKNOWN,
      }),
      id: UNKNOWN,
      ...changes,
    });
    const paths = (one: StackResource) => verdicts([one]).map(({ verdict, path }) => `${verdict} ${path}`);
    assert.deepEqual(paths(database({ propertyDependencies: {} })), ["unknown multiAz"]);
    assert.deepEqual(paths(database({ givenUnknown: ["multiAz"] })), ["unknown multiAz"]);
    assert.deepEqual(paths(database({ givenUnknown: [] })), ["pass "]);
  });

  it("passes at 49.99 and refuses at 50.00 USD", () => {
    assert.deepEqual(costing(49.99), [
      {
        verdict: "pass",
        message: "the standby costs $49.99 a month while idle, in 1 line; allowed: below $50.00",
      },
    ]);
    assert.deepEqual(costing(50), [
      {
        verdict: "fail",
        message:
          "the standby costs $50.00 a month while idle; allowed: below $50.00; leave out the dearest of these\n" +
          "  a month  item                                 resource  region     price of\n" +
          "   $50.00  amount declared in the settings [a]  endpoint  us-west-2  undated, declared\n" +
          "  [a] it is charged by the hour while it exists, and its price is not in the list",
      },
    ]);
  });

  it("does not let rounding make an amount look like the limit", () => {
    assert.match(costing(49.999999)[0]?.message ?? "", /^the standby costs \$49\.999999 a month/);
    assert.match(costing(50.000001)[0]?.message ?? "", /^the standby costs \$50\.000001 a month/);
  });

  it("lists what it costs, dearest first, with the levers of the dearest", () => {
    const server = standby(INSTANCE, "server", {
      instanceType: "t3.medium",
      associatePublicIpAddress: true,
      rootBlockDevice: { volumeType: "gp3", volumeSize: 30 },
    });
    const nat = standby("aws:ec2/natGateway:NatGateway", "nat");
    assert.deepEqual(judged(standbyIdleCost, [STACK, ...providers, server, nat]), [
      {
        verdict: "fail",
        urn: STACK.urn,
        path: "",
        message: [
          "the standby costs $69.27 a month while idle; allowed: below $50.00; NAT gateway, 730 h: do without: a public subnet, IPv6 egress or gateway endpoints (up to -$32.85 a month); t3.medium instance, 730 h: use a smaller size (t4g.nano is the smallest) (up to -$27.30 a month)",
          "  a month  item                           resource  region     price of",
          "   $32.85  NAT gateway, 730 h             nat       us-west-2  2026-11-20 (read), fixture",
          "   $30.37  t3.medium instance, 730 h [a]  server    us-west-2  2026-09-19",
          "    $3.65  public IPv4 address            server    us-west-2  2026-09-19",
          "    $2.40  root volume, 30 GB gp3         server    us-west-2  2026-09-19",
          "  [a] Linux on demand; an image with a licence costs more",
        ].join("\n"),
      },
    ]);
  });

  it("does not promise more of extended support than its bound", () => {
    const database = standby("aws:rds/instance:Instance", "db", {
      engine: "mysql",
      engineVersion: "8.0.35",
      instanceClass: "db.t3.micro",
      allocatedStorage: 20,
    });
    assert.deepEqual(
      judged(standbyIdleCost, [STACK, ...providers, database]).map(({ message }) => message.split("\n")),
      [
        [
          "the standby costs $306.71 a month while idle; allowed: below $50.00; extended support of version 8.0.35, 2 vCPU at the third year's price at most: move to a version in standard support (up to -$292.00 a month); db.t3.micro mysql database: use a smaller class",
          "  a month  item                                                                              resource  region     price of",
          "  $292.00  extended support of version 8.0.35, 2 vCPU at the third year's price at most [a]  db        us-west-2  2026-05-03, assumed-equal-to-us-east-1",
          "   $12.41  db.t3.micro mysql database                                                        db        us-west-2  2026-03-18, assumed-equal-to-us-east-1",
          "    $2.30  database storage, 20 GB gp2                                                       db        us-west-2  2024-07-01, assumed-equal-to-us-east-1",
          "  [a] the third year's price, twice that of the first two, is the bound",
        ],
      ],
    );
  });

  it("does not count the primary", () => {
    const nat = primary("aws:ec2/natGateway:NatGateway", "nat");
    assert.deepEqual(verdicts([nat, nat, nat, standby("aws:sns/topic:Topic", "topic")]), [
      { verdict: "pass", of: STACK.urn, path: "" },
    ]);
  });

  it("refuses a type without a price, names it and says how to allow it", () => {
    const one = standby(ENDPOINT, "endpoint");
    assert.deepEqual(judged(standbyIdleCost, [STACK, ...providers, one], {}, "preview"), [
      {
        verdict: "fail",
        urn: one.urn,
        path: "",
        message:
          "endpoint (aws:medialive/channel:Channel) has no known idle price: it is charged by the hour while it exists, and its price is not in the list; " +
          "allowed: a standby of known prices below $50.00 a month; leave it out, or declare what one costs: " +
          'allowMonthlyUsd {"aws:medialive/channel:Channel": <USD a month>}',
      },
    ]);
    assert.deepEqual(verdicts([one], { allowMonthlyUsd: { [ENDPOINT]: 0 } }), [
      { verdict: "pass", of: STACK.urn, path: "" },
    ]);
  });

  it("refuses a size and a region without a price at once, since no update will tell it", () => {
    const size = standby(INSTANCE, "size", { instanceType: "m9.huge", associatePublicIpAddress: false });
    const region = standby("aws:s3/bucket:Bucket", "far", { region: "eu-west-1", tags: { role: "standby" } });
    assert.deepEqual(verdicts([size, region]), [
      { verdict: "fail", of: size.urn, path: "" },
      { verdict: "fail", of: region.urn, path: "" },
    ]);
  });

  it("does not know a cost that hangs on an unknown property, and says which and when", () => {
    const server = standby(
      INSTANCE,
      "server",
      { instanceType: UNKNOWN },
      { id: UNKNOWN, from: { instanceType: [urn(ENDPOINT, "other")] } },
    );
    assert.deepEqual(judged(standbyIdleCost, [STACK, ...providers, server], {}, "preview"), [
      {
        verdict: "unknown",
        urn: server.urn,
        path: "instanceType",
        message:
          "unknown: instanceType of server (aws:ec2/instance:Instance), on which its idle price depends; " +
          "known after the update; judged again at `pulumi up`",
      },
    ]);
  });

  it("refuses what is surely too much, whatever is unknown besides", () => {
    const server = standby(INSTANCE, "server", { instanceType: UNKNOWN });
    assert.deepEqual(
      verdicts([server, standby(ENDPOINT, "endpoint")], { allowMonthlyUsd: { [ENDPOINT]: 50 } }),
      [
        { verdict: "fail", of: STACK.urn, path: "" },
        { verdict: "unknown", of: server.urn, path: "instanceType" },
      ],
    );
  });

  it("lets a price from memory refuse, and never lets it pass", () => {
    const profile = standby("aws:route53/profilesProfile:ProfilesProfile", "profile");
    assert.deepEqual(verdicts([profile]), [
      { verdict: "fail", of: STACK.urn, path: "" },
      { verdict: "fail", of: profile.urn, path: "" },
    ]);
    assert.deepEqual(verdicts([profile], { monthlyUsdLimit: 1_000 }), [
      { verdict: "fail", of: profile.urn, path: "" },
    ]);
  });

  it("does not know which side is the standby's while its record's target is unknown", () => {
    const record = (role: string) =>
      resource("aws:route53/record:Record", role, {
        name: "app.example.com",
        type: "A",
        zoneId: "Z1",
        failoverRoutingPolicies: [{ type: role }],
        records: UNKNOWN,
        ttl: 60,
      });
    assert.deepEqual(verdicts([record("PRIMARY"), record("SECONDARY")]), [
      { verdict: "unknown", of: record("SECONDARY").urn, path: "records" },
    ]);
  });

  it("does not apply to a stack without a standby", () => {
    assert.deepEqual(judged(standbyIdleCost, [STACK, resource(ENDPOINT, "endpoint")]), [
      {
        verdict: "notApplicable",
        urn: STACK.urn,
        path: "",
        message: "the stack has no standby: no failover record, no replica, no resource tagged role: standby",
      },
    ]);
  });

  it("fails on settings that are none", () => {
    assert.deepEqual(
      judged(standbyIdleCost, [STACK], { monthlyUsdLimit: 0, allowMonthlyUsd: { [ENDPOINT]: -1 } }).map(
        ({ message }) => message,
      ),
      [
        "setting monthlyUsdLimit is 0; allowed: a number above 0",
        'setting allowMonthlyUsd is {"aws:medialive/channel:Channel":-1}; allowed: an object of numbers of 0 or more',
      ],
    );
  });
});
