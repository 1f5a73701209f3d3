import assert from "node:assert/strict";
import type { Properties } from "../../../../model/unknown";
import { regionPlacement } from "../../../../policy/rules/region-placement/rule";
import { failoverStack, PROVIDER, resource, urn } from "../../../model/stack-fixture";
import { judged } from "../judged";

const QUEUE = "aws:sqs/queue:Queue";
const QUEUE_URN = urn(QUEUE, "queue");
const STACK = resource("pulumi:pulumi:Stack", "stack", {}, { custom: false });

describe("policy/rules/region-placement where a side's region is not told or tags are not taken", () => {
  describe("behind CloudFront, which is in no region", () => {
    const RECORD = "aws:route53/record:Record";
    const alias = (role: string, name: string) =>
      resource(RECORD, role.toLowerCase(), {
        name: "www.example.com",
        type: "A",
        zoneId: "Z1",
        setIdentifier: role,
        failoverRoutingPolicies: [{ type: role }],
        aliases: [{ name, zoneId: "Z2", evaluateTargetHealth: false }],
      });
    const site = (queue: Properties) => [
      STACK,
      resource("aws:cloudfront/distribution:Distribution", "front", { domainName: "d1.cloudfront.net" }),
      resource("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", "website", {
        bucket: "www.example.com",
        region: "us-west-2",
        websiteDomain: "s3-website-us-west-2.amazonaws.com",
        websiteEndpoint: "www.example.com.s3-website-us-west-2.amazonaws.com",
      }),
      alias("PRIMARY", "d1.cloudfront.net"),
      alias("SECONDARY", "s3-website-us-west-2.amazonaws.com"),
      resource(QUEUE, "queue", queue),
    ];

    it("refuses a primary resource in the standby's region", () => {
      assert.deepEqual(
        judged(
          regionPlacement,
          site({ region: "us-west-2", tags: { role: "primary", region: "us-west-2" } }),
        ),
        [
          {
            verdict: "fail",
            urn: QUEUE_URN,
            path: "tags.role",
            message:
              "queue (aws:sqs/queue:Queue) has role primary and is in us-west-2, the standby's region, with which it " +
              "would be lost; allowed: another region; give it the primary's provider (moving it replaces it; a " +
              "second copy is priced by standby-idle-cost), or set tags.role to standby or dns (free)",
          },
        ],
      );
    });

    it("takes it elsewhere, and the standby's own where it is", () => {
      for (const [role, region] of [
        ["primary", "us-east-1"],
        ["standby", "us-west-2"],
        ["standby", "eu-west-1"],
        ["dns", "us-west-2"],
      ]) {
        assert.deepEqual(judged(regionPlacement, site({ region, tags: { role, region } })), [
          {
            verdict: "pass",
            urn: STACK.urn,
            path: "",
            message:
              "1 resource is where the tags say; primary in no region of the stack, standby in us-west-2",
          },
        ]);
      }
    });
  });

  it("knows no wrong region where both sides share one", () => {
    const RECORD = "aws:route53/record:Record";
    const side = (role: string) => {
      const dnsName = `${role.toLowerCase()}.us-west-2.elb.amazonaws.com`;
      return [
        resource("aws:lb/loadBalancer:LoadBalancer", `${role}-balancer`, { dnsName, region: "us-west-2" }),
        resource(RECORD, role, {
          name: "www.example.com",
          type: "A",
          zoneId: "Z1",
          setIdentifier: role,
          failoverRoutingPolicies: [{ type: role }],
          aliases: [{ name: dnsName, zoneId: "Z2", evaluateTargetHealth: true }],
        }),
      ];
    };
    const queue = (role: string) => resource(QUEUE, role, { region: "us-west-2", tags: { role } });
    assert.deepEqual(
      judged(regionPlacement, [
        STACK,
        ...side("PRIMARY"),
        ...side("SECONDARY"),
        queue("primary"),
        queue("standby"),
      ]),
      [
        {
          verdict: "pass",
          urn: STACK.urn,
          path: "",
          message: "2 resources are where the tags say; primary in us-west-2, standby in us-west-2",
        },
      ],
    );
  });

  it("does not hold a provider's region tag against a validation, which takes no tags", () => {
    const west = resource(PROVIDER, "west", {
      region: "us-west-2",
      defaultTags: { tags: { role: "primary", region: "us-west-2" } },
    });
    const certificate = (type: string) =>
      resource(type, "certificate", { region: "us-east-1" }, { provider: west.urn });
    const stack = (type: string) => [STACK, ...failoverStack(), west, certificate(type)];
    assert.deepEqual(judged(regionPlacement, stack("aws:acm/certificateValidation:CertificateValidation")), [
      {
        verdict: "pass",
        urn: STACK.urn,
        path: "",
        message: "7 resources are where the tags say; primary in us-east-1, standby in us-west-2",
      },
    ]);
    assert.deepEqual(
      judged(regionPlacement, stack("aws:acm/certificate:Certificate")).map(({ verdict, urn: of, path }) => [
        verdict,
        of,
        path,
      ]),
      [["fail", urn("aws:acm/certificate:Certificate", "certificate"), "tags.region"]],
    );
  });
});
