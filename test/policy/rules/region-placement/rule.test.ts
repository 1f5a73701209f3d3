import assert from "node:assert/strict";
import type { StackResource } from "../../../../model/stack-resource";
import { type Properties, type PropertyValue, UNKNOWN } from "../../../../model/unknown";
import { regionPlacement } from "../../../../policy/rules/region-placement/rule";
import { fixtureResources } from "../../../../policy/rules/rule-docs";
import { REGIONS, sidedPair, twoRegions } from "../../../model/sided-pairs";
import { failoverStack, PROVIDER, resource, urn } from "../../../model/stack-fixture";
import { profileApiStack } from "../../profile-api-stack";
import { judged } from "../judged";
import { testPossibleStandby } from "../possible-standby";

const QUEUE = "aws:sqs/queue:Queue";
const STACK = resource("pulumi:pulumi:Stack", "stack", {}, { custom: false });
const APIS = 6;

/** The APIs of both sides, which their providers' default tags tell apart, and one queue. */
function withQueue(side: "primary" | "standby", properties: Properties, type = QUEUE): StackResource[] {
  return [STACK, ...failoverStack(), resource(type, "queue", properties, { provider: urn(PROVIDER, side) })];
}

function verdicts(resources: readonly StackResource[], settings = {}) {
  return judged(regionPlacement, resources, settings).map(({ verdict, urn: of, path }) => ({
    verdict,
    of,
    path,
  }));
}

function passes(resources: number) {
  return [
    {
      verdict: "pass",
      urn: STACK.urn,
      path: "",
      message: `${resources} resources are where the tags say; primary in us-east-1, standby in us-west-2`,
    },
  ];
}

const QUEUE_URN = urn(QUEUE, "queue");

describe("policy/rules/region-placement", () => {
  testPossibleStandby(regionPlacement);

  for (const preview of [true, false]) {
    it(`passes the profile API ${preview ? "before it exists" : "that exists"}`, () => {
      const found = judged(
        regionPlacement,
        profileApiStack({ preview }),
        {},
        preview ? "preview" : "settled",
      );
      assert.deepEqual(
        found.map(({ verdict }) => verdict),
        ["pass"],
      );
    });
  }

  describe("with several names", () => {
    const there = sidedPair("a", "east", "west");
    const queue = (role: string, region: string) => resource(QUEUE, "queue", { region, tags: { role } });
    const said = (one: StackResource, ...pairs: StackResource[]) =>
      judged(regionPlacement, [STACK, ...twoRegions, ...pairs, one], { requireTags: false }).map(
        ({ verdict, message }) => ({ verdict, message }),
      );

    it("lets either side be in a region that holds a PRIMARY and a standby", () => {
      const back = sidedPair("b", "west", "east");
      for (const role of ["primary", "standby"]) {
        assert.deepEqual(said(queue(role, REGIONS.east), ...there, ...back), [
          {
            verdict: "pass",
            message:
              "1 resource is where the tags say; primary in us-east-1 and us-west-2, standby in us-east-1 and us-west-2",
          },
        ]);
      }
    });

    it("refuses a side in a region of the other side alone, and names every region of its own", () => {
      const far = resource(PROVIDER, "far", { region: "eu-west-1" });
      const toFar = sidedPair("c", "east", "west").map(
        (one): StackResource => (one.name === "c-SECONDARY-server" ? { ...one, provider: far.urn } : one),
      );
      assert.deepEqual(said(queue("standby", REGIONS.east), ...there, far, ...toFar), [
        {
          verdict: "fail",
          message:
            "queue (aws:sqs/queue:Queue) has role standby and is in us-east-1, the primary's region, with which it " +
            "would be lost; allowed: eu-west-1 or us-west-2; give it the standby's provider (moving it replaces it; " +
            "a second copy is priced by standby-idle-cost), or set tags.role to primary or dns (free)",
        },
      ]);
    });
  });

  it("passes what is in its side's region, by its own tags or its provider's", () => {
    assert.deepEqual(judged(regionPlacement, withQueue("standby", {})), passes(APIS + 1));
    assert.deepEqual(
      judged(regionPlacement, withQueue("standby", { tags: { role: "standby", region: "us-west-2" } })),
      passes(APIS + 1),
    );
    assert.deepEqual(judged(regionPlacement, [STACK, ...failoverStack()]), passes(APIS));
  });

  it("refuses a primary in the standby's region and the reverse", () => {
    assert.deepEqual(judged(regionPlacement, withQueue("standby", { tags: { role: "primary" } })), [
      {
        verdict: "fail",
        urn: QUEUE_URN,
        path: "tags.role",
        message:
          "queue (aws:sqs/queue:Queue) has role primary and is in us-west-2, the standby's region, with which it " +
          "would be lost; allowed: us-east-1; give it the primary's provider (moving it replaces it; a second copy " +
          "is priced by standby-idle-cost), or set tags.role to standby or dns (free)",
      },
    ]);
    assert.deepEqual(judged(regionPlacement, withQueue("primary", { tags: { role: "standby" } })), [
      {
        verdict: "fail",
        urn: QUEUE_URN,
        path: "tags.role",
        message:
          "queue (aws:sqs/queue:Queue) has role standby and is in us-east-1, the primary's region, with which it " +
          "would be lost; allowed: us-west-2; give it the standby's provider (moving it replaces it; a second copy " +
          "is priced by standby-idle-cost), or set tags.role to primary or dns (free)",
      },
    ]);
  });

  it("sees a resource whose own region leaves its provider's", () => {
    assert.deepEqual(verdicts(withQueue("primary", { region: "us-west-2" })), [
      { verdict: "fail", of: QUEUE_URN, path: "tags.role" },
    ]);
  });

  it("lets the failover's own parts, third regions and other roles be anywhere", () => {
    for (const properties of [
      { tags: { role: "dns" } },
      { tags: { role: "standby" }, region: "eu-west-1" },
      { tags: { role: "web" } },
    ]) {
      assert.deepEqual(judged(regionPlacement, withQueue("primary", properties)), passes(APIS + 1));
    }
  });

  for (const type of [
    "aws:acm/certificate:Certificate",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:sns/topic:Topic",
    "aws:wafv2/webAcl:WebAcl",
  ]) {
    it(`lets a standby's ${type} be in us-east-1 only`, () => {
      assert.deepEqual(
        judged(regionPlacement, withQueue("primary", { tags: { role: "standby" } }, type)),
        passes(APIS + 1),
      );
      assert.deepEqual(verdicts(withQueue("standby", { tags: { role: "primary" } }, type)), [
        { verdict: "fail", of: urn(type, "queue"), path: "tags.role" },
      ]);
    });
  }

  it("refuses a region tag that contradicts the region", () => {
    assert.deepEqual(judged(regionPlacement, withQueue("standby", { tags: { region: "us-east-1" } })), [
      {
        verdict: "fail",
        urn: QUEUE_URN,
        path: "tags.region",
        message:
          "queue (aws:sqs/queue:Queue) is in us-west-2 and its region tag says us-east-1; allowed: the region that " +
          "it is in; set tags.region to us-west-2, or give it the provider of us-east-1 (free)",
      },
    ]);
  });

  it("misses tags on what takes tags, in one finding, where the stack uses them", () => {
    const plain = (name: string, properties: Properties) =>
      resource(QUEUE, name, { region: "us-west-2", ...properties });
    const stack = (...queues: StackResource[]) => [STACK, ...failoverStack(), ...queues];
    assert.deepEqual(judged(regionPlacement, stack(plain("bare", { tags: { Name: "bare" } }))), [
      {
        verdict: "fail",
        urn: STACK.urn,
        path: "tags",
        message:
          "1 resource has no role or region tag where the stack uses them: bare (aws:sqs/queue:Queue) lacks role; " +
          "allowed: role (primary, standby or dns) and region on every regional resource with tags; set them in " +
          "defaultTags of each region's provider (free)",
      },
    ]);
    const many = ["a", "b", "c", "d", "e", "f"].map((name) => plain(name, { tagsAll: {} }));
    const whole = plain("whole", { tags: { role: "standby", region: "us-west-2" } });
    const [found, ...others] = judged(regionPlacement, stack(...many, whole));
    assert.deepEqual(others, []);
    assert.match(
      found?.message ?? "",
      /^6 resources have .*: a \(aws:sqs\/queue:Queue\) lacks role and region, .*, 1 more; allowed/,
    );
    assert.deepEqual(
      judged(regionPlacement, stack(...many, whole), { requireTags: false }),
      passes(APIS + 1),
    );
  });

  it("misses them before the resource exists, where the provider will report none but the program's", () => {
    const unborn = (properties: Properties, givenUnknown: string[] = []): StackResource => ({
      ...resource(QUEUE, "bare", { region: "us-west-2", ...properties }),
      id: UNKNOWN,
      givenUnknown,
    });
    const found = (queue: StackResource) =>
      judged(regionPlacement, [STACK, ...failoverStack(), queue], {}, "preview").map(
        ({ verdict, path }) => `${verdict} ${path}`,
      );
    assert.deepEqual(found(unborn({ tagsAll: UNKNOWN })), ["fail tags"]);
    assert.deepEqual(found(unborn({})), ["pass "]);
    assert.deepEqual(found(unborn({ tagsAll: UNKNOWN, tags: UNKNOWN }, ["tags"])), ["unknown tags.role"]);
    const tagged = { ...unborn({ tagsAll: UNKNOWN }), provider: urn(PROVIDER, "standby") };
    assert.deepEqual(found(tagged), ["pass "]);
  });

  it("asks no tags of what takes none, and none of a global service", () => {
    const stack = [
      STACK,
      ...failoverStack(),
      resource(QUEUE, "untold", { region: "us-west-2" }),
      resource("aws:iam/role:Role", "role", { tags: { Name: "role" } }),
      resource("gcp:x/y:Z", "other", { tags: { role: "primary" }, region: "us-west-2" }),
    ];
    assert.deepEqual(judged(regionPlacement, stack), passes(APIS));
  });

  it("does not apply to a stack that uses other tags or none", () => {
    const bare = failoverStack().map(
      (one): StackResource =>
        one.type === PROVIDER ? { ...one, properties: { region: one.properties.region } } : one,
    );
    for (const tags of [undefined, {}, { role: "web", region: "EMEA" }]) {
      assert.deepEqual(judged(regionPlacement, [STACK, ...bare, resource(QUEUE, "queue", { tags })]), [
        {
          verdict: "notApplicable",
          urn: STACK.urn,
          path: "",
          message:
            "no resource has a role tag of primary, standby or dns; tag them, by the providers' default tags for " +
            "one, to have their regions judged (free)",
        },
      ]);
    }
  });

  it("does not apply without a failover, nor to tags on global services alone", () => {
    const queue = resource(QUEUE, "queue", { tags: { role: "primary" }, region: "us-east-1" });
    assert.deepEqual(judged(regionPlacement, [STACK, queue]), [
      {
        verdict: "notApplicable",
        urn: STACK.urn,
        path: "",
        message: "the stack has no failover, so no side to live on",
      },
    ]);
    const role = resource("aws:iam/role:Role", "role", { tags: { role: "standby" } });
    assert.deepEqual(
      judged(regionPlacement, [STACK, role]).map(({ message }) => message),
      ["no tagged resource of the stack has a region of its own"],
    );
  });

  it("judges the tags alone where no record tells the sides' regions", () => {
    const queue = (region: string) =>
      resource(QUEUE, "queue", { region: "us-east-1", tags: { role: "standby", region } });
    assert.deepEqual(judged(regionPlacement, [STACK, queue("us-east-1")]), [
      {
        verdict: "pass",
        urn: STACK.urn,
        path: "",
        message: "1 resource is where the tags say; no record tells the sides' regions",
      },
    ]);
    assert.deepEqual(verdicts([STACK, queue("us-west-2")]), [
      { verdict: "fail", of: QUEUE_URN, path: "tags.region" },
    ]);
  });

  for (const [path, properties] of [
    ["region", { region: UNKNOWN }],
    ["tags.role", { tags: UNKNOWN }],
    ["tags.role", { tags: { role: UNKNOWN } }],
    ["tags.region", { tags: { role: "standby", region: UNKNOWN } }],
  ] as const) {
    it(`does not know an unknown ${path} of ${Object.keys(properties)[0]}, and says when it will`, () => {
      const marker = resource(QUEUE, "marker", {
        region: "us-west-2",
        tags: { role: "standby", region: "us-west-2" },
      });
      const stack = [...withQueue("standby", properties), marker];
      const expected = (tail: string) => [
        {
          verdict: "unknown",
          urn: QUEUE_URN,
          path,
          message: `unknown: ${path} of queue (aws:sqs/queue:Queue); ${tail}`,
        },
      ];
      const of = (phase: "preview" | "settled") =>
        judged(regionPlacement, stack, { requireTags: false }, phase).filter(
          ({ urn: at }) => at === QUEUE_URN,
        );
      assert.deepEqual(of("preview"), expected("known after the update; judged again at `pulumi up`"));
      assert.deepEqual(
        of("settled"),
        expected(
          "nothing here will tell it, so it is refused; give the value in plain text, or judge at `pulumi up`",
        ),
      );
    });
  }

  it("does not know a region tag that is the only one, and unknown", () => {
    assert.deepEqual(verdicts(withQueue("standby", { tags: { region: UNKNOWN } })), [
      { verdict: "unknown", of: QUEUE_URN, path: "tags.region" },
    ]);
  });

  it("does not know the placement while the SECONDARY's target is unknown", () => {
    const record = (role: string, records: PropertyValue) =>
      resource("aws:route53/record:Record", role, {
        name: "app.example.com",
        type: "A",
        zoneId: "Z1",
        failoverRoutingPolicies: [{ type: role }],
        records,
        ttl: 60,
      });
    const queue = resource(QUEUE, "queue", { region: "us-east-1", tags: { role: "standby" } });
    assert.deepEqual(
      verdicts([STACK, queue, record("PRIMARY", ["192.0.2.1"]), record("SECONDARY", UNKNOWN)]),
      [{ verdict: "unknown", of: urn("aws:route53/record:Record", "SECONDARY"), path: "records" }],
    );
  });

  it("takes tags of any kind without falling over, and never for ours", () => {
    for (const tags of [
      null,
      "role",
      7,
      [],
      ["role"],
      { role: 7 },
      { role: null, region: [] },
    ] as PropertyValue[]) {
      const found = judged(
        regionPlacement,
        withQueue("standby", { tags, tagsAll: tags, region: "us-west-2" }),
      );
      assert.deepEqual(found, passes(APIS + 1));
    }
  });

  it("has fixtures that it tells apart", () => {
    const of = (name: "good" | "bad") =>
      judged(regionPlacement, fixtureResources("region-placement", name)).map(({ verdict }) => verdict);
    assert.deepEqual([of("good"), of("bad")], [["pass"], ["fail"]]);
  });
});
