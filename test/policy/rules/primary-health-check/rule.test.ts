import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../model/unknown";
import { primaryHealthCheck } from "../../../../policy/rules/primary-health-check/rule";
import { resource } from "../../../model/stack-fixture";
import { profileApiStack } from "../../profile-api-stack";
import { judged } from "../judged";
import { alias, check, checkUrn, primary, record, recordUrn, STANDBY_ADDRESS, secondary } from "../records";

const RECORD_TEXT = "PRIMARY A record of app.example.com";
const LEVER =
  "allowed: a health check of its own; set healthCheckId to an HTTPS check of the primary's own host name at 10 s " +
  "($2.50 a month for an endpoint in AWS, $4.75 a month for another)";

/** Verdict and message on a PRIMARY without a health check. */
function unchecked(properties: object, others: Parameters<typeof judged>[1] = [], settings = {}) {
  const stack = [primary({ healthCheckId: undefined, ...properties }), secondary(), ...others];
  const [first, ...rest] = judged(primaryHealthCheck, stack, settings, "preview");
  assert.deepEqual(rest, []);
  return { verdict: first?.verdict, path: first?.path, message: first?.message };
}

describe("policy/rules/primary-health-check", () => {
  it("passes a PRIMARY with a check of this stack or of another", () => {
    assert.deepEqual(judged(primaryHealthCheck, [check(), primary(), secondary()]), [
      {
        verdict: "pass",
        urn: recordUrn("primary"),
        path: "healthCheckId",
        message: `${RECORD_TEXT} has a health check of this stack`,
      },
    ]);
    assert.deepEqual(
      judged(primaryHealthCheck, [primary({ healthCheckId: "hc-elsewhere" })])[0]?.message,
      `${RECORD_TEXT} has health check hc-elsewhere, which is not of this stack`,
    );
  });

  it("advises against a TCP check of a web server, which answers errors over connections that open", () => {
    const of = (properties: object) =>
      judged(primaryHealthCheck, [check(properties as never), primary(), secondary()]).map(
        ({ verdict, advisory, message }) => (advisory ? message : verdict),
      );
    const text = (port: number, lever: string) =>
      `${RECORD_TEXT} has TCP health check "check" on port ${port}, which only opens a connection: where the PRIMARY ` +
      `answers errors it stays healthy, and nothing fails over; allowed: a check that reads the answer; ${lever}`;
    assert.deepEqual(of({ type: "TCP", port: 443 }), [
      "pass",
      text(
        443,
        "give it type HTTPS and a resourcePath ($1.00 a month more for an endpoint in AWS, $2.00 a month for another; " +
          "replaces the check)",
      ),
    ]);
    const plain = "give it type HTTP and a resourcePath (costs nothing more; replaces the check)";
    assert.deepEqual(of({ type: "TCP", port: 80 }), ["pass", text(80, plain)]);
    for (const other of [
      { type: "TCP", port: 5432 },
      { type: "HTTPS", port: 443 },
    ])
      assert.deepEqual(of(other), ["pass"]);
  });

  it("refuses a check that surely probes something else than the PRIMARY's endpoint", () => {
    const probing = (properties: object, ...others: Parameters<typeof judged>[1]) =>
      judged(primaryHealthCheck, [check(properties as never), primary(), secondary(), ...others]);
    assert.deepEqual(probing({ fqdn: undefined, ipAddress: STANDBY_ADDRESS }), [
      {
        verdict: "fail",
        urn: recordUrn("primary"),
        path: "healthCheckId",
        message:
          `${RECORD_TEXT} has health check "check", which probes ${STANDBY_ADDRESS}, the SECONDARY record's endpoint, so it ` +
          "stays healthy while the PRIMARY is down; allowed: a check of the PRIMARY's own endpoint; set fqdn or " +
          'ipAddress of "check" to the primary\'s own (costs nothing more)',
      },
    ]);
    const verdict = (...args: Parameters<typeof probing>) => probing(...args).map((one) => one.verdict);
    const origin = (...records: string[]) =>
      record("origin", { name: "origin.example.com", records, healthCheckId: undefined });
    assert.deepEqual(verdict({ fqdn: undefined, ipAddress: "192.0.2.1" }), ["pass"]);
    assert.deepEqual(probing({ fqdn: undefined, ipAddress: UNKNOWN }), [
      {
        verdict: "unknown",
        urn: checkUrn,
        path: "ipAddress",
        message:
          `unknown: ipAddress of check (aws:route53/healthCheck:HealthCheck), which ${RECORD_TEXT} goes by; nothing here will tell it, so it is refused; ` +
          "give the value in plain text, or judge at `pulumi up`",
      },
    ]);
    // An inverted one may watch anything.
    assert.deepEqual(verdict({ fqdn: undefined, ipAddress: UNKNOWN, invertHealthcheck: true }), ["pass"]);
    assert.deepEqual(verdict({ fqdn: undefined, ipAddress: "192.0.2.3" }), ["fail"]);
    assert.match(
      probing({ fqdn: undefined, ipAddress: "192.0.2.3" })[0]?.message ?? "",
      /probes 192\.0\.2\.3, where the PRIMARY record leads nobody, so it stays healthy while the PRIMARY is down/,
    );
    assert.deepEqual(verdict({ fqdn: "elsewhere.example.net" }), ["pass"]);
    assert.deepEqual(verdict({}, origin(STANDBY_ADDRESS)), ["fail"]);
    assert.deepEqual(verdict({}, origin("192.0.2.1")), ["pass"]);
    // Where it may reach either, it may tell of the PRIMARY.
    assert.deepEqual(verdict({}, origin("192.0.2.1", STANDBY_ADDRESS)), ["pass"]);
    assert.deepEqual(verdict({ ipAddress: STANDBY_ADDRESS, invertHealthcheck: true }), ["pass"]);
    assert.deepEqual(verdict({ type: "CALCULATED", ipAddress: STANDBY_ADDRESS }), ["pass"]);
  });

  for (const preview of [true, false]) {
    it(`refuses a check of the standby's own host name ${preview ? "before" : "after"} it exists`, () => {
      const stack = (fqdn: string) =>
        profileApiStack({ preview }).map((one) =>
          one.type === check().type ? { ...one, properties: { ...one.properties, fqdn } } : one,
        );
      const found = (fqdn: string) =>
        judged(primaryHealthCheck, stack(fqdn), {}, preview ? "preview" : "settled").map(
          ({ verdict }) => verdict,
        );
      assert.deepEqual(found("us-west-2.profiles.example.com"), ["fail", "fail"]);
      assert.deepEqual(found("us-east-1.profiles.example.com"), ["pass", "pass"]);
      assert.deepEqual(found("profiles.example.com"), ["pass", "pass"]);
    });
  }

  it("refuses a PRIMARY without one", () => {
    assert.deepEqual(judged(primaryHealthCheck, [primary({ healthCheckId: undefined }), secondary()]), [
      {
        verdict: "fail",
        urn: recordUrn("primary"),
        path: "healthCheckId",
        message: `${RECORD_TEXT} has no health check, so it is always taken for healthy; ${LEVER}`,
      },
    ]);
  });

  it("names what costs nothing where the target's health is there and not evaluated", () => {
    const balancer = alias("x.us-east-1.elb.amazonaws.com", false);
    const title = `${RECORD_TEXT} has no health check, so it is always taken for healthy`;
    assert.deepEqual(unchecked(balancer), {
      verdict: "fail",
      path: "aliases[0].evaluateTargetHealth",
      message:
        `${title}; allowed: EvaluateTargetHealth on a load balancer, or a health check of its own; ` +
        "set evaluateTargetHealth to true (in place, no price)",
    });
    for (const [record, settings] of [
      [balancer, { acceptTargetHealth: false }],
      [alias("d111.cloudfront.net", false), {}],
    ] as const) {
      assert.equal(unchecked(record, [], settings).message, `${title}; ${LEVER}`);
    }
  });

  for (const [target, why] of [
    [
      "d-1.execute-api.us-east-1.amazonaws.com",
      "which on API Gateway fails only when the service itself is away",
    ],
    ["s3-website-us-east-1.amazonaws.com", "which on S3 gives no detection"],
    ["d111.cloudfront.net", "which CloudFront does not take"],
    ["somewhere.example.net", "which is not known to detect anything on somewhere.example.net"],
  ] as const) {
    it(`does not take EvaluateTargetHealth on ${target} for detection`, () => {
      assert.deepEqual(unchecked(alias(target, true)), {
        verdict: "fail",
        path: "healthCheckId",
        message: `${RECORD_TEXT} has EvaluateTargetHealth and no health check, ${why}; ${LEVER}`,
      });
    });
  }

  for (const target of ["web.us-east-1.elb.amazonaws.com", "web.elb.us-east-1.amazonaws.com"]) {
    it(`takes EvaluateTargetHealth on ${target} unless the settings do not`, () => {
      assert.deepEqual(unchecked(alias(target, true)), {
        verdict: "pass",
        path: "aliases[0].evaluateTargetHealth",
        message: `${RECORD_TEXT} has EvaluateTargetHealth on a load balancer`,
      });
      assert.deepEqual(unchecked(alias(target, true), [], { acceptTargetHealth: false }), {
        verdict: "fail",
        path: "healthCheckId",
        message: `${RECORD_TEXT} has only EvaluateTargetHealth on a load balancer, which acceptTargetHealth does not allow; ${LEVER}`,
      });
    });
  }

  it("knows the stack's own load balancer before it has a name", () => {
    const web = resource("aws:lb/loadBalancer:LoadBalancer", "web", { dnsName: UNKNOWN }, { id: UNKNOWN });
    const record = {
      ...primary({ healthCheckId: undefined, ...alias(UNKNOWN, true) }),
      propertyDependencies: { aliases: [web.urn] },
    };
    assert.deepEqual(
      judged(primaryHealthCheck, [web, record], {}, "preview").map(({ verdict }) => verdict),
      ["pass"],
    );
  });

  it("looks at the records behind an alias to a name of the zone", () => {
    const weighted = (name: string, more: object) =>
      record(name, {
        name: "pool.example.com",
        setIdentifier: name,
        weightedRoutingPolicies: [{ weight: 1 }],
        ...more,
      });
    const checked = [
      weighted("one", { healthCheckId: "hc-1" }),
      weighted("two", { healthCheckId: "hc-1" }),
      check(),
    ];
    assert.deepEqual(unchecked(alias("pool.example.com", true), checked), {
      verdict: "pass",
      path: "aliases[0].evaluateTargetHealth",
      message: `${RECORD_TEXT} has EvaluateTargetHealth on the records of pool.example.com, which all have health checks`,
    });
    assert.deepEqual(unchecked(alias("pool.example.com", true), [...checked, weighted("three", {})]), {
      verdict: "fail",
      path: "healthCheckId",
      message: `${RECORD_TEXT} has EvaluateTargetHealth and no health check, and a record of pool.example.com without one keeps it up for ever; ${LEVER}`,
    });
  });

  it("looks through aliases that evaluate, and needs no further check where each ends on one", () => {
    const pool = (name: string, evaluates: boolean) =>
      record(name, {
        name: "pool.example.com",
        setIdentifier: name,
        weightedRoutingPolicies: [{ weight: 1 }],
        ...alias(`${name}.example.com`, evaluates),
      });
    const end = (name: string, healthCheckId?: string) =>
      record(`end-${name}`, { name: `${name}.example.com`, ...(healthCheckId && { healthCheckId }) });
    const found = (...others: Parameters<typeof judged>[1]) =>
      unchecked(alias("pool.example.com", true), [...others, check()]);
    const ends = [end("a", "hc-1"), end("b", "hc-1")];
    assert.deepEqual(found(pool("a", true), pool("b", true), ...ends), {
      verdict: "pass",
      path: "aliases[0].evaluateTargetHealth",
      message: `${RECORD_TEXT} has EvaluateTargetHealth on the records of pool.example.com, which all have health checks or evaluate some`,
    });
    assert.equal(found(pool("a", true), pool("b", false), ...ends).verdict, "fail");
    assert.equal(found(pool("a", true), pool("b", true), end("a", "hc-1"), end("b")).verdict, "fail");
  });

  it("looks at the records of its own zone alone", () => {
    const inside = (zoneId: unknown) =>
      record("inside", { name: "pool.example.com", zoneId: zoneId as never });
    const checked = record("pool", { name: "pool.example.com", healthCheckId: "hc-1" });
    const verdict = (...others: Parameters<typeof judged>[1]) =>
      unchecked(alias("pool.example.com", true), [...others, check()]).verdict;
    assert.equal(verdict(checked, inside("Z-private")), "pass");
    assert.equal(verdict(checked, inside("Z1")), "fail");
    assert.equal(verdict(checked, inside(UNKNOWN)), "fail");
  });

  for (const [path, properties] of [
    ["healthCheckId", { healthCheckId: UNKNOWN }],
    ["aliases[0].evaluateTargetHealth", alias("d-1.execute-api.us-east-1.amazonaws.com", UNKNOWN)],
    ["aliases[0].name", alias(UNKNOWN, true)],
    ["failoverRoutingPolicies[0].type", { failoverRoutingPolicies: UNKNOWN }],
  ] as const) {
    it(`does not know an unknown ${path}`, () => {
      const { verdict, path: found, message } = unchecked(properties);
      assert.deepEqual({ verdict, path: found }, { verdict: "unknown", path });
      assert.match(message ?? "", /; known after the update; judged again at `pulumi up`$/);
    });
  }

  it("joins a check that does not exist yet, so the first preview passes", () => {
    assert.deepEqual(
      judged(primaryHealthCheck, profileApiStack({ preview: true }), {}, "preview").map(
        ({ verdict }) => verdict,
      ),
      ["pass", "pass"],
    );
  });

  it("does not apply without a PRIMARY", () => {
    assert.deepEqual(judged(primaryHealthCheck, [record("plain"), secondary()]), [
      { verdict: "notApplicable", urn: "", path: "", message: "the stack has no PRIMARY record" },
    ]);
  });
});
