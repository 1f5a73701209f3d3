import assert from "node:assert/strict";
import fc from "fast-check";
import { messagesOf, refusal, settingsOf } from "../parsed-settings";

describe("stacks/settings/profile-api", () => {
  /** `[setting, text, message]`: right by itself, wrong beside the defaults of the others. */
  const WRONG: readonly [string, string, string][] = [
    [
      "domainName",
      "profiles.badexample.com",
      refusal(
        "domainName",
        "profiles.badexample.com, which is outside the hosted zone example.com",
        "the zone's own name or a name below it",
        "profiles.example.com",
      ),
    ],
    [
      "standbyRegion",
      "us-east-1",
      refusal(
        "standbyRegion",
        "us-east-1, the primary's own region",
        "another region than primaryRegion",
        "us-west-2",
      ),
    ],
    [
      "primaryRegion",
      "us-west-2",
      refusal(
        "standbyRegion",
        "us-west-2, the primary's own region",
        "another region than primaryRegion",
        "us-east-1",
      ),
    ],
    [
      "throttlingRatePerSecond",
      "1",
      refusal(
        "throttlingRatePerSecond",
        "1, less than the 16 checkers need at one request each in 10 s",
        "2 or more",
        "100",
      ),
    ],
    [
      "throttlingBurst",
      "15",
      refusal("throttlingBurst", "15, but 16 checkers can ask in the same moment", "16 or more", "200"),
    ],
  ];

  for (const [name, text, message] of WRONG) {
    it(`refuses ${name} "${text.slice(0, 40)}"`, () => {
      assert.deepEqual(messagesOf({ [name]: text }), [message]);
    });
  }

  it("counts the CNAME's own TTL in the bound, and only in that mode", () => {
    const cname = settingsOf({ recordMode: "cname", cnameTtlSeconds: "5" });
    assert.deepEqual(cname.records, { kind: "cname", ttlSeconds: 5 });
    assert.equal(cname.bound.rtoSeconds, 54 + 30 + 5);
    assert.equal(settingsOf({ cnameTtlSeconds: "5" }).bound.rtoSeconds, 144);
  });

  it("refuses a CNAME at the zone's apex, where an alias may be", () => {
    assert.deepEqual(messagesOf({ domainName: "example.com", recordMode: "alias" }), []);
    assert.deepEqual(messagesOf({ domainName: "example.com", recordMode: "cname" }), [
      refusal(
        "recordMode",
        "cname, but example.com is the apex of its zone, where DNS has no CNAME",
        "alias at the apex, alias or cname below it",
        "alias",
      ),
    ]);
  });

  describe("holds the bound against the objective", () => {
    it("refuses a bound that equals it and proposes what would be below", () => {
      assert.deepEqual(messagesOf({ rtoObjectiveSeconds: "145" }), []);
      assert.deepEqual(messagesOf({ rtoObjectiveSeconds: "144" }), [
        refusal(
          "rtoObjectiveSeconds",
          "144, but the bound is 144 s (detection 54 + propagation 30 + TTL 60)",
          "more than 144",
          "145, or healthCheckFailureThreshold to 2 (bound 128 s)",
        ),
      ]);
    });

    it("proposes the shorter interval too", () => {
      assert.deepEqual(messagesOf({ healthCheckIntervalSeconds: "30", healthCheckFailureThreshold: "6" }), [
        refusal(
          "rtoObjectiveSeconds",
          "300, but the bound is 312 s (detection 222 + propagation 30 + TTL 60)",
          "more than 312",
          "313, or healthCheckFailureThreshold to 5 (bound 276 s), or healthCheckIntervalSeconds to 10 (bound 192 s)",
        ),
      ]);
    });

    it("proposes a larger objective where nothing else would do", () => {
      assert.deepEqual(messagesOf({ rtoObjectiveSeconds: "60" }), [
        refusal(
          "rtoObjectiveSeconds",
          "60, but the bound is 144 s (detection 54 + propagation 30 + TTL 60)",
          "more than 144",
          "145",
        ),
      ]);
    });

    it("gives settings only when the bound is below", () => {
      fc.assert(
        fc.property(
          fc.constantFrom("10", "30"),
          fc.integer({ min: 1, max: 10 }),
          fc.integer({ min: 1, max: 60 }),
          fc.integer({ min: 1, max: 600 }),
          (healthCheckIntervalSeconds, threshold, ttl, objective) => {
            const values = {
              healthCheckIntervalSeconds,
              healthCheckFailureThreshold: `${threshold}`,
              recordMode: "cname",
              cnameTtlSeconds: `${ttl}`,
              rtoObjectiveSeconds: `${objective}`,
            };
            // Computed anew: threshold rounds of interval and 6 s, one more 6 s, 30 s of propagation, the TTL.
            const bound = threshold * (Number(healthCheckIntervalSeconds) + 6) + 6 + 30 + ttl;
            assert.equal(messagesOf(values).length, bound < objective ? 0 : 1);
          },
        ),
      );
    });
  });
});
