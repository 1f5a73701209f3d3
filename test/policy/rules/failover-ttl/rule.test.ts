import assert from "node:assert/strict";
import { planFromResources } from "../../../../model/plan-from-resources";
import { type Properties, UNKNOWN } from "../../../../model/unknown";
import type { JudgedStack } from "../../../../policy/rule";
import { failoverTtl } from "../../../../policy/rules/failover-ttl/rule";
import { resource } from "../../../model/stack-fixture";
import { judged } from "../judged";
import { alias, check, primary, record, recordUrn, secondary } from "../records";

const pair = (ttl: unknown, settings = {}, phase: "preview" | "settled" = "settled") =>
  judged(failoverTtl, [primary({ ttl: ttl as never }), secondary()], settings, phase)[0];

describe("policy/rules/failover-ttl", () => {
  it("passes a pair at 60 s", () => {
    assert.deepEqual(judged(failoverTtl, [primary(), secondary()]), [
      {
        verdict: "pass",
        urn: recordUrn("primary"),
        path: "ttl",
        message: "PRIMARY A record of app.example.com has a ttl of 60 s; allowed: 60 s or less",
      },
      {
        verdict: "pass",
        urn: recordUrn("secondary"),
        path: "ttl",
        message: "SECONDARY A record of app.example.com has a ttl of 60 s; allowed: 60 s or less",
      },
    ]);
  });

  it("refuses 61 s on either side, with the lever and its price", () => {
    const message = (role: string) =>
      `${role} A record of app.example.com has a ttl of 61 s, for which clients keep the failed side; ` +
      "allowed: 60 s or less; set ttl to 60 (no idle cost; up to 1.1 times the queries, at $0.40 per million)";
    assert.deepEqual(judged(failoverTtl, [primary({ ttl: 61 }), secondary({ ttl: 61 })]), [
      { verdict: "fail", urn: recordUrn("primary"), path: "ttl", message: message("PRIMARY") },
      { verdict: "fail", urn: recordUrn("secondary"), path: "ttl", message: message("SECONDARY") },
    ]);
  });

  it("prices the queries by how Route 53 chooses among the records", () => {
    const price = (routing: Properties, ttl: number) => {
      const checked = record("one", { setIdentifier: "one", healthCheckId: "hc-1", ttl, ...routing });
      const [first] = judged(failoverTtl, [checked, check()]);
      return first?.verdict === "fail" ? first.message.split("(no idle cost; ")[1] : first?.verdict;
    };
    const policies: readonly [Properties, string][] = [
      [{ setIdentifier: undefined }, "$0.40"],
      [{ weightedRoutingPolicies: [{ weight: 50 }] }, "$0.40"],
      [{ multivalueAnswerRoutingPolicy: true }, "$0.40"],
      [{ latencyRoutingPolicies: [{ region: "us-east-1" }] }, "$0.60"],
      [{ geolocationRoutingPolicies: [{ country: "DE" }] }, "$0.70"],
      [{ geoproximityRoutingPolicy: { awsRegion: "us-east-1" } }, "$0.70"],
      [{ cidrRoutingPolicy: { collectionId: "c", locationName: "l" } }, "$0.80"],
    ];
    assert.deepEqual(
      policies.map(([routing]) => price(routing, 120)),
      policies.map(([, usd]) => `up to 2 times the queries, at ${usd} per million)`),
    );
    assert.deepEqual(
      policies.map(([routing]) => price(routing, 60)),
      policies.map(() => "pass"),
    );
  });

  it("says so where the queries of a policy have no price", () => {
    const stack = [
      record("one", { cidrRoutingPolicy: { collectionId: "c" }, ttl: 120, healthCheckId: "hc-1" }),
    ];
    const plan = planFromResources(stack);
    const recordSets = plan.recordSets.map((each) => ({
      ...each,
      routing: { kind: "other", policy: "nearest" } as const,
    }));
    const judgements = failoverTtl.judge(
      { resources: stack, plan: { ...plan, recordSets }, phase: "settled" } as unknown as JudgedStack,
      { ttlSecondsMax: 60 },
    );
    assert.ok(
      judgements[0]?.message.endsWith("(no idle cost; up to 2 times the queries, whose price is not known)"),
    );
  });

  it("refuses a missing TTL, which Route 53 would refuse too", () => {
    assert.deepEqual(pair(undefined), {
      verdict: "fail",
      urn: recordUrn("primary"),
      path: "ttl",
      message: "PRIMARY A record of app.example.com has no ttl; allowed: 60 s or less; set ttl to 60",
    });
  });

  it("refuses a TTL below 0, and takes 0", () => {
    assert.deepEqual(pair(-1), {
      verdict: "fail",
      urn: recordUrn("primary"),
      path: "ttl",
      message:
        "PRIMARY A record of app.example.com has a ttl of -1 s, which Route 53 refuses; allowed: 60 s or less, and " +
        "not below 0; set ttl to 60",
    });
    assert.equal(pair(0)?.verdict, "pass");
  });

  it("does not know an unknown TTL, and says when it will", () => {
    assert.deepEqual(pair(UNKNOWN, {}, "preview"), {
      verdict: "unknown",
      urn: recordUrn("primary"),
      path: "ttl",
      message:
        "unknown: ttl of PRIMARY A record of app.example.com; known after the update; judged again at `pulumi up`",
    });
    assert.deepEqual(pair(UNKNOWN), {
      verdict: "unknown",
      urn: recordUrn("primary"),
      path: "ttl",
      message:
        "unknown: ttl of PRIMARY A record of app.example.com; nothing here will tell it, so it is refused; " +
        "give the value in plain text, or judge at `pulumi up`",
    });
  });

  it("does not apply to an alias, which has no TTL of its own", () => {
    assert.deepEqual(judged(failoverTtl, [primary(alias("d-1.execute-api.us-east-1.amazonaws.com"))]), [
      {
        verdict: "notApplicable",
        urn: recordUrn("primary"),
        path: "",
        message:
          "PRIMARY A record of app.example.com is an alias without a TTL of its own; it is cached for 60 s",
      },
    ]);
  });

  it("judges the records behind an alias of the zone, each once, and not what is behind an alias to AWS", () => {
    const toZone = { records: undefined, ttl: undefined };
    const led = (name: string) => ({
      ...toZone,
      aliases: [{ name, zoneId: "Z1", evaluateTargetHealth: true }],
    });
    const one = (ttl: number) => record("one", { name: "one.example.com", ttl });
    const stack = (ttl: number) => [
      primary(led("one.example.com")),
      secondary(led("one.example.com")),
      one(ttl),
      record("unled", { name: "unled.example.com", ttl: 300 }),
    ];
    const told = (ttl: number) =>
      judged(failoverTtl, stack(ttl)).map(({ verdict, urn, message }) => [verdict, urn, message]);
    const alike = ["PRIMARY", "SECONDARY"].map((role) => [
      "notApplicable",
      recordUrn(role.toLowerCase()),
      `${role} A record of app.example.com is an alias of records of the zone; it has their TTL`,
    ]);
    const whose = "A record of one.example.com, behind an alias of a switching set,";
    assert.deepEqual(told(60), [
      ...alike,
      ["pass", recordUrn("one"), `${whose} has a ttl of 60 s; allowed: 60 s or less`],
    ]);
    assert.deepEqual(told(61), [
      ...alike,
      [
        "fail",
        recordUrn("one"),
        `${whose} has a ttl of 61 s, for which clients keep the failed side; allowed: 60 s or less; ` +
          "set ttl to 60 (no idle cost; up to 1.1 times the queries, at $0.40 per million)",
      ],
    ]);
  });

  it("does not apply where no record answers by health", () => {
    assert.deepEqual(judged(failoverTtl, [record("plain", { ttl: 86_400 }), check()]), [
      {
        verdict: "notApplicable",
        urn: "",
        path: "",
        message: "the stack has no failover or health-checked records",
      },
    ]);
  });

  it("judges every member of a set in which one has a check", () => {
    const weighted = (name: string, more: object) =>
      record(name, { setIdentifier: name, weightedRoutingPolicies: [{ weight: 50 }], ttl: 61, ...more });
    const stack = [
      weighted("one", { healthCheckId: "hc-1" }),
      weighted("two", {}),
      record("other", { name: "other.example.com", ttl: 61 }),
      check(),
    ];
    assert.deepEqual(
      judged(failoverTtl, stack).map(({ verdict, urn }) => ({ verdict, urn })),
      [
        { verdict: "fail", urn: recordUrn("one") },
        { verdict: "fail", urn: recordUrn("two") },
      ],
    );
  });

  describe("of a name that has two zones", () => {
    const inside = (properties: object) => record("inside", { ttl: 300, ...properties });
    const on = (zoneId: unknown) =>
      judged(failoverTtl, [primary(), secondary(), inside({ zoneId }), check()])
        .filter(({ urn }) => urn === recordUrn("inside"))
        .map(({ verdict, path }) => ({ verdict, path }));

    it("leaves the other zone's record alone, and judges the one of its own", () => {
      assert.deepEqual(on("Z-private"), []);
      assert.deepEqual(on("Z1"), [{ verdict: "fail", path: "ttl" }]);
      assert.deepEqual(on("/hostedzone/Z1"), [{ verdict: "fail", path: "ttl" }]);
    });

    it("does not know a record whose zone nothing tells, unless its TTL is short", () => {
      assert.deepEqual(on(UNKNOWN), [{ verdict: "unknown", path: "zoneId" }]);
      const short = [primary(), secondary(), inside({ zoneId: UNKNOWN, ttl: 60 }), check()];
      assert.equal(judged(failoverTtl, short)[2]?.verdict, "pass");
      const looseCheck = [
        record("loose", { zoneId: UNKNOWN, healthCheckId: "hc-1" }),
        inside({ zoneId: "Z1" }),
        check(),
      ];
      assert.deepEqual(
        judged(failoverTtl, looseCheck).map(({ verdict, path }) => ({ verdict, path })),
        [
          { verdict: "pass", path: "ttl" },
          { verdict: "unknown", path: "zoneId" },
        ],
      );
    });
  });

  it("takes records whose names are not known yet for sets of their own", () => {
    const unnamed = (name: string, more: object) => record(name, { name: UNKNOWN, ttl: 61, ...more });
    assert.deepEqual(
      judged(failoverTtl, [unnamed("one", { healthCheckId: "hc-1" }), unnamed("two", {})]).map(
        ({ urn, message }) => ({
          urn,
          message: message.split(" has ")[0],
        }),
      ),
      [{ urn: recordUrn("one"), message: 'A record "one"' }],
    );
  });

  it("takes another limit from the settings, on both sides of it", () => {
    assert.equal(pair(30, { ttlSecondsMax: 30 })?.verdict, "pass");
    assert.equal(pair(31, { ttlSecondsMax: 30 })?.verdict, "fail");
    assert.equal(pair(0)?.verdict, "pass");
  });

  it("fails on a setting that is none", () => {
    const stack = [resource("pulumi:pulumi:Stack", "stack", {}, { custom: false }), primary()];
    assert.deepEqual(judged(failoverTtl, stack, { ttlSecondsMax: 0 }), [
      {
        verdict: "fail",
        urn: stack[0]?.urn,
        path: "",
        message: "setting ttlSecondsMax is 0; allowed: a whole number from 1 to 172800",
      },
    ]);
  });
});
