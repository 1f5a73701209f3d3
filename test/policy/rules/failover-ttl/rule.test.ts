import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
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
