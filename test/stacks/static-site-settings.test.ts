import assert from "node:assert/strict";
import fc from "fast-check";
import { otherName } from "../../stacks/settings/static-site-values";
import { messagesOf, refusal, systemSettingsOf } from "./parsed-settings";

const messages = (values: Readonly<Record<string, string>>) =>
  messagesOf({ system: "static-site", ...values });
const read = (values: Readonly<Record<string, string>> = {}) => systemSettingsOf("static-site", values);
const POLICY =
  "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

describe("stacks/settings/static-site", () => {
  it("is a site with two names and an HTTPS check unless set", () => {
    assert.deepEqual(read(), {
      system: "static-site",
      environment: "dev",
      failoverName: "example.com",
      zone: { kind: "existing", name: "example.com" },
      healthCheck: { type: "HTTPS", requestIntervalSeconds: 30, failureThreshold: 3 },
      alerts: { kind: "topic" },
      objectives: { rtoSeconds: 300, standbyMonthlyUsd: 50, stackMonthlyUsd: 5 },
      primaryRegion: "us-east-1",
      standbyRegion: "us-west-2",
      siteFolder: "site",
      otherName: "www.example.com",
      strictTransportSeconds: 300,
      contentSecurityPolicy: POLICY,
      noncurrentDays: 30,
      deletionProtection: true,
      bound: {
        kind: "bound",
        detectionSeconds: 114,
        propagationSeconds: 30,
        ttlSeconds: 60,
        rtoSeconds: 204,
      },
    });
  });

  it("takes the other name with www. or without, or none", () => {
    assert.equal(read({ domainName: "www.example.com" }).otherName, "example.com");
    assert.equal(read({ domainName: "docs.example.com" }).otherName, "www.docs.example.com");
    assert.equal(read({ bothNames: "false" }).otherName, undefined);
  });

  /** Both sides of each boundary. */
  const BOUNDARIES: readonly (readonly [
    name: string,
    taken: readonly string[],
    refused: readonly string[],
    allowed: string,
    lever: string,
  ])[] = [
    [
      "strictTransportSeconds",
      ["0", "63072000"],
      ["-1", "63072001", "1.5"],
      "a whole number from 0 to 63072000",
      "300",
    ],
    ["oldVersionDays", ["1", "3650"], ["0", "3651"], "a whole number from 1 to 3650", "30"],
    ["contentSecurityPolicy", ["a".repeat(1_000)], ["a".repeat(1_001)], "up to 1000 characters", POLICY],
    [
      "contentSecurityPolicy",
      ["default-src", "sandbox; default-src 'none'"],
      ["'self'", "Default-src *"],
      "directives, such as default-src 'self'",
      POLICY,
    ],
    [
      "contentSecurityPolicy",
      ["img-src https:"],
      ["img-src 'self'\nx: y", "img-src ä"],
      "one line of ASCII",
      POLICY,
    ],
  ];
  for (const [name, taken, refused, allowed, lever] of BOUNDARIES) {
    for (const text of taken) {
      it(`takes ${name} ${text.slice(0, 30)}`, () => assert.deepEqual(messages({ [name]: text }), []));
    }
    for (const text of refused) {
      it(`refuses ${name} ${JSON.stringify(text.slice(0, 30))}`, () => {
        const [message, ...more] = messages({ [name]: text });
        assert.deepEqual(more, []);
        assert.ok(message?.endsWith(`; allowed: ${allowed}; set it to ${lever} in Pulumi.dev.yaml`), message);
      });
    }
  }

  it("refuses one region for both buckets", () => {
    assert.deepEqual(messages({ standbyRegion: "us-east-1" }), [
      refusal(
        "standbyRegion",
        "us-east-1, the primary's own region",
        "another region than primaryRegion",
        "us-west-2",
      ),
    ]);
  });

  it("refuses a second name outside the zone", () => {
    const values = { domainName: "www.example.com", hostedZoneName: "www.example.com" };
    assert.deepEqual(messages(values), [
      refusal(
        "bothNames",
        "true, but example.com is outside the hosted zone www.example.com",
        "true where both names are in the zone",
        "false",
      ),
    ]);
    assert.deepEqual(messages({ ...values, bothNames: "false" }), []);
  });

  it("says of a first name outside the zone nothing twice", () => {
    assert.deepEqual(messages({ domainName: "www.example.net" }), [
      refusal(
        "domainName",
        "www.example.net, which is outside the hosted zone example.com",
        "the zone's own name or a name below it",
        "www.example.com",
      ),
    ]);
  });

  it("takes a second name as long as a bucket's and refuses one more", () => {
    const nameOf = (length: number) => {
      const label = "a".repeat(length - "www.".length - ".b.example.com".length);
      return `${label}.b.example.com`;
    };
    assert.equal(read({ domainName: nameOf(63) }).otherName?.length, 63);
    const [message, ...more] = messages({ domainName: nameOf(64) });
    assert.deepEqual(more, []);
    assert.match(
      message ?? "",
      /^warm-standby:bothNames is true, but the other name is www\.a{46}\.b\.example\.com, /,
    );
    assert.deepEqual(messages({ domainName: nameOf(64), bothNames: "false" }), []);
  });

  it("refuses a check that is too slow for the objective", () => {
    assert.equal(read({ healthCheckFailureThreshold: "5" }).bound.rtoSeconds, 276);
    assert.deepEqual(messages({ healthCheckFailureThreshold: "6" }), [
      refusal(
        "rtoObjectiveSeconds",
        "300, but the bound is 312 s (detection 222 + propagation 30 + TTL 60)",
        "more than 312",
        "313, or healthCheckFailureThreshold to 5 (bound 276 s), or healthCheckIntervalSeconds to 10 (bound 192 s)",
      ),
    ]);
  });

  it("comes back to the first name from the other one", () => {
    fc.assert(
      fc.property(fc.domain(), (name) => {
        if (!name.startsWith("www.")) assert.equal(otherName(otherName(name)), name);
        assert.notEqual(otherName(name), name);
      }),
    );
  });
});
