import assert from "node:assert/strict";
import { planFromResources } from "../../../model/plan-from-resources";
import type { StackResource } from "../../../model/stack-resource";
import { UNKNOWN } from "../../../model/unknown";
import { idleCost } from "../../../policy/prices/idle-cost";
import { failoverStack, resource } from "../../model/stack-fixture";

const BUCKET = "aws:s3/bucket:Bucket";
const PROVIDER = "pulumi:providers:aws";

/** Whether a bucket beside the others counts for the standby. */
function counts(
  bucket: StackResource,
  others: readonly StackResource[] = failoverStack(),
): boolean | undefined {
  const stack = [...others, bucket];
  const { lines, unpriced } = idleCost(stack, planFromResources(stack));
  return [...lines, ...unpriced].find(({ urn }) => urn === bucket.urn)?.standby;
}

const bucket = (properties: object) => resource(BUCKET, "bucket", properties as never);
/** The pair without the tags on its providers. */
const untagged = failoverStack().map(
  (one): StackResource =>
    one.type === PROVIDER ? { ...one, properties: { region: one.properties.region } } : one,
);
/** A pair that leads out of the stack. */
const outwards = [
  ...["PRIMARY", "SECONDARY"].map((role) =>
    resource("aws:route53/record:Record", role, {
      name: "app.example.com",
      type: "A",
      zoneId: "Z1",
      failoverRoutingPolicies: [{ type: role }],
      records: ["192.0.2.1"],
      ttl: 60,
    }),
  ),
];

describe("policy/prices/standby-share", () => {
  for (const [region, tags, expected] of [
    ["us-west-2", {}, true],
    ["us-east-1", {}, false],
    ["eu-west-1", {}, false],
    ["eu-west-1", { role: "standby" }, true],
    ["us-east-1", { role: "standby" }, true],
    ["us-west-2", { role: "primary" }, true],
    ["us-west-2", { role: "dns" }, true],
  ] as const) {
    it(`${expected ? "counts" : "leaves out"} what is in ${region} with tags ${JSON.stringify(tags)}`, () => {
      assert.equal(counts(bucket({ region, tags })), expected);
      assert.equal(counts(bucket({ region, tags }), untagged), expected);
    });
  }

  it("goes by the tags where both sides share a region", () => {
    const oneRegion = failoverStack().map((one) =>
      one.type === PROVIDER ? { ...one, properties: { ...one.properties, region: "us-east-1" } } : one,
    );
    assert.equal(counts(bucket({ region: "us-east-1", tags: { role: "primary" } }), oneRegion), false);
    assert.equal(counts(bucket({ region: "us-east-1", tags: { role: "standby" } }), oneRegion), true);
    assert.equal(counts(bucket({ region: "us-east-1" }), oneRegion), true);
  });

  it("counts all that is not surely the primary's where the pair leads out of the stack", () => {
    assert.equal(counts(bucket({ region: "us-west-2" }), outwards), true);
    assert.equal(counts(bucket({ region: "us-west-2", tags: { role: "primary" } }), outwards), false);
  });

  it("reads the regions off a global table where no record tells them", () => {
    const table = (...regions: string[]) =>
      resource("aws:dynamodb/table:Table", "table", {
        region: "us-east-1",
        billingMode: "PAY_PER_REQUEST",
        replicas: regions.map((regionName) => ({ regionName })),
      });
    const plain = resource("aws:dynamodb/table:Table", "plain", { region: "eu-west-1" });
    assert.equal(counts(bucket({ region: "us-east-1" }), [table("us-west-2")]), false);
    assert.equal(counts(bucket({ region: "us-east-1" }), [table("us-west-2"), plain]), false);
    assert.equal(counts(bucket({ region: "us-west-2" }), [table("us-west-2"), plain]), true);
    assert.equal(counts(bucket({ region: "us-west-2" }), [plain]), false);
    assert.equal(counts(bucket({ region: "us-west-2" }), [table("us-west-2")]), true);
    assert.equal(counts(bucket({ region: "eu-west-1" }), [table("us-west-2")]), false);
    assert.equal(counts(bucket({ region: "eu-west-1" }), [table("us-west-2", "us-east-2")]), true);
  });

  describe("where only tags tell of a standby", () => {
    const NAT = "aws:ec2/natGateway:NatGateway";
    const tagged = (name: string, role: string, region: string) =>
      resource(BUCKET, name, { region, tags: { role } });
    const standbyThere = tagged("there", "standby", "us-west-2");
    const mainHere = tagged("here", "primary", "us-east-1");
    const nat = (region: string, role?: string) =>
      resource(NAT, "nat", { region, ...(role === undefined ? {} : { tags: { role } }) });

    for (const [what, one, others, expected] of [
      ["untagged in the standby's region", nat("us-west-2"), [standbyThere, mainHere], true],
      ["tagged dns in the standby's region", nat("us-west-2", "dns"), [standbyThere, mainHere], true],
      ["tagged primary in the standby's region", nat("us-west-2", "primary"), [standbyThere, mainHere], true],
      ["untagged in the primary's region", nat("us-east-1"), [standbyThere, mainHere], false],
      ["tagged dns in the primary's region", nat("us-east-1", "dns"), [standbyThere, mainHere], false],
      [
        "tagged primary in the primary's region",
        nat("us-east-1", "primary"),
        [standbyThere, mainHere],
        false,
      ],
      ["tagged standby in the primary's region", nat("us-east-1", "standby"), [standbyThere, mainHere], true],
      ["tagged primary in the only region", nat("us-west-2", "primary"), [standbyThere], false],
      ["tagged dns in the only region", nat("us-west-2", "dns"), [standbyThere], true],
      ["untagged in the only region", nat("us-west-2"), [standbyThere], true],
    ] as const) {
      it(`${expected ? "counts" : "leaves out"} a NAT gateway ${what}`, () => {
        assert.equal(counts(one, others), expected);
      });
    }

    it("does not take the primary's region for the standby's because of one alarm there", () => {
      const stack = [standbyThere, mainHere, tagged("second", "primary", "us-east-1")];
      const alarm = tagged("alarm", "standby", "us-east-1");
      assert.equal(counts(nat("us-east-1"), [...stack, alarm]), false);
      assert.equal(counts(nat("us-east-1", "primary"), [...stack, alarm]), false);
      assert.equal(counts(nat("us-west-2"), [...stack, alarm]), true);
      // As many on both sides leave it open, and then the dearer is taken.
      assert.equal(counts(nat("us-east-1"), [standbyThere, mainHere, alarm]), true);
    });

    it("reads several regions, and the tags that a provider gives to all", () => {
      const owner = resource(PROVIDER, "owner", {
        region: "eu-west-1",
        defaultTags: { tags: { role: "standby" } },
      });
      const far = resource(BUCKET, "far", {}, { provider: owner.urn });
      for (const region of ["us-west-2", "eu-west-1"]) {
        assert.equal(counts(nat(region, "dns"), [standbyThere, mainHere, owner, far]), true);
      }
    });

    it("counts it in the standby's region while a SECONDARY's target is not known", () => {
      const unborn = outwards.map(
        (one): StackResource => ({ ...one, properties: { ...one.properties, records: UNKNOWN } }),
      );
      assert.equal(counts(nat("us-west-2"), [...unborn, standbyThere, mainHere]), true);
      assert.equal(counts(nat("us-east-1"), [...unborn, standbyThere, mainHere]), false);
    });

    it("still counts all that is not surely the primary's where a pair leads out of the stack", () => {
      assert.equal(counts(nat("eu-west-1"), [...outwards, standbyThere, mainHere]), true);
      assert.equal(counts(nat("us-west-2", "primary"), [...outwards, standbyThere, mainHere]), true);
    });
  });

  it("counts nothing without a standby", () => {
    const stack = [bucket({ region: "us-west-2" })];
    assert.equal(counts(stack[0] as StackResource, []), false);
    assert.equal(idleCost(stack, planFromResources(stack)).hasStandby, false);
  });

  it("names the record that leads to a standby that cannot be placed yet, and then counts no more than is sure", () => {
    const unborn = outwards.map(
      (one): StackResource => ({ ...one, properties: { ...one.properties, records: UNKNOWN } }),
    );
    const stack = [...unborn, bucket({ region: "us-west-2" })];
    const report = idleCost(stack, planFromResources(stack));
    assert.deepEqual(report.unknownStandby, { urn: unborn[1]?.urn, path: "records" });
    assert.equal(report.standbyMicroUsd, 0);
  });

  for (const [what, target, expected] of [
    ["an unknown alias", { records: undefined, aliases: [{ name: UNKNOWN }] }, "aliases[0].name"],
    ["a known alias", { records: undefined, aliases: [{ name: "elsewhere.example.net" }] }, undefined],
    ["known addresses", {}, undefined],
  ] as const) {
    it(`${expected ? "waits for" : "does not wait for"} ${what}`, () => {
      const stack = outwards.map(
        (one): StackResource => ({ ...one, properties: { ...one.properties, ...target } as never }),
      );
      assert.equal(idleCost(stack, planFromResources(stack)).unknownStandby?.path, expected);
    });
  }

  it("counts a replica in no region that is told for the standby", () => {
    const table = resource("aws:dynamodb/table:Table", "t", {
      billingMode: "PAY_PER_REQUEST",
      replicas: [{}],
    });
    assert.deepEqual(
      idleCost([table], planFromResources([table])).unpriced.map(({ why, standby }) => ({ why, standby })),
      [
        {
          why: "the region of table storage, 1 GB assumed is not told by the resource or its provider",
          standby: true,
        },
        {
          why: "the region of table replica storage, 1 GB assumed is not told by the resource or its provider",
          standby: true,
        },
      ],
    );
  });

  it("counts health checks, alarms on them and switching services, but no zone, wherever they are", () => {
    const stack = [
      ...failoverStack(),
      resource("aws:cloudwatch/metricAlarm:MetricAlarm", "health", {
        region: "us-east-1",
        namespace: "AWS/Route53",
      }),
      resource("aws:cloudwatch/metricAlarm:MetricAlarm", "other", {
        region: "us-east-1",
        namespace: "AWS/Lambda",
      }),
      resource("aws:route53/trafficPolicyInstance:TrafficPolicyInstance", "traffic"),
      resource("aws:arcregionswitch/plan:Plan", "plan", { region: "us-east-1" }),
    ];
    const report = idleCost(stack, planFromResources(stack));
    assert.deepEqual(
      report.lines.filter(({ standby }) => standby).map(({ item }) => item),
      [
        "health check, endpoint not surely in AWS",
        "health check option: HTTPS",
        "health check option: 10 s interval",
        "alarm",
        "traffic policy record",
        "Region switch plan",
      ],
    );
    assert.deepEqual(report.unpriced, []);
  });

  for (const [what, one, expected] of [
    ["in the standby's region", { region: "us-west-2" }, true],
    ["in the primary's region", { region: "us-east-1" }, false],
    ["in no region that is told", {}, true],
    ["in an unknown region", { region: UNKNOWN }, true],
    ["tagged primary, in no region that is told", { tags: { role: "primary" } }, false],
  ] as const) {
    it(`${expected ? "counts" : "leaves out"} an undecided resource ${what}`, () => {
      const stack = [
        ...failoverStack(),
        resource("aws:odb/cloudVmCluster:CloudVmCluster", "endpoint", one as never),
      ];
      assert.deepEqual(
        idleCost(stack, planFromResources(stack)).unpriced.map(({ standby }) => standby),
        [expected],
      );
    });
  }

  it("counts a declared amount on the side on which the undecided resource would count", () => {
    const one = resource("aws:odb/cloudVmCluster:CloudVmCluster", "endpoint");
    const stack = [...untagged, one];
    const allowMonthlyUsd = { [one.type]: 3 };
    const { lines } = idleCost(stack, planFromResources(stack), { allowMonthlyUsd });
    assert.deepEqual(
      lines.filter(({ urn }) => urn === one.urn).map(({ standby }) => standby),
      [true],
    );
  });

  const PAGES = "aws:cloudfront/distribution:Distribution";
  const vip = { domainName: "d1.cloudfront.net", viewerCertificate: { sslSupportMethod: "vip" } };
  const toPages = { records: undefined, ttl: undefined, aliases: [{ name: "d1.cloudfront.net" }] };
  /** A pair out of the stack, one or both of whose records lead to the pages instead. */
  const leading = (...roles: string[]) =>
    outwards.map(
      (one, index): StackResource =>
        roles.includes(["PRIMARY", "SECONDARY"][index] as string)
          ? { ...one, properties: { ...one.properties, ...toPages } as never }
          : one,
    );
  for (const [what, others, tags, expected] of [
    ["no record leads to", leading(), {}, true],
    ["the SECONDARY leads to", leading("SECONDARY"), {}, true],
    ["the SECONDARY leads to, whatever its tag", leading("SECONDARY"), { role: "primary" }, true],
    ["the PRIMARY leads to", leading("PRIMARY"), {}, false],
    ["the PRIMARY leads to, tagged standby", leading("PRIMARY"), { role: "standby" }, true],
    ["both records lead to", leading("PRIMARY", "SECONDARY"), {}, false],
    ["no record leads to, tagged primary", leading(), { role: "primary" }, false],
    ["nothing fails over to", [], {}, false],
  ] as const) {
    it(`${expected ? "counts" : "leaves out"} a global resource that ${what}`, () => {
      assert.equal(counts(resource(PAGES, "pages", { ...vip, tags }), others), expected);
    });
  }

  it("counts what is behind a SECONDARY in the primary's region, under a provider that tags all as primary", () => {
    const [owner = bucket({})] = failoverStack().filter(({ type }) => type === PROVIDER);
    const instance = (name: string, publicDns: string) =>
      resource(
        "aws:ec2/instance:Instance",
        name,
        { instanceType: "t3.micro", publicDns, associatePublicIpAddress: true },
        { provider: owner.urn },
      );
    const stack = [
      owner,
      instance("first", "first.example.com"),
      instance("second", "second.example.com"),
      ...outwards.map(
        (one, index): StackResource => ({
          ...one,
          properties: {
            ...one.properties,
            type: "CNAME",
            records: [["first.example.com"], ["second.example.com"]][index] as string[],
          },
        }),
      ),
    ];
    const { lines } = idleCost(stack, planFromResources(stack));
    assert.deepEqual(
      lines.map(({ urn, standby }) => `${urn.split("::").at(-1)} ${standby}`),
      ["first false", "first false", "first false", "second true", "second true", "second true"],
    );
  });

  for (const type of [
    "aws-native:rds:DbCluster",
    "aws-native:ec2:NatGateway",
    "kubernetes:core/v1:Service",
    "pulumi-nodejs:dynamic:Resource",
    "gcp:compute/instance:Instance",
    "cloudflare:index/record:Record",
  ]) {
    it(`counts an undecided ${type}, unless it is tagged otherwise or there is no standby`, () => {
      const side = (one: StackResource, others: readonly StackResource[] = failoverStack()) => {
        const stack = [...others, one];
        return idleCost(stack, planFromResources(stack))
          .unpriced.filter(({ urn }) => urn === one.urn)
          .map(({ standby }) => standby);
      };
      // A region of another cloud says nothing about the side.
      assert.deepEqual(side(resource(type, "one", { region: "us-east-1" })), [true]);
      assert.deepEqual(side(resource(type, "one", { tags: { role: "primary" } })), [false]);
      assert.deepEqual(side(resource(type, "one"), []), [false]);
    });
  }

  it("counts nothing of what exists in the state only, nor of components", () => {
    const stack = [
      ...failoverStack(),
      ...["random", "tls", "command", "local", "null", "archive", "time"].map((owner) =>
        resource(`${owner}:index/thing:Thing`, owner),
      ),
      resource("kubernetes:helm.sh/v3:Chart", "chart", {}, { custom: false }),
    ];
    assert.deepEqual(idleCost(stack, planFromResources(stack)).unpriced, []);
  });

  const NATIVE_PROVIDER = "pulumi:providers:aws-native";
  for (const [what, region, tags, expected] of [
    ["in the standby's region", "us-west-2", undefined, true],
    ["in the primary's region", "us-east-1", undefined, false],
    ["in no region that is told", undefined, undefined, true],
    ["in an unknown region", UNKNOWN, undefined, true],
    ["in the primary's region, tagged standby", "us-east-1", [{ key: "role", value: "standby" }], true],
    ["in an unknown region, tagged primary", UNKNOWN, [{ key: "role", value: "primary" }], false],
    ["in the primary's region, with absurd tags", "us-east-1", [null, "role", { key: 1 }], false],
    ["in the standby's region, with unknown tags", "us-west-2", UNKNOWN, true],
  ] as const) {
    it(`${expected ? "counts" : "leaves out"} an undecided resource of aws-native ${what}`, () => {
      const native = resource(NATIVE_PROVIDER, "native", region === undefined ? {} : { region });
      const one = resource("aws-native:rds:DbCluster", "cluster", { tags } as never, {
        provider: native.urn,
      });
      const stack = [...failoverStack(), native, one];
      assert.deepEqual(
        idleCost(stack, planFromResources(stack)).unpriced.map(({ urn, standby }) => ({ urn, standby })),
        [{ urn: one.urn, standby: expected }],
      );
    });
  }

  it("counts a global resource of aws-native wherever its provider is", () => {
    const native = resource(NATIVE_PROVIDER, "native", { region: "us-east-1" });
    const stack = [
      ...failoverStack(),
      native,
      ...["cloudfront:Distribution", "route53:HealthCheck", "globalaccelerator:Accelerator"].map((type) =>
        resource(`aws-native:${type}`, type, {}, { provider: native.urn }),
      ),
    ];
    assert.deepEqual(
      idleCost(stack, planFromResources(stack)).unpriced.map(({ standby }) => standby),
      [true, true, true],
    );
  });

  for (const [namespace, metricName, expected] of [
    ["AWS/DynamoDB", "ReplicationLatency", true],
    ["AWS/DynamoDB", "PendingReplicationCount", true],
    ["AWS/DynamoDB", "ThrottledRequests", false],
    ["AWS/S3", "ReplicationLatency", false],
  ] as const) {
    it(`${expected ? "counts" : "leaves out"} an alarm on ${namespace} ${metricName} beside the primary`, () => {
      const alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", {
        namespace,
        metricName,
        region: "us-east-1",
      });
      const stack = [...untagged, alarm];
      assert.deepEqual(
        idleCost(stack, planFromResources(stack))
          .lines.filter(({ urn }) => urn === alarm.urn)
          .map(({ standby }) => standby),
        [expected],
      );
    });
  }
});
